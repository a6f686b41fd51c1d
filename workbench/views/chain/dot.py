"""A chain in the DOT language, with every label escaped."""

import textwrap
from dataclasses import replace
from html import escape as quoted
from itertools import pairwise
from typing import Any

from workbench.views.chain import picture as parts
from workbench.views.chain.picture import Edge, Holder, Picture
from workbench.views.page.inline_svg import LEADING
from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    REFUSED,
    RESOURCE_SERVER,
    SUBJECT,
    Role,
)
from workbench.views.page.style import FONT, INK

ROLES: dict[str, Role] = {
    parts.SUBJECT: SUBJECT,
    parts.ITSELF: SUBJECT,
    parts.CURRENT: ACTOR,
    parts.EARLIER: ACTOR,
    parts.ALLOWED: ACTOR,
    parts.ACTING: CLIENT,
    parts.EXCHANGER: CLIENT,
    parts.RESOURCE: RESOURCE_SERVER,
    parts.REFUSED: REFUSED,
}
"""What each one in a chain is, wherever else that is shown."""

ACROSS, DOWN = 0, 1
"""Columns of a chain in one row, and of one in one column."""

_DASHED = (parts.EARLIER, parts.ALLOWED, parts.EXCHANGER, parts.REFUSED)
_TINT = "1f"
"""How much of a role's colour is behind text: so little that any text is read."""
_MARGINS = {SUBJECT: (0.2, 0.06), ACTOR: (0.23, 0.06), RESOURCE_SERVER: (0.16, 0.12)}
"""Inches between the text and the outline, where that is no box."""
_LONG = 20
"""Characters of a name."""
_LINE = 24
"""Characters of a line beside an edge."""


def chain_dot(what: Picture, columns: int = ACROSS) -> str:
    """The chain as a digraph.

    Args:
        what: The chain.
        columns: How many nodes stand side by side before the next row begins: the
            rows go to and fro, as a snake does. ``ACROSS``: all in one row.
    """
    import graphviz

    what = _told_inside(what) if columns == DOWN else what
    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": "TB" if columns else "LR",
            "bgcolor": "transparent",
            "nodesep": "0.3",
            "ranksep": "0.3",
            "pad": "0.06,0.3" if columns > DOWN else "0.06",
        },
        node_attr={"shape": "box", "fontname": FONT, "fontsize": "10"},
        edge_attr={"fontname": FONT, "fontsize": "10", "arrowsize": "0.7"},
    )
    rows = _rows(what, columns)
    for index, node in enumerate(what.nodes):
        graph.node(f"n{index}", _node_label(node), **_node_style(node))
    for edge in what.edges:
        _add(graph, edge, rows)
    if columns:
        beside = range(len(what.path) - (columns == DOWN), len(what.nodes))
        for above, below in pairwise(beside):  # and not side by side
            graph.edge(f"n{above}", f"n{below}", style="invis")
    for row in rows:
        with graph.subgraph(graph_attr={"rank": "same"}) as same:
            for index in row:
                same.node(f"n{index}")
    return str(graph.source)


def _told_inside(what: Picture) -> Picture:
    """The same, where there is no room beside an edge for why somebody was refused."""
    nodes = list(what.nodes)
    for edge in what.edges:
        if edge.refused:
            node = nodes[edge.target]
            nodes[edge.target] = replace(node, notes=(*node.notes, *_wrap(edge.label)))
    edges = (replace(each, label=()) if each.refused else each for each in what.edges)
    return replace(what, nodes=tuple(nodes), edges=tuple(edges))


def _wrap(lines: tuple[str, ...]) -> list[str]:
    return [each for line in lines for each in textwrap.wrap(line, _LINE)]


def _rows(what: Picture, columns: int) -> list[list[int]]:
    """The nodes of each row from left to right; none where Graphviz places them."""
    if columns in (ACROSS, DOWN):
        return []
    path = what.path
    rows = [list(path[at : at + columns]) for at in range(0, len(path), columns)]
    return [row[::-1] if number % 2 else row for number, row in enumerate(rows)]


def _add(graph: Any, edge: Edge, rows: list[list[int]]) -> None:
    """An edge; in a row that goes from right to left, the head comes first."""
    label, style = _edge_label(edge.label), _edge_style(edge)
    source, target = f"n{edge.source}", f"n{edge.target}"
    back = any(
        edge.source in row
        and edge.target in row
        and row.index(edge.target) < row.index(edge.source)
        for row in rows
    )
    if back:
        tail = style.pop("arrowhead", "normal")
        graph.edge(target, source, label, dir="back", arrowtail=tail, **style)
    else:
        graph.edge(source, target, label, **style)


def _node_label(node: Holder) -> str:
    return f"<{'<BR/>'.join(_node_lines(node))}>"


def _node_lines(node: Holder) -> list[str]:
    """One run of text a line, so that any font can be centred."""
    role = ROLES[node.role]
    said = f"{role.sign} {quoted(node.role)}"
    said = f"<B>{said}</B>" if node.role in (parts.CURRENT, node.name) else said
    lines = [
        f"<B>{quoted(node.name)}</B>" if node.name != node.role else "",
        f'<FONT COLOR="{role.light}">{said}</FONT>',
        quoted(node.kind),
        *map(quoted, node.notes),
    ]
    return [line for line in lines if line]


def _node_style(node: Holder) -> dict[str, str]:
    role = ROLES[node.role]
    across, down = _MARGINS.get(role, (0.17, 0.06))
    style = {
        "class": role.name,
        "style": "filled,dashed" if node.role in _DASHED else "filled",
        "fillcolor": f"{role.light}{_TINT}",
        "fontcolor": INK,
        "color": role.light,
        "margin": f"{across},{down + LEADING * len(_node_lines(node)) / 144:.3f}",
    }
    if node.role == parts.CURRENT:
        style["penwidth"] = "2.6"
    if len(node.name) > _LONG:  # the reader's font may be a wide one
        style["width"] = f"{len(node.name) / 10:.1f}"
    return style


def _edge_label(lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    inner = "<BR/>".join(map(quoted, _wrap(lines)))
    # The cell keeps the text off the line.
    table = '<TABLE BORDER="0" CELLPADDING="4">'
    return f"<{table}<TR><TD>{inner}</TD></TR></TABLE>>"


def _edge_style(edge: Edge) -> dict[str, str]:
    style = {"color": INK, "fontcolor": INK}
    if edge.refused:
        return style | {"color": REFUSED.light, "style": "dashed", "arrowhead": "tee"}
    return style | {"style": "dashed", "arrowhead": "vee"} if edge.allowed else style
