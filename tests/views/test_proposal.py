"""The exchange that the tokens at hand call for."""

import pytest

from tests.stories import ACCESS_TOKEN, Agents, override
from workbench import Workbench
from workbench.errors import NotYet


def test_the_latest_token_with_may_act_and_whom_it_names(
    story: Workbench, agents: Agents
) -> None:
    agents.token("data-agent")
    actor = agents.token("risk-agent")
    subject = agents.token("data-agent")

    assert dict(story.propose_exchange()) == {
        "client_id": "risk-agent",
        "subject_token": subject,
        "subject_token_type": ACCESS_TOKEN,
        "actor_token": actor,
        "actor_token_type": ACCESS_TOKEN,
    }


def test_what_is_proposed_is_granted(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")

    call = story.client.exchange(
        secret="mySecret", scope="read", **story.propose_exchange()
    )

    assert call.status == 200


def test_it_says_why(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")

    assert story.propose_exchange().why == (
        "Token 2 about data-agent is the latest whose may_act names who may exchange "
        "it: risk-agent; token 1 is its own, for the actor."
    )


def test_an_actor_without_a_token_is_told_to_get_one(
    story: Workbench, agents: Agents
) -> None:
    agents.token("data-agent")

    proposal = story.propose_exchange()

    assert "actor_token" not in proposal
    assert "risk-agent has none of its own yet" in proposal.why


def test_a_may_act_without_a_sub_needs_no_actor_token(
    story: Workbench, agents: Agents
) -> None:
    source = 'token.setMayAct({client_id: "risk-agent"});'
    script = story.realm.add_script("no sub", source)
    override(story, "data-agent", accessTokenMayActScript=script.id)
    agents.token("risk-agent")
    agents.token("data-agent")

    proposal = story.propose_exchange()

    assert "actor_token" not in proposal
    assert "may_act names no actor" in proposal.why


def test_a_client_that_may_not_exchange_is_not_proposed(
    story: Workbench, agents: Agents
) -> None:
    agents.token("data-agent")
    story.realm.update("risk-agent", grant_types=["client_credentials"])

    with pytest.raises(NotYet, match="names a client that may exchange"):
        story.propose_exchange()


def test_for_a_client_that_no_token_names_there_is_nothing(
    story: Workbench, agents: Agents
) -> None:
    agents.token("data-agent")

    with pytest.raises(NotYet, match="has a may_act that names data-agent"):
        story.propose_exchange("data-agent")


def test_expired_tokens_are_passed_over(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")
    story.clock.advance(7200)

    with pytest.raises(NotYet):
        story.propose_exchange()


def test_no_token_is_in_its_repr(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")

    assert token not in repr(story.propose_exchange())
