"""Whether the subject token lets this client, and this actor, act.

Sources: RFC 8693 section 4.4; PingAM 8.1 "Token exchange: delegation".
"""

from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.names import client_subject
from workbench.am.exchange.decision import PROFILE, REQUEST, SCRIPT
from workbench.am.exchange.facts import (
    ACTOR_CLAIMS,
    CLIENT,
    MAY_ACT,
    MAY_ACT_SUB,
    SUBJECT_CLAIMS,
    Facts,
)
from workbench.am.exchange.may_act import members, members_shown
from workbench.am.exchange.remedies import profile_switches, tokens_sent
from workbench.am.exchange.rule import ABOUT_MAY_ACT, Found, rule


def _actor_sent(facts: Facts) -> bool:
    return facts.actor is not None


@rule(
    "The subject token carries may_act",
    about=ABOUT_MAY_ACT,
    why="The subject token carries {found}, so nobody may exchange it.",
    needs=(SUBJECT_CLAIMS,),
    source="PingAM 8.1, Token exchange: delegation; RFC 8693 section 4.4",
    decided_by=SCRIPT,
    remedies=tokens_sent.may_act_present,
)
def may_act_is_there(facts: Facts, claims: Claims) -> Found:
    """A may act script has stamped it, as an object."""
    may_act = claims.get("may_act")
    return Found(
        facts.may_act is not None,
        expected="a may_act object, stamped by a may act script",
        found=f"may_act {safe_text(may_act)}" if may_act is not None else "no may_act",
    )


@rule(
    "may_act.client_id names the client",
    about=ABOUT_MAY_ACT,
    why="The subject token's may_act lets {found} exchange it; {expected} tried.",
    needs=(MAY_ACT, CLIENT),
    source="PingAM 8.1, Token exchange: delegation; measured on PingOne AIC",
    decided_by=SCRIPT,
    remedies=tokens_sent.may_act_names,
)
def may_act_names_client(_facts: Facts, may_act: Claims, client: Client) -> Found:
    """One value or a list."""
    named = members(may_act, "client_id")
    return Found(
        client.client_id in named,
        expected=client.client_id,
        found=members_shown(named, "no client (it has no client_id)"),
    )


@rule(
    "may_act has a sub, as delegation needs",
    about=ABOUT_MAY_ACT,
    why="An actor token was sent, but the subject token's may_act lets nobody be the "
    "actor.",
    needs=(MAY_ACT,),
    concerns=_actor_sent,
    source="PingAM 8.1, Token exchange: delegation",
    decided_by=SCRIPT,
    remedies=tokens_sent.may_act_has_sub,
)
def may_act_has_sub(_facts: Facts, may_act: Claims) -> Found:
    """Without it nobody can be the actor."""
    named = members(may_act, "sub")
    return Found(
        bool(named),
        expected="a sub, because an actor token was sent",
        found=members_shown(named, "no sub"),
    )


@rule(
    "may_act.sub names the actor token's sub",
    about=ABOUT_MAY_ACT,
    why="The subject token's may_act lets {found} be the actor; {expected} tried.",
    needs=(MAY_ACT_SUB, ACTOR_CLAIMS),
    concerns=_actor_sent,
    source="PingAM 8.1, Token exchange: delegation; RFC 8693 section 4.4",
    decided_by=SCRIPT,
    remedies=tokens_sent.may_act_names,
)
def may_act_names_actor(_facts: Facts, named: tuple[Any, ...], actor: Claims) -> Found:
    """One value or a list."""
    return Found(
        actor["sub"] in named,
        expected=safe_text(actor["sub"]),
        found=members_shown(named, "no sub"),
    )


@rule(
    "The actor token is the client's own",
    about=ABOUT_MAY_ACT,
    why="The actor has to be the client itself, {expected}; the actor token is of "
    "{found}.",
    needs=(MAY_ACT, ACTOR_CLAIMS, CLIENT),
    concerns=lambda facts: _actor_sent(facts) and facts.profile.actor_is_client,
    source="profile {profile}",
    decided_by=PROFILE,
    remedies=profile_switches.any_actor,
)
def actor_is_client(
    facts: Facts, _may_act: Claims, actor: Claims, client: Client
) -> Found:
    """Only in profiles that ask for it; whether PingAM does is unknown."""
    own = client_subject(client.client_id, typed=facts.profile.typed_subjects)
    return Found(actor["sub"] == own, expected=own, found=safe_text(actor["sub"]))


@rule(
    "An actor token is sent where may_act names a sub",
    about=ABOUT_MAY_ACT,
    why="The subject token's may_act asks for {expected}; the request has {found}.",
    concerns=lambda facts: (
        facts.profile.actor_required_by_sub and facts.may_act_sub is not None
    ),
    needs=(MAY_ACT_SUB,),
    source="RFC 8693 section 4.4",
    decided_by=REQUEST,
    remedies=profile_switches.without_actor,
)
def actor_is_sent(facts: Facts, named: tuple[Any, ...]) -> Found:
    """Only in profiles that ask for it: PingAM's autonomous agent sends none."""
    return Found(
        facts.actor is not None,
        expected=f"an actor token of {members_shown(named, '')}",
        found="no actor_token" if facts.actor is None else "an actor_token",
    )
