"""A chain in the DOT language, with every label escaped."""

from html import escape as quoted

from workbench.views.chain import picture as roles
from workbench.views.chain.picture import Edge, Holder, Picture
from workbench.views.page.style import FONT, INK

_FILLS = {
    roles.SUBJECT: "#dbeafe",
    roles.ITSELF: "#dbeafe",
    roles.CURRENT: "#fde68a",
    roles.EARLIER: "#f1f5f9",
    roles.ACTING: "#fbcfe8",
    roles.ALLOWED: "#f1f5f9",
    roles.EXCHANGER: "#f1f5f9",
    roles.RESOURCE: "#dcfce7",
    roles.REFUSED: "#fee2e2",
}
_DASHED = (roles.EARLIER, roles.ALLOWED, roles.EXCHANGER, roles.REFUSED)
_REFUSED = "#dc2626"
"""A line that is seen on white and on black; its words have the text's colour."""
_TEXT, _BORDER = "#1f2937", "#475569"
_WIDEST = 4
"""Nodes side by side; more are drawn from top to bottom."""
_LONG = 20
"""Characters of a name."""


def chain_dot(what: Picture) -> str:
    """Left to right while that stays legible, else from top to bottom."""
    import graphviz

    wide = len(what.nodes) <= _WIDEST
    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR" if wide else "TB",
            "bgcolor": "transparent",
            "nodesep": "0.35",
            "ranksep": "0.35" if wide else "0.28",
            "pad": "0.06",
        },
        node_attr={"shape": "box", "fontname": FONT, "fontsize": "10"},
        edge_attr={"fontname": FONT, "fontsize": "9", "arrowsize": "0.7"},
    )
    for index, node in enumerate(what.nodes):
        label = _node_label(node)
        graph.node(f"n{index}", label, **_node_style(node.role), **_room(node.name))
    for edge in what.edges:
        label = _edge_label(edge.label, wide=wide)
        ends = (f"n{edge.source}", f"n{edge.target}")
        graph.edge(*ends, label, **_edge_style(edge))
    return str(graph.source)


def _node_label(node: Holder) -> str:
    """One run of text a line, so that any font can be centred."""
    words = [quoted(node.kind)] if node.kind else []
    if node.role == roles.CURRENT:
        words.append(f"<B>{quoted(node.role)}</B>")
    elif node.role != node.name:
        words.append(f"<I>{quoted(node.role)}</I>")
    lines = [f"<B>{quoted(node.name)}</B>", *words, *map(quoted, node.notes)]
    return f"<{'<BR/>'.join(filter(None, lines))}>"


def _node_style(role: str) -> dict[str, str]:
    style = {
        "style": "filled,rounded",
        "fillcolor": _FILLS[role],
        "fontcolor": _TEXT,
        "color": _BORDER,
        "margin": "0.2,0.07",
    }
    if role == roles.CURRENT:
        style |= {"peripheries": "2", "penwidth": "2.4", "color": "#92400e"}
    if role in _DASHED:
        style["style"] += ",dashed"
    return style


def _room(name: str) -> dict[str, str]:
    """Inches that a long name has at least: the reader's font may be a wide one."""
    return {"width": f"{len(name) / 10:.1f}"} if len(name) > _LONG else {}


def _edge_label(lines: tuple[str, ...], *, wide: bool) -> str:
    if not lines:
        return ""
    inner = ("<BR/>" if wide else " ").join(map(quoted, lines))
    # The cell keeps the text off the line.
    table = '<TABLE BORDER="0" CELLPADDING="4">'
    return f"<{table}<TR><TD>{inner}</TD></TR></TABLE>>"


def _edge_style(edge: Edge) -> dict[str, str]:
    style = {"color": INK, "fontcolor": INK}
    if edge.refused:
        return style | {"color": _REFUSED, "style": "dashed", "arrowhead": "tee"}
    return style | {"style": "dashed", "arrowhead": "vee"} if edge.allowed else style
