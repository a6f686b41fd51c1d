"""The chain of the last exchange, alive, without a browser."""

import sys
from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.errors import NotYet
from workbench.forms.graph import PlainGraph


@pytest.fixture
def exchanged(story: Workbench, agents: Agents) -> Workbench:
    """The story after its exchange."""
    agents.exchange()
    return story


def test_draws_the_tokens_of_the_last_exchange(exchanged: Workbench) -> None:
    form = exchanged.chain_form()

    assert [token.label for token in form.graph.tokens] == [
        "actor token",
        "subject token",
        "exchanged token",
    ]
    assert 'data-part="e2"' in form.graph.svg


def test_draws_the_tokens_it_is_given(exchanged: Workbench, agents: Agents) -> None:
    subject = agents.token("data-agent")
    issued = exchanged.transcript[2]
    form = exchanged.chain_form(subject, issued)

    agents.exchange()
    form.graph.selected = "e1"

    assert [token.label for token in form.graph.tokens] == ["token 1", "token 2"]
    assert form.chosen == subject


def test_a_call_without_a_token_is_refused(
    exchanged: Workbench, agents: Agents
) -> None:
    refused = exchanged.client.client_credentials("data-agent", "wrong", scope="read")

    with pytest.raises(NotYet):
        exchanged.chain_form(refused)


def test_draws_the_exchange_it_is_given(exchanged: Workbench, agents: Agents) -> None:
    first = exchanged.transcript[-1]
    agents.exchange()

    form = exchanged.chain_form(first)

    assert form.drawn_call() is first
    assert form.call.label == "3. risk-agent for data-agent: ✓ granted"


def test_a_refused_exchange_is_drawn_with_its_refusal(
    exchanged: Workbench, agents: Agents
) -> None:
    refused = agents.exchange(client_id="data-agent")
    agents.exchange()

    form = exchanged.chain_form(refused)

    assert [token.label for token in form.graph.tokens] == [
        "actor token",
        "subject token",
    ]
    assert [each.client for each in form.attempts()] == ["data-agent"]
    assert "╌╌✗" in form.text()


def test_any_exchange_can_be_chosen_the_latest_first(
    exchanged: Workbench, agents: Agents
) -> None:
    agents.exchange(client_id="data-agent")
    form = exchanged.chain_form()
    offered = [name for name, _ in form.call.options]
    assert offered == [
        "The latest: 6. data-agent for data-agent: ✗ refused",
        "6. data-agent for data-agent: ✗ refused",
        "3. risk-agent for data-agent: ✓ granted",
    ]

    form.call.value = 3
    agents.exchange()

    assert form.call.value == 3
    assert form.drawn_call() is exchanged.transcript[2]
    assert form.submit()[-1].label == "exchanged token"


def test_exchanges_of_a_transcript_that_was_cleared_are_offered_no_more(
    exchanged: Workbench, agents: Agents
) -> None:
    form = exchanged.chain_form()
    agents.exchange()
    exchanged.transcript.clear()

    agents.exchange()

    assert [number for _, number in form.call.options] == [0, 3]


def test_another_exchange_can_be_shown_later(
    exchanged: Workbench, agents: Agents
) -> None:
    form, first = exchanged.chain_form(), exchanged.transcript[-1]
    latest = agents.exchange()

    form.show(first)
    assert form.drawn_call() is first
    form.show()
    assert form.drawn_call() is latest


def test_a_choice_is_the_value_that_others_follow(exchanged: Workbench) -> None:
    form = exchanged.chain_form()
    followed: list[Any] = []
    form.observe(lambda change: followed.append(change["new"].label), "value")

    form.graph.selected = "e2"

    assert followed == ["exchanged token"]
    assert form.chosen == exchanged.transcript[-1].access_token


def test_a_node_stands_for_the_token_it_proves_itself_with(
    exchanged: Workbench,
) -> None:
    form = exchanged.chain_form()

    form.graph.selected = "n1"

    assert form.value.label == "actor token"


@pytest.mark.parametrize("name", ["n0", "nothing", ""])
def test_what_is_no_token_is_not_chosen(exchanged: Workbench, name: str) -> None:
    form = exchanged.chain_form()
    form.graph.selected = "e1"

    form.graph.selected = name

    assert (form.value, form.chosen) == (None, "")


def test_another_exchange_is_another_picture_and_nothing_is_chosen(
    exchanged: Workbench, agents: Agents
) -> None:
    form = exchanged.chain_form()
    form.graph.selected = "e1"
    before = form.graph.drawn

    agents.exchange(scope="read write")

    assert form.graph.drawn == before + 1
    assert (form.graph.selected, form.value) == ("", None)


def test_time_passes_without_moving_the_picture(exchanged: Workbench) -> None:
    form = exchanged.chain_form()
    before = form.graph.drawn

    exchanged.clock.advance(seconds=60)
    form.refresh()

    assert form.graph.drawn == before
    assert "59 min left" in form.graph.parts[1]["html"]


def test_refused_attempts_are_drawn_on_request(
    exchanged: Workbench, agents: Agents
) -> None:
    agents.exchange(client_id="data-agent")
    agents.exchange()
    form = exchanged.chain_form()
    assert "✗ refused" not in form.graph.svg

    form.refused.value = True

    assert "may_act.client_id names" in form.graph.svg
    assert "╌╌✗" in form.text()
    assert "refused" in form.html()


def test_an_attempt_without_its_rule_is_drawn_without(
    exchanged: Workbench, agents: Agents
) -> None:
    agents.exchange(client_id="data-agent")
    exchanged.audit.clear()
    exchanged.realms.audit.clear()
    form = exchanged.chain_form()

    form.refused.value = True

    assert form.attempts()[0].rule == ""


def test_an_attempt_keeps_its_rule_when_earlier_calls_are_gone(
    exchanged: Workbench, agents: Agents
) -> None:
    form = exchanged.chain_form()
    exchanged.transcript.clear()
    agents.exchange(client_id="data-agent")

    form.refused.value = True

    assert form.attempts()[0].rule == "may_act.client_id names the client"


def test_before_any_token_it_says_so(wb: Workbench) -> None:
    form = wb.chain_form()

    assert "There is no token yet." in form.graph.svg
    assert form.graph.parts == []


def test_the_static_face_is_the_same_picture(exchanged: Workbench) -> None:
    bundle = exchanged.chain_form()._repr_mimebundle_()

    assert "<svg" in bundle["text/html"]
    assert "► risk-agent" in bundle["text/plain"]


def test_without_anywidget_it_is_the_static_picture(
    exchanged: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "workbench.forms.graph.alive", None)

    form = exchanged.chain_form()

    assert isinstance(form.graph, PlainGraph)
    assert "<svg" in form.graph.value


def test_in_the_bench_the_token_chosen_opens_among_the_tokens(
    exchanged: Workbench,
) -> None:
    bench = exchanged.forms()
    (chain,) = bench.go_to("Chain")
    assert chain.opener.layout.display == "none"
    chain.graph.selected = "e1"
    assert chain.opener.layout.display is None

    chain.opener.click()

    (inspector,) = bench.forms["Tokens"]
    assert bench.tabs.selected_index == list(bench.makers).index("Tokens")
    assert inspector.token.value == chain.chosen
    assert inspector.submit().claims == chain.value.claims


def test_without_a_bench_there_is_nowhere_to_open_a_token(
    exchanged: Workbench,
) -> None:
    form = exchanged.chain_form()

    form.graph.selected = "e1"

    assert form.opener.layout.display == "none"


def test_what_is_pointed_at_is_said_in_a_few_lines(exchanged: Workbench) -> None:
    form = exchanged.chain_form()

    card = form.graph.parts[1]["html"]

    assert card.count("<dt>") == 6
    assert "may act" in card


def test_the_static_face_has_a_line_on_each_token(exchanged: Workbench) -> None:
    form = exchanged.chain_form()

    assert "token 3: exchanged token" in form.html()
    assert "token 3: exchanged token: active; subject (age!data-agent)" in form.text()


def test_the_inspector_lays_open_what_it_does_not_know(story: Workbench) -> None:
    inspector = story.token_form()

    inspector.lay_open("opaque")

    assert inspector.pasted.value == "opaque"
