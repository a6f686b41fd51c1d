"""Who is acting, and who acted before: ``act``.

Sources: RFC 8693 section 4.1; PingAM 8.1 "Token exchange: delegation". That PingAM
nests the subject token's ``act`` under the new actor is inferred.
"""

from collections.abc import Mapping

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Act, Claims
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.names import client_subject
from workbench.am.settings.profile import NEST, Profile

NO_SUB = "(no sub)"
"""What stands for somebody whom a token does not name."""


def new_act(
    profile: Profile, client: Client, subject: Claims | None, actor: Claims | None
) -> Act | None:
    """The ``act`` of the new token: the actor, with the earlier chain inside.

    An ``act`` of the actor token itself is dropped, because nested actors are those
    of the subject's chain (RFC 8693 section 4.1); a profile may nest it as well.

    Args:
        profile: Where servers differ.
        client: The acting client.
        subject: The claims of the subject token.
        actor: Those of the actor token, where one was sent.
    """
    prior = _act(subject) if subject else None
    if actor is not None:
        sub = actor["sub"]
        if profile.actor_history == NEST:
            prior = _join(_act(actor), prior)
    elif profile.act_for_ai_agents and isinstance(client, AIAgent):
        sub = client_subject(client.client_id, typed=profile.typed_subjects)
    else:
        return prior
    return {"sub": sub, "act": prior} if prior else {"sub": sub}


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
        subs.append(safe_text(act.get("sub", NO_SUB)))
        act = act.get("act")
    return tuple(subs)
