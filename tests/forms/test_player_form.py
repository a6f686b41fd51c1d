"""The player without a browser: what it plays, and what if."""

import sys
from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.errors import SettingError, WorkbenchError
from workbench.forms.player import PlainStage, stage
from workbench.forms.player.player import PlayerForm
from workbench.views.player.film import NOTHING


@pytest.fixture
def exchanged(story: Workbench, agents: Agents) -> Workbench:
    """The story after its exchange."""
    agents.exchange()
    return story


def titles(form: PlayerForm) -> list[str]:
    return [step.title for step in form.stage.shown.steps]


def test_it_plays_the_latest_exchange_and_follows(
    exchanged: Workbench, agents: Agents
) -> None:
    form = exchanged.player()
    first = titles(form)

    agents.exchange(client_id="data-agent")

    assert first[-1] == "The answer: 200 OK"
    assert titles(form)[-1] == "The answer: 400 Bad Request"


def test_without_an_exchange_it_plays_the_latest_call(story: Workbench) -> None:
    form = story.player()
    assert form.text() == NOTHING

    story.client.client_credentials("risk-agent", "wrong")

    assert titles(form)[1] == "The client is not authenticated"
    assert form.line.layout.display == "none"  # there is no exchange to ask about


def test_a_call_that_is_given_stays(exchanged: Workbench, agents: Agents) -> None:
    form = exchanged.player(exchanged.transcript[0])
    before = titles(form)

    agents.exchange()

    assert titles(form) == before
    assert form.stage.shown.title == "data-agent: client_credentials"


def test_a_use_case_is_played_on_a_bench_of_its_own(wb: Workbench) -> None:
    form = wb.player("agent-for-user")

    assert form.stage.shown.title == "hr-agent acts on behalf of a user, bjensen"
    assert len(form.stage.shown.chapters) == 5
    assert (len(wb.audit), len(wb.transcript), len(wb.realm.clients)) == (0, 0, 0)


def test_several_calls_are_played_one_after_the_other(exchanged: Workbench) -> None:
    form = exchanged.player(*exchanged.transcript)

    assert [chapter.title for chapter in form.stage.shown.chapters] == [
        "1. data-agent: client_credentials",
        "2. risk-agent: client_credentials",
        "3. risk-agent: token-exchange",
    ]


def test_an_unknown_use_case_is_named(wb: Workbench) -> None:
    with pytest.raises(WorkbenchError, match="agent-for-agnt"):
        wb.player("agent-for-agnt")


def test_what_if_shows_both_ends_and_plays_the_new_one(exchanged: Workbench) -> None:
    form = exchanged.player()
    events, calls = exchanged.audit.total, exchanged.transcript.total

    form.parameter.value, form.new.value = "scope", "admin"
    form.button.click()

    assert "it ends at rule 22" in form.verdict.value
    assert "before: it is granted: delegation, scope read" in form.verdict.value
    step = form.stage.shown.steps[form.stage.at]
    assert (step.title[:8], step.state) == ("Rule 22:", "failed")
    assert (exchanged.audit.total, exchanged.transcript.total) == (events, calls)


def test_what_if_can_leave_a_parameter_out_and_go_back(exchanged: Workbench) -> None:
    form = exchanged.player()
    before = titles(form)

    form.parameter.value, form.without.value = "actor_token", True
    form.button.click()
    supposed = titles(form)
    form.back.click()

    assert supposed[-1] == "It would be granted"
    assert titles(form) == before
    assert form.verdict.value == ""


def test_a_token_is_chosen_among_those_that_were_seen(exchanged: Workbench) -> None:
    form = exchanged.player()

    form.parameter.value = "subject_token"

    assert form.new.layout.display == "none"
    labels = [label for label, _ in form.token.options]
    assert any("data-agent" in label for label in labels)


def test_what_if_says_that_the_bench_has_changed_meanwhile(
    exchanged: Workbench,
) -> None:
    form = exchanged.player()
    exchanged.clock.advance(seconds=7200)

    form.what_if(scope="write")

    assert "The bench has changed meanwhile" in form.verdict.value


def test_a_change_of_the_bench_leaves_what_is_supposed_in_place(
    exchanged: Workbench,
) -> None:
    form = exchanged.player()
    form.what_if(scope="admin")
    supposed = titles(form)

    exchanged.realm.update("risk-agent", scopes=["read"])

    assert titles(form) == supposed


def test_asleep_it_draws_nothing(exchanged: Workbench, agents: Agents) -> None:
    form = exchanged.player()
    form.wake(asleep=True)

    agents.exchange(client_id="data-agent")
    before = titles(form)
    form.wake()

    assert before[-1] == "The answer: 200 OK"
    assert titles(form)[-1] == "The answer: 400 Bad Request"


def test_the_bench_has_it_on_a_tab(exchanged: Workbench) -> None:
    (form,) = exchanged.forms().go_to("Player")

    assert isinstance(form, PlayerForm)
    assert form.plays


def test_where_no_kernel_runs_it_is_a_strip_of_cards(exchanged: Workbench) -> None:
    form = exchanged.player()

    assert 'class="wb-film"' in form.face_html()
    assert "27. ✓ passed      The answer: 200 OK" in form.face_text()
    assert len(form.face_html()) < 60_000


def test_without_anywidget_plain_widgets_play(
    exchanged: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "workbench.forms.player.alive", raising=False)

    form: Any = exchanged.player()
    form.stage.slider.value = 3

    assert isinstance(stage(), PlainStage)
    assert isinstance(form.stage, PlainStage)
    assert "The subject token is opened" in form.stage.card.value
    assert (form.stage.at, form.stage.playing.value) == (2, 3)


def test_what_cannot_be_played_is_said(exchanged: Workbench) -> None:
    anything: Any = exchanged.player

    for what in ((1,), (None,), ("agent-for-agent", exchanged.history[0])):
        with pytest.raises(SettingError, match="Play calls, or one use case"):
            anything(*what)
