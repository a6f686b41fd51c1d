"""The same requests under every profile: where servers differ, shown by asking them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workbench.am.realm import Realm
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.course.differences.scenario import (
    Scenario,
    ScenarioBench,
    granted_in_words,
    refusal_in_words,
)
from workbench.course.differences.scenarios_with_others import (
    deleted_person,
    open_registration,
    password_without_policy,
    policy_for_people,
    registration_without_scope,
    replayed_refresh_token,
)
from workbench.course.use_cases.use_case import SECRET
from workbench.views.differences import differences_html, differences_text
from workbench.views.page.attached import attach

BOTH_FORMS = """\
token.setMayAct({
    client_id: ["risk-agent", "data-agent"],
    sub: ["(age!risk-agent)", "risk-agent", "(age!data-agent)", "data-agent"]
});
"""
"""Names the actors as PingAM writes a subject and as PingOne AIC does."""

TYPED = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'
ASKS_WHO = """
function validateAccessTokenScope() { identity.getName(); return requestedScopes; }
"""
ADDS_WRITE = 'function validateAccessTokenScope() { return ["read", "write"]; }'
CLIENT_ONLY = 'token.setMayAct({client_id: "risk-agent"});'


@dataclass(frozen=True, slots=True)
class Differences:
    """What servers answer to the same requests.

    Attributes:
        profiles: The names, in the order of the answers.
        rows: For each scenario its question, its switch and an answer a profile.
    """

    profiles: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


def prepare_scenarios(realm: Realm) -> None:
    """Two agents whose tokens may be exchanged by risk-agent, and by data-agent."""
    realm.settings.enable_ai_agents()
    realm.add_script("may act", BOTH_FORMS)
    for name in ("data-agent", "risk-agent"):
        realm.register_agent(
            name,
            secret=SECRET,
            scopes=["read", "write"],
            may_act_script="may act",
        )


def differences(answers: Mapping[str, Iterable[str]]) -> Differences:
    """Put the answers of each profile side by side."""
    columns = [tuple(each) for each in answers.values()]
    rows = zip(SCENARIOS, zip(*columns, strict=True), strict=True)
    return Differences(
        profiles=tuple(answers),
        rows=tuple((each.question, each.switch, found) for each, found in rows),
    )


def ask_all(fresh: Callable[[], ScenarioBench]) -> list[str]:
    """The answer to every scenario, each on a bench of its own."""
    answers = []
    for scenario in SCENARIOS:
        bench = fresh()
        prepare_scenarios(bench.realm)
        answers.append(scenario.ask(bench))
    return answers


def _subject(bench: ScenarioBench) -> str:
    call = bench.client.client_credentials("data-agent", SECRET, scope="read")
    return bench.claim(call, "sub")


def _typed_may_act(bench: ScenarioBench) -> str:
    bench.script(TYPED)
    return granted_in_words(bench.exchange())


def _actor(bench: ScenarioBench) -> str:
    return bench.claim(bench.exchange(), "act")


def _without_actor(bench: ScenarioBench) -> str:
    return granted_in_words(bench.alone())


def _impersonation(bench: ScenarioBench) -> str:
    bench.script(CLIENT_ONLY)
    return bench.claim(bench.alone(), "act")


def _again_without_actor(bench: ScenarioBench) -> str:
    first = bench.exchange()
    return bench.claim(bench.alone(first.access_token), "act")


def _wider_scope(bench: ScenarioBench) -> str:
    return bench.claim(bench.exchange(scope="read write"), "scope")


def _narrow_scope(bench: ScenarioBench) -> str:
    subject = bench.token("data-agent", "read write")
    return bench.claim(bench.exchange(subject), "scope")


def _scope_of_script(bench: ScenarioBench) -> str:
    context, realm = "OAUTH2_VALIDATE_SCOPE", bench.realm
    realm.add_script("adds", ADDS_WRITE, context=context)
    realm.set_provider(validateScopePluginType="SCRIPTED", validateScopeScript="adds")
    return bench.claim(bench.exchange(), "scope")


def _identity_validating(bench: ScenarioBench) -> str:
    context, realm = "OAUTH2_VALIDATE_SCOPE", bench.realm
    realm.add_script("asks", ASKS_WHO, context=context)
    realm.set_provider(validateScopePluginType="SCRIPTED", validateScopeScript="asks")
    call = bench.client.client_credentials("data-agent", SECRET, scope="read")
    return bench.claim(call, "scope")


def _lifetime(bench: ScenarioBench) -> str:
    bench.realm.update("data-agent", access_token_lifetime=60)
    call = bench.exchange()
    return (
        f"{call.json['expires_in']} s" if call.status == 200 else refusal_in_words(call)
    )


def _refresh(bench: ScenarioBench) -> str:
    call = bench.exchange()
    return "yes" if call.json.get("refresh_token") else "no"


def _no_refresh_token(bench: ScenarioBench) -> str:
    bench.realm.set_provider(issueRefreshToken=False)
    bench.realm.update("risk-agent", overrides={"issueRefreshToken": False})
    return "null" if "refresh_token" in bench.exchange().json else "nothing"


def _scope_of_another(bench: ScenarioBench) -> str:
    return granted_in_words(bench.exchange(scope="admin"))


def _refresh_with_grant(bench: ScenarioBench) -> str:
    own = bench.realm.client("risk-agent").grant_types
    bench.realm.update("risk-agent", grant_types=[*own, "refresh_token"])
    return _refresh(bench)


def _foreign_actor(bench: ScenarioBench) -> str:
    return bench.claim(bench.exchange(actor_token=bench.token("data-agent")), "act")


def _unnamed_actor(bench: ScenarioBench) -> str:
    bench.script(CLIENT_ONLY)
    return bench.claim(bench.exchange(), "act")


def _actors_history(bench: ScenarioBench) -> str:
    history = bench.exchange(bench.token("risk-agent")).access_token
    return bench.claim(bench.exchange(actor_token=history), "act")


def _loop(bench: ScenarioBench) -> str:
    return bench.claim(bench.exchange(bench.exchange().access_token), "act")


def _third_actor(bench: ScenarioBench) -> str:
    second = bench.exchange(bench.exchange().access_token)
    if second.status != 200:
        return refusal_in_words(second)
    return bench.claim(bench.exchange(second.access_token), "act")


def _inactive_subject(bench: ScenarioBench) -> str:
    subject = bench.token("data-agent")
    bench.realm.update("data-agent", active=False)
    return granted_in_words(bench.exchange(subject))


def _id_token(bench: ScenarioBench) -> str:
    wanted = ACCESS_TOKEN.replace("access", "id")
    call = bench.exchange(requested_token_type=wanted)
    return bench.claim(call, "act")


SCENARIOS = (
    Scenario("How is an agent's own subject written?", "typed_subjects", _subject),
    Scenario(
        "may_act.sub is (age!risk-agent): may risk-agent act?",
        "typed_subjects",
        _typed_may_act,
    ),
    Scenario("Whom does act name?", "typed_subjects", _actor),
    Scenario(
        "may_act has a sub, no actor token is sent: is it granted?",
        "actor_required_by_sub",
        _without_actor,
    ),
    Scenario(
        "may_act has a client_id alone: whom does act name?",
        "act_for_ai_agents",
        _impersonation,
    ),
    Scenario(
        "A delegated token goes on without an actor: whom does act name?",
        "exchange_again_without_actor",
        _again_without_actor,
    ),
    Scenario(
        "Asked for read write, the subject token has read: which scope?",
        "scopes_capped_by_subject",
        _wider_scope,
    ),
    Scenario(
        "Asked for read, the client may have read write: which scope?",
        "granted_scope",
        _narrow_scope,
    ),
    Scenario(
        "A scope that risk-agent lacks is asked for: how is it refused?",
        "scope_beyond_client",
        _scope_of_another,
    ),
    Scenario(
        "A validation script adds write to the read asked for: which scope?",
        "scopes_from_script",
        _scope_of_script,
    ),
    Scenario(
        "A validation script asks for identity.getName(): which scope?",
        "identity_when_validating",
        _identity_validating,
    ),
    Scenario(
        "A policy grants read to people, the subject token is a person's: which scope?",
        "policies_see_exchange_subject",
        policy_for_people,
    ),
    Scenario(
        "No policy speaks of the read asked for with a password: which scope?",
        "policies_on_password",
        password_without_policy,
    ),
    Scenario(
        "The subject token has a minute left: how long does the new one live?",
        "lifetime_capped_by_subject",
        _lifetime,
    ),
    Scenario("Does a refresh token come along?", "refresh_token_on_exchange", _refresh),
    Scenario(
        "And where the client has the refresh_token grant?",
        "refresh_token_on_exchange",
        _refresh_with_grant,
    ),
    Scenario(
        "What does the answer say of a refresh token that does not come along?",
        "null_refresh_token",
        _no_refresh_token,
    ),
    Scenario(
        "The actor token is another client's: whom does act name?",
        "actor_is_client",
        _foreign_actor,
    ),
    Scenario(
        "The actor token names an actor itself: whom does act name?",
        "actor_history",
        _actors_history,
    ),
    Scenario("risk-agent acts twice in a chain: whom does act name?", "loops", _loop),
    Scenario(
        "A third actor joins the chain: whom does act name?",
        "max_chain_depth",
        _third_actor,
    ),
    Scenario(
        "data-agent was made inactive, its token lives: is it granted?",
        "tokens_of_inactive_clients",
        _inactive_subject,
    ),
    Scenario(
        "bjensen was deleted, her token lives: is it granted?",
        "tokens_of_gone_people",
        deleted_person,
    ),
    Scenario(
        "A refresh token that was replaced comes again: does its successor live?",
        "grant_of_replayed_refresh_token",
        replayed_refresh_token,
    ),
    Scenario(
        "Anybody may register, a client sends client_uri: does it register?",
        "registration_scope",
        open_registration,
    ),
    Scenario(
        "Nobody may register, a client has a token for read: does it register?",
        "registration_scope",
        registration_without_scope,
    ),
    Scenario(
        "may_act lets nobody be the actor, one comes: whom does act name?",
        "rules_left_out",
        _unnamed_actor,
    ),
    Scenario("An ID token is asked for: whom does act name?", "", _id_token),
)


attach(Differences, differences_html, differences_text)
