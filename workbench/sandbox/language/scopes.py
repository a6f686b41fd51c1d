"""Which names a script declares where, by the rules of Rhino 1.7.14.

Rhino has function scopes only; a ``const`` is hoisted to its function like a
``var``. A catch clause has a scope for its parameter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.sandbox.language.syntax import Node

FUNCTIONS = ("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression")
ALWAYS_CONST = ("Infinity", "NaN", "undefined")


@dataclass(slots=True)
class Scope:
    """The names of a function, a catch clause or the script."""

    node: Node
    outer: "Scope | None"
    kinds: dict[str, str] = field(default_factory=dict)  # name: const, var, ...

    def find(self, name: str) -> "Scope | None":
        """The scope that declares the name, or None where none does."""
        scope: Scope | None = self
        while scope is not None and name not in scope.kinds:
            scope = scope.outer
        return scope


@dataclass(slots=True)
class Scopes:
    """All scopes of a script, and the declarations that Rhino refuses."""

    by_node: dict[int, Scope]  # by id() of the function, catch clause or program
    clashes: list[tuple[Node, str]]  # the second declaration, and what was first

    def of(self, node: Node) -> Scope:
        """The innermost scope around a node."""
        below = node
        for above in node.ancestors():
            inside = above.type != "CatchClause" or below is not above.param
            if inside and id(above) in self.by_node:
                return self.by_node[id(above)]
            below = above
        return self.by_node[id(node)]

    def kind(self, identifier: Node) -> str:
        """What declares the name that is used here: const, var, ...; or ""."""
        scope = self.of(identifier).find(identifier.name)
        return scope.kinds[identifier.name] if scope is not None else ""

    def is_const(self, identifier: Node) -> bool:
        """Whether the name means a const at this place."""
        return self.kind(identifier) == "const"


def scopes_of(program: Node) -> Scopes:
    """The scopes of a script."""
    kinds = dict.fromkeys(ALWAYS_CONST, "const")
    scopes = Scopes({id(program): Scope(program, None, kinds)}, [])
    for node in program.walk():
        if node.type in FUNCTIONS:
            _enter(scopes, node)
        elif node.type == "CatchClause":
            names = bound_names(node.param)
            kinds = dict.fromkeys((name.name for name in names), "catch")
            scopes.by_node[id(node)] = Scope(node, scopes.of(node), kinds)
        elif node.type == "VariableDeclaration":
            kind = "const" if node.kind == "const" else "var"
            for declarator in node.declarations:
                for name in bound_names(declarator.id):
                    _declare(scopes, name, kind)
    return scopes


def _enter(scopes: Scopes, node: Node) -> None:
    outer = scopes.of(node)
    if node.type == "FunctionDeclaration" and node.id is not None:
        _declare(scopes, node.id, "function", outer)
    scope = Scope(node, outer)
    if node.type == "FunctionExpression" and node.id is not None:
        scope.kinds[node.id.name] = "own name"
    if node.type != "ArrowFunctionExpression":
        scope.kinds["arguments"] = "var"
    for parameter in node.params:
        for name in bound_names(parameter):
            scope.kinds[name.name] = "formal parameter"
    scopes.by_node[id(node)] = scope


def _declare(scopes: Scopes, name: Node, kind: str, scope: Scope | None = None) -> None:
    scope = scope or scopes.of(name)
    while scope.node.type == "CatchClause" and scope.outer is not None:
        if kind == "const" and name.name in scope.kinds and _is_in_pattern(name):
            scopes.clashes.append((name, "var"))  # elsewhere Rhino fails when it runs
        scope = scope.outer
    first = scope.kinds.get(name.name, "own name")
    if first != "own name" and "const" in (kind, first):
        scopes.clashes.append((name, first))
    if first == "own name" or kind == "function":
        scope.kinds[name.name] = kind


def _is_in_pattern(name: Node) -> bool:
    return name.parent is not None and name.parent.type != "VariableDeclarator"


def bound_names(pattern: Node | None) -> Iterator[Node]:
    """The identifiers that a pattern binds."""
    if pattern is None:
        return
    if pattern.type == "Identifier":
        yield pattern
    elif pattern.type == "Property":
        yield from bound_names(pattern.value)
    elif pattern.type in ("ArrayPattern", "ObjectPattern"):
        for part in pattern.elements or pattern.properties or ():
            yield from bound_names(part)
    elif pattern.type == "AssignmentPattern":
        yield from bound_names(pattern.left)
    elif pattern.type == "RestElement":
        yield from bound_names(pattern.argument)
