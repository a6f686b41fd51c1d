"""The whole bench in tabs, without a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tests.stories import Agents, refusal_of
from workbench import Workbench
from workbench.forms.parties.agents import AgentsForm
from workbench.forms.parts.form import Form

TABS = (
    "Agents",
    "Scripts",
    "Provider",
    "Profile",
    "Request",
    "Player",
    "Approvals",
    "Tokens",
    "Chain",
    "Audit",
    "File",
)


def everything(widget: Any) -> Iterator[Any]:
    """The widget and all that is in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


@pytest.fixture
def outputs(story: Workbench) -> Iterator[list[dict[str, Any]]]:
    """What a cell shows that displays the bench."""
    history = InteractiveShell.instance().history_manager
    assert history is not None
    history.enabled = False
    with capture_output() as captured:
        story._ipython_display_()
    yield [output.data for output in captured.outputs]
    history.end_session()
    InteractiveShell.clear_instance()


def test_displaying_the_bench_opens_its_tabs(outputs: list[dict[str, Any]]) -> None:
    assert list(outputs[0]) == ["application/vnd.jupyter.widget-view+json"]


def test_below_it_is_what_a_notebook_keeps(
    story: Workbench, outputs: list[dict[str, Any]]
) -> None:
    (face,) = outputs[1:]

    assert face["text/plain"] == repr(story)
    assert "risk-agent may act" in face["text/html"]
    assert ":has(.wb-form" in face["text/html"]  # hidden beside the live form
    assert "This form sleeps: run its cell to wake it." in face["text/html"]


def test_the_static_face_shows_who_is_there_and_what_happened(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")

    html = story.forms().html()

    for part in ("risk-agent may act", "Refused</span> by rule", "What happened"):
        assert part in html
    assert "mySecret" not in html


def test_the_tabs_are_opened_one_by_one(story: Workbench) -> None:
    form = story.forms()
    assert form.tabs.titles == TABS
    assert list(form.forms) == ["Agents"]

    for number in range(len(TABS)):
        form.tabs.selected_index = number

    assert tuple(form.forms) == TABS
    assert all(page.children for page in form.tabs.children)
    assert form.said == ""


def test_a_hidden_form_sleeps_and_catches_up(story: Workbench) -> None:
    form = story.forms()
    (agents,) = form.forms["Agents"]
    assert isinstance(agents, AgentsForm)

    form.go_to("Audit")
    story.realm.register_agent("late", secret="s", scopes=["read"])
    assert len(agents.found.rows) == 2
    form.go_to("Agents")

    assert len(agents.found.rows) == 3


def test_a_repair_fills_the_builder_with_what_was_sent(
    story: Workbench, agents: Agents
) -> None:
    builder, decision, _ = story.forms().go_to("Request")
    agents.exchange(scope="read admin")

    remedy = story.remedies()[refusal_of(story.decision).rule][0]
    decision.repair(remedy)

    assert builder.scope.value == "read"
    assert builder.value.status == 200


def test_two_benches_shown_are_independent(story: Workbench) -> None:
    first, second = story.forms(), story.forms()

    first.go_to("Audit")
    first.forms["Agents"][0].search.value = "risk"

    assert second.tabs.selected_index == 0
    assert second.forms["Agents"][0].search.value == ""


def test_a_failure_while_following_is_shown_and_stops_nothing(wb: Workbench) -> None:
    class Broken(Form):
        title = "Broken"

        def make_fields(self) -> dict[str, Any]:
            return {}

        def look(self) -> None:
            raise ZeroDivisionError("on purpose")

    form = Broken({})
    wb.realm.watchers.add(form)

    wb.realm.register_client("c", secret="s")

    assert "ZeroDivisionError: on purpose" in form.status.value
    assert "c" in wb.realm.clients


def test_no_secret_is_in_what_a_page_would_save(
    story: Workbench, agents: Agents
) -> None:
    issued = agents.exchange()
    form = story.forms()
    for name in TABS:
        form.go_to(name)

    states = repr([each.get_state() for each in everything(form)])

    assert "mySecret" not in states
    assert issued.access_token not in states


def test_there_is_no_other_tab(wb: Workbench) -> None:
    with pytest.raises(KeyError):
        wb.forms().go_to("Nothing")
