"""The token inspector, without a browser."""

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.errors import NotYet


def test_before_any_token_it_says_so(wb: Workbench) -> None:
    form = wb.token_form()

    assert "No token has been issued yet" in form.html() + form.text()
    with pytest.raises(NotYet):
        form.submit()


def test_shows_the_latest_token_as_it_comes(story: Workbench, agents: Agents) -> None:
    form = story.token_form()

    agents.token("data-agent")

    assert "(age!data-agent)" in form.output.value
    assert form.submit().sub == "(age!data-agent)"


def test_one_can_be_chosen_or_pasted(story: Workbench, agents: Agents) -> None:
    first = agents.token("risk-agent")
    agents.token("data-agent")
    form = story.token_form()

    form.token.value = first
    assert form.submit().sub == "(age!risk-agent)"
    form.pasted.value = "x" * 27
    assert "this server knows nothing of it" in form.output.value


def test_an_opaque_token_is_asked_about(story: Workbench, agents: Agents) -> None:
    story.provider.statelessTokensEnabled = False
    agents.token("risk-agent")

    assert "What introspection says" in story.token_form().html()


def test_times_count_against_the_benchs_clock(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")
    form = story.token_form()
    assert "1 h left" in form.output.value

    story.clock.advance(seconds=600)
    assert "50 min left" in form.output.value
    story.clock.advance(seconds=3000)

    assert "expired" in form.output.value


def test_a_chain_of_actors_is_drawn(story: Workbench, agents: Agents) -> None:
    agents.exchange()

    form = story.token_form()

    assert "Who acts for whom" in form.html()
    assert "<svg" in form.html()
    assert "current actor" in form.text()


def test_two_or_three_tokens_are_compared(story: Workbench, agents: Agents) -> None:
    actor, subject = agents.token("risk-agent"), agents.token("data-agent")
    issued = agents.exchange(subject_token=subject, actor_token=actor)
    form = story.token_form(token=issued)

    form.subject.value = subject
    assert "What the exchange added" in form.output.value
    before = form.text()
    form.actor.value = actor

    assert form.text() != before
    assert "+ added" in form.output.value


def test_after_an_exchange_a_comparison_is_offered(
    story: Workbench, agents: Agents
) -> None:
    actor, subject = agents.token("risk-agent"), agents.token("data-agent")
    form = story.token_form()
    assert form.beside.layout.display == "none"

    agents.exchange(subject_token=subject, actor_token=actor)
    assert form.beside.layout.display == ""
    form.beside.click()

    assert (form.subject.value, form.actor.value) == (subject, actor)
    assert "What the exchange added" in form.output.value
    assert form.beside.layout.display == "none"


def test_a_token_of_no_exchange_has_nothing_to_be_compared_with(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange()
    form = story.token_form(token=agents.token("data-agent"))

    assert form.beside.layout.display == "none"
    with pytest.raises(NotYet):
        form.compare_with_origin()


def test_an_actor_token_alone_is_the_other_one(
    story: Workbench, agents: Agents
) -> None:
    actor = agents.token("risk-agent")
    issued = agents.exchange(actor_token=actor)

    form = story.token_form(token=issued, actor=actor)

    assert "What the exchange added" in form.html()


def test_no_token_is_shown_whole(story: Workbench, agents: Agents) -> None:
    issued = agents.exchange()

    form = story.token_form(subject=issued)

    assert issued.access_token not in form.html() + form.text()
    assert issued.access_token not in repr(form.token.get_state())
