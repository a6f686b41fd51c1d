"""The chain of subject and actors as a picture and as text."""

from collections.abc import Sequence

from workbench.am.inspection import Inspection
from workbench.views import chain_picture as roles
from workbench.views.chain_dot import chain_dot
from workbench.views.chain_picture import Edge, Node, Picture, picture
from workbench.views.chain_summary import summary
from workbench.views.draw import svg
from workbench.views.html import Markup, block, escape, page

NOTHING = "There is no token yet."
NOT_DRAWN = "The picture could not be drawn here; this is the same as text."


def chain_html(tokens: Sequence[Inspection], *, title: str = "") -> str:
    """Who hands which token to whom, drawn; as text where it cannot be drawn.

    Args:
        tokens: The tokens seen so far, in order of issue.
        title: A heading.
    """
    heading = f"<p><b>{escape(title)}</b></p>" if title else ""
    if not tokens:
        return page(f"{heading}<p>{NOTHING}</p>")
    drawing = chain_svg(tokens, title=title)
    if drawing is None:
        return page(f"{heading}<p>{NOT_DRAWN}</p>{block(chain_text(tokens))}")
    remarks = "".join(f"<br>{escape(each)}" for each in picture(tokens).remarks)
    below = f"<p><small>{escape(summary(picture(tokens)))}{remarks}</small></p>"
    return page(f"{heading}{drawing}{below}")


def chain_svg(tokens: Sequence[Inspection], *, title: str = "") -> Markup | None:
    """The picture alone, or None where it cannot be drawn."""
    what = picture(tokens)
    label = f"{title}: {summary(what)}" if title else summary(what)
    return svg(chain_dot(what), label=label)


def chain_text(tokens: Sequence[Inspection]) -> str:
    """Who is who, and which token goes from whom to whom."""
    what = picture(tokens)
    if not what.nodes:
        return NOTHING
    lines = [_node_text(node) for node in what.nodes]
    lines += ["", *(_edge_text(edge, what) for edge in what.edges), *what.remarks]
    return "\n".join(lines)


def _node_text(node: Node) -> str:
    known = f" ({node.kind})" if node.kind else ""
    role = "" if node.role == node.name else f": {node.role}"
    notes = f"; {'; '.join(node.notes)}" if node.notes else ""
    mark = "►" if node.role == roles.CURRENT else " "
    return f"{mark} {node.name}{known}{role}{notes}"


def _edge_text(edge: Edge, what: Picture) -> str:
    arrow = "╌╌>" if edge.allowed else "──>"
    label = f"  {' '.join(edge.label)}" if edge.label else ""
    return (
        f"{what.nodes[edge.source].name} {arrow} {what.nodes[edge.target].name}{label}"
    )
