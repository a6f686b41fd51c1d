"""The parts of a chain's picture, for a page in which one can point at them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import edge_text, node_text
from workbench.views.chain.picture import Edge, Holder, Picture, picture
from workbench.views.chain.refused import Attempt, with_attempts
from workbench.views.page.dates import read_date
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import inline
from workbench.views.tokens.claims import act_of, facts, scope_of
from workbench.views.tokens.token import time_left

_SHOWN = ("sub", "client_id", "aud")


@dataclass(frozen=True, slots=True)
class Part:
    """A node or an edge.

    Attributes:
        name: As the picture names it, such as ``n0`` or ``e1``.
        label: What it is, for those who do not see it.
        html: What is shown of it.
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
    return Part(f"n{index}", text, page(shown), token)


def _edge(number: int, edge: Edge, what: Picture, tokens: Sequence[Inspection]) -> Part:
    text = edge_text(edge, what).replace("──>", "to").replace("╌╌>", "to")
    text = text.replace("╌╌✗", "to")
    shown = (
        Markup("") if edge.token is None else token_card(tokens[edge.token], edge.token)
    )
    return Part(f"e{number}", text, page(shown or f"<p>{escape(text)}</p>"), edge.token)


def token_card(token: Inspection, index: int) -> Markup:
    """A token in a few lines: whom it is about, who acts, and how long it lasts.

    Args:
        token: The token.
        index: Its place among the tokens; people count from one.
    """
    number = f"token {index + 1}"
    label = "" if token.label == number else f": {token.label}"
    title = f"{number}{label}, {token.state}"
    rows = [(name, code(inline(value))) for name, value in _facts(token).items()]
    return table(("Claim", "Value"), rows, caption=title)


def _facts(token: Inspection) -> Mapping[str, object]:
    known = facts(token)
    shown: dict[str, object] = {n: known[n] for n in _SHOWN if n in known}
    for name, value in (("act", act_of(token)), ("may_act", known.get("may_act"))):
        if value is not None:
            shown[name] = value
    shown["scope"] = scope_of(token) or "none"
    if "exp" in known:
        left = time_left("exp", known["exp"], token.now)
        date = read_date(known["exp"]).text
        shown["exp"] = f"{date}; {left}" if left else date
    return shown
