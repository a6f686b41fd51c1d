"""Who is acting, and who acted before: ``act``.

Sources: RFC 8693 section 4.1; PingAM 8.1 "Token exchange: delegation". That PingAM
nests the subject token's ``act`` under the new actor is inferred.
"""

from collections.abc import Mapping

from workbench.am.basics.secrets import shown
from workbench.am.basics.types import Act, Claims
from workbench.am.clients.client import AIAgent, Client, client_subject
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.settings.profile import NEST


def new_act(request: ExchangeRequest, client: Client) -> Act | None:
    """The ``act`` of the new token: the actor, with the earlier chain inside.

    An ``act`` of the actor token itself is dropped, because nested actors are those
    of the subject's chain (RFC 8693 section 4.1); a profile may nest it as well.
    """
    prior = prior_act(request)
    actor = request.actor_claims
    if actor is not None:
        sub = actor["sub"]
        if request.profile.actor_history == NEST:
            prior = _join(_act(actor), prior)
    elif request.profile.act_for_ai_agents and isinstance(client, AIAgent):
        sub = client_subject(client.client_id, typed=request.profile.typed_subjects)
    else:
        return prior
    return {"sub": sub, "act": prior} if prior else {"sub": sub}


def prior_act(request: ExchangeRequest) -> Act | None:
    """The subject token's own ``act``, or None where it is no object."""
    claims = request.subject_claims
    return _act(claims) if claims else None


def _act(claims: Claims) -> Act | None:
    act = claims.get("act")
    return act if isinstance(act, dict) else None


def _join(outer: Act | None, inner: Act | None) -> Act | None:
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


def chain(act: Act | None) -> tuple[str, ...]:
    """The actors that an ``act`` names, the current one first."""
    subs = []
    while isinstance(act, Mapping):
        subs.append(shown(act.get("sub", "(no sub)")))
        act = act.get("act")
    return tuple(subs)
