"""What a switch of the profile does to the last exchange."""

from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.am.exchange.differences import Difference, differences, other_values
from workbench.am.settings.profile import Profile, profile_named


def other(wb: Workbench, **switches: Any) -> list[str]:
    """What comes out otherwise, as text."""
    assert wb.realm.last_exchange is not None
    found = differences(wb.realm.last_exchange, wb.profile.but(**switches))
    return [str(each) for each in found]


def test_a_switch_that_plays_no_part_makes_no_difference(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange()

    assert other(story, max_chain_depth=5) == []


@pytest.mark.parametrize(
    ("switches", "said"),
    [
        ({"granted_scope": "all the acting client's"},
         "scope: read → read write delete"),
        ({"refresh_token_on_exchange": "never"}, "refresh token: yes → no"),
        ({"max_chain_depth": 0},
         "answer: granted → refused (The chain of actors is not too long)"),
    ],
)  # fmt: skip
def test_says_what_would_come_out(
    switches: dict[str, Any], said: str, story: Workbench, agents: Agents
) -> None:
    agents.exchange()

    assert other(story, **switches) == [said]


def test_an_agent_without_an_actor_token_would_be_named(
    story: Workbench, agents: Agents
) -> None:
    agents.impersonate()

    assert other(story, act_for_ai_agents=True) == ["actors: none → (age!risk-agent)"]


def test_a_cap_shortens_the_lifetime(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    story.clock.advance(seconds=600)
    agents.exchange(subject_token=token)

    assert other(story, lifetime_capped_by_subject=True) == [
        "lifetime: 3600 s → 3000 s"
    ]


def test_an_id_token_lives_as_long_as_its_own_setting(
    story: Workbench, agents: Agents
) -> None:
    token = agents.token("data-agent")
    story.clock.advance(seconds=600)
    agents.exchange(
        subject_token=token,
        requested_token_type="urn:ietf:params:oauth:token-type:id_token",
    )

    (only,) = other(story, lifetime_capped_by_subject=True)

    assert only == "lifetime: 3600 s → 3000 s"


def test_a_refusal_would_become_a_grant(story: Workbench, agents: Agents) -> None:
    story.profile = story.profile.but(actor_required_by_sub=True)
    agents.impersonate()

    (only,) = other(story, actor_required_by_sub=False)

    assert only.endswith("→ granted")


def test_what_was_decided_is_not_changed_by_a_later_setting(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange()
    story.provider.grantTypes = ("client_credentials",)

    assert other(story, typed_subjects=False) == []


@pytest.mark.parametrize(
    ("switch", "others"),
    [
        ("typed_subjects", (False,)),
        ("granted_scope", ("all the acting client's",)),
        ("refresh_token_on_exchange", ("only with the grant", "never")),
        ("max_chain_depth", (1,)),
    ],
)
def test_the_other_values_of_a_switch(switch: str, others: tuple[Any, ...]) -> None:
    assert other_values(profile_named("pingam-8.1"), switch) == others


def test_a_limit_may_be_lifted_or_changed() -> None:
    profile: Profile = profile_named("pingam-8.1").but(max_chain_depth=4)

    assert other_values(profile, "max_chain_depth") == (1, None)


def test_a_difference_reads_as_a_sentence() -> None:
    assert str(Difference("scope", "read", "none")) == "scope: read → none"
