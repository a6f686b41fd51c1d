"""Looking at a script's tree: what is named, declared, called and constant."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.am.scripts.finding import Finding, Severity
from workbench.sandbox.language.syntax import Node

FUNCTIONS = (
    "FunctionDeclaration",
    "FunctionExpression",
    "ArrowFunctionExpression",
)


def finding(at: Node, code: str, severity: Severity, message: str, fix: str) -> Finding:
    """A finding about the place where a node starts."""
    return Finding(
        code=code,
        severity=severity,
        line=at.line,
        column=at.column,
        message=message,
        fix=fix,
    )


@dataclass(frozen=True, slots=True)
class Member:
    """``object.name`` or ``object["name"]``, where both are known."""

    binding: str
    name: str
    node: Node  # the whole expression
    at: Node  # the name in it


def name_of(member: Node | None) -> str | None:
    """The name that a member expression reads, or None where it is computed."""
    if member is None or member.type != "MemberExpression":
        return None
    if member.computed:
        return text_of(member.property)
    name: str | None = member.property.name
    return name


def key_of(prop: Node) -> str | None:
    """The name of a property in an object literal."""
    if prop.type != "Property" or prop.computed:
        return None
    key = prop.key
    return str(key.name if key.type == "Identifier" else key.value)


def text_of(node: Node | None) -> str | None:
    """The text a node stands for, where it is constant."""
    if node is None:
        return None
    if node.type == "Literal" and isinstance(node.value, str):
        value: str = node.value
        return value
    if node.type == "TemplateLiteral" and not node.expressions:
        return str(node.quasis[0].cooked)
    if node.type == "BinaryExpression" and node.operator == "+":
        left, right = text_of(node.left), text_of(node.right)
        return None if left is None or right is None else left + right
    return None


def head_of(node: Node | None) -> str:
    """The constant text that a text begins with, "" where it is not known."""
    if node is None:
        return ""
    if node.type == "TemplateLiteral":
        return str(node.quasis[0].cooked)
    if node.type == "BinaryExpression" and node.operator == "+":
        whole = text_of(node)
        return head_of(node.left) if whole is None else whole
    return text_of(node) or ""


def declared(tree: Node) -> dict[str, list[Node]]:
    """The names that the script declares anywhere, and where."""
    found: dict[str, list[Node]] = {}
    for node in tree.walk():
        for name in _declared_by(node):
            found.setdefault(name.name, []).append(name)
    return found


def _declared_by(node: Node) -> Iterator[Node]:
    if node.type == "VariableDeclarator" and node.id.type == "Identifier":
        yield node.id
    if node.type == "FunctionDeclaration":
        yield node.id
    if node.type in FUNCTIONS:
        yield from (each for each in node.params if each.type == "Identifier")
    if node.type == "CatchClause" and node.param is not None:
        yield node.param


def names(tree: Node) -> Iterator[Node]:
    """The identifiers that are read or written as variables."""
    for node in tree.walk():
        if node.type == "Identifier" and not _is_label_or_key(node):
            yield node


def _is_label_or_key(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "MemberExpression":
        return parent.property is node and not parent.computed
    if parent.type == "Property":
        return parent.key is node and not parent.computed
    return parent.type in ("LabeledStatement", "BreakStatement", "ContinueStatement")


def members(tree: Node) -> Iterator[Member]:
    """Every ``name.member`` of the script."""
    for node in tree.walk():
        name = name_of(node)
        if name is not None and node.object.type == "Identifier":
            yield Member(node.object.name, name, node, node.property)


def calls(tree: Node, binding: str, *methods: str) -> Iterator[Node]:
    """The calls of ``binding.method(...)``."""
    for node in tree.walk():
        if node.type != "CallExpression" or node.callee.type != "MemberExpression":
            continue
        owner: Any = node.callee.object
        if owner.name == binding and name_of(node.callee) in methods:
            yield node


def value_of(name: str, tree: Node) -> Node | None:
    """What a variable is set to, where it is set once."""
    values = _set_to(tree).get(name, [])
    return values[0] if len(values) == 1 else None


@functools.lru_cache(maxsize=4)
def _set_to(tree: Node) -> dict[str, list[Node]]:
    """What each variable is declared with; asked for many times of one tree."""
    found: dict[str, list[Node]] = {}
    for node in tree.walk():
        if node.type == "VariableDeclarator" and node.init is not None:
            found.setdefault(node.id.name, []).append(node.init)
    return found
