"""The benchmarks' figures as a reference page shows them."""

import json
from typing import Any

import pytest
from markupsafe import Markup

from workbench.course.lessons import shipped_lessons
from workbench.views.speed import share_of_aim, speed_reference


def figure(value: float, **more: Any) -> dict[str, Any]:
    return {
        "name": "one <exchange>",
        "value": value,
        "unit": "ms",
        "aim": 3.0,
        "at_least": False,
        "beside": "a floor",
        **more,
    }


def kept(*figures: dict[str, Any]) -> dict[str, Any]:
    made = {"command": "pytest", "date": "2026-11-29", "python": "3.11.7"}
    return {**made, "system": "Linux x86_64", "cores": 2, "figures": list(figures)}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (figure(2.5), "✓ 2.5 ms"),
        (figure(3.5), "✗ 3.5 ms"),
        (figure(3.5, at_least=True), "✓ 3.5 ms"),
        (figure(2.5, at_least=True), "✗ 2.5 ms"),
        (figure(2.5, aim=None), "2.5 ms"),
    ],
)
def test_a_figure_says_whether_its_aim_was_reached(
    found: dict[str, Any], said: str
) -> None:
    face = speed_reference(kept(found))

    assert f" {said}  " in face.text
    assert said in Markup(face.html).striptags()


def test_the_picture_counts_what_was_reached_and_has_a_name() -> None:
    html = speed_reference(kept(figure(1), figure(9), figure(2, aim=None))).html

    assert 'role="img"' in html
    assert html.count("Figures as a share of what was aimed at: 1 of 2 within it") == 2


def test_names_are_escaped() -> None:
    html = speed_reference(kept(figure(1))).html

    assert "<exchange>" not in html
    assert html.count("one &lt;exchange&gt;") == 2


def test_the_figures_that_ship_can_be_shown() -> None:
    path = shipped_lessons() / "reference" / "speed.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))

    face = speed_reference(shipped)

    assert all(each["name"] in face.text for each in shipped["figures"])
    assert all(share_of_aim(each) > 0 for each in shipped["figures"] if each["aim"])
