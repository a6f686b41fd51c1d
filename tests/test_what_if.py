"""What if: where an exchange would end with a parameter changed, and nothing else."""

from typing import Any

import pytest

from tests.stories import ID_TOKEN, Agents, override
from workbench import Workbench
from workbench.agent.what_if import suppose
from workbench.am.exchange.decision import Granted
from workbench.errors import NotYet, SettingError


def state(wb: Workbench) -> Any:
    """Everything that a request could change."""
    realm = wb.realm
    return (
        {name: dict(table.items()) for name, table in realm.tables.items()},
        realm.audit.total,
        wb.transcript.total,
        realm.last_exchange,
        realm.recorder.tracking,
    )


def test_another_scope_is_refused_by_its_rule(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    decision = story.what_if(call, scope="admin")

    assert decision.refusal is not None
    assert decision.refusal.rule == "The client may have every scope asked for"


def test_without_the_actor_token_it_is_impersonation(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange()

    decision = story.what_if(actor_token=None)

    assert isinstance(decision, Granted)
    assert decision.grant.kind == "impersonation"


def test_a_refusal_may_turn_into_a_grant(story: Workbench, agents: Agents) -> None:
    refused = agents.exchange(client_id="data-agent")

    assert story.what_if(refused, client_id="risk-agent").granted


def test_an_actor_token_brings_its_type_along(story: Workbench, agents: Agents) -> None:
    call = agents.impersonate()

    decision = story.what_if(call, actor_token=agents.token("risk-agent"))

    assert isinstance(decision, Granted)
    assert decision.grant.kind == "delegation"


def test_a_type_alone_can_be_another(story: Workbench, agents: Agents) -> None:
    decision = story.what_if(agents.exchange(), subject_token_type=ID_TOKEN)

    assert decision.refusal is not None
    assert decision.refusal.rule == "The subject token is of the type declared"


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": "write"},
        {"actor_token": None},
        {"client_id": "data-agent"},
        {"subject_token": "nothing"},
        {"client_secret": "wrong"},
    ],
)
def test_it_changes_nothing_on_the_bench(
    story: Workbench, agents: Agents, changes: dict[str, str | None]
) -> None:
    call = agents.exchange()
    before = state(story)

    story.what_if(call, **changes)

    assert state(story) == before


def test_what_only_a_script_can_say_is_left_open(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange()
    script = story.realm.add_script(
        "validates",
        "function validateAccessTokenScope() { return []; }",
        context="OAUTH2_VALIDATE_SCOPE",
    )
    override(
        story,
        "risk-agent",
        validateScopePluginType="SCRIPTED",
        validateScopeScript=script.id,
    )

    supposed = suppose(call, story.realm, {"scope": "write"})

    assert supposed.waits
    assert supposed.decision.refusal is None
    assert not supposed.decision.granted


def test_only_an_exchange_can_be_asked_about(story: Workbench) -> None:
    call = story.client.client_credentials("risk-agent", "mySecret")

    with pytest.raises(SettingError, match="this call asks for client_credentials"):
        story.what_if(call, scope="write")


def test_a_parameter_that_there_is_not_is_an_error(
    story: Workbench, agents: Agents
) -> None:
    with pytest.raises(SettingError, match="no parameter 'scopes'"):
        story.what_if(agents.exchange(), scopes="write")


@pytest.mark.parametrize(
    ("value", "words"),
    [("\ud800", "half a character"), (["a"], "a list"), (5, "an int")],
)
def test_what_is_no_text_is_an_error_that_names_the_parameter(
    story: Workbench, agents: Agents, value: Any, words: str
) -> None:
    call = agents.exchange()

    for name in ("client_id", "scope"):
        with pytest.raises(SettingError, match=f"'{name}' .*{words}"):
            story.what_if(call, **{name: value})


def test_without_an_exchange_there_is_nothing_to_ask(story: Workbench) -> None:
    with pytest.raises(NotYet):
        story.what_if(scope="write")


def test_it_asks_the_bench_as_it_is_by_now(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()
    story.clock.advance(seconds=7200)

    decision = story.what_if(call, scope="write")

    assert decision.refusal is not None
    assert decision.refusal.rule == "The subject token is valid now"


def test_tokens_and_secrets_are_in_no_repr(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    said = repr(suppose(call, story.realm, {"scope": "write"}))

    assert said == "<Supposed scope>"
