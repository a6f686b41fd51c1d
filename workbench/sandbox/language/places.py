"""Where a node stands in a script: what its place means for it in Rhino."""

import re

from workbench.sandbox.language.scopes import FUNCTIONS
from workbench.sandbox.language.syntax import Node

LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")  # as ECMAScript counts lines
FOR = ("ForStatement", "ForInStatement", "ForOfStatement")
LOOPS = (*FOR, "WhileStatement", "DoWhileStatement")


def lines_of(text: str) -> list[str]:
    """The lines of a script."""
    return LINE_END.split(text)


# ---- 'use strict' ---------------------------------------------------------------
# When a script compiles it holds for the function that says so and for none inside;
# when it runs, for those too.


def is_strict(node: Node) -> bool:
    """Whether a ``'use strict'`` is in force here when the script runs."""
    asked: list[Node] = []
    above: Node | None = node
    while above is not None and above.strict is None:
        asked.append(above)
        above = above.parent
    strict = above is not None and above.strict is True
    for each in reversed(asked):
        strict = each.strict = strict or _says_strict(each)
    return strict


def is_strictly_read(node: Node) -> bool:
    """Whether a ``'use strict'`` is in force here when the script compiles."""
    below = node
    for above in node.ancestors():
        if above.type in FUNCTIONS and below is above.body:
            return _says_strict(above)
        below = above
    return _says_strict(below)


def _says_strict(node: Node) -> bool:
    body = node.body
    if node.type in FUNCTIONS:
        body = body.body if body.type == "BlockStatement" else None
    elif node.type != "Program":
        return False
    for statement in body or ():
        if statement.directive is None:
            return False  # those come first
        if is_directive(statement):
            return True
    return False


def is_directive(statement: Node) -> bool:
    """Whether a statement is the directive ``'use strict'``."""
    directive = statement.directive is not None
    return directive and statement.expression.value == "use strict"


# ---- Names, functions, loops -----------------------------------------------------


def is_write(node: Node) -> bool:
    """Whether an identifier is assigned to, other than where it is declared."""
    above = node.parent
    if node.type != "Identifier" or above is None:
        return False
    if above.type in ("AssignmentExpression", "ForInStatement"):
        return node is above.left
    if above.type == "UpdateExpression":
        return True
    return _is_pattern_target(node) and not _declares(node)


def _is_pattern_target(node: Node) -> bool:
    above = node.parent
    if above is None:
        return False
    if above.type == "Property" and above.parent is not None:
        return above.parent.type == "ObjectPattern" and node is above.value
    return above.type == "ArrayPattern"


def _declares(node: Node) -> bool:
    """Whether the pattern around a node is one of a var, const or parameter."""
    below = node
    for above in node.ancestors():
        if above.type == "VariableDeclarator":
            return below is above.id
        if above.type in FUNCTIONS:
            return below in above.params
        if not above.type.endswith("Pattern") and above.type != "Property":
            return False
        below = above
    return False


def is_name(node: Node) -> bool:
    """Whether an identifier names a variable or label, not a member."""
    above = node.parent
    if above is not None and above.type == "MemberExpression":
        return node is above.object or bool(above.computed)
    return above is None or above.type != "Property" or node is above.value


def is_block_function(node: Node) -> bool:
    """Whether it is a function statement within a block: Rhino sets it there only."""
    above = node.parent
    if node.type != "FunctionDeclaration" or node.id is None or above is None:
        return False
    if above.type == "BlockStatement" and above.parent is not None:
        return above.parent.type not in FUNCTIONS
    return above.type != "Program"


def in_loop(node: Node) -> bool:
    """Whether it may run more than once in one call of its function."""
    for above in node.ancestors():
        if above.type in FUNCTIONS:
            return False
        if above.type in LOOPS:
            return True
    return False
