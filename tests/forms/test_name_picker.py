"""A client found among thousands by a part of its name, without a browser."""

import sys
import time

import pytest

from workbench import Workbench
from workbench.forms.picker import best_matches, name_picker
from workbench.forms.picker.search import MOST

MANY = {f"agent-{number}": "AI agent" for number in range(10_000)}


def test_names_that_begin_so_come_first_and_the_shortest_of_them() -> None:
    names = {"my-agent": "", "agent-10": "", "agent-1": "", "other": ""}

    found = best_matches(names, "AGENT", names.__getitem__)

    assert [name for name, _ in found.matches] == ["agent-1", "agent-10", "my-agent"]
    assert found.total == 3


def test_of_thousands_the_best_are_offered_and_the_rest_is_counted() -> None:
    found = best_matches(MANY, "", MANY.__getitem__)

    assert len(found.matches) == MOST
    assert found.total == 10_000


def test_a_part_is_found_among_ten_thousand_in_no_time() -> None:
    start = time.perf_counter()
    found = best_matches(MANY, "9999", MANY.__getitem__)

    assert found.matches == [("agent-9999", "AI agent")]
    assert time.perf_counter() - start < 0.2


def test_the_list_follows_what_is_typed(story: Workbench) -> None:
    form = story.request_form()

    form.client_id.query = "risk"

    assert [(each["name"], each["words"]) for each in form.client_id.matches] == [
        ("risk-agent", "AI agent")
    ]


def test_a_name_that_nobody_has_can_be_sent(story: Workbench) -> None:
    form = story.request_form(client_id="nobody")

    assert form.submit().json["error"] == "invalid_client"


def test_without_anywidget_the_browser_offers_what_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "workbench.forms.picker.alive", None)
    field = name_picker(
        "Client", "", lambda typed: best_matches(MANY, typed, MANY.__getitem__)
    )

    field.value = "agent-123"

    assert field.options[0] == "agent-123"
    assert len(field.options) == 11
