"""Rules about the claim: what it says, and of whom."""

import re
from collections.abc import Iterator

from workbench.am.findings import Finding
from workbench.am.identities import TOKEN_EXCHANGE, bare_name
from workbench.am.neighbours import Neighbours
from workbench.am.scripts import LEGACY
from workbench.am.validation import instead
from workbench.sandbox.lint.claim import Claim, Part, Value
from workbench.sandbox.lint.code import finding
from workbench.sandbox.syntax import Node

KNOWN = ("client_id", "sub")
TYPED = re.compile(r"\((age|usr)!")
AGENT = re.compile(r"\(age!(.*)\)\Z", re.DOTALL)
PERSON = re.compile(r"\(usr!(.*)\)\Z", re.DOTALL)


def check_claim(
    claim: Claim, version: str, around: Neighbours | None
) -> Iterator[Finding]:
    """Everything about one claim, in the order of its members."""
    if version == LEGACY and claim.plain:
        yield finding(
            claim.call,
            "next-generation-api",
            "error",
            "A legacy script hands token.setMayAct a JsonValue; "
            "a JavaScript object makes it fail.",
            "Build it with JsonValue.json(JsonValue.object()) and put(name, value).",
        )
    yield from _check_members(claim)
    for part in claim.parts:
        for value in part.values:
            if part.name == "sub":
                yield from _check_subject(value, around)
            if part.name == "client_id":
                yield from _check_client(value, around)


def _check_members(claim: Claim) -> Iterator[Finding]:
    for part in claim.parts:
        if part.name not in KNOWN:
            yield _unknown(part)
    if not claim.whole:
        return
    if claim.part("client_id") is None:
        yield finding(
            claim.call,
            "no-client-id",
            "error",
            "The claim has no client_id, so nobody may exchange the token.",
            'Name the client that may: {"client_id": "...", "sub": "(age!...)"}.',
        )
    elif claim.part("sub") is None:
        yield finding(
            claim.call,
            "impersonation",
            "info",
            "client_id without sub allows impersonation only: an exchange without "
            "an actor token, whose result does not say who acts.",
            'For delegation add "sub", the subject of the actor, such as "(age!...)".',
        )


def _unknown(part: Part) -> Finding:
    return finding(
        part.node,
        "unknown-claim-member",
        "warning",
        f"AM looks at client_id and sub; {part.name} is stamped and has no effect.",
        instead(part.name.replace("clientId", "client_id"), KNOWN),
    )


def _check_subject(value: Value, around: Neighbours | None) -> Iterator[Finding]:
    if around is not None and not around.typed_subjects:
        return
    known = value.text if value.text is not None else value.head
    if known == "" or TYPED.match(known):
        yield from _check_who(value, around)
        return
    name = value.text if value.text is not None else "name"
    yield finding(
        value.node,
        "untyped-sub",
        "error",
        f"sub is compared with the actor's subject as it is written; {known!r} is "
        "no subject of PingAM.",
        f'Write "(age!{bare(name)})" for an agent or client, '
        f'"(usr!{bare(name)})" for a person.',
    )


def bare(name: str) -> str:
    """The name in a subject, also in one of an unknown type."""
    odd = re.fullmatch(r"\(\w*!(.*)\)", name, re.DOTALL)
    return odd[1] if odd else bare_name(name)


def _check_who(value: Value, around: Neighbours | None) -> Iterator[Finding]:
    if around is None or value.text is None or not around.clients:
        return
    agent, person = AGENT.match(value.text), PERSON.match(value.text)
    if agent and agent[1] not in around.clients:
        yield _missing(value.node, "client or agent", agent[1], around.clients)
    if person and person[1] not in around.users:
        yield _missing(value.node, "person", person[1], around.users)


def _missing(at: Node, what: str, name: str, known: object) -> Finding:
    return finding(
        at,
        "unknown-client" if what != "person" else "unknown-user",
        "warning",
        f"There is no {what} {name!r} in the realm.",
        instead(name, known) if known else "Register it.",  # type: ignore[arg-type]
    )


def _check_client(value: Value, around: Neighbours | None) -> Iterator[Finding]:
    if value.own:
        yield _self_reference(value.node, "the client that the token is issued to")
        return
    name = value.text
    if name is None:
        return
    if TYPED.match(name):
        yield finding(
            value.node,
            "typed-client-id",
            "error",
            f"client_id is the bare id of a client; {name!r} is a subject.",
            f'Write "{bare_name(name)}".',
        )
        return
    if around is None or not around.clients:
        return  # nobody is registered yet
    if name not in around.clients:
        yield _missing(value.node, "client or agent", name, around.clients)
    elif TOKEN_EXCHANGE not in around.clients[name]:
        yield finding(
            value.node,
            "no-exchange-grant",
            "warning",
            f"{name} lacks the token exchange grant, so it cannot use the token.",
            f"Add {TOKEN_EXCHANGE} to its grant types.",
        )
    if around.used_by == (name,):
        yield _self_reference(value.node, name)


def _self_reference(at: Node, who: str) -> Finding:
    return finding(
        at,
        "self-reference",
        "info",
        f"The claim names {who}: it may exchange its own tokens, for other scopes too.",
        "Keep it for an autonomous agent only; otherwise name the client that acts.",
    )


def check_use(tree: Node, around: Neighbours | None) -> Iterator[Finding]:
    """Whether any client's tokens are stamped."""
    if around is not None and around.used_by == ():
        yield finding(
            tree,
            "unused-script",
            "warning",
            "No client or agent uses this script.",
            "Set it as OAuth2 Access Token May Act Script of the subject's client.",
        )
