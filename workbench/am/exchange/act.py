"""Who is acting, and who acted before: ``act``.

Sources: RFC 8693 section 4.1; PingAM 8.1 "Token exchange: delegation". That PingAM
nests the subject token's ``act`` under the new actor is inferred.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.basics.secrets import shown
from workbench.am.clients.client import AIAgent, Client, client_subject
from workbench.am.exchange.decision import (
    PROFILE,
    REQUEST,
    SCRIPT,
    Check,
    ExchangeRequest,
    Outcome,
)
from workbench.am.settings.profile import ALLOW, CARRY_ACT, NEST

CARRIED = "An earlier act is carried on where it is an object"
AGAIN = "A delegated token may be exchanged without an actor token"
CHAIN = "The chain of actors is not too long"
LOOP = "No actor appears twice in the chain"


MOST_ACTORS = 500
"""JSON that is nested deeper cannot be read everywhere."""


def new_act(request: ExchangeRequest, client: Client) -> dict[str, Any] | None:
    """The ``act`` of the new token: the actor, with the earlier chain inside.

    An ``act`` of the actor token itself is dropped, because nested actors are those
    of the subject's chain (RFC 8693 section 4.1); a profile may nest it as well.
    """
    prior = prior_act(request)
    actor = request.actor.claims if request.actor else None
    if actor is not None:
        sub = actor["sub"]
        if request.profile.actor_history == NEST:
            prior = _joined(_act(actor), prior)
    elif request.profile.act_for_ai_agents and isinstance(client, AIAgent):
        sub = client_subject(client.client_id, typed=request.profile.typed_subjects)
    else:
        return prior
    return {"sub": sub, "act": prior} if prior else {"sub": sub}


def prior_act(request: ExchangeRequest) -> dict[str, Any] | None:
    """The subject token's own ``act``, or None where it is no object."""
    claims = request.subject.claims if request.subject else None
    return _act(claims) if claims else None


def _act(claims: Mapping[str, Any]) -> dict[str, Any] | None:
    act = claims.get("act")
    return act if isinstance(act, dict) else None


def _joined(
    outer: dict[str, Any] | None, inner: dict[str, Any] | None
) -> dict[str, Any] | None:
    """One chain: the outer one, with the inner one below its earliest actor."""
    if outer is None or inner is None:
        return outer or inner
    levels = [outer]
    while isinstance(levels[-1].get("act"), dict):
        levels.append(levels[-1]["act"])
    joined = inner
    for level in reversed(levels):
        joined = {**level, "act": joined}
    return joined


def chain(act: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The actors that an ``act`` names, the current one first."""
    subs = []
    while isinstance(act, Mapping):
        subs.append(shown(act.get("sub", "(no sub)")))
        act = act.get("act")
    return tuple(subs)


def chain_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    """What is made of tokens that already name an actor."""
    claims = request.subject.claims if request.subject else None
    if claims and claims.get("act") is not None:
        yield from _prior(request, claims["act"])
    if request.client is not None:
        yield from _policies(request, request.client)


def _prior(request: ExchangeRequest, act: Any) -> Iterator[Outcome]:
    readable = isinstance(act, dict)
    if not readable:
        yield Check(
            rule=CARRIED,
            passed=True,
            expected="an object with the earlier actor, or anything else to drop",
            found=f"{shown(act)}; it is dropped",
            source="RFC 8693 section 4.1 (that PingAM drops it is inferred)",
            decided_by=SCRIPT,
        )
    elif request.actor is None:
        carried = request.profile.exchange_again_without_actor == CARRY_ACT
        yield Check(
            rule=AGAIN,
            passed=carried,
            expected="any exchange" if carried else "an actor token",
            found="no actor_token" + ("; act is carried on" if carried else ""),
            source=f"RFC 8693 section 4.1; profile {request.profile.name}",
            decided_by=PROFILE,
        )


def _policies(request: ExchangeRequest, client: Client) -> Iterator[Outcome]:
    """Rules that a profile adds, and a bound; PingAM documents none of them."""
    profile = request.profile
    actors = chain(new_act(request, client))
    if len(actors) > MOST_ACTORS:
        yield Check(
            rule="The chain of actors can be written",
            passed=False,
            expected=f"at most {MOST_ACTORS} actors, one inside the other",
            found=f"{len(actors)} actors",
            source="a bound of the workbench: JSON readers refuse deep nesting",
            decided_by=REQUEST,
        )
    if profile.max_chain_depth is not None:
        yield Check(
            rule=CHAIN,
            passed=len(actors) <= profile.max_chain_depth,
            expected=f"at most {profile.max_chain_depth} actors",
            found=f"{len(actors)} actors",
            source=f"profile {profile.name}",
            decided_by=PROFILE,
        )
    if profile.loops != ALLOW:
        again = [each for each in dict.fromkeys(actors) if actors.count(each) > 1]
        yield Check(
            rule=LOOP,
            passed=not again,
            expected="every actor once",
            found=f"twice: {', '.join(again)}" if again else "every actor once",
            source=f"profile {profile.name}",
            decided_by=PROFILE,
        )
