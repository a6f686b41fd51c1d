"""A refusal of a server, explained from what a person has captured and knows of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.interop.captures import FORMS, as_curl, as_har, entry_of
from tests.stories import ID_TOKEN, SECRET, Agents, validate_scope
from tests.test_remedies import BROKEN
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.exchange.rules import BY_STATEMENT
from workbench.am.reading.revoke_token import revoke_token
from workbench.errors import CommandError, SettingError
from workbench.interop.twin.explanation import Explanation
from workbench.views.explanation import explanation_html, explanation_text

NAMES_OTHERS = "token.setMayAct({client_id: 'x', sub: '(age!risk-agent)'});"
OTHER_ACTOR = "token.setMayAct({client_id: 'risk-agent', sub: '(age!x)'});"
LETS_NONE_PASS = """
    function validateAccessTokenScope() { return []; }
    function validateAuthorizationScope() { return []; }
    function validateRefreshTokenScope() { return []; }
"""
FAILS = "throw new Error('no');"


def unknown_client(_story: Workbench, agents: Agents) -> None:
    agents.exchange(client_id="nobody")


def wrong_secret(_story: Workbench, agents: Agents) -> None:
    agents.exchange(client_secret="anotherSecret")


def unknown_actor_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(actor_token_type="urn:example:other")


def forged_subject(_story: Workbench, agents: Agents) -> None:
    agents.exchange(subject_token="Zm9yZ2VkLXRva2VuLW9mLW5vYm9")


def forged_actor(_story: Workbench, agents: Agents) -> None:
    agents.exchange(actor_token="Zm9yZ2VkLXRva2VuLW9mLW5vYm9")


def subject_revoked(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    revoke_token(story.realm, token)
    agents.exchange(subject_token=token)


def actor_expired(story: Workbench, agents: Agents) -> None:
    actor = agents.token("risk-agent")
    story.clock.advance(seconds=4000)
    agents.exchange(actor_token=actor)


def subject_of_another_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(subject_token_type=ID_TOKEN)


def actor_of_another_type(_story: Workbench, agents: Agents) -> None:
    agents.exchange(actor_token_type=ID_TOKEN)


def names_another_client(story: Workbench, agents: Agents) -> None:
    story.realm.update_script("risk-agent may act", NAMES_OTHERS)
    agents.exchange()


def names_another_actor(story: Workbench, agents: Agents) -> None:
    story.realm.update_script("risk-agent may act", OTHER_ACTOR)
    agents.exchange()


def actors_holder_inactive(story: Workbench, agents: Agents) -> None:
    story.realm.register_agent("third", secret=SECRET, scopes=["read"])
    actor = agents.token("third")
    may_act = "token.setMayAct({client_id: 'risk-agent', sub: '(age!third)'});"
    story.realm.update_script("risk-agent may act", may_act)
    story.profile = story.profile.but(tokens_of_inactive_clients="refuse")
    story.realm.update("third", active=False)
    agents.exchange(actor_token=actor)


def actors_person_gone(story: Workbench, agents: Agents) -> None:
    story.realm.add_user("bjensen", password="s")
    own = story.realm.client("data-agent").grant_types
    story.realm.update("data-agent", grant_types=[*own, "password"])
    actor = story.client.password("data-agent", SECRET, "bjensen", "s", scope="read")
    story.realm.users.delete("bjensen")
    agents.exchange(actor_token=actor.access_token)


def nothing_left_by_a_script(story: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(story, LETS_NONE_PASS)
    agents.exchange(subject_token=subject, actor_token=actor)


def may_act_script_fails(story: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.realm.add_script("fails", FAILS)
    story.realm.update("risk-agent", may_act_script="fails")
    agents.exchange(subject_token=subject, actor_token=actor)


def read_twice(story: Workbench, agents: Agents) -> None:
    story.history.edit(agents.exchange(), scope=["read", "read"])


REFUSED: tuple[Callable[[Workbench, Agents], None], ...] = (
    *BROKEN,
    unknown_client,
    wrong_secret,
    unknown_actor_type,
    forged_subject,
    forged_actor,
    subject_revoked,
    actor_expired,
    subject_of_another_type,
    actor_of_another_type,
    names_another_client,
    names_another_actor,
    actors_holder_inactive,
    actors_person_gone,
    nothing_left_by_a_script,
    may_act_script_fails,
    read_twice,
)

NEVER_REFUSES = {
    "An earlier act is carried on where it is an object",
    "Policies say which of the scopes are granted",
    "The chain of actors can be written",  # no use case comes near it
}


def refused(
    break_it: Callable[[Workbench, Agents], None], story: Workbench, agents: Agents
) -> tuple[Call, str]:
    """The call that was refused, and the rule that did."""
    break_it(story, agents)
    refusal = story.decision.refusal
    assert refusal is not None
    return story.history[-1], refusal.rule


def stranger(story: Workbench) -> Workbench:
    """A bench of somebody who knows which product the server is, and nothing else."""
    bench = Workbench(now=story.clock.now())
    bench.profile = story.profile
    return bench


def claims_of(story: Workbench, call: Call, role: str) -> dict[str, Any] | None:
    """What a person gets who decodes a token, or asks introspection for it."""
    token = dict(call.form).get(f"{role}_token")
    if token is None:
        return None
    found = story.inspect(token)
    if found.state == "active" and found.claims is not None:
        return dict(found.claims)
    return {"active": False}


def test_every_rule_that_can_refuse_does_so_here(
    kept_engine: Any,
) -> None:
    told = set()
    for each in REFUSED:
        with Workbench(now=1_790_000_000, seed="test", engine=kept_engine) as wb:
            wb.prepare("agent-for-agent")
            told.add(refused(each, wb, Agents(wb))[1])

    assert set(BY_STATEMENT) - told == NEVER_REFUSES


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("break_it", REFUSED)
def test_a_bench_that_knows_the_server_names_the_rule_first(
    break_it: Any, form: str, story: Workbench, agents: Agents
) -> None:
    call, rule = refused(break_it, story, agents)

    told = story.explain(*FORMS[form](call), server=story)

    assert told.rules[0] == rule, explanation_text(told)
    assert told.next_thing


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("break_it", REFUSED)
def test_claims_of_the_tokens_and_the_answer_are_enough_to_name_the_rule(
    break_it: Any, form: str, story: Workbench, agents: Agents
) -> None:
    call, rule = refused(break_it, story, agents)
    given = {role: claims_of(story, call, role) for role in ("subject", "actor")}

    told = stranger(story).explain(
        *FORMS[form](call), subject=given["subject"], actor=given["actor"]
    )

    assert_named(told, rule)


@pytest.mark.parametrize("break_it", REFUSED)
def test_who_knows_nothing_is_told_what_would_decide(
    break_it: Any, story: Workbench, agents: Agents
) -> None:
    call, rule = refused(break_it, story, agents)
    text, answer = as_curl(call)
    for number, role in enumerate(("subject_token", "actor_token")):
        token = dict(call.form).get(role)
        if token is not None:
            text = text.replace(token, f"{number}Zm9yZ2VkLXRva2VuLW9mLW5vYm")

    assert_named(stranger(story).explain(text, answer), rule)


def assert_named(told: Explanation, rule: str) -> None:
    assert rule in told.rules, explanation_text(told)
    named = next(each for each in told.suspects if each.check.rule == rule)
    assert named.sure or (named.if_so and named.to_know)
    assert told.next_thing


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("break_it", REFUSED)
def test_no_token_and_no_secret_is_shown(
    break_it: Any, form: str, story: Workbench, agents: Agents
) -> None:
    call, _rule = refused(break_it, story, agents)

    told = stranger(story).explain(*FORMS[form](call))

    shown = (
        explanation_html(told)
        + explanation_text(told)
        + repr(told)
        + str(vars_of(told))
    )
    secret = [v for n, v in call.form if n.endswith(("_token", "_secret"))]
    assert [each for each in secret if each in shown or each[-12:] in shown] == []


def vars_of(told: Explanation) -> dict[str, Any]:
    return {name: getattr(told, name) for name in type(told).__slots__}


def test_the_answer_narrows_what_could_have_refused(
    story: Workbench, agents: Agents
) -> None:
    text, answer = as_curl(agents.exchange(scope="read admin"))
    bench = stranger(story)

    narrowed, wide = bench.explain(text, answer), bench.explain(text)

    assert {each.check.error for each in narrowed.suspects} == {"invalid_scope"}
    assert len({each.check.error for each in wide.suspects}) > 3
    assert "Without the answer nothing narrows the rules" in " ".join(wide.notes)


def test_a_rule_that_comes_after_a_sure_one_is_not_named(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update_script("risk-agent may act", "logger.info('nobody');")
    text, answer = as_curl(agents.exchange())

    told = stranger(story).explain(text, answer)

    assert told.likeliest is not None and told.likeliest.sure
    assert told.rules[0] == "The subject token carries may_act"
    assert "may_act.client_id names the client" not in told.rules


def test_a_token_that_has_ended_by_now_may_have_been_good_when_it_was_sent(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange(scope="read admin")
    sent, bench = story.clock.now(), stranger(story)
    bench.clock.advance(seconds=7200)
    entry = entry_of(call, sent) | {"startedDateTime": None}
    undated = as_curl(call)[0]

    dated = bench.explain(json.dumps(entry))
    by_now = bench.explain(undated, {"error": "invalid_request"})

    assert "The subject token is valid now" not in dated.rules
    assert by_now.rules[0] == "The subject token is valid now"
    assert by_now.likeliest is not None and not by_now.likeliest.sure


def test_what_would_refuse_as_well_is_told(story: Workbench, agents: Agents) -> None:
    story.realm.update_script("risk-agent may act", NAMES_OTHERS)
    text, answer = as_curl(agents.exchange(scope="admin"))

    told = story.explain(text, answer, server=story)

    assert [each.rule for each in told.also] == [
        "The client may have every scope asked for"
    ]


def test_an_answer_that_no_rule_gives_is_said_to_be_so(
    story: Workbench, agents: Agents
) -> None:
    text, _ = as_curl(agents.exchange())
    bench = stranger(story)

    slow = bench.explain(text, "HTTP/1.1 429 Too Many Requests\n\n<html>")
    strange = bench.explain(text, {"error": "temporarily_unavailable"})

    assert (slow.suspects, strange.suspects) == ((), ())
    assert slow.next_thing.startswith("Look at what answered")
    assert strange.next_thing.startswith("Look at the server's own log")


def test_other_words_of_the_same_error_are_told_apart(
    story: Workbench, agents: Agents
) -> None:
    text, _ = as_curl(agents.exchange())
    answer = {"error": "invalid_scope", "error_description": "Not that one"}

    told = stranger(story).explain(text, answer)

    assert "The client may have every scope asked for" in told.rules
    assert any("No rule answers in these words" in note for note in told.notes)


def test_what_contradicts_the_answer_is_told(story: Workbench, agents: Agents) -> None:
    story.realm.update_script("risk-agent may act", "logger.info('nobody');")
    text, _ = as_curl(agents.exchange())
    answer = {
        "error": "unsupported_grant_type",
        "error_description": "Grant type is not supported",
    }

    told = stranger(story).explain(text, answer)

    assert set(told.rules) == {
        "The client may use the token exchange grant",
        "The provider offers the token exchange grant",
    }
    assert any(note.startswith("For sure") for note in told.notes)


def test_a_bench_stands_for_the_server_where_it_has_the_client(
    story: Workbench, agents: Agents
) -> None:
    text, answer = as_curl(agents.exchange(scope="read admin"))

    own, other = story.explain(text, answer), stranger(story).explain(text, answer)

    assert own.likeliest is not None and own.likeliest.sure
    assert other.likeliest is not None and not other.likeliest.sure


def test_the_realm_of_the_url_is_the_one_that_is_looked_at(wb: Workbench) -> None:
    wb.realms.add("beta")
    wb.prepare("agent-for-agent", "beta")
    agents = Agents(wb)
    agents_of_beta = wb.client_for("beta")
    token = agents_of_beta.client_credentials("data-agent", SECRET, scope="read")
    call = agents_of_beta.exchange(
        "risk-agent", SECRET, subject_token=token.access_token, scope="admin"
    )

    told = wb.explain(*as_curl(call))

    assert agents is not None
    assert told.rules[0] == "The client may have every scope asked for"
    assert ("risk-agent", "registered on the bench") in told.known


def test_nothing_of_the_bench_changes(story: Workbench, agents: Agents) -> None:
    text, answer = as_curl(agents.exchange(scope="admin"))
    before = (story.audit.total, story.history.total, story.realm.last_exchange)

    story.explain(text, answer, server=story)

    assert before == (story.audit.total, story.history.total, story.realm.last_exchange)


def test_the_last_refused_exchange_of_a_har_is_taken(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")
    agents.exchange(subject_token_type=ID_TOKEN)
    agents.exchange()
    text, _ = as_har(*story.history)

    told = story.explain(text, server=story)
    chosen = story.explain(text, server=story, entry=3)

    assert told.rules[0] == "The subject token is of the type declared"
    assert any("Taken from the HAR: entry" in note for note in told.notes)
    assert chosen.rules[0] == "The client may have every scope asked for"


def test_an_export_of_the_server_says_what_its_clients_may(
    story: Workbench, agents: Agents, tmp_path: Path
) -> None:
    text, answer = as_curl(agents.exchange(scope="read admin"))
    story.export_files(tmp_path)

    told = stranger(story).explain(text, answer, server=tmp_path)

    assert told.likeliest is not None and told.likeliest.sure
    assert told.rules[0] == "The client may have every scope asked for"
    assert told.next_thing == "Ask only for read."


def test_a_secret_that_an_export_has_not_is_no_wrong_secret(
    story: Workbench, agents: Agents, tmp_path: Path
) -> None:
    text, answer = as_curl(agents.exchange(client_secret="anotherSecret"))
    story.export_files(tmp_path)

    told = stranger(story).explain(text, answer, server=str(tmp_path))

    assert told.rules == ("The client authenticated",)
    assert not told.suspects[0].sure


def test_what_is_no_export_and_no_bench_is_refused(
    story: Workbench, agents: Agents, tmp_path: Path
) -> None:
    text, answer = as_curl(agents.exchange(scope="admin"))

    with pytest.raises(CommandError, match="missing"):
        story.explain(text, answer, server=tmp_path / "missing")
    with pytest.raises(SettingError, match="server is an int; it is a bench"):
        story.explain(text, answer, server=7)  # type: ignore[arg-type]
