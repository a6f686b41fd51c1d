"""What is not known of the two tokens, and of whom the subject's lets act."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.am.exchange.request import ExchangeRequest
from workbench.am.people.user import name_in
from workbench.am.scopes.scope import split_scope
from workbench.am.settings.profile import REFUSE
from workbench.am.tokens.limits import CaveatLimits
from workbench.am.tokens.token import Reading
from workbench.interop.twin.doubt import Doubt
from workbench.interop.twin.known_tokens import TokenKnowledge
from workbench.interop.twin.paper import Paper

STATE = (
    "Ask the introspection endpoint for the {role} token, as the client that it was "
    "issued to, and give the answer as {role}=…."
)
CLAIMS = (
    "Lay the {role} token open: decode it where it is a JWT, else ask introspection "
    "as the client that it was issued to; give its claims as {role}=…."
)
OTHER = "somebody else"


def doubts_of_tokens(paper: Paper, described: str) -> Iterator[Doubt]:
    """Each thing that would have a rule about the tokens fail.

    Args:
        paper: The exchange.
        described: The error_description of the answer, which may name scopes.
    """
    for known in paper.tokens:
        yield from _of_state(paper, known)
    subject, actor = paper.token("subject"), paper.token("actor")
    if subject is not None and not subject.claims:
        yield from _of_may_act(paper, subject, delegates=actor is not None)
        yield from _of_chain(paper, subject)
        yield from _of_scopes(paper, subject, described)
    elif subject is not None and actor is not None and not actor.claims:
        yield Doubt(
            if_so="the actor token is of somebody else than may_act.sub names",
            to_know=CLAIMS.format(role="actor"),
            weight=60,
            world=_with(paper, actor, sub=OTHER),
        )
    if actor is not None and not actor.claims and paper.request.profile.actor_is_client:
        yield _actor_of_another(paper, actor)


# ---- Whether a token is good


def _of_state(paper: Paper, known: TokenKnowledge) -> Iterator[Doubt]:
    role, to_know = known.role, STATE.format(role=known.role)

    def doubt(if_so: str, weight: int, **changed: Any) -> Doubt:
        reading = replace(known.reading, **changed)
        world = _sent(paper.request, role, reading)
        return Doubt(if_so=if_so, to_know=to_know, weight=weight, world=world)

    if not known.genuine:
        why = known.elsewhere or "another realm issued it, or it was changed or cut"
        weight = 85 if known.elsewhere else 65 if known.inactive else 40
        text = f"the {role} token is none of this realm's: {why}"
        yield doubt(text, weight, claims=None, fault=why)
    if not known.claims:
        weight = 75 if known.inactive else 45
        yield doubt(f"the {role} token had ended", weight, expired=True)
        yield doubt(f"the {role} token is not valid yet", 3, early=True)
        yield _other_type(paper, known)
    elif known.now_ended:
        text = f"the {role} token had ended when it was sent; by now it has"
        yield doubt(text, 80, expired=True)
    if not known.live:
        weight = 55 if known.inactive else 15
        yield doubt(f"the {role} token was revoked, or its grant", weight, revoked=True)
    if known.told and paper.request.profile.tokens_of_inactive_clients == REFUSE:
        text = f"the client that got the {role} token is inactive or deleted"
        yield doubt(text, 8, orphaned=True)
    minds = paper.request.profile.tokens_of_gone_people == REFUSE
    if minds and not known.live and _may_be_of_a_person(known):
        text = f"the person of the {role} token was deactivated or deleted"
        yield doubt(text, 6, bereft=True)


def _may_be_of_a_person(known: TokenKnowledge) -> bool:
    sub = (known.reading.claims or {}).get("sub", "")
    return not known.claims or bool(name_in(sub))


def _other_type(paper: Paper, known: TokenKnowledge) -> Doubt:
    return Doubt(
        if_so=f"what was sent as {known.role} token is of another type, such as a "
        "refresh token",
        to_know=CLAIMS.format(role=known.role),
        weight=12,
        world=_with(paper, known, tokenName="refresh_token"),
    )


# ---- Who may act


def _of_may_act(
    paper: Paper, subject: TokenKnowledge, *, delegates: bool
) -> Iterator[Doubt]:
    to_know = CLAIMS.format(role="subject")
    claims = subject.reading.claims or {}
    named = dict(claims["may_act"])

    def doubt(if_so: str, weight: int, may_act: Any) -> Doubt:
        world = _with(paper, subject, may_act=may_act)
        return Doubt(if_so=if_so, to_know=to_know, weight=weight, world=world)

    yield doubt("the subject token carries no may_act", 70, None)
    yield doubt(
        "may_act.client_id names another client than the one that asks",
        55,
        {**named, "client_id": OTHER},
    )
    if delegates:
        yield doubt(
            "may_act.sub names another actor than the actor token is of",
            50,
            {**named, "sub": OTHER},
        )
        yield doubt("may_act has no sub", 35, {"client_id": named["client_id"]})


def _of_chain(paper: Paper, subject: TokenKnowledge) -> Iterator[Doubt]:
    """What a profile minds of a token that was exchanged before."""
    act: dict[str, Any] = {"sub": named_actor(paper.request)}
    for _ in range(paper.request.profile.max_chain_depth or 0):
        act = {"sub": act["sub"], "act": act}
    yield Doubt(
        if_so="the subject token was exchanged before, and names an actor already",
        to_know=CLAIMS.format(role="subject"),
        weight=7,
        world=_with(paper, subject, act=act),
    )


def _of_scopes(
    paper: Paper, subject: TokenKnowledge, described: str
) -> Iterator[Doubt]:
    asked = split_scope(paper.sent.get("scope"))
    left = allowed(asked, described)
    limits = CaveatLimits(scope=left, audience=())
    reading = replace(subject.reading, limits=limits)
    yield Doubt(
        if_so="the subject token came of a macaroon whose caveats leave less",
        to_know=CLAIMS.format(role="subject"),
        weight=4,
        world=replace(paper.request, subject=reading),
    )
    yield Doubt(
        if_so="the subject token has fewer scopes than were asked for",
        to_know=CLAIMS.format(role="subject"),
        weight=9,
        world=_with(paper, subject, scope=list(left)),
    )


def allowed(scopes: tuple[str, ...], described: str) -> tuple[str, ...]:
    """The scopes without those that an answer names; none where it names none."""
    named = described.partition("[")[2].rpartition("]")[0].replace(",", " ").split()
    return tuple(each for each in scopes if named and each not in named)


def _actor_of_another(paper: Paper, actor: TokenKnowledge) -> Doubt:
    """An actor that may_act names, and that is not the client itself."""
    world = _with(paper, actor, sub=OTHER)
    claims = (paper.request.subject.claims if paper.request.subject else None) or {}
    may_act = claims.get("may_act")
    if world.subject and isinstance(may_act, dict):
        held = {**claims, "may_act": {**may_act, "sub": OTHER}}
        world = replace(world, subject=replace(world.subject, claims=held))
    return Doubt(
        if_so="the actor token is not the client's own",
        to_know=CLAIMS.format(role="actor"),
        weight=20,
        world=world,
    )


def named_actor(request: ExchangeRequest) -> str:
    """The actor of the exchange, so far as known."""
    actor: Reading | None = request.actor
    return str(((actor.claims if actor else None) or {}).get("sub", OTHER))


def _with(paper: Paper, known: TokenKnowledge, **claims: Any) -> ExchangeRequest:
    """The exchange with other claims in a token."""
    held = {**(known.reading.claims or {}), **claims}
    reading = replace(known.reading, claims=held)
    return _sent(paper.request, known.role, reading)


def _sent(request: ExchangeRequest, role: str, reading: Reading) -> ExchangeRequest:
    """The exchange with another token."""
    if role == "subject":
        return replace(request, subject=reading)
    return replace(request, actor=reading)
