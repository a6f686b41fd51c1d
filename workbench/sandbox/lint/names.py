"""Rules about names: members, generations, bindings of other scripts."""

from collections.abc import Iterator

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint import api
from workbench.sandbox.lint.bound import LISTED, Bound
from workbench.sandbox.lint.code import (
    Member,
    declared,
    finding,
    members,
    name_of,
    names,
)
from workbench.sandbox.lint.java import check_java


def check_names(tree: Node, bound: Bound, *, ended: bool) -> Iterator[Finding]:
    """Every name that AM would not know, or would know as something else.

    Args:
        tree: The script.
        bound: What is bound in its context.
        ended: Whether a dry run came to the script's end.
    """
    own = declared(tree)
    version = bound.version
    for name, places in own.items():
        if name in bound.names or name in api.NEXT_ONLY:
            yield _shadowed(places[0])
    for member in members(tree):
        if member.binding not in own:
            yield from _check_member(member, bound, ended=ended)
    if version == NEXT_GENERATION and "utils" not in own:
        yield from _check_utils(tree)
    for node in names(tree):
        if node.name not in own:
            yield from _check_binding(node, bound)
    yield from check_java(tree, version, own, ended=ended)


def _shadowed(at: Node) -> Finding:
    return finding(
        at,
        "shadowed-binding",
        "warning",
        f"The variable {at.name} hides AM's binding of that name.",
        "Give the variable another name.",
    )


def _check_member(member: Member, bound: Bound, *, ended: bool) -> Iterator[Finding]:
    version = bound.version
    known = bound.members.get(member.binding)
    if known is None and member.binding in bound.names:
        known = api.PROPERTIES.get(member.binding)
    if known is None or member.name in known:
        return
    if member.name in bound.others.get(member.binding, ()):
        yield _other_generation(member, version)
    elif member.name == "addMayAct" and member.binding == "token":
        yield _add_may_act(member.at)
    elif not (ended and member.binding in LISTED):  # what ran is there
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


def _check_binding(node: Node, bound: Bound) -> Iterator[Finding]:
    parent = node.parent
    if node.name in bound.elsewhere and not _is_set(node):
        if parent is not None and name_of(parent) == "addMayAct":
            yield _add_may_act(parent.property)
            return
        yield finding(
            node,
            "other-script",
            "error",
            *bound.elsewhere[node.name],
        )
    if bound.version == LEGACY and node.name in api.NEXT_ONLY:
        yield finding(
            node,
            "next-generation-api",
            "error",
            f"{node.name} is for next-generation scripts; this one is legacy.",
            "Make it a next-generation script, or do without.",
        )


def _is_set(node: Node) -> bool:
    """Whether the script gives the name a value anywhere: then it is its own."""
    top = [node, *node.ancestors()][-1]
    return any(
        each.type == "AssignmentExpression" and each.left.name == node.name
        for each in top.walk()
    )
