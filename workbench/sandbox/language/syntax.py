"""A script as a tree, the way Rhino 1.7.14 reads it at language version 0.

The parser is acorn, which is ECMAScript's best kept one and made to be extended:
parser.js teaches it Rhino's grammar. It runs in the worker, because a parser of
untrusted text can be made to loop and to run out of stack. tree-sitter was the
other candidate; its trees of Rhino's own syntax are guesses of its error recovery.

Node types and members are those of ESTree (https://github.com/estree/estree), and:
``ForInStatement.each`` is true for ``for each``; ``TryStatement.handlers`` is a list
and ``CatchClause.guard`` the condition of ``catch (e if …)``.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from workbench.am.scripts.finding import NOT_EMULATED, Finding

START = attrgetter("start")
LINE_ENDS = ("\r\n", "\n", "\r", "\u2028", "\u2029")


class Text:
    """A source addressed as the parser does: by UTF-16 units from 0."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._units = source.encode("utf-16-le", "surrogatepass")
        self._plain = len(self._units) == 2 * len(source)  # units are characters
        self._starts = [0, *line_starts(source)]
        self._seconds = [] if self._plain else _second_units(source)

    @property
    def length(self) -> int:
        """How many units there are."""
        return len(self._units) // 2

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets."""
        if self._plain:
            return self.source[start:end]
        units = self._units[2 * start : 2 * end]
        return units.decode("utf-16-le", "surrogatepass")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in characters."""
        at = offset - bisect_left(self._seconds, offset)
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def _second_units(source: str) -> list[int]:
    """The offsets at which the second unit of a character of two stands."""
    found: list[int] = []
    for at, character in enumerate(source):
        if character > "\uffff":
            found.append(at + len(found) + 1)
    return found


def line_starts(source: str) -> Iterator[int]:
    """The offsets at which the second and all following lines start."""
    at = 0
    for line in source.splitlines(keepends=True):  # also splits where we must not
        at += len(line)
        if line.endswith(LINE_ENDS):
            yield at


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """One node; its members are read as attributes: ``node.callee.name``.

    A member that is a node, a list of nodes (None for a hole) or a scalar comes
    as such; one that the node does not have is None.
    """

    type: str
    start: int
    end: int
    parent: "Node | None"
    members: dict[str, Any]
    text: Text
    nodes: list["Node"] = field(default_factory=list)  # below it, as in the source
    order: list["Node"] = field(default_factory=list)  # all of the tree, likewise
    first: int = 0  # its place there
    past: int = 0  # and that of the first one that is not below it
    strict: bool | None = None  # where places.py has asked for it

    def __getattr__(self, name: str) -> Any:
        value = self.members.get(name)
        if value is None and name.startswith("__"):
            raise AttributeError(name)
        return value

    def __repr__(self) -> str:
        return f"<{self.type} {self.line}:{self.column} {self.code[:40]!r}>"

    @property
    def line(self) -> int:
        """The line it starts on, from 1."""
        return self.text.place(self.start)[0]

    @property
    def column(self) -> int:
        """The column it starts at, from 1."""
        return self.text.place(self.start)[1]

    @property
    def code(self) -> str:
        """Its source."""
        return self.text.slice(self.start, self.end)

    def walk(self) -> Iterator["Node"]:
        """It and all below it, in the order of the source."""
        return iter(self.order[self.first : self.past])

    def ancestors(self) -> Iterator["Node"]:
        """Its parent, the parent's parent and so on up to the program."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def read_tree(source: str, report: str) -> Node | Finding:
    """The tree that parser.js has reported, or why there is none.

    Raises:
        ValueError, LookupError, TypeError: The report is not parser.js's.
    """
    answer = json.loads(report)
    text = Text(source)
    if "fault" in answer:
        return _finding(text, **answer["fault"])
    nodes: list[Node] = []
    for kind, start, end, parent, key, index, members, lists in answer["nodes"]:
        for name, length in lists.items():
            members[name] = [None] * length
        above = nodes[parent] if parent >= 0 else None
        node = Node(kind, start, end, above, members, text)
        nodes.append(node)
        if above is None:
            continue
        above.nodes.append(node)
        if index >= 0:
            above.members[key][index] = node
        else:
            above.members[key] = node
    _put_in_order(nodes[0])
    return nodes[0]


def _put_in_order(tree: Node) -> None:
    """Have each node know where it stands among all of the tree."""
    order: list[Node] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        node.order, node.first, node.past = order, len(order), len(order) + 1
        order.append(node)
        if len(node.nodes) > 1:
            node.nodes.sort(key=START)
        waiting += reversed(node.nodes)
    for node in reversed(order):
        if node.parent is not None:
            node.parent.past = max(node.parent.past, node.past)


def _finding(text: Text, code: str, message: str, at: int) -> Finding:
    line, column = text.place(at)
    if code == NOT_EMULATED:
        return not_emulated(message, line, column)
    return Finding(
        code=code,
        severity="error",
        line=line,
        column=column,
        message=f"{message}: AM cannot compile this.",
        fix="Use only the flags g, i and m."
        if code == "regexp-flag"
        else "Correct what stands here or just before it.",
    )


def not_emulated(construct: str, line: int, column: int) -> Finding:
    """The finding for what AM runs and this workbench cannot."""
    return Finding(
        code=NOT_EMULATED,
        severity="error",
        line=line,
        column=column,
        message=f"Not emulated: {construct}. AM runs it, QuickJS does not.",
        fix='Write it without, or run it in AM\'s engine: Workbench(engine="rhino").',
    )
