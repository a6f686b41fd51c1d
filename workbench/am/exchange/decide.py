"""May this exchange happen? Every rule, in order, as one pure function.

Sources: RFC 8693; PingAM 8.1 "Token exchange" pages. The order of the rules is
PingAM's as far as it is known. The first rule that fails decides the HTTP
answer; every rule that can be evaluated is, so that a learner sees the second
problem too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.basics.secrets import shown
from workbench.am.clients.client import TOKEN_EXCHANGE
from workbench.am.exchange.act import chain_rules, new_act
from workbench.am.exchange.decision import (
    CLIENT,
    PROFILE,
    PROVIDER,
    REFUSED,
    REQUEST,
    Check,
    Decision,
    ExchangeRequest,
    Grant,
    Outcome,
)
from workbench.am.exchange.may_act import may_act_rules
from workbench.am.exchange.scope import (
    audience_rules,
    audiences,
    exchange_scope_rules,
    exchange_scopes,
)
from workbench.am.exchange.token_types import type_rules, type_shown
from workbench.am.settings.profile import REFUSE
from workbench.am.tokens.token import TOKEN_NAMES, Reading, auth_level

AUTHENTICATED = "The client authenticated"
PROVIDER_OFFERS = "The provider offers the token exchange grant"
CLIENT_MAY_USE = "The client may use the token exchange grant"
BOTH_SENT = "{0}_token and {0}_token_type are both sent"
GENUINE = "The {} token is one that this realm issued, unchanged"
OF_TYPE = "The {} token is of the type declared"
VALID_NOW = "The {} token is valid now"
NOT_REVOKED = "The {} token has not been revoked"
AUTH_LEVEL = "The subject token's auth_level is high enough for the client"
GRANT_LISTED = f"{TOKEN_EXCHANGE} among the grant types"


def decide(request: ExchangeRequest) -> Decision:
    """Apply every rule in order.

    Touches no state and never raises for what was sent.
    """
    outcomes = list(_rules(request))
    checks = tuple(each for each in outcomes if isinstance(each, Check))
    not_evaluated = tuple(each for each in outcomes if isinstance(each, str))
    client, grant = request.client, None
    if client and not not_evaluated and all(check.passed for check in checks):
        grant = Grant(
            scope=exchange_scopes(request, client),
            audience=audiences(request),
            act=new_act(request, client),
        )
    return Decision(
        checks=checks,
        not_evaluated=not_evaluated,
        grant=grant,
        client_id=client.client_id if client else "",
    )


def _rules(request: ExchangeRequest) -> Iterator[Outcome]:
    yield from _client_rules(request)
    yield from _parameter_rules(request)
    yield from _token_rules("subject", request.subject, request)
    yield from _token_rules("actor", request.actor, request)
    yield from may_act_rules(request)
    yield from chain_rules(request)
    yield from _auth_level_rule(request)
    yield from audience_rules(request)
    yield from exchange_scope_rules(request)


def _client_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    client, failure = request.client, request.authentication
    yield Check(
        rule=AUTHENTICATED,
        passed=client is not None,
        expected="an active client of this realm and its secret",
        found=client.client_id if client else shown(failure.hint if failure else ""),
        source="RFC 6749 section 3.2.1",
        decided_by=CLIENT if getattr(failure, "by_setting", False) else REQUEST,
        error=failure.error if failure else "invalid_client",
        description=failure.description if failure else REFUSED,
    )
    offered = request.provider.grantTypes
    yield _grant_check(PROVIDER_OFFERS, offered, PROVIDER)
    if client is None:
        yield CLIENT_MAY_USE
    else:
        yield _grant_check(CLIENT_MAY_USE, client.grant_types, CLIENT)


def _grant_check(rule: str, grant_types: tuple[str, ...], decided_by: str) -> Check:
    listed = TOKEN_EXCHANGE in grant_types
    return Check(
        rule=rule,
        passed=listed,
        expected=GRANT_LISTED,
        found="it is" if listed else ", ".join(grant_types) or "no grant types",
        source="measured on PingOne AIC",
        decided_by=decided_by,
        error="unsupported_grant_type",
        description="Grant type is not supported",
    )


def _parameter_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    sent = request.parameters
    yield _presence(sent, "subject")
    if "actor_token" in sent or "actor_token_type" in sent:
        yield _presence(sent, "actor")
    yield from type_rules(request)


def _presence(sent: Mapping[str, str], role: str) -> Check:
    names = (f"{role}_token", f"{role}_token_type")
    missing = [name for name in names if name not in sent]
    return Check(
        rule=BOTH_SENT.format(role),
        passed=not missing,
        expected="both parameters",
        found=f"no {' and no '.join(missing)}" if missing else "both",
        source="RFC 8693 section 2.1; PingAM 8.1, access_token endpoint",
        decided_by=REQUEST,
        description=f"Missing parameters: {' '.join(missing)}",
    )


def _token_rules(
    role: str, token: Reading | None, request: ExchangeRequest
) -> Iterator[Outcome]:
    genuine = GENUINE.format(role)
    if token is None:
        if role == "subject":
            yield from (genuine, *_further(role))
        return
    yield Check(
        rule=genuine,
        passed=token.claims is not None,
        expected="a token that this realm issued",
        found=f"a {token.form} token of this realm" if token.claims else token.fault,
        source="PingAM 8.1, Token exchange; RFC 8693 section 2.1",
        decided_by=REQUEST,
    )
    if token.claims is None:
        yield from _further(role)
        return
    yield _kind_check(role, token.claims, request.parameters)
    yield _time_check(role, token)
    yield Check(
        rule=NOT_REVOKED.format(role),
        passed=not token.revoked,
        expected="not revoked",
        found="revoked" if token.revoked else "not revoked",
        source="PingAM 8.1, Token exchange; RFC 7009 section 2",
        decided_by=REQUEST,
    )
    if request.profile.tokens_of_inactive_clients == REFUSE:
        yield _holder_check(role, token, request.profile.name)


def _further(role: str) -> tuple[str, ...]:
    return tuple(rule.format(role) for rule in (OF_TYPE, VALID_NOW, NOT_REVOKED))


def _kind_check(
    role: str, claims: Mapping[str, Any], parameters: Mapping[str, str]
) -> Check:
    declared = parameters.get(f"{role}_token_type", "")
    return Check(
        rule=OF_TYPE.format(role),
        passed=TOKEN_NAMES.get(declared) == claims.get("tokenName"),
        expected=type_shown(declared) if declared else "a declared type",
        found=f"tokenName is {shown(claims.get('tokenName'))}",
        source="RFC 8693 section 3",
        decided_by=REQUEST,
    )


def _time_check(role: str, token: Reading) -> Check:
    found = "expired" if token.expired else "not valid yet" if token.early else "valid"
    return Check(
        rule=VALID_NOW.format(role),
        passed=found == "valid",
        expected="nbf in the past and exp in the future",
        found=found,
        source="PingAM 8.1, Token exchange; RFC 7519 section 4.1.4",
        decided_by=REQUEST,
    )


def _holder_check(role: str, token: Reading, profile: str) -> Check:
    return Check(
        rule=f"The {role} token's client is active",
        passed=not token.orphaned,
        expected="an active client of this realm",
        found="inactive or deleted" if token.orphaned else "active",
        source=f"profile {profile}",
        decided_by=PROFILE,
    )


def _auth_level_rule(request: ExchangeRequest) -> Iterator[Outcome]:
    """What the setting does is believed, not documented: a minimum ``auth_level``."""
    client, subject = request.client, request.subject
    if client is None or client.token_exchange_auth_level == 0:
        return
    if subject is None or subject.claims is None:
        yield AUTH_LEVEL
        return
    level = auth_level(subject.claims) or 0
    yield Check(
        rule=AUTH_LEVEL,
        passed=level >= client.token_exchange_auth_level,
        expected=f"at least {client.token_exchange_auth_level}",
        found=str(level),
        source="PingAM 8.1, tokenExchangeAuthLevel (its meaning is inferred)",
        decided_by=CLIENT,
    )
