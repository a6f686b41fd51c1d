"""Rules about the claim: what it says, and of whom."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from workbench.am.basics.validation import name_instead
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.scripts.finding import Finding, Severity
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import LEGACY
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint.api import CLAIM_MEMBERS
from workbench.sandbox.lint.claim import Claim, ClaimMember, Value
from workbench.sandbox.lint.code import finding

TYPED = re.compile(r"\((age|usr)!")
SUBJECT = re.compile(r"\((age|usr)!\S(.*\S)?\)", re.DOTALL)
ALMOST = re.compile(r"(?:\(\w*|age|usr)!(.*)", re.DOTALL)
NONE = ("null", "[]")  # as the exchange reads a member: as if it were not there
AGENT = re.compile(r"\(age!(.*)\)\Z", re.DOTALL)
PERSON = re.compile(r"\(usr!(.*)\)\Z", re.DOTALL)


def check_claim(
    claim: Claim, version: str, around: Parties | None
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
    for member in claim.members:
        for value in member.values:
            if value.odd or value.text == "":
                if member.name in CLAIM_MEMBERS and claim.member(member.name) is member:
                    yield _unusable(member, value)
            elif member.name == "sub":
                yield from _check_subject(value, around)
            elif member.name == "client_id":
                yield from _check_client(value, around)


def _check_members(claim: Claim) -> Iterator[Finding]:
    unknown = [each for each in claim.members if each.name not in CLAIM_MEMBERS]
    nothing_known = claim.whole and len(unknown) == len(claim.members)
    for member in unknown:
        if _meant(member.name) or not nothing_known:
            yield _unknown(member, claim)
    meant = {_meant(each.name) for each in unknown}  # said already
    if not claim.whole:
        return
    if claim.member("client_id") is None and "client_id" not in meant:
        yield finding(
            claim.call,
            "no-client-id",
            "error",
            "The claim has no client_id, so nobody may exchange the token.",
            'Name the client that may: {"client_id": "...", "sub": "(age!...)"}.',
        )
    elif claim.member("sub") is None and "sub" not in meant and _is_usable(claim):
        yield finding(
            claim.call,
            "impersonation",
            "info",
            "client_id without sub allows impersonation only: an exchange without "
            "an actor token, whose result does not say who acts.",
            'For delegation add "sub", the subject of the actor, such as "(age!...)".',
        )


SAME = {
    "client_id": ("clientid", "client", "clients", "clientids", "azp", "agent"),
    "sub": ("subject", "subjects", "subs", "actor", "act", "user"),
}
"""What people write for a member, without case and separators."""


def _meant(name: str) -> str:
    """The member that was meant by another name, or ""."""
    bare_name = name.lower().replace("_", "").replace("-", "")
    for member, others in SAME.items():
        if bare_name in others or name.lower() == member:
            return member
    near = get_close_matches(name, CLAIM_MEMBERS, n=1)
    return near[0] if near else ""


def _is_usable(claim: Claim) -> bool:
    """Whether nothing is said of client_id yet: a text that may be a client's id."""
    member = claim.member("client_id")
    return member is not None and not any(
        each.odd or each.text == "" or TYPED.match(each.text or "")
        for each in member.values
    )


def _unknown(member: ClaimMember, claim: Claim) -> Finding:
    meant = _meant(member.name)
    lost = meant == "client_id" and claim.whole and claim.member(meant) is None
    severity: Severity = "error" if lost else "warning"
    return finding(
        member.node,
        "unknown-claim-member",
        severity,
        f"AM looks at client_id and sub; {member.name} is stamped and has no effect.",
        f"Did you mean {meant}?" if meant else name_instead(member.name, CLAIM_MEMBERS),
    )


def _unusable(member: ClaimMember, value: Value) -> Finding:
    """About a member that is there and is no name."""
    what = value.odd or "an empty text"
    if member.name == "client_id":
        return finding(
            value.node,
            "unusable-client-id",
            "error",
            "client_id says which client may exchange the token; "
            f"{what} is no client's id.",
            'Write the id of the client that may, such as "risk-agent".',
        )
    if value.odd in NONE and len(member.values) == 1:
        return finding(
            value.node,
            "impersonation",
            "warning",
            f"sub is {what}, as if it were not there: the claim allows impersonation "
            "only, an exchange without an actor token.",
            'Write the subject of the actor, such as "(age!...)", or leave sub out.',
        )
    return _no_subject(value.node, what, "name")


def _check_subject(value: Value, around: Parties | None) -> Iterator[Finding]:
    if around is not None and not around.typed_subjects:
        return
    if value.text is not None:
        right = SUBJECT.fullmatch(value.text) is not None
    else:
        right = value.head == "" or TYPED.match(value.head) is not None
    if right:
        yield from _check_who(value, around)
    else:
        known = value.text or value.head
        yield _no_subject(value.node, repr(known), bare(value.text or "name"))


def _no_subject(at: Node, what: str, name: str) -> Finding:
    return finding(
        at,
        "untyped-sub",
        "error",
        f"sub is compared with the actor's subject as it is written; {what} is "
        "no subject of PingAM.",
        f'Write "(age!{name})" for an agent or client, "(usr!{name})" for a person.',
    )


def bare(subject: str) -> str:
    """The name in a subject, also where that is not quite written as one."""
    almost = ALMOST.fullmatch(subject)
    name = almost[1] if almost else subject
    if almost and ")" in name:
        name = name[: name.rindex(")")]
    return name.strip() or "name"


def _check_who(value: Value, around: Parties | None) -> Iterator[Finding]:
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
        name_instead(name, known) if known else "Register it.",  # type: ignore[arg-type]
    )


def _check_client(value: Value, around: Parties | None) -> Iterator[Finding]:
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
            f'Write "{bare(name)}".',
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


def check_use(tree: Node, around: Parties | None) -> Iterator[Finding]:
    """Whether any client's tokens are stamped."""
    if around is not None and around.used_by == ():
        yield finding(
            tree,
            "unused-script",
            "warning",
            "No client or agent uses this script.",
            "Set it as OAuth2 Access Token May Act Script of the subject's client.",
        )
