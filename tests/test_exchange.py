"""The rules on their own: a good request passes, and each row breaks one thing."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.am.clients.client import AIAgent
from workbench.am.clients.effective import effective
from workbench.am.exchange.decide import decide
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.profile import PROFILES
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.limits import CaveatLimits
from workbench.am.tokens.token import Reading

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
RISK = {"client_id": "risk-agent", "sub": "(age!risk-agent)"}


def claims(sub: str, **more: Any) -> dict[str, Any]:
    return {
        "sub": sub,
        "tokenName": "access_token",
        "scope": ["read"],
        "exp": 200,
        "jti": "j",
        **more,
    }


def reading(sub: str, **more: Any) -> Reading:
    return Reading(form="client-side", claims=claims(sub, **more))


def good(**changes: Any) -> ExchangeRequest:
    client = changes.pop("client", None) or AIAgent(
        client_id="risk-agent", secret="s", scopes=("read", "write")
    )
    provider = changes.pop("provider", ProviderSettings())
    request = ExchangeRequest(
        client=client,
        parameters={
            "scope": "read",
            "subject_token": "s",
            "subject_token_type": ACCESS_TOKEN,
            "actor_token": "a",
            "actor_token_type": ACCESS_TOKEN,
        },
        subject=reading("(age!data-agent)", may_act=RISK),
        actor=reading("(age!risk-agent)"),
        provider=provider,
        profile=PROFILES["pingam-8.1"],
        settings=effective(provider, client),
    )
    return replace(request, **changes)


def without(request: ExchangeRequest, *names: str) -> ExchangeRequest:
    kept = {k: v for k, v in request.parameters.items() if k not in names}
    return replace(request, parameters=kept)


def impersonation(**changes: Any) -> ExchangeRequest:
    request = good(actor=None, **changes)
    return without(request, "actor_token", "actor_token_type")


def may_act(value: Any) -> Reading:
    return reading("(age!data-agent)", may_act=value)


def test_grants_a_good_request() -> None:
    decision = decide(good())

    assert decision.refusal is None
    assert decision.not_evaluated == ()
    assert decision.grant is not None
    assert decision.grant.kind == "delegation"
    assert decision.grant.act == {"sub": "(age!risk-agent)"}
    assert decision.grant.scope == ("read",)


BROKEN = [
    (
        "The provider offers the token exchange grant",
        good(provider=ProviderSettings(grantTypes=("client_credentials",))),
        ("unsupported_grant_type", "Grant type is not supported"),
    ),
    (
        "The client may use the token exchange grant",
        good(
            client=AIAgent(
                client_id="risk-agent",
                secret="s",
                scopes=("read",),
                grant_types=("client_credentials",),
            )
        ),
        ("unsupported_grant_type", "Grant type is not supported"),
    ),
    (
        "subject_token and subject_token_type are both sent",
        without(good(), "subject_token_type"),
        ("invalid_request", "Missing parameters: subject_token_type"),
    ),
    (
        "actor_token and actor_token_type are both sent",
        without(good(), "actor_token_type"),
        ("invalid_request", "Missing parameters: actor_token_type"),
    ),
    (
        "The subject token is one that this realm issued, unchanged",
        good(subject=Reading(form="client-side", claims=None, fault="forged")),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The subject token is valid now",
        good(subject=replace(good().subject or may_act(None), expired=True)),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The subject token has not been revoked",
        good(subject=replace(good().subject or may_act(None), revoked=True)),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The subject token is of the type declared",
        good(
            subject=Reading(
                form="server-side",
                claims=claims("(age!d)", may_act=RISK) | {"tokenName": "refresh_token"},
            )
        ),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The actor token is one that this realm issued, unchanged",
        good(actor=Reading(form="server-side", claims=None, fault="unknown")),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The actor token is valid now",
        good(actor=replace(reading("(age!risk-agent)"), early=True)),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The subject token carries may_act",
        good(subject=reading("(age!data-agent)")),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The subject token carries may_act",
        good(subject=may_act("risk-agent")),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "may_act.client_id names the client",
        good(subject=may_act({"sub": "(age!risk-agent)"})),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "may_act has a sub, as delegation needs",
        good(subject=may_act({"client_id": "risk-agent"})),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "may_act.sub names the actor token's sub",
        good(subject=may_act({"client_id": "risk-agent", "sub": "risk-agent"})),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The client may have every scope asked for",
        replace(good(), parameters={**good().parameters, "scope": "read admin"}),
        ("invalid_scope", "Unknown/invalid scope(s): [admin]"),
    ),
    (
        "The subject token's person is active",
        good(subject=replace(may_act(RISK), bereft=True)),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "The actor token's person is active",
        good(actor=replace(reading("(age!risk-agent)"), bereft=True)),
        ("invalid_request", "Invalid token exchange."),
    ),
    (
        "What caveats took away stays away",
        good(subject=replace(may_act(RISK), limits=CaveatLimits(scope=("write",)))),
        ("invalid_scope", "Unknown/invalid scope(s): [read]"),
    ),
    (
        "A scope is asked for, or the client has a default",
        without(good(), "scope"),
        ("invalid_scope", "No scope requested and no default scope configured"),
    ),
]


@pytest.mark.parametrize(("rule", "request_", "answer"), BROKEN)
def test_refuses_when_a_rule_is_broken(
    rule: str, request_: ExchangeRequest, answer: tuple[str, str]
) -> None:
    refusal = decide(request_).refusal

    assert refusal is not None
    assert (refusal.rule, (refusal.error, refusal.description)) == (rule, answer)


TRUTH_TABLE = [
    (None, True, None),
    (None, False, None),
    ({"client_id": "risk-agent"}, False, "impersonation"),
    ({"client_id": "risk-agent"}, True, None),
    (RISK, True, "delegation"),
    ({**RISK, "sub": "(age!other)"}, True, None),
    (RISK, False, "impersonation"),
    ({**RISK, "client_id": "other"}, True, None),
    ({**RISK, "client_id": "other"}, False, None),
    ({"client_id": ["other", "risk-agent"]}, False, "impersonation"),
    ({**RISK, "sub": ["(age!other)", "(age!risk-agent)"]}, True, "delegation"),
    ({**RISK, "sub": ["(age!other)"]}, True, None),
    ({**RISK, "extra": {"ignored": True}}, True, "delegation"),
]


@pytest.mark.parametrize(("value", "with_actor", "kind"), TRUTH_TABLE)
def test_follows_the_truth_table_of_may_act(
    value: Any, with_actor: bool, kind: str | None
) -> None:
    build = good if with_actor else impersonation

    grant = decide(build(subject=may_act(value))).grant

    assert (grant.kind if grant else None) == kind


def test_nests_the_earlier_chain_under_the_new_actor() -> None:
    earlier = {"sub": "(age!first)", "act": {"sub": "(age!zeroth)"}}
    subject = reading("(age!data-agent)", may_act=RISK, act=earlier)

    grant = decide(good(subject=subject)).grant

    assert grant is not None
    assert grant.act == {"sub": "(age!risk-agent)", "act": earlier}


def test_drops_the_history_of_the_actor_token() -> None:
    actor = reading("(age!risk-agent)", act={"sub": "(age!other)"})

    grant = decide(good(actor=actor)).grant

    assert grant is not None
    assert grant.act == {"sub": "(age!risk-agent)"}


def test_nests_the_actors_own_history_where_the_profile_says_so() -> None:
    profile = PROFILES["pingam-8.1"].but(actor_history="nest")
    deep = {"sub": "(age!a)", "act": {"sub": "(age!b)"}}
    subject = reading("(age!d)", may_act=RISK, act={"sub": "(age!first)"})
    actors = (reading("(age!risk-agent)", act=deep), reading("(age!risk-agent)"))

    both = decide(good(subject=subject, actor=actors[0], profile=profile)).grant
    own = decide(good(actor=actors[0], profile=profile)).grant
    prior = decide(good(subject=subject, actor=actors[1], profile=profile)).grant

    inner = {"sub": "(age!b)", "act": {"sub": "(age!first)"}}
    assert both is not None and own is not None and prior is not None
    assert both.act["act"] == {"sub": "(age!a)", "act": inner}
    assert own.act["act"] == deep
    assert prior.act["act"] == {"sub": "(age!first)"}


@pytest.mark.parametrize("act", ["(age!root)", 7, [], [{"sub": "x"}], True, False])
def test_drops_an_earlier_act_that_is_no_object_and_says_so(act: Any) -> None:
    decision = decide(good(subject=reading("(age!d)", may_act=RISK, act=act)))

    assert decision.grant is not None
    assert decision.grant.act == {"sub": "(age!risk-agent)"}
    said = [check for check in decision.checks if check.rule.startswith("An earlier")]
    assert len(said) == 1
    assert said[0].found.endswith("it is dropped")


def test_an_act_that_is_null_is_none() -> None:
    decision = decide(good(subject=reading("(age!d)", may_act=RISK, act=None)))

    assert not any(check.rule.startswith("An earlier") for check in decision.checks)


def test_waits_for_an_actor_token_where_it_must_be_the_clients_own() -> None:
    strict = PROFILES["pingam-8.1"].but(actor_is_client=True)
    broken = Reading(form="client-side", claims=None, fault="not ours")

    decision = decide(good(actor=broken, profile=strict))

    assert "The actor token is the client's own" in decision.not_evaluated


def test_shows_the_second_problem_too() -> None:
    request = replace(
        good(subject=may_act({"client_id": "other", "sub": "(age!other)"})),
        parameters={**good().parameters, "scope": "admin"},
    )

    assert [check.rule for check in decide(request).failures] == [
        "may_act.client_id names the client",
        "may_act.sub names the actor token's sub",
        "The client may have every scope asked for",
    ]


def test_names_the_rules_that_could_not_be_evaluated() -> None:
    forged = Reading(form="client-side", claims=None, fault="forged")

    decision = decide(good(subject=forged))

    assert "may_act.client_id names the client" in decision.not_evaluated
    assert len(decision.failures) == 1


def test_takes_the_default_scopes_when_none_is_asked_for() -> None:
    agent = AIAgent(
        client_id="risk-agent",
        secret="s",
        scopes=("read", "write"),
        default_scopes=("write",),
    )

    grant = decide(without(good(client=agent), "scope")).grant

    assert grant is not None
    assert grant.scope == ("write",)


def test_ignores_the_audience_unless_the_switch_is_on() -> None:
    grant = decide(good(audiences=("https://api.example",))).grant

    assert grant is not None
    assert grant.audience == ()


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (("https://api.example",), True),
        (("https://api.example", "https://two.example"), True),
        (("https://api.example/path",), False),
        (("",), False),
    ],
)
def test_holds_each_audience_against_the_clients_list(
    asked: tuple[str, ...], granted: bool
) -> None:
    agent = AIAgent(
        client_id="risk-agent",
        secret="s",
        scopes=("read",),
        allowed_audiences=("https://api.example", "https://two.example"),
        overrides=Overrides(
            providerOverridesEnabled=True,
            acceptAudienceParametersInTokenExchangeRequests=True,
        ),
    )

    decision = decide(good(client=agent, audiences=asked))

    assert decision.granted == granted
    if not granted:
        assert decision.refusal is not None
        assert decision.refusal.description == "Invalid audience requested."


def test_wants_the_auth_level_that_the_client_asks_for() -> None:
    agent = AIAgent(
        client_id="risk-agent",
        secret="s",
        scopes=("read",),
        token_exchange_auth_level=2,
    )

    low = decide(good(client=agent))
    high = decide(
        good(
            client=agent,
            subject=reading("(usr!kim)", may_act=RISK, auth_level=2),
        )
    )

    assert low.refusal is not None
    assert low.refusal.found == "0"
    assert high.granted


PROFILE_CASES = [
    ("actor_required_by_sub", True, impersonation(), "An actor token is sent"),
    (
        "exchange_again_without_actor",
        "refuse",
        impersonation(subject=reading("(age!d)", may_act=RISK, act={"sub": "(age!x)"})),
        "A delegated token may be exchanged",
    ),
    (
        "max_chain_depth",
        1,
        good(subject=reading("(age!d)", may_act=RISK, act={"sub": "(age!x)"})),
        "The chain of actors is not too long",
    ),
    (
        "loops",
        "refuse",
        good(subject=reading("(age!d)", may_act=RISK, act={"sub": "(age!risk-agent)"})),
        "No actor appears twice",
    ),
    (
        "actor_is_client",
        True,
        good(
            subject=may_act({"client_id": "risk-agent", "sub": "(age!other)"}),
            actor=reading("(age!other)"),
        ),
        "The actor token is the client's own",
    ),
    (
        "scopes_capped_by_subject",
        True,
        replace(good(), parameters={**good().parameters, "scope": "write"}),
        "The subject token has every scope",
    ),
]


@pytest.mark.parametrize(("switch", "value", "request_", "rule"), PROFILE_CASES)
def test_a_profile_switch_adds_its_rule(
    switch: str, value: Any, request_: ExchangeRequest, rule: str
) -> None:
    strict = replace(request_, profile=request_.profile.but(**{switch: value}))

    refusal = decide(strict).refusal

    assert decide(request_).granted
    assert refusal is not None
    assert refusal.rule.startswith(rule)


def test_names_an_ai_agent_without_an_actor_token_where_the_profile_says_so() -> None:
    request = replace(
        impersonation(),
        profile=PROFILES["pingam-8.1"].but(act_for_ai_agents=True),
    )

    grant = decide(request).grant

    assert grant is not None
    assert grant.act == {"sub": "(age!risk-agent)"}


def test_grants_all_the_clients_scopes_where_the_profile_says_so() -> None:
    request = replace(
        good(),
        profile=PROFILES["pingam-8.1"].but(granted_scope="all the acting client's"),
    )

    grant = decide(request).grant

    assert grant is not None
    assert grant.scope == ("read", "write")


def test_names_every_rule_that_waits_for_a_subject_token() -> None:
    agent = AIAgent(
        client_id="risk-agent",
        secret="s",
        scopes=("read",),
        token_exchange_auth_level=1,
    )
    request = good(
        client=agent,
        subject=None,
        profile=PROFILES["pingam-8.1"].but(scopes_capped_by_subject=True),
    )

    decision = decide(without(request, "subject_token"))

    assert decision.not_evaluated == (
        "The subject token is one that this realm issued, unchanged",
        "The subject token is of the type declared",
        "The subject token is valid now",
        "The subject token has not been revoked",
        "The subject token carries may_act",
        "may_act.client_id names the client",
        "may_act has a sub, as delegation needs",
        "may_act.sub names the actor token's sub",
        "The subject token's auth_level is high enough for the client",
        "The subject token has every scope asked for",
    )


def test_names_the_audience_rule_where_nobody_authenticated() -> None:
    request = replace(
        good(audiences=("https://api.example",)), client=None, settings=None
    )

    assert "The client may ask for each audience" in decide(request).not_evaluated


def test_a_rule_that_could_not_be_evaluated_grants_nothing() -> None:
    """The form names a subject token of which nothing is known."""
    decision = decide(good(subject=None))

    assert decision.refusal is None
    assert decision.grant is None
