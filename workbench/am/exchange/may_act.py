"""Who may act for whom: ``may_act``.

Sources: RFC 8693 section 4.4; PingAM 8.1 "Token exchange: delegation".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.basics.secrets import shown
from workbench.am.clients.client import client_subject
from workbench.am.exchange.decision import (
    PROFILE,
    REQUEST,
    SCRIPT,
    Check,
    ExchangeRequest,
    Outcome,
)

PRESENT = "The subject token carries may_act"
NAMES_CLIENT = "may_act.client_id names the client"
HAS_SUB = "may_act has a sub, as delegation needs"
ACTOR_SENT = "An actor token is sent where may_act names a sub"
ACTOR_OWN = "The actor token is the client's own"
NAMES_ACTOR = "may_act.sub names the actor token's sub"


def members(may_act: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    """A member of ``may_act`` as a list: AM takes one value or a collection."""
    value = may_act.get(name)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def may_act_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    """Whether the subject token lets this client, and this actor, act."""
    names = [PRESENT, NAMES_CLIENT]
    if request.actor is not None:
        names += [HAS_SUB, NAMES_ACTOR]
    if request.subject is None or request.subject.claims is None:
        yield from names
        return
    may_act = request.subject.claims.get("may_act")
    yield Check(
        rule=PRESENT,
        passed=isinstance(may_act, dict),
        expected="a may_act object, stamped by a may act script",
        found=f"may_act {shown(may_act)}" if may_act is not None else "no may_act",
        source="PingAM 8.1, Token exchange: delegation; RFC 8693 section 4.4",
        decided_by=SCRIPT,
    )
    if not isinstance(may_act, dict):
        yield from names[1:]
        return
    yield from _client_named(may_act, request)
    if request.actor is not None:
        yield from _actor_named(may_act, request.actor.claims)
        if request.profile.actor_is_client:
            yield _actor_is_client(request)
    if request.profile.actor_required_by_sub and members(may_act, "sub"):
        yield _actor_sent(may_act, sent=request.actor is not None)


def _client_named(
    may_act: Mapping[str, Any], request: ExchangeRequest
) -> Iterator[Outcome]:
    if request.client is None:
        yield NAMES_CLIENT
        return
    named = members(may_act, "client_id")
    yield Check(
        rule=NAMES_CLIENT,
        passed=request.client.client_id in named,
        expected=request.client.client_id,
        found=_listed(named, "no client_id"),
        source="PingAM 8.1, Token exchange: delegation; measured on PingOne AIC",
        decided_by=SCRIPT,
    )


def _actor_named(
    may_act: Mapping[str, Any], actor: Mapping[str, Any] | None
) -> Iterator[Outcome]:
    named = members(may_act, "sub")
    yield Check(
        rule=HAS_SUB,
        passed=bool(named),
        expected="a sub, because an actor token was sent",
        found=_listed(named, "no sub"),
        source="PingAM 8.1, Token exchange: delegation",
        decided_by=SCRIPT,
    )
    if actor is None or not named:
        yield NAMES_ACTOR
        return
    yield Check(
        rule=NAMES_ACTOR,
        passed=actor["sub"] in named,
        expected=shown(actor["sub"]),
        found=_listed(named, "no sub"),
        source="PingAM 8.1, Token exchange: delegation; RFC 8693 section 4.4",
        decided_by=SCRIPT,
    )


def _actor_sent(may_act: Mapping[str, Any], *, sent: bool) -> Check:
    """Only in profiles that ask for it: PingAM's autonomous agent sends none."""
    return Check(
        rule=ACTOR_SENT,
        passed=sent,
        expected=f"an actor token of {_listed(members(may_act, 'sub'), '')}",
        found="an actor_token" if sent else "no actor_token",
        source="RFC 8693 section 4.4",
        decided_by=REQUEST,
    )


def _actor_is_client(request: ExchangeRequest) -> Outcome:
    """Only in profiles that ask for it; whether PingAM does is unknown."""
    actor = request.actor.claims if request.actor else None
    if actor is None or request.client is None:
        return ACTOR_OWN
    own = client_subject(request.client.client_id, typed=request.profile.typed_subjects)
    return Check(
        rule=ACTOR_OWN,
        passed=actor["sub"] == own,
        expected=own,
        found=shown(actor["sub"]),
        source=f"profile {request.profile.name}",
        decided_by=PROFILE,
    )


def _listed(values: tuple[Any, ...], nothing: str) -> str:
    return " or ".join(_member(value) for value in values) or nothing


def _member(value: Any) -> str:
    return shown(value) if isinstance(value, str) else f"{shown(value)} (not a text)"
