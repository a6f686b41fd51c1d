"""What compiles in AM and does not work there: names Rhino 1.7.14 lacks, and a trap.

Only warnings: a script may test for a name before it uses it. When such a name is
used, the script fails here as it does in AM.
"""

from collections.abc import Iterator

from workbench.am.scripts.finding import Finding
from workbench.sandbox.language.places import is_name
from workbench.sandbox.language.scopes import Scopes
from workbench.sandbox.language.syntax import Node

OBJECT = "Use a plain object."
ARRAY = "Use an array."
NONE = "Leave it out: nothing here waits, and nobody reads a console."
GLOBALS = {
    **dict.fromkeys(("Map", "WeakMap", "Proxy", "Reflect"), OBJECT),
    **dict.fromkeys(("Set", "WeakSet"), "Use an array and indexOf."),
    **dict.fromkeys(("ArrayBuffer", "DataView", "Uint8Array", "Int32Array"), ARRAY),
    **dict.fromkeys(("Promise", "setTimeout", "setInterval", "queueMicrotask"), NONE),
    "console": "Use logger.",
    "Symbol": "Use a text as the name.",
    "BigInt": "Use a number.",
    "Intl": "Write the format yourself.",
    "fetch": "Use httpClient.",
    "atob": "Use utils.base64.decode in a next-generation script.",
    "btoa": "Use utils.base64.encode in a next-generation script.",
    "structuredClone": "Use JSON.parse(JSON.stringify(value)).",
    "process": "Use systemEnv.",
}
STATICS = {
    ("Object", "entries"): "Use Object.keys(o).map(k => [k, o[k]]).",
    ("Object", "values"): "Use Object.keys(o).map(k => o[k]).",
    ("Object", "fromEntries"): "Use forEach, and set the members one by one.",
    ("Object", "hasOwn"): "Use o.hasOwnProperty(name).",
    ("Object", "setPrototypeOf"): "Use Object.create.",
    ("Object", "getOwnPropertyDescriptors"): "Use Object.getOwnPropertyDescriptor.",
}
METHODS = {
    "at": "Use list[list.length - 1] for the last one.",
    "findLast": "Use filter(...).pop().",
    "flat": "Use [].concat.apply([], list).",
    "flatMap": "Use [].concat.apply([], list.map(...)).",
    "matchAll": "Use exec in a loop, with the flag g.",
    "replaceAll": "Use split(a).join(b), or replace with the flag g.",
    "toReversed": "Use slice().reverse().",
    "toSorted": "Use slice().sort(...).",
}


def lacking(program: Node, scopes: Scopes) -> list[Finding]:
    """Warnings about what AM's engine has not, in the order of the source."""
    found = list(_globals(program, scopes)) + list(_members(program, scopes))
    findings = [
        _warning(
            node, "not-in-rhino", f"AM's JavaScript (Rhino 1.7.14) has no {what}.", fix
        )
        for node, what, fix in found
    ]
    findings += (
        _warning(
            node,
            "top-level-const",
            "A const outside of functions was seen to read back undefined in AM.",
            "Write var.",
        )
        for node in program.body
        if node.type == "VariableDeclaration" and node.kind == "const"
    )
    return sorted(findings, key=lambda one: (one.line, one.column))


def _globals(program: Node, scopes: Scopes) -> Iterator[tuple[Node, str, str]]:
    for node in program.walk():
        if node.type != "Identifier" or node.name not in GLOBALS:
            continue
        asked = node.parent is not None and node.parent.operator == "typeof"
        if is_name(node) and not asked and not scopes.kind(node):
            yield node, node.name, GLOBALS[node.name]


def _members(program: Node, scopes: Scopes) -> Iterator[tuple[Node, str, str]]:
    for node in program.walk():
        callee = node.callee
        if node.type != "CallExpression" or callee.type != "MemberExpression":
            continue
        if callee.computed:
            continue
        owner, name = callee.object, callee.property.name
        fix = STATICS.get((owner.name, name))
        if fix and not scopes.kind(owner):
            yield callee.property, f"{owner.name}.{name}", fix
        elif name in METHODS:
            yield callee.property, f"method {name}", METHODS[name]


def _warning(node: Node, code: str, message: str, fix: str) -> Finding:
    return Finding(
        code=code,
        severity="warning",
        line=node.line,
        column=node.column,
        message=message,
        fix=fix,
    )
