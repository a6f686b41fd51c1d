"""Rules about names: members, generations, bindings of other scripts."""

from collections.abc import Iterator

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint import api
from workbench.sandbox.lint.code import (
    Member,
    calls,
    declared,
    finding,
    members,
    name_of,
    names,
    text_of,
)
from workbench.sandbox.lint.java import check_java


def check_names(tree: Node, version: str, *, ended: bool) -> Iterator[Finding]:
    """Every name that AM would not know, or would know as something else.

    Args:
        tree: The script.
        version: Its evaluator version.
        ended: Whether a dry run came to the script's end.
    """
    own = declared(tree)
    for name, places in own.items():
        if name in api.BINDINGS or name in api.NEXT_ONLY:
            yield _shadowed(places[0])
    for member in members(tree):
        if member.binding not in own:
            yield from _check_member(member, version)
    if version == NEXT_GENERATION and "utils" not in own:
        yield from _check_utils(tree)
    for node in names(tree):
        if node.name not in own:
            yield from _check_binding(node, version)
    yield from check_java(tree, version, own, ended=ended)


def _shadowed(at: Node) -> Finding:
    return finding(
        at,
        "shadowed-binding",
        "warning",
        f"The variable {at.name} hides AM's binding of that name.",
        "Give the variable another name.",
    )


def _check_member(member: Member, version: str) -> Iterator[Finding]:
    known = api.MEMBERS[version].get(member.binding)
    if known is None:
        known = api.PROPERTIES.get(member.binding)
    if known is None or member.name in known:
        return
    other = NEXT_GENERATION if version == LEGACY else LEGACY
    if member.name in api.MEMBERS[other].get(member.binding, ()):
        yield _other_generation(member, version)
    elif member.name == "addMayAct":
        yield _add_may_act(member.at)
    else:
        yield _unknown_member(member, known)


def _check_utils(tree: Node) -> Iterator[Finding]:
    """The members of ``utils.base64`` and its like."""
    for node in tree.walk():
        name, part = name_of(node), name_of(node.object)
        if name is None or part is None or node.object.object.name != "utils":
            continue
        known = api.UTILS.get(part)
        if known is not None and name not in known:
            member = Member(f"utils.{part}", name, node, node.property)
            yield _unknown_member(member, known)


def _unknown_member(member: Member, known: frozenset[str]) -> Finding:
    return finding(
        member.at,
        "unknown-member",
        "error" if member.binding not in api.PROPERTIES else "warning",
        f"{member.binding} has no {member.name}.",
        name_instead(member.name, known),
    )


def _other_generation(member: Member, version: str) -> Finding:
    legacy = version == LEGACY
    here, there = ("legacy", "next-generation")[:: 1 if legacy else -1]
    write = api.REPLACEMENTS.get((member.binding, member.name))
    return finding(
        member.at,
        "next-generation-api" if legacy else "legacy-api",
        "error",
        f"{member.binding}.{member.name} is for {there} scripts; this one is {here}.",
        f"Write {write}." if write else "Leave it out.",
    )


def _add_may_act(at: Node) -> Finding:
    return finding(
        at,
        "add-may-act",
        "error",
        "AM has no addMayAct: it is found on sites with exam questions only.",
        "Call token.setMayAct with the whole claim.",
    )


def _check_binding(node: Node, version: str) -> Iterator[Finding]:
    parent = node.parent
    if node.name in api.OTHER_CONTEXTS:
        if parent is not None and name_of(parent) == "addMayAct":
            yield _add_may_act(parent.property)
            return
        yield finding(
            node,
            "other-script",
            "error",
            *api.OTHER_CONTEXTS[node.name],
        )
    if version == LEGACY and node.name in api.NEXT_ONLY:
        yield finding(
            node,
            "next-generation-api",
            "error",
            f"{node.name} is for next-generation scripts; this one is legacy.",
            "Make it a next-generation script, or do without.",
        )


def check_stamp(tree: Node) -> Iterator[Finding]:
    """Whether the claim is stamped at all."""
    if any(calls(tree, "token", "setMayAct")):
        return
    returned = [node for node in tree.walk() if _returns_claim(node)]
    last = tree.body[-1] if tree.body else tree
    if returned:
        yield _returned(returned[0], "returns")
    elif last.type == "ExpressionStatement" and _is_claim(last.expression):
        yield _returned(last, "ends with")
    else:
        yield finding(
            tree.body[0] if tree.body else tree,
            "no-set-may-act",
            "warning",
            "The script never calls token.setMayAct, so it stamps nothing.",
            "Call token.setMayAct with the claim.",
        )


def _returns_claim(node: Node) -> bool:
    """A return of what may be a claim, or an arrow function called on the spot."""
    if node.type == "ReturnStatement":
        return _is_claim(node.argument)
    called = node.parent is not None and node.parent.callee is node
    return node.type == "ArrowFunctionExpression" and called and _is_claim(node.body)


def _returned(at: Node, how: str) -> Finding:
    return finding(
        at,
        "returned-claim",
        "error",
        f"The script {how} a value and never calls token.setMayAct; "
        "AM ignores return values.",
        "Call token.setMayAct with the claim.",
    )


def _is_claim(node: Node | None) -> bool:
    """An object, a variable, or something made by a call: not a mere constant."""
    if node is None:
        return False
    if node.type == "CallExpression":
        if name_of(node.callee) in ("put", "add"):
            named = text_of(node.arguments[0]) if len(node.arguments) == 2 else None
            return named in api.CLAIM_MEMBERS
        return name_of(node.callee) in ("json", "object")
    return node.type in ("ObjectExpression", "Identifier")
