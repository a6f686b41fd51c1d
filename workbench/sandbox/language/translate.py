"""From a script that Rhino runs to one that does the same in QuickJS.

Lines stay where they are. ``$rhino`` is what rhino.js defines. Each rule names what
Rhino 1.7.14 does differently at language version 0, as measured on it.
"""

import re
from collections.abc import Callable

from workbench.sandbox.language.edits import Edited, Edits
from workbench.sandbox.language.places import (
    LINE_END,
    in_loop,
    is_block_function,
    is_directive,
    is_name,
    is_strict,
    is_write,
)
from workbench.sandbox.language.scopes import ALWAYS_CONST, Scopes
from workbench.sandbox.language.syntax import Node

RESERVED = ("class", "enum", "export", "extends", "import", "super")  # names in Rhino
Rule = Callable[[Node, Edits], None]


def translate(program: Node, scopes: Scopes, *, also: Rule | None = None) -> Edited:
    """The script for QuickJS.

    Args:
        program: The tree; nothing in it may be refused (``dialect.refusals``).
        scopes: Its scopes.
        also: What else is done to each node.
    """
    edits = Edits(program.text)
    if program.body:
        strict = any(map(is_directive, program.walk()))
        given = [f'"{name}"' for name in _global_consts(program, scopes)]
        start = ", ".join([str(strict).lower(), *given])
        edits.insert(program.body[0].start, f"$rhino.start({start}); ")
    for node in program.walk():
        rule = RULES.get(node.type)
        if rule is not None:
            rule(node, scopes, edits)
        if also is not None:
            also(node, edits)
    return edits.apply()


# ---- const: hoisted, set once, never changed -------------------------------------


def _global_consts(program: Node, scopes: Scopes) -> list[str]:
    kinds = scopes.by_node[id(program)].kinds
    consts = (name for name, kind in kinds.items() if kind == "const")
    return [name for name in consts if name not in ALWAYS_CONST]


def _variables(node: Node, scopes: Scopes, edits: Edits) -> None:
    if node.kind == "const":
        edits.replace(node.start, node.start + len("const"), "var")


def _variable(node: Node, scopes: Scopes, edits: Edits) -> None:
    const = node.parent is not None and node.parent.kind == "const"
    if node.id.type.endswith("Pattern") and node.init is None and not _is_head(node):
        edits.insert(node.end, " = []")  # Rhino leaves the names undefined
    if not node.init:
        return
    if const and scopes.kind(node.id) == "catch":
        before = f'$rhino.redeclared("{node.id.name}", ('
        edits.wrap(node.init.start, node.init.end, before, "))")
    elif const and in_loop(node):
        name = node.id.name
        kept, new = f"$rhino_{name}_set", f"$rhino_{name}_new"
        edits.insert(node.start, f"{kept}, {new}, ")
        after = f"), {kept} ? {name} : ({kept} = 1, {new}))"
        edits.wrap(node.init.start, node.init.end, f"({new} = (", after)
    _keep_nameless(node.init, edits)


def _assignment(node: Node, scopes: Scopes, edits: Edits) -> None:
    if node.left.type.endswith("Pattern"):
        edits.wrap(node.start, node.end, "(", ")")  # a statement cannot start with {
    elif node.operator == "=" and node.left.type == "Identifier":
        _keep_nameless(node.right, edits)
    _strictly(node.left, edits)


def _update(node: Node, scopes: Scopes, edits: Edits) -> None:
    _strictly(node.argument, edits)


def _identifier(node: Node, scopes: Scopes, edits: Edits) -> None:
    if _is_kept(node, scopes):
        return  # the rule for delete does it
    new = _renamed(node.name) if is_name(node) else node.name
    above = node.parent
    if above is None:
        return
    if is_write(node) and scopes.is_const(node):
        reads = above.type == "UpdateExpression" or above.operator not in (None, "=")
        new = f"$rhino.box({new}).value" if reads else "$rhino.ignored"
    elif above.type == "ForInStatement" and node.name in ("async", "let"):
        new = f"({new})" if node is above.left else new
    elif above.type == "ArrowFunctionExpression" and node.name == "async":
        new = f"({new})" if above.start == node.start else new
    if new != node.name:
        edits.replace(node.start, node.end, new)


def _renamed(name: str) -> str:
    return f"$rhino_{name}" if name in RESERVED else name


# ---- Functions --------------------------------------------------------------------


def _with(node: Node, scopes: Scopes, edits: Edits) -> None:
    """The object must not have what the translation means by a name in it."""
    names: dict[str, None] = {}
    for inner in node.body.walk():
        if is_block_function(inner):
            names[inner.id.name] = None
        elif inner.type == "Identifier" and is_name(inner):
            changed = is_write(inner) and scopes.is_const(inner)
            taken = changed or _is_const_of(node, inner, scopes)
            if taken or _is_kept(inner, scopes) or inner.name in RESERVED:
                names[inner.name] = None
    listed = "".join(f', "{name}"' for name in names)
    edits.wrap(node.object.start, node.object.end, "$rhino.scope((", f"){listed})")


def _is_const_of(node: Node, name: Node, scopes: Scopes) -> bool:
    """Whether a const is declared here, inside of a with and of no function in it."""
    above = name.parent
    if above is None or above.type != "VariableDeclarator" or name is not above.id:
        return False
    scope = scopes.of(name).find(name.name)
    return scope is scopes.of(node).find(name.name) and scopes.is_const(name)


def _function_statement(node: Node, scopes: Scopes, edits: Edits) -> None:
    if node.id is None:
        edits.wrap(node.start, node.end, "void ", ";")
    elif is_block_function(node):
        before, after = f"var {_renamed(node.id.name)} = ", ";"
        edits.wrap(node.start, node.end, before, after)
        edits.replace(node.id.start, node.id.end, "")


def _keep_nameless(node: Node, edits: Edits) -> None:
    """Functions without a name take none from where they are put."""
    if node.type == "ArrowFunctionExpression" or (
        node.type == "FunctionExpression" and node.id is None
    ):
        edits.wrap(node.start, node.end, "(0, ", ")")


def _property(node: Node, scopes: Scopes, edits: Edits) -> None:
    if node.method:
        edits.wrap(node.value.start, node.value.end, ": (0, function", ")")
    elif node.kind == "init" and not node.value.type.endswith("Pattern"):
        _keep_nameless(node.value, edits)


# ---- Patterns read members by index; loops visit what Rhino visits -----------------


def _array_pattern(node: Node, scopes: Scopes, edits: Edits) -> None:
    edits.replace(node.start, node.start + 1, "{")
    edits.replace(node.end - 1, node.end, "}")
    end = node.start + 1
    for index, part in enumerate(node.elements):
        if part is not None:
            comma = "," if end > node.start + 1 else ""
            edits.replace(end, part.start, comma + _line_ends(node, end, part.start))
            edits.insert(part.start, f"{index}:")
            end = part.end
    edits.replace(end, node.end - 1, _line_ends(node, end, node.end - 1))


def _line_ends(node: Node, start: int, end: int) -> str:
    return "".join(LINE_END.findall(node.text.slice(start, end)))


def _for_in(node: Node, scopes: Scopes, edits: Edits) -> None:
    target = node.left
    if target.type == "VariableDeclaration":
        target = target.declarations[0].id
    visit = "keys"
    if node.each or target.type == "ArrayPattern":
        visit = "each" if node.each else "pairs"
        edits.replace(node.wordAt, node.wordAt + len("in"), "of")
    edits.wrap(node.right.start, node.right.end, f"$rhino.{visit}((", "))")
    _for(node, scopes, edits)


def _for(node: Node, scopes: Scopes, edits: Edits) -> None:
    if node.each:
        edits.replace(node.eachAt, node.eachAt + len("each"), "")


# ---- Catch clauses with conditions ----------------------------------------------


def _try(node: Node, scopes: Scopes, edits: Edits) -> None:
    """One catch clause that tries the conditions in turn, else throws again."""
    if not any(handler.guard for handler in node.handlers):
        return
    thrown, done = f"$rhino_thrown{node.start}", f"$rhino_done{node.start}"
    check = f"$rhino.caught({thrown});"
    edits.insert(node.handlers[0].start, f"catch ({thrown}) {{ {check} {done}: {{ ")
    for handler in node.handlers:
        start, end = handler.start, handler.param.start
        kept = _line_ends(handler, start, end)
        edits.replace(start, end, f"try {{ throw {thrown} }} catch ({kept}")
        if handler.guard:
            edits.replace(handler.ifAt, handler.ifAt + len("if"), ") { if (")
        edits.insert(handler.body.end - 1, f"; break {done}; ")
        last = handler is node.handlers[-1]
        after = " }" if handler.guard else ""
        after += f" throw {thrown}; }} }}" if last else ""
        edits.wrap(handler.body.start, handler.body.end, "", after)


# ---- The rest -----------------------------------------------------------------------


def _template(node: Node, scopes: Scopes, edits: Edits) -> None:
    """Rhino adds strings up: valueOf() comes before toString()."""
    if node.parent is None or node.parent.type != "TaggedTemplateExpression":
        for part in node.expressions:
            edits.wrap(part.start, part.end, '"" + (', ")")


def _literal(node: Node, scopes: Scopes, edits: Edits) -> None:
    """Rhino has no code points in strings: a backslash before u{ says nothing."""
    raw = node.raw or ""
    if isinstance(node.value, str) and r"\u{" in raw:
        new = re.sub(r"\\(u\{)|\\.", lambda m: m[1] or m[0], raw, flags=re.DOTALL)
        edits.replace(node.start, node.end, new)


def _directive(node: Node, scopes: Scopes, edits: Edits) -> None:
    """QuickJS's strict mode is another one than Rhino's."""
    if is_directive(node):
        literal = node.expression
        edits.wrap(literal.start, literal.end, "(", ")")


def _strictly(target: Node, edits: Edits) -> None:
    """Under 'use strict' Rhino refuses to set what cannot be set."""
    if target.type == "MemberExpression" and is_strict(target):
        of = target.object
        edits.wrap(of.start, of.end, "$rhino.strict((", "))")


def _delete(node: Node, scopes: Scopes, edits: Edits) -> None:
    """What runs is an eval in QuickJS, whose variables could be deleted."""
    if node.operator != "delete":
        return
    if _is_kept(node.argument, scopes):
        edits.replace(node.start, node.end, "false")
    _strictly(node.argument, edits)


def _is_kept(node: Node, scopes: Scopes) -> bool:
    """Whether it is a declared name that is deleted, which does nothing."""
    deleted = node.parent is not None and node.parent.operator == "delete"
    return deleted and node.type == "Identifier" and scopes.kind(node) != ""


def _throw(node: Node, scopes: Scopes, edits: Edits) -> None:
    """What is thrown and no Error has no line of its own."""
    edits.wrap(node.argument.start, node.argument.end, "$rhino.thrown((", "))")


def _call(node: Node, scopes: Scopes, edits: Edits) -> None:
    """An eval in a function sees its variables, and what replaces it does not."""
    callee = node.callee
    if callee.type != "Identifier" or callee.name != "eval":
        return
    scope = scopes.of(node)
    if scope.outer is not None and scope.find("eval") is None:
        edits.replace(callee.start, callee.end, "$rhino.eval")


def _catch(node: Node, scopes: Scopes, edits: Edits) -> None:
    """Rhino lets no script catch that it ran out of stack or memory."""
    assert node.parent is not None
    if not any(handler.guard for handler in node.parent.handlers):
        name = _renamed(node.param.name)
        edits.insert(node.body.start + 1, f" $rhino.caught({name});")


RULES: dict[str, Callable[[Node, Scopes, Edits], None]] = {
    "ArrayPattern": _array_pattern,
    "CallExpression": _call,
    "CatchClause": _catch,
    "AssignmentExpression": _assignment,
    "ExpressionStatement": _directive,
    "ForInStatement": _for_in,
    "ForStatement": _for,
    "FunctionDeclaration": _function_statement,
    "Identifier": _identifier,
    "Literal": _literal,
    "Property": _property,
    "TemplateLiteral": _template,
    "ThrowStatement": _throw,
    "TryStatement": _try,
    "UnaryExpression": _delete,
    "UpdateExpression": _update,
    "VariableDeclaration": _variables,
    "VariableDeclarator": _variable,
    "WithStatement": _with,
}


def _is_head(node: Node) -> bool:
    declaration = node.parent
    above = declaration.parent if declaration is not None else None
    return above is not None and above.left is declaration
