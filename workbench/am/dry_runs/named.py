"""Whom a ``may_act`` names, and how each could use it, as the rules read it.

Sources: PingAM 8.1 "Token exchange: delegation"; RFC 8693 section 4.4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.clients.names import client_subject
from workbench.am.dry_runs.delegation import ALONE, EITHER, WITH_ACTOR, Delegation
from workbench.am.dry_runs.of_tokens import exchangers
from workbench.am.exchange.may_act import members
from workbench.am.issuing.identities import subject_named
from workbench.am.realm import Realm


def named_by(
    realm: Realm, may_act: Any, common: Mapping[str, Any]
) -> Iterator[Delegation]:
    """A delegation for each client that the claim names, or one that says it has none.

    Args:
        realm: Who is registered, and the profile in force.
        may_act: What a script stamped.
        common: Whose token it is, and which script's.
    """
    if not isinstance(may_act, Mapping):
        yield Delegation(problem="the script stamped no may_act object", **common)
        return
    named = members(may_act, "sub")
    subs = tuple(safe_text(sub) for sub in named)
    clients = [each for each in members(may_act, "client_id") if each]
    if not clients:
        problem = "may_act names nobody as client_id"
        yield Delegation(problem=problem, subs=subs, **common)
    for odd in (each for each in clients if not isinstance(each, str)):
        problem = f"may_act.client_id has {safe_text(odd)}, which is not a text"
        yield Delegation(problem=problem, subs=subs, **common)
    for each in exchangers(may_act, realm.clients, realm.provider.grantTypes):
        how, problem = _how(realm, each.client_id, named)
        if not each.able:
            how, problem = "", f"may_act names {safe_text(each.client_id)}: {each.how}"
        yield Delegation(
            actor=each.client_id, subs=subs, how=how, problem=problem, **common
        )


def _how(realm: Realm, client_id: str, subs: tuple[Any, ...]) -> tuple[str, str]:
    """How a client that is named can exchange, and what is odd about it."""
    profile = realm.profile
    if not subs:
        return ALONE, ""
    own = client_subject(client_id, typed=profile.typed_subjects)
    usable = [each for each in subs if _has_token(realm, each)]
    problem = "" if usable else f"nobody is registered as {safe_text(subs[0])}"
    if profile.actor_is_client and usable and own not in usable:
        usable, problem = [], f"the actor token must be {client_id}'s own"
    if profile.actor_required_by_sub:
        return (WITH_ACTOR if usable else ""), problem
    return (EITHER if usable else ALONE), problem


def _has_token(realm: Realm, sub: Any) -> bool:
    return isinstance(sub, str) and subject_named(realm, sub) is not None
