"""The history of a bench through its form, without a browser."""

import sys

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.errors import NotYet
from workbench.forms.requests.history import MOST
from workbench.forms.table.rows import TableRow


def cells(form: object) -> list[tuple[str, ...]]:
    rows: dict[str, TableRow] = form.list.rows  # type: ignore[attr-defined]
    return [row.cells for row in sorted(rows.values(), key=lambda row: -int(row.key))]


def test_before_any_request_it_says_so(wb: Workbench) -> None:
    form = wb.history_form()

    assert "No request has been sent yet" in form.note.value
    assert "No request has been sent yet" in form.html() + form.text()
    with pytest.raises(NotYet):
        form.submit()


def test_lists_the_requests_as_they_come(story: Workbench, agents: Agents) -> None:
    form = story.history_form()

    agents.exchange(scope="admin")

    assert form.list.falling
    assert [row[:4] for row in cells(form)] == [
        ("3", "✗ 400 Bad Request", "Token Exchange", "risk-agent"),
        ("2", "✓ 200 OK", "Client Credentials", "risk-agent"),
        ("1", "✓ 200 OK", "Client Credentials", "data-agent"),
    ]


def test_of_many_requests_the_new_one_alone_goes_to_the_page(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    form = story.history_form()
    kept = form.list.rows["1"]

    agents.token("data-agent")

    assert form.list.rows["1"] is kept
    assert list(form.list.rows) == ["1", "2"]


def test_only_the_latest_are_listed_and_it_says_so(story: Workbench) -> None:
    for _ in range(MOST + 5):
        story.client.client_credentials("risk-agent", "mySecret", scope="read")

    form = story.history_form()

    assert len(cells(form)) == MOST
    assert f"{MOST + 5} requests. The latest {MOST} are listed." in form.note.value


def test_the_chosen_request_is_shown_with_its_answer(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")
    form = story.history_form()
    assert form.acts.layout.display == "none"

    form.list.chosen = "3"

    assert form.acts.layout.display == ""
    assert "Request 3. Token Exchange, risk-agent" in form.shown_call.value
    assert "invalid_scope" in form.shown_call.value
    assert "mySecret" not in form.shown_call.value


def test_a_request_is_sent_again_and_chosen(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    form = story.history_form()
    form.list.chosen = "1"

    form.button.click()

    assert form.said == "✓ Sent again as request 2: 200 OK."
    assert form.chosen is form.value is story.history[1]
    assert form.value.form == story.history[0].form


def test_a_request_gets_a_name_and_loses_it(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    form = story.history_form()
    form.list.chosen = "1"

    form.name.value = "first try"
    form.buttons["Rename"].click()

    assert story.history.names == {"first try": 1}
    assert cells(form)[0][4] == "first try"
    form.name.value = ""
    form.buttons["Rename"].click()
    assert story.history.names == {}


def test_a_name_that_another_has_is_refused_at_its_field(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")
    story.history.name(story.history[0], "first try")
    form = story.history_form()
    form.list.chosen = "2"

    form.name.value = "first try"
    form.buttons["Rename"].click()

    assert "is called 'first try' already" in form.said
    assert "✗" in form.fault.value


def test_a_request_is_compared_with_the_one_before_it_or_any_other(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")
    agents.token("risk-agent", scope="write")
    form = story.history_form()

    form.list.chosen = "3"
    form.buttons["Compare"].click()
    assert "client_id" in form.shown_call.value.partition("<details")[0]
    form.other.value = 1
    form.buttons["Compare"].click()

    changed = form.shown_call.value.partition("<details")[0]
    assert "request: scope" in changed
    assert "request: client_id" not in changed


def test_there_is_nothing_before_the_first_request(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    form = story.history_form()
    form.list.chosen = "1"

    form.buttons["Compare"].click()

    assert "There is no request before it" in form.said


def test_editing_fills_a_request_form_below(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent", scope="write")
    form = story.history_form()
    form.list.chosen = "1"

    form.buttons["Edit"].click()

    (editor,) = form.place.children
    assert (editor.client_id.value, editor.scope.value) == ("risk-agent", "write")


def test_what_is_no_token_request_is_repeated_but_not_edited(
    story: Workbench, agents: Agents
) -> None:
    story.client.introspect("risk-agent", "mySecret", agents.token("risk-agent"))
    form = story.history_form()

    form.list.chosen = "2"

    assert form.buttons["Edit"].disabled
    assert form.submit().json["active"] is True


def test_on_the_bench_the_builder_follows_the_history(
    story: Workbench, agents: Agents
) -> None:
    builder, _, form = story.forms().go_to("Request")
    agents.exchange(scope="admin")

    form.list.chosen = "3"
    form.buttons["Edit"].click()
    assert builder.scope.value == "admin"
    form.list.chosen = "1"
    form.button.click()

    assert builder.client_id.value == "data-agent"
    assert builder.value is story.history[3]
    assert "Answer to request 4" in builder.answer.value


def test_a_folded_history_leaves_its_heading(story: Workbench) -> None:
    form = story.history_form()

    form.fold.value = True

    assert form.inner.layout.display == form.after.layout.display == "none"
    assert form.fold.description == "Unfold"


def test_without_anywidget_the_browsers_own_list_is_there(
    story: Workbench, agents: Agents, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        agents.token("risk-agent")
    monkeypatch.setitem(sys.modules, "workbench.forms.table.alive", None)
    form = story.history_form()

    form.list.list.value = "1"

    assert [key for _, key in form.list.list.options][:2] == ["10", "9"]
    assert "Request 1. Client Credentials" in form.shown_call.value


def test_a_player_adds_a_button(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    form = story.history_form()

    assert (form.buttons["Play"].layout.display == "none") is (form.player is None)
