"""What would make a refused exchange pass: each remedy is applied and sent again."""

from dataclasses import replace
from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.decision import Check
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.exchange.suggest import suggest_remedies
from workbench.am.reading.revoke_token import revoke_token
from workbench.am.tokens.macaroon import restrict
from workbench.errors import NotYet

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
ANY_ACTOR = """
token.setMayAct({client_id: 'risk-agent', sub: '(age!data-agent)'});
"""
STAMPS_NOBODY = "logger.info('nobody');"
SUB_ONLY = "token.setMayAct({client_id: 'risk-agent'});"


def inactive(story: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.realm.update("risk-agent", active=False)
    agents.exchange(subject_token=subject, actor_token=actor)


def no_grant_at_the_provider(story: Workbench, agents: Agents) -> None:
    story.provider.grantTypes = ("client_credentials",)
    agents.exchange()


def no_grant_of_the_client(story: Workbench, agents: Agents) -> None:
    story.realm.update("risk-agent", grant_types=["client_credentials"])
    agents.exchange()


def no_subject_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(subject_token_type=None)


def no_actor_token(_story: Workbench, agents: Agents) -> None:
    agents.exchange(actor_token=None)


def wrong_requested_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(requested_token_type="urn:example:other")


def unknown_subject_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(subject_token_type="urn:example:other")


def no_validator(story: Workbench, agents: Agents) -> None:
    story.provider.tokenValidatorClasses = ()
    agents.exchange()


def no_exchanger(story: Workbench, agents: Agents) -> None:
    story.provider.tokenExchangeClasses = ()
    agents.exchange()


def id_token_asked_for(story: Workbench, agents: Agents) -> None:
    story.provider.tokenExchangeClasses = story.provider.tokenExchangeClasses[:1]
    agents.exchange(requested_token_type=ID_TOKEN)


def anothers_actor_token(story: Workbench, agents: Agents) -> None:
    story.profile = story.profile.but(actor_is_client=True)
    story.realm.update_script("risk-agent may act", ANY_ACTOR)
    agents.exchange(actor_token=agents.token("data-agent"))


def same_actor_twice(story: Workbench, agents: Agents) -> None:
    story.realm.update("risk-agent", may_act_script="risk-agent may act")
    token = agents.exchange().access_token
    story.profile = story.profile.but(loops="refuse")
    agents.exchange(subject_token=token)


def expired(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    story.clock.advance(seconds=4000)
    agents.exchange(subject_token=token)


def actor_revoked(story: Workbench, agents: Agents) -> None:
    token = agents.token("risk-agent")
    revoke_token(story.realm, token)
    agents.exchange(actor_token=token)


def holder_inactive(story: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.profile = story.profile.but(tokens_of_inactive_clients="refuse")
    story.realm.update("data-agent", active=False)
    agents.exchange(subject_token=subject, actor_token=actor)


def person_gone(story: Workbench, agents: Agents) -> None:
    story.realm.add_user("bjensen", password="s")
    own = story.realm.client("data-agent").grant_types
    story.realm.update("data-agent", grant_types=[*own, "password"])
    subject = story.client.password(
        "data-agent", "mySecret", "bjensen", "s", scope="read"
    )
    story.realm.users.delete("bjensen")
    agents.exchange(subject_token=subject.access_token)


def taken_away_by_a_caveat(story: Workbench, agents: Agents) -> None:
    story.provider.macaroonTokensEnabled = True
    token = restrict(agents.token("data-agent", "read write"), {"scope": "read"})
    agents.exchange(subject_token=token, scope="read write")


def no_may_act(story: Workbench, agents: Agents) -> None:
    plain = {"accessTokenMayActScript": "[Empty]"}
    story.realm.update("data-agent", overrides=plain)
    agents.exchange()


def overrides_off(story: Workbench, agents: Agents) -> None:
    story.realm.update("data-agent", overrides={"providerOverridesEnabled": False})
    agents.exchange()


def token_older_than_its_script(story: Workbench, agents: Agents) -> None:
    block = story.realm.client("data-agent").overrides
    story.realm.update("data-agent", overrides={"accessTokenMayActScript": "[Empty]"})
    token = agents.token("data-agent")
    script = {"accessTokenMayActScript": block.accessTokenMayActScript}
    story.realm.update("data-agent", overrides=script)
    agents.exchange(subject_token=token)


def no_sub(story: Workbench, agents: Agents) -> None:
    story.realm.update_script("risk-agent may act", SUB_ONLY)
    agents.exchange()


def actor_asked_for(story: Workbench, agents: Agents) -> None:
    story.profile = story.profile.but(actor_required_by_sub=True)
    agents.impersonate()


def delegated_again(story: Workbench, agents: Agents) -> None:
    story.realm.update("risk-agent", may_act_script="risk-agent may act")
    token = agents.exchange().access_token
    story.profile = story.profile.but(exchange_again_without_actor="refuse")
    agents.impersonate(subject_token=token)


def chain_too_long(story: Workbench, agents: Agents) -> None:
    story.profile = story.profile.but(max_chain_depth=0)
    agents.exchange()


def auth_level(story: Workbench, agents: Agents) -> None:
    story.realm.update("risk-agent", token_exchange_auth_level=3)
    agents.exchange()


def audience(story: Workbench, agents: Agents) -> None:
    accept = {
        "providerOverridesEnabled": True,
        "acceptAudienceParametersInTokenExchangeRequests": True,
    }
    story.realm.update("risk-agent", overrides=accept)
    agents.exchange(audience="https://api.example.com")


def no_scope(_story: Workbench, agents: Agents) -> None:
    agents.exchange(scope=None)


def scope_not_allowed(_story: Workbench, agents: Agents) -> None:
    agents.exchange(scope="read admin")


def scope_beyond_the_subject(story: Workbench, agents: Agents) -> None:
    story.profile = story.profile.but(scopes_capped_by_subject=True)
    agents.exchange(scope="read write")


BROKEN = (
    inactive,
    no_grant_at_the_provider,
    no_grant_of_the_client,
    no_subject_type,
    no_actor_token,
    wrong_requested_type,
    unknown_subject_type,
    no_validator,
    no_exchanger,
    id_token_asked_for,
    anothers_actor_token,
    same_actor_twice,
    expired,
    actor_revoked,
    holder_inactive,
    person_gone,
    taken_away_by_a_caveat,
    no_may_act,
    overrides_off,
    token_older_than_its_script,
    no_sub,
    actor_asked_for,
    delegated_again,
    chain_too_long,
    auth_level,
    audience,
    no_scope,
    scope_not_allowed,
    scope_beyond_the_subject,
)


def broken(break_it: Any, wb: Workbench, agents: Agents) -> list[Remedy]:
    """What would make the first failed rule pass."""
    break_it(wb, agents)
    refusal = wb.decision.refusal
    assert refusal is not None
    return [each for each in wb.remedies()[refusal.rule] if each.applicable]


FIRST = [(each, 0) for each in BROKEN]
TWO_WAYS = (
    audience,
    no_scope,
    scope_not_allowed,
    id_token_asked_for,
    holder_inactive,
)
SECOND = [(each, 1) for each in TWO_WAYS]


@pytest.mark.parametrize(("break_it", "number"), FIRST + SECOND)
def test_each_remedy_makes_the_exchange_pass(
    break_it: Any, number: int, story: Workbench, agents: Agents
) -> None:
    offered = broken(break_it, story, agents)
    call = story.repair(offered[number])

    assert call.status == 200, str(story.decision.failures)


def test_an_empty_audience_is_left_out(story: Workbench, agents: Agents) -> None:
    audience(story, agents)
    facts = story.realm.last_exchange
    assert facts is not None and story.decision.refusal is not None

    (only,) = suggest_remedies(
        story.decision.refusal,
        replace(facts, audiences=("",)),
        clients=story.realm.clients,
        scripts={},
    )

    assert only.changes == {"audience": None}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client_id": "nobody"}, "Register the client"),
        ({"client_secret": "wrong"}, "Send the secret of risk-agent"),
        (
            {"subject_token": None, "subject_token_type": None},
            "Send subject_token and subject_token_type.",
        ),
        ({"subject_token": "x" * 27}, "Get a new subject token"),
        ({"actor_token": None}, "Send actor_token too"),
        ({"subject_token": None}, "Send subject_token too"),
    ],
)
def test_what_is_not_one_setting_is_advice(
    changes: dict[str, str | None], said: str, story: Workbench, agents: Agents
) -> None:
    form = {
        "client_id": "risk-agent",
        "client_secret": "mySecret",
        "grant_type": TOKEN_EXCHANGE,
        "scope": "read",
        "subject_token": agents.token("data-agent"),
        "subject_token_type": ACCESS_TOKEN,
        "actor_token": agents.token("risk-agent"),
        "actor_token_type": ACCESS_TOKEN,
        **changes,
    }
    sent = {name: value for name, value in form.items() if value is not None}
    story.client.post("access_token", sent)

    texts = [each.text for each in story.remedies()[story.decision.failures[0].rule]]

    assert any(text.startswith(said) for text in texts)


def test_a_script_that_names_another_is_shown_what_to_do(
    story: Workbench, agents: Agents
) -> None:
    story.realm.register_agent("other-agent", secret="s", scopes=["read"])
    agents.exchange(client_id="other-agent", client_secret="s")

    first, remedy = story.remedies()["may_act.client_id names the client"]

    assert first.text.startswith("Let risk-agent send it, whom may_act names")
    assert not remedy.applicable
    assert '"client_id": "other-agent", "sub": "(age!risk-agent)"' in remedy.text
    assert "the may act script of data-agent" in remedy.text


def test_whom_may_act_names_sends_it_with_a_token_of_its_own(
    story: Workbench, agents: Agents
) -> None:
    agents.impersonate(client_id="data-agent")

    call = story.repair()

    claims = story.inspect(call).claims
    assert claims and claims["act"] == {"sub": "(age!risk-agent)"}
    assert story.decision.client_id == "risk-agent"


def test_where_no_actor_is_asked_for_none_is_sent(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update_script("risk-agent may act", source=SUB_ONLY)
    agents.impersonate(client_id="data-agent")

    call = story.repair()

    claims = story.inspect(call).claims
    assert claims and "act" not in claims


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"grant_types": ["client_credentials"]},
        {"grant_types": ["urn:ietf:params:oauth:grant-type:token-exchange"]},
    ],
    ids=["inactive", "no exchange", "no token of its own"],
)
def test_nobody_is_asked_to_send_it_who_could_not(
    story: Workbench, agents: Agents, changes: dict[str, Any]
) -> None:
    token = agents.token("data-agent")
    story.realm.update("risk-agent", **changes)
    story.client.exchange("data-agent", "mySecret", scope="read", subject_token=token)

    found = story.remedies()["may_act.client_id names the client"]

    assert [each.sender for each in found] == [""]


def test_of_a_subject_whose_client_is_gone_only_the_token_is_asked_for(
    story: Workbench, agents: Agents
) -> None:
    token = agents.token("risk-agent")
    story.realm.register_agent("gone", secret="s", scopes=["read"])
    mine = story.client.client_credentials("gone", "s", scope="read").access_token
    story.realm.delete("gone")
    agents.exchange(subject_token=mine, actor_token=token)

    (remedy,) = story.remedies()["The subject token carries may_act"]

    assert remedy.text == "Send a subject token that carries may_act."


def test_of_a_holder_that_is_gone_only_the_profile_is_asked(
    story: Workbench, agents: Agents
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.profile = story.profile.but(tokens_of_inactive_clients="refuse")
    story.realm.delete("data-agent")
    agents.exchange(subject_token=subject, actor_token=actor)

    (remedy,) = story.remedies()["The subject token's client is active"]

    assert remedy.changes == {"tokens_of_inactive_clients": "allow"}


def test_without_scripts_the_text_of_one_is_shown(
    story: Workbench, agents: Agents
) -> None:
    story.realm.delete("data-agent")
    story.realm.scripts._scripts.clear()
    story.realm.register_agent("data-agent", secret="mySecret", scopes=["read"])
    agents.impersonate()

    (remedy,) = story.remedies()["The subject token carries may_act"]

    assert 'token.setMayAct({"client_id": "risk-agent"})' in remedy.text


def test_a_client_without_scopes_gets_advice(story: Workbench, agents: Agents) -> None:
    token, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.realm.update("risk-agent", scopes=[], default_scopes=[])
    agents.exchange(subject_token=token, actor_token=actor, scope=None)

    (remedy,) = story.remedies()["A scope is asked for, or the client has a default"]

    assert not remedy.applicable


def test_of_nobody_known_a_may_act_script_names_nobody(
    story: Workbench, agents: Agents
) -> None:
    token = agents.token("risk-agent")
    agents.impersonate(client_secret="wrong", subject_token=token)

    found = story.remedies()["The subject token carries may_act"]

    assert "token.setMayAct({})" in found[-1].text


def test_a_rule_without_an_entry_gets_advice(story: Workbench, agents: Agents) -> None:
    agents.exchange()
    assert story.realm.last_exchange is not None
    check = Check("A new rule", False, "something", "else", "", "client setting")

    (remedy,) = suggest_remedies(
        check, story.realm.last_exchange, clients={}, scripts={}
    )

    assert remedy.text == "Change the client setting; expected is something."
    assert remedy.call == ""


def test_a_rule_that_passed_needs_no_remedy(story: Workbench, agents: Agents) -> None:
    agents.exchange()
    assert story.realm.last_exchange is not None

    found = [
        suggest_remedies(check, story.realm.last_exchange, clients={}, scripts={})
        for check in story.decision.checks
    ]

    assert set(found) == {()}
    assert story.remedies() == {}


def test_a_remedy_says_its_python_call(story: Workbench, agents: Agents) -> None:
    agents.exchange(scope="admin")

    (remedy,) = story.remedies()["The client may have every scope asked for"]

    assert remedy.call == (
        "wb.realm.update('risk-agent', scopes=('read', 'write', 'delete', 'admin'))"
    )


def test_a_remedy_starts_from_the_client_as_it_is_by_now(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")
    story.realm.update("risk-agent", scopes=["read", "other"])

    (remedy,) = story.remedies()["The client may have every scope asked for"]

    assert remedy.changes == {"scopes": ("read", "other", "admin")}


def test_what_was_mended_meanwhile_is_only_sent_again(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")
    story.realm.update("risk-agent", scopes=["admin"])

    (remedy,) = story.remedies()["The client may have every scope asked for"]

    assert remedy.text == "The client was changed meanwhile: send it again."
    assert story.repair(remedy).status == 200


def test_no_secret_is_kept_with_the_last_exchange(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange(client_secret="theOtherSecret")

    kept = story.realm.last_exchange
    assert kept is not None

    sent = dict(call.form)
    values = set(kept.parameters.values())
    assert not values & {"theOtherSecret", sent["subject_token"], sent["actor_token"]}
    assert "subject_token" not in repr(kept)


def test_an_exchange_that_another_program_sent_is_not_this_benchs_to_send_again(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="nope")
    remedy = next(each for found in story.remedies().values() for each in found)
    story.transcript.clear()

    with pytest.raises(NotYet, match="another program sent it") as caught:
        story.repair(remedy)

    assert "wb.client.exchange" not in caught.value.words


def test_what_loosens_a_check_comes_last(story: Workbench, agents: Agents) -> None:
    audience(story, agents)
    assert story.decision.refusal is not None

    first, last = story.remedies()[story.decision.refusal.rule]

    assert (first.where, first.loosens) == ("client setting", False)
    assert (last.text, last.loosens) == ("Leave the audience out.", True)


def test_the_script_that_names_the_acting_client_comes_first(
    story: Workbench, agents: Agents
) -> None:
    script = story.realm.update_script("risk-agent may act", "1;")
    for name in ("a", "b"):
        story.realm.add_script(name, STAMPS_NOBODY)
    naming = story.realm.add_script("names it", SUB_ONLY)
    agents.exchange()
    assert story.decision.refusal is not None

    names = [
        each.changes["overrides"]["accessTokenMayActScript"]
        for each in story.remedies()[story.decision.refusal.rule]
        if each.changes
    ]

    assert names[0] == naming.id
    assert script.id not in names


def test_what_would_leave_its_rule_failing_is_not_offered(
    story: Workbench, agents: Agents
) -> None:
    no_exchanger(story, agents)
    assert story.decision.refusal is not None

    found = story.remedies()[story.decision.refusal.rule]

    assert [each.where for each in found] == ["provider setting"]


@pytest.mark.parametrize("break_it", BROKEN)
def test_what_was_done_is_said_in_a_sentence(
    break_it: Any, story: Workbench, agents: Agents
) -> None:
    break_it(story, agents)

    found = [each for group in story.remedies().values() for each in group]

    assert all(each.did.endswith(".") for each in found if each.applicable)
    assert not any(each.did for each in found if not each.applicable)


def test_without_a_remedy_the_likeliest_is_done(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="read admin")

    call = story.repair()

    assert call.status == 200
    assert ("scope", "read") in call.form
    with pytest.raises(NotYet, match="not refused"):
        story.repair()


def test_where_only_advice_is_left_it_is_said_instead(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(client_secret="wrong")

    with pytest.raises(NotYet, match="Send the secret of risk-agent"):
        story.repair()


def test_before_any_exchange_there_is_nothing_to_repair(wb: Workbench) -> None:
    assert wb.remedies() == {}
    with pytest.raises(NotYet):
        wb.repair(Remedy(text="", renew=("subject",)))
