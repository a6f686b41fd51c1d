"""What Rhino runs and this workbench does not, by name.

Either QuickJS has nothing like it, or what it does there is not worth the code: the
promise is only that nobody is told "refused" where AM would run the script.
"""

import re
from collections.abc import Iterator

from workbench.am.scripts.finding import Finding
from workbench.sandbox.language.places import (
    in_loop,
    is_block_function,
    is_strict,
    is_write,
)
from workbench.sandbox.language.scopes import FUNCTIONS, Scopes, bound_names
from workbench.sandbox.language.syntax import Node, not_emulated

INVISIBLE = re.compile("[\u200c\u200d]")


def unknown(program: Node, scopes: Scopes) -> list[Finding]:
    """What of a script that AM accepts cannot run here, in the order of the source."""
    found = [*_unreadable(program), *_untranslatable(program, scopes)]
    findings = [not_emulated(what, node.line, node.column) for node, what in found]
    return sorted(findings, key=lambda one: (one.line, one.column))


def _unreadable(program: Node) -> Iterator[tuple[Node, str]]:
    for node in program.walk():
        for construct in _unknown(node):
            yield node, construct


def _unknown(node: Node) -> Iterator[str]:
    if node.type in FUNCTIONS:
        yield from _unknown_function(node)
    elif node.type == "Identifier" and INVISIBLE.search(node.name):
        yield "an invisible character in a name"
    elif node.type == "ObjectExpression":
        prototypes = [one for one in node.properties if _is_prototype(one)]
        if len(prototypes) > 1:
            yield "two __proto__ members of an object"
    elif node.type in ("ArrayPattern", "ObjectPattern"):
        yield from _unknown_target(node)
    elif node.type == "ForInStatement" and node.left.type == "CallExpression":
        yield "a call as the variable of a loop"
    elif _is_caller(node) and is_strict(node):
        yield f"{node.property.name} under 'use strict'"


def _is_caller(node: Node) -> bool:
    member = node.type == "MemberExpression" and not node.computed
    return member and node.property.name in ("callee", "caller")


def _unknown_function(node: Node) -> Iterator[str]:
    if node.generator and node.id is None:
        yield "function with a * and without a name"
    simple = all(one.type == "Identifier" for one in node.params)
    names = [name.name for one in node.params for name in bound_names(one)]
    lenient = simple and node.type != "ArrowFunctionExpression"
    if len(set(names)) < len(names) and not lenient:
        yield "a parameter of the same name twice"


def _unknown_target(node: Node) -> Iterator[str]:
    parts = node.elements or [one.value for one in node.properties or ()]
    if not parts:
        yield "an empty pattern"
    end = node.start
    for part in parts:
        if part is None:
            continue
        if "(" in node.text.slice(end, part.start):
            yield "a target of a pattern in parentheses"
        if part.type == "CallExpression":
            yield "a call as the target of a pattern"
        elif part.computed and isinstance(part.property.value, str):
            yield "a member in quotes as the target of a pattern"
        end = part.end


def _is_prototype(node: Node) -> bool:
    if node.type != "Property" or node.kind != "init" or node.method:
        return False
    return "__proto__" in (node.key.name, node.key.value)


# ---- What has no translation ---------------------------------------------------


def _untranslatable(program: Node, scopes: Scopes) -> Iterator[tuple[Node, str]]:
    for node in program.walk():
        if node.type == "Identifier":
            for construct in _untranslatable_name(node, scopes):
                yield node, construct
        elif node.type == "ThisExpression" and _is_made_in_with(node):
            yield node, "this of a function inside of with or catch"
        elif is_block_function(node):
            caught = (above.param for above in node.ancestors())
            names = [name.name for param in caught for name in bound_names(param)]
            if node.id.name in names:
                yield node, "a function with the name of what is caught around it"
        elif node.type == "VariableDeclarator" and in_loop(node):
            const = node.parent is not None and node.parent.kind == "const"
            if const and node.id.type != "Identifier":
                yield node, "a const with a pattern in a loop"


def _untranslatable_name(node: Node, scopes: Scopes) -> Iterator[str]:
    deleted = node.parent is not None and node.parent.operator == "delete"
    if deleted and scopes.kind(node) and is_strict(node):
        yield "delete of a variable under 'use strict'"
    if node.name.startswith("$rhino"):
        yield "a name that starts with $rhino"
    if not is_write(node):
        return
    kind = scopes.kind(node)
    if kind == "own name":
        yield "a function that gives its own name another value"
    elif kind == "const" and is_strict(node):
        yield "a const changed under 'use strict'"
    elif kind == "const" and scopes.of(node).outer and _is_counted(node):
        yield "++ or -- of a const in a function"
    elif is_strict(node) and _reads_arguments(scopes, node):
        yield "arguments and a changed parameter under 'use strict'"


def _is_made_in_with(node: Node) -> bool:
    inside = False
    for above in node.ancestors():
        if inside and above.type in ("WithStatement", "CatchClause"):
            return True
        inside = inside or above.type in FUNCTIONS
    return False


def _is_counted(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "UpdateExpression"


def _reads_arguments(scopes: Scopes, parameter: Node) -> bool:
    scope = scopes.of(parameter).find(parameter.name)
    if scope is None or scope.kinds[parameter.name] != "formal parameter":
        return False
    return any(
        node.type == "Identifier" and node.name == "arguments"
        for node in scope.node.walk()
    )
