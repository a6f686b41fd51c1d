"""A script that tells which of its calls has failed, for the run after a failed one.

QuickJS places a failed call where its last argument stands, and says nothing of what
was called. So a script that failed runs once more, and each call and each reading of
a member goes through a function of rhino/parts/traced.js, which knows its place.
"""

import re

from workbench.sandbox.language.edits import Edits
from workbench.sandbox.language.places import is_strict
from workbench.sandbox.language.syntax import Node

COMMENT = re.compile(r"/\*.*?\*/|//[^\n\r\u2028\u2029]*", re.DOTALL)
MEMBER = re.compile(r"[\s)]*([.\[])[\s(]*")
CLOSING = re.compile(r"[\s)]*(\])")
ARGUMENTS = re.compile(r"[\s)]*(\()[\s(]*")


def trace(node: Node, edits: Edits) -> None:
    """Have a call, a construction or a reading of a member know its place."""
    if node.type == "CallExpression":
        _call(node, edits)
    elif node.type == "NewExpression":
        _new(node, edits)
    elif node.type == "MemberExpression" and _is_read(node):
        _read(node, edits)
    elif node.type == "AssignmentExpression" and node.operator == "=":
        _write(node, edits)


def _call(node: Node, edits: Edits) -> None:
    callee = node.callee
    opening = _arguments(node)
    if opening is None:
        return
    if callee.type == "MemberExpression":
        dot = _dot(callee)
        if callee.start != node.start or dot is None:
            return
        edits.insert(node.start, f"$rhino.call($rhino.method({_at(callee)}, ")
        _key(callee, dot, edits)
    elif callee.type == "Identifier" and _is_special(node):
        return
    else:
        edits.insert(node.start, f"$rhino.call($rhino.named({_named(callee)}, ")
    _list(node, opening, edits)


def _new(node: Node, edits: Edits) -> None:
    opening = _arguments(node)
    if (node.callee.name or "").endswith("Error"):
        edits.wrap(node.start, node.end, f"$rhino.made({node.start}, ", ")")
        return  # where an Error is made is its place
    if opening is None:
        return
    start = f"$rhino.make($rhino.maker({_named(node.callee)}, "
    edits.replace(node.start, node.start + len("new"), start)
    _list(node, opening, edits)


def _read(node: Node, edits: Edits) -> None:
    dot = _dot(node)
    if dot is not None:
        edits.insert(node.start, f"$rhino.read({_at(node)}, ")
        _key(node, dot, edits, ")")


def _write(node: Node, edits: Edits) -> None:
    target = node.left
    dot = _dot(target) if target.type == "MemberExpression" else None
    gap = _gap(node, target.end, node.right.start)
    equals = re.fullmatch(r"[\s)]*(=)[\s(]*", gap)
    plain = target.start == node.start and equals is not None
    if dot is None or equals is None or not plain or is_strict(target):
        return
    edits.wrap(node.start, node.end, f"$rhino.write({_at(target)}, ", ")")
    _key(target, dot, edits)
    at = target.end + equals.start(1)
    edits.replace(at, at + 1, ",")


# ---- What is put into the script ---------------------------------------------------


def _list(node: Node, opening: int, edits: Edits) -> None:
    """The arguments as a list."""
    edits.replace(opening, opening + 1, "), [")
    edits.replace(node.end - 1, node.end, "])")


def _key(member: Node, dot: int, edits: Edits, after: str = "") -> None:
    """The name of a member as a value: ``object, "name"`` or ``object, (key)``."""
    name = member.property
    if not member.computed:
        edits.replace(dot, dot + 1, ', "')
        edits.insert(name.end, f'"{after}')
        return
    closing = CLOSING.fullmatch(_gap(member, name.end, member.end))
    assert closing is not None, "a key ends with a bracket"
    edits.replace(dot, dot + 1, ", (")
    end = name.end + closing.start(1)
    edits.replace(end, end + 1, f"){after}")


def _at(member: Node) -> int:
    return int(member.property.start)


def _named(callee: Node) -> str:
    """Where what is called stands, and how it is called."""
    at = callee.property if callee.type == "MemberExpression" else callee
    name = at.name or callee.code.split("\n")[0][:40]
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{at.start}, "{quoted}"'


# ---- Where it can be put -----------------------------------------------------------


def _gap(node: Node, start: int, end: int) -> str:
    """The text between two parts, with blanks where there are comments."""
    text = node.text.slice(start, end)
    return COMMENT.sub(lambda found: " " * len(found[0]), text)


def _dot(member: Node) -> int | None:
    """Where the dot or the bracket of a member stands; None where it is escaped."""
    name, of = member.property, member.object
    if not member.computed and name.code != name.name:
        return None
    between = MEMBER.fullmatch(_gap(member, of.end, name.start))
    return None if between is None else int(of.end) + between.start(1)


def _arguments(call: Node) -> int | None:
    """Where the parenthesis before the arguments stands, if there is one."""
    given = call.arguments
    end = given[0].start if given else call.end - 1
    gap = _gap(call, call.callee.end, end)
    found = ARGUMENTS.fullmatch(gap)
    return None if found is None else int(call.callee.end) + found.start(1)


def _is_special(call: Node) -> bool:
    """Whether the name that is called means something: eval, or what with gives."""
    in_with = any(above.type == "WithStatement" for above in call.ancestors())
    name = call.callee.name
    return name == "eval" or name.endswith("Error") or in_with


def _is_read(member: Node) -> bool:
    above = member.parent
    if above is None:
        return False
    if above.type in ("AssignmentExpression", "ForInStatement"):
        return member is not above.left
    if above.type in ("UpdateExpression", "TaggedTemplateExpression", "ArrayPattern"):
        return False
    if above.type == "UnaryExpression" and above.operator == "delete":
        return False
    if above.type == "Property" and above.parent is not None:
        return above.parent.type != "ObjectPattern" or member is not above.value
    return above.type != "CallExpression" or member is not above.callee
