"""The parts of a chain's picture, for a page in which one can point at them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import edge_text, node_text, token_title
from workbench.views.chain.picture import Edge, Holder, Picture, picture
from workbench.views.chain.refused import Attempt, with_attempts
from workbench.views.page.html import escape
from workbench.views.tokens.brief import brief_html


@dataclass(frozen=True, slots=True)
class Part:
    """A node or an edge.

    Attributes:
        name: As the picture names it, such as ``n0`` or ``e1``.
        label: What it is, for those who do not see it.
        html: What is shown of it, in a page that has the style of the picture.
        token: The token that it stands for, by index, or None.
    """

    name: str
    label: str
    html: str
    token: int | None = None


def chain_parts(
    tokens: Sequence[Inspection], attempts: Sequence[Attempt] = ()
) -> list[Part]:
    """The parts in the order in which one walks along the chain."""
    what = with_attempts(picture(tokens), attempts)
    found = []
    for index, node in enumerate(what.nodes):
        found.append(_node(index, node, tokens))
        found += _edges_from(index, what, tokens)
    return found


def _edges_from(
    source: int, what: Picture, tokens: Sequence[Inspection]
) -> Iterator[Part]:
    for number, edge in enumerate(what.edges, start=1):
        if edge.source == source:
            yield _edge(number, edge, what, tokens)


def _node(index: int, node: Holder, tokens: Sequence[Inspection]) -> Part:
    text = node_text(node).strip(" ")
    shown = f"<p><b>{escape(text)}</b></p>"
    shown += "".join(token_card(tokens[own], own) for own in node.own)
    token = node.own[0] if node.own else None
    return Part(f"n{index}", text, _shown(shown), token)


def _edge(number: int, edge: Edge, what: Picture, tokens: Sequence[Inspection]) -> Part:
    text = edge_text(edge, what).replace("──>", "to").replace("╌╌>", "to")
    text = text.replace("╌╌✗", "to")
    shown = (
        Markup("") if edge.token is None else token_card(tokens[edge.token], edge.token)
    )
    html = _shown(shown or f"<p>{escape(text)}</p>")
    return Part(f"e{number}", text, html, edge.token)


def _shown(inner: str) -> str:
    return f'<div class="wb">{inner}</div>'


def token_card(token: Inspection, index: int) -> Markup:
    """A token in a few lines: whom it is about, who acts, and how long it lasts.

    Args:
        token: The token.
        index: Its place among the tokens; people count from one.
    """
    return brief_html(token, token_title(token, index))
