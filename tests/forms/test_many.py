"""A realm with 10,000 agents, after a long day: every face is bounded."""

import json
from collections.abc import Iterator
from typing import Any

import ipywidgets
import pytest

from workbench import Workbench
from workbench.views.audit import audit_html
from workbench.views.calls.transcript import transcript_html

AGENTS, CALLS = 10_000, 200
MOST = 100_000
"""The characters of a face."""


@pytest.fixture(scope="module")
def wb() -> Iterator[Workbench]:
    """A bench after a long day."""
    with Workbench(now=1_790_000_000, seed="doc") as made:
        case = made.prepare("agent-for-agent")
        _, subject, _ = case.send(made.client)
        for number in range(AGENTS):
            made.realm.register_agent(f"agent-{number:05}", secret="mySecret")
        for _ in range(CALLS):
            made.client.exchange(
                "data-agent", "mySecret", scope="read",
                subject_token=subject.access_token,
            )  # fmt: skip
        made.open_apis()
        yield made


def openers() -> list[str]:
    """The methods that open a form."""
    return ["forms", *(name for name in dir(Workbench) if name.endswith("_form"))]


def opened(wb: Workbench, name: str) -> Any:
    who = ("agent-00001",) if name == "client_form" else ()
    return getattr(wb, name)(*who)


@pytest.mark.parametrize("name", openers())
def test_the_face_of_a_form_is_bounded(wb: Workbench, name: str) -> None:
    form = opened(wb, name)

    assert 0 < len(form.face_html()) < MOST
    assert 0 < len(form.face_text()) < MOST


@pytest.mark.parametrize(
    "name", ["audit", "transcript", "decision", "timeline", "chain"]
)
def test_the_face_of_a_value_is_bounded(wb: Workbench, name: str) -> None:
    value = getattr(wb, name)
    value = value() if callable(value) else value

    faces = value._repr_mimebundle_()

    assert {kind: len(face) for kind, face in faces.items() if len(face) > MOST} == {}


def test_what_is_not_listed_is_counted(wb: Workbench) -> None:
    left_out = f"and {len(wb.realm.clients) - 100:,} more"

    assert left_out in wb.agents_form().html()
    assert left_out in wb.forms().html()
    assert left_out in wb.agents_form().text()
    assert "earlier events were left out" in audit_html(wb.audit)
    assert "earlier calls were left out" in transcript_html(wb.transcript)


def test_what_a_tab_tells_the_page_is_bounded(wb: Workbench) -> None:
    bench, told = wb.forms(), {}
    before = len(json.dumps(ipywidgets.Widget.get_manager_state()))
    for tab in bench.makers:
        bench.go_to(tab)
        whole = len(json.dumps(ipywidgets.Widget.get_manager_state()))
        told[tab], before = whole - before, whole
    bench.go_to("Agents")

    assert {tab: size for tab, size in told.items() if size > 10 * MOST} == {}
