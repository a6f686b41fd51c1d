"""What Rhino 1.7.14 refuses at language version 0, by name and with what to write.

PingAM 8.1 runs both generations of scripts in it (behaviour notes, 4.7). Every rule
was measured on the real one; the tests compare them again.
"""

import re
from collections.abc import Callable, Iterator

from workbench.am.basics.words import with_article
from workbench.am.scripts.finding import Finding
from workbench.sandbox.language.places import FOR, is_strict, is_strictly_read
from workbench.sandbox.language.scopes import FUNCTIONS, Scopes
from workbench.sandbox.language.syntax import Node

VAR = "Write var."

SPECIAL = ("eval", "arguments")  # no variables under 'use strict'
OLD_OCTAL = re.compile(r"0\d.*")

Found = Iterator[tuple[str, str, str]]  # code, what it is, what to write


def refusals(program: Node, scopes: Scopes) -> list[Finding]:
    """What of the script does not compile in AM.

    What stands inside of a refused construct is not looked at.
    """
    findings = [
        _error(name, "redeclaration", _again(name, first), RENAME)
        for name, first in scopes.clashes
    ]
    waiting = [program]
    while waiting:
        node = waiting.pop()
        found = list(_refused(node))
        findings += (_error(node, *one) for one in found)
        if not found:
            waiting += node.nodes
    return sorted(findings, key=lambda one: (one.line, one.column))


def _again(name: Node, first: str) -> str:
    return f"the name {name.name} again, which is {with_article(first)}"


RENAME = "Give it a name of its own: Rhino has one scope a function, also for const."


def _error(node: Node, code: str, what: str, fix: str) -> Finding:
    message = f"{what[0].upper()}{what[1:]}: AM's JavaScript (Rhino 1.7.14) refuses it."
    return Finding(
        code=code,
        severity="error",
        line=node.line,
        column=node.column,
        message=message,
        fix=fix,
    )


def _refused(node: Node) -> Found:
    rule = RULES.get(node.type)
    if rule is not None:
        yield from rule(node)


# ---- Declarations and functions ----------------------------------------------


def _variable(node: Node) -> Found:
    if node.kind not in ("var", "const"):
        yield node.kind, f"{node.kind} declaration", VAR
    elif node.kind == "const" and _in_loop_head(node):
        yield "const-in-loop-head", "const in the head of a loop", VAR


def _in_loop_head(node: Node) -> bool:
    above = node.parent
    return above is not None and above.type in FOR and node is not above.body


def _function(node: Node) -> Found:
    if node.members.get("async"):
        yield "async", "async function", "Write a plain function; nothing here waits."
    elif node.generator and node.id is not None:
        yield "generator", "generator function", "Fill an array and return it."
    if is_strictly_read(node) and node.type != "ArrowFunctionExpression":
        names = [one.name for one in node.params if one.type == "Identifier"]
        if len(set(names)) < len(names):
            yield "strict", "a parameter twice under 'use strict'", STRICT


def _class(node: Node) -> Found:
    yield "class", "class", "Write a function, or an object with functions in it."


def _module(node: Node) -> Found:
    what = f"{node.code.split()[0]} statement"
    yield "module", what, "Use require() for a library script."


# ---- Objects, patterns, parameters -------------------------------------------


def _property(node: Node) -> Found:
    pattern = node.parent is not None and node.parent.type == "ObjectPattern"
    if node.shorthand:
        name = node.key.name
        if pattern:
            fix = f"Write {{{name}: {name}}}, or var {name} = object.{name}."
            yield "object-destructuring", "object destructuring", fix
        else:
            yield "object-shorthand", "object shorthand", f"Write {name}: {name}."
    elif node.computed:
        fix = "Set the member afterwards: object[key] = value."
        yield "computed-key", "computed key", fix


def _default(node: Node) -> Found:
    fix = "Test it inside: if (x === undefined) { x = ...; }."
    yield "default-value", "default value of a parameter or pattern", fix


def _rest(node: Node) -> Found:
    yield "rest-parameter", "rest parameter or element", "Use arguments or slice."


def _spread(node: Node) -> Found:
    yield "spread", "spread", "Use concat, apply or Object.assign."


# ---- Statements ---------------------------------------------------------------


def _for_of(node: Node) -> Found:
    yield "for-of", "for...of", "Use forEach, or for (var i = 0; ...)."


def _for_in(node: Node) -> Found:
    target = node.left
    if target.type == "VariableDeclaration":
        target = target.declarations[0].id
    pair = target.type == "ArrayPattern" and len(target.elements) == 2
    if target.type.endswith("Pattern") and not node.each and not pair:
        fix = "Write [key, value], or one name."
        yield "for-in-pattern", "pattern in for...in that is no pair", fix


def _try(node: Node) -> Found:
    if any(handler.guard is None for handler in node.handlers[:-1]):
        yield "catch", "catch after a catch without condition", "Leave it out."


def _catch(node: Node) -> Found:
    if node.param is None:
        yield "optional-catch-binding", "catch without a name", "Write catch (e)."
    elif node.param.type != "Identifier":
        fix = "Write catch (e) and read its members."
        yield "catch-pattern", "pattern in catch", fix


STRICT = "Leave 'use strict' out, or this."


def _with(node: Node) -> Found:
    if is_strictly_read(node):
        yield "strict", "with under 'use strict'", STRICT


# ---- Expressions --------------------------------------------------------------


def _literal(node: Node) -> Found:
    raw = (node.raw or "").lower()
    if node.bigint is not None:
        yield "bigint", "BigInt", "Write a number."
    elif raw[:2] in ("0b", "0o"):
        yield "number-literal", "binary or octal number", "Write it decimal or 0x..."
    elif OLD_OCTAL.fullmatch(raw) and is_strictly_read(node):
        yield "strict", "octal number under 'use strict'", STRICT


def _operator(node: Node) -> Found:
    if node.operator in ("**", "**="):
        yield "exponent", f"{node.operator}", "Write Math.pow(a, b)."
    elif node.operator in ("??=", "||=", "&&="):
        yield "logical-assignment", node.operator, "Write if and a plain assignment."
    elif node.operator == "??":
        fix = "Write a === null || a === undefined ? b : a."
        yield "nullish-coalescing", "??", fix
    elif node.type == "AssignmentExpression" and _is_special(node.left):
        yield "strict", f"the name {node.left.name} changed under 'use strict'", STRICT


def _chain(node: Node) -> Found:
    yield "optional-chaining", "?.", "Write a && a.b."


def _meta(node: Node) -> Found:
    yield "new-target", "new.target", "Write this instanceof TheFunction."


def _identifier(node: Node) -> Found:
    if node.name.isascii() and node.end - node.start == len(node.name):
        beyond = False  # as nearly all are
    else:
        beyond = any(character > "\uffff" for character in node.name)
    if beyond:
        yield "identifier", "name with a character beyond U+FFFF", "Rename it."
    elif r"\u{" in node.code:
        yield "identifier", r"name with \u{...} in it", "Write the character itself."
    elif node.name in SPECIAL and is_strictly_read(node) and _is_bound(node):
        yield "strict", f"the name {node.name} taken under 'use strict'", STRICT


def _object(node: Node) -> Found:
    if is_strictly_read(node):
        keys = [
            str(one.key.value if one.key.type == "Literal" else one.key.name)
            for one in node.properties
            if one.type == "Property" and one.kind == "init" and not one.computed
        ]
        if len(set(keys)) < len(keys):
            yield "strict", "a member twice under 'use strict'", STRICT


RULES: dict[str, Callable[[Node], Found]] = {
    "ArrowFunctionExpression": _function,
    "AssignmentExpression": _operator,
    "AssignmentPattern": _default,
    "BinaryExpression": _operator,
    "CatchClause": _catch,
    "ChainExpression": _chain,
    "ClassDeclaration": _class,
    "ClassExpression": _class,
    "ExportAllDeclaration": _module,
    "ExportDefaultDeclaration": _module,
    "ExportNamedDeclaration": _module,
    "ForInStatement": _for_in,
    "ForOfStatement": _for_of,
    "FunctionDeclaration": _function,
    "FunctionExpression": _function,
    "Identifier": _identifier,
    "ImportDeclaration": _module,
    "Literal": _literal,
    "LogicalExpression": _operator,
    "MetaProperty": _meta,
    "ObjectExpression": _object,
    "Property": _property,
    "RestElement": _rest,
    "SpreadElement": _spread,
    "TryStatement": _try,
    "VariableDeclaration": _variable,
    "WithStatement": _with,
}


def _is_special(node: Node) -> bool:
    return node.type == "Identifier" and node.name in SPECIAL and is_strict(node)


def _is_bound(node: Node) -> bool:
    above = node.parent
    if above is None:
        return False
    declared = above.type == "VariableDeclarator" or above.type in FUNCTIONS
    return (declared and (node is above.id or node in (above.params or ()))) or (
        above.type == "CatchClause" and node is above.param
    )
