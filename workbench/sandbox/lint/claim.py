"""The claim that a script stamps, as far as its text says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint.code import (
    calls,
    head_of,
    key_of,
    name_of,
    text_of,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a member: its text, or what the text begins with."""

    node: Node
    text: str | None  # None where it is worked out when the script runs
    head: str  # the beginning, "" where not even that is known
    own: bool = False  # it is, or contains, the client's own id
    odd: str = ""  # what it is instead of a text, such as "null"


@dataclass(frozen=True, slots=True)
class ClaimMember:
    """One member of the claim, such as ``client_id``."""

    name: str
    node: Node
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The argument of one ``token.setMayAct``.

    Attributes:
        call: The call.
        members: The members that were found.
        whole: Whether these are surely all of them.
        plain: Whether the argument is a JavaScript object; None where not known.
    """

    call: Node
    members: tuple[ClaimMember, ...]
    whole: bool
    plain: bool | None

    def member(self, name: str) -> ClaimMember | None:
        """The last member of this name."""
        found = [member for member in self.members if member.name == name]
        return found[-1] if found else None


def claims(tree: Node, binding: str = "token") -> Iterator[Claim]:
    """One for each call of ``token.setMayAct``, or of another binding's."""
    for call in calls(tree, binding, "setMayAct"):
        if call.arguments:
            yield _claim(call, call.arguments[0], tree)


def filled(claim: Claim, stamped: Any) -> Claim:
    """The claim with what was worked out when the script ran."""
    if not isinstance(stamped, dict):
        return claim
    members = {
        member.name: member for member in claim.members if member.name in stamped
    }
    for name, given in stamped.items():
        there = members.get(name)
        if there is None or any(not each.text for each in there.values):
            members[name] = _given(name, given, there, claim.call)
    return replace(claim, members=tuple(members.values()), whole=True)


def _given(name: str, given: Any, there: ClaimMember | None, call: Node) -> ClaimMember:
    node = there.node if there else call
    own = there is not None and any(each.own for each in there.values)
    at = there.values[0].node if there and there.values else node
    several = given if isinstance(given, list) and given else [given]
    return ClaimMember(name, node, tuple(_stamped(each, at, own) for each in several))


def _stamped(given: Any, at: Node, own: bool) -> Value:
    if isinstance(given, str):
        return Value(at, given, given, own)
    number = isinstance(given, float)  # as every number of JavaScript is
    odd = f"{given:.15g}" if number else json.dumps(given)
    return Value(at, None, "", odd="an object" if isinstance(given, dict) else odd)


def _claim(call: Node, argument: Node, tree: Node) -> Claim:
    value: Node | None = argument
    name = argument.name if argument.type == "Identifier" else None
    if name is not None:
        value = value_of(name, tree)
    if value is None:
        return Claim(call, (), False, None)
    if value.type == "ObjectExpression":
        members = [*_literal(value, tree), *(_assigned(name, tree) if name else ())]
        whole = all(key_of(each) is not None for each in value.properties)
        return Claim(call, tuple(members), whole, True)
    members = [*_fields(value, tree), *(_puts(name, tree) if name else ())]
    members += _chained(value, tree)
    made = _mentions(value, "JsonValue")
    return Claim(call, tuple(members), bool(members) and made, False if made else None)


def _mentions(node: Node, name: str) -> bool:
    return any(name in (each.name, name_of(each)) for each in node.walk())


def _literal(value: Node, tree: Node) -> Iterator[ClaimMember]:
    for prop in value.properties:
        name = key_of(prop)
        if name is not None:
            yield ClaimMember(name, prop, _values(prop.value, tree))


def _assigned(name: str, tree: Node) -> Iterator[ClaimMember]:
    """``mayAct.sub = ...`` and ``mayAct["sub"] = ...``."""
    for node in tree.walk():
        if node.type == "AssignmentExpression" and node.operator == "=":
            key = name_of(node.left)
            if key is not None and node.left.object.name == name:
                yield ClaimMember(key, node, _values(node.right, tree))


def _puts(name: str, tree: Node) -> Iterator[ClaimMember]:
    """``mayAct.put("sub", ...)``, also one after another."""
    for node in tree.walk():
        if _is_put(node) and _root_of(node).name == name:
            yield from _pair(node, tree)


def _chained(value: Node, tree: Node) -> list[ClaimMember]:
    puts = [node for node in value.walk() if _is_put(node)]
    return [member for node in reversed(puts) for member in _pair(node, tree)]


def _fields(value: Node, tree: Node) -> Iterator[ClaimMember]:
    """``JsonValue.field("sub", ...)``."""
    for node in value.walk():
        if node.type == "CallExpression" and _called(node) in (
            "field",
            "fieldIfNotNull",
        ):
            yield from _pair(node, tree)


def _called(call: Node) -> str | None:
    callee = call.callee
    return callee.name if callee.type == "Identifier" else name_of(callee)


def _is_put(node: Node) -> bool:
    return (
        node.type == "CallExpression"
        and node.callee.type == "MemberExpression"
        and name_of(node.callee) in ("put", "add")
        and len(node.arguments) == 2
    )


def _root_of(node: Node) -> Node:
    while node.type in ("CallExpression", "MemberExpression"):
        node = node.callee if node.type == "CallExpression" else node.object
    return node


def _pair(call: Node, tree: Node) -> Iterator[ClaimMember]:
    if len(call.arguments) == 2:
        name = text_of(call.arguments[0])
        if name is not None:
            yield ClaimMember(name, call.arguments[0], _values(call.arguments[1], tree))


def _values(node: Node, tree: Node) -> tuple[Value, ...]:
    """The value, or those of a list."""
    if node.type == "ArrayExpression" and node.elements:
        return tuple(_value(each, tree) for each in node.elements if each)
    return (_value(node, tree),)


def _value(node: Node, tree: Node, depth: int = 0) -> Value:
    if node.type == "Identifier" and depth < 5:
        meant = value_of(node.name, tree)
        if meant is not None:
            inner = _value(meant, tree, depth + 1)
            return Value(node, inner.text or None, inner.head, inner.own)
    own = any(_is_own(each, tree, depth) for each in node.walk())
    return Value(node, text_of(node), head_of(node), own, _odd(node))


def _odd(node: Node) -> str:
    """What a literal is that is no text; "" for anything else."""
    if node.type == "ArrayExpression" and not node.elements:
        return "[]"
    if node.type == "Literal" and not isinstance(node.value, str):
        return node.code
    return "an object" if node.type == "ObjectExpression" else ""


def _is_own(node: Node, tree: Node, depth: int) -> bool:
    """``clientProperties.clientId`` or ``.get("clientId")``, also by a variable."""
    if node.type == "Identifier" and depth < 5 and node.name != "clientProperties":
        meant = value_of(node.name, tree)
        return meant is not None and any(
            _is_own(each, tree, depth + 1) for each in meant.walk()
        )
    if node.type == "CallExpression" and node.arguments:
        got = _called(node) == "get" and text_of(node.arguments[0]) == "clientId"
        return got and _root_of(node).name == "clientProperties"
    return name_of(node) == "clientId" and node.object.name == "clientProperties"
