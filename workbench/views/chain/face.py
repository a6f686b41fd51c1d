"""The chain of subject and actors as a picture and as text."""

from collections.abc import Sequence

from markupsafe import Markup

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain import picture as roles
from workbench.views.chain.drawings import drawings, fitted
from workbench.views.chain.picture import Edge, Holder, Picture, picture
from workbench.views.chain.refused import Attempt, with_attempts
from workbench.views.chain.summary import summary
from workbench.views.page.html import block, escape, page
from workbench.views.page.plain import shorten, visible_text
from workbench.views.tokens.brief import brief_line, brief_text

NOTHING = "There is no token yet."
NOT_DRAWN = "The picture could not be drawn here; this is the same as text."
MOST_LINES = 6
"""How many tokens get a line."""

Tokens = Sequence[Inspection]
Attempts = Sequence[Attempt]


def chain_html(
    tokens: Tokens, *, title: str = "", attempts: Attempts = (), lines: bool = False
) -> str:
    """Who hands which token to whom, drawn; as text where it cannot be drawn.

    Args:
        tokens: The tokens seen so far, in order of issue.
        title: A heading.
        attempts: Exchanges that were refused, drawn as dashed lines.
        lines: Whether a line on each of the latest tokens follows.
    """
    heading = f"<p><b>{escape(title)}</b></p>" if title else ""
    if not tokens:
        return page(f"{heading}<p>{NOTHING}</p>")
    found = chain_drawings(tokens, title=title, attempts=attempts)
    if not found:
        text = block(chain_text(tokens, attempts=attempts))
        return page(f"{heading}<p>{NOT_DRAWN}</p>{text}")
    below = token_lines(tokens) if lines else ""
    return page(f"{heading}{fitted(found)}{chain_caption(tokens, attempts)}{below}")


def token_lines(tokens: Tokens) -> Markup:
    """The latest tokens, a line each."""
    return Markup("").join(brief_line(each, title) for each, title in _latest(tokens))


def token_lines_text(tokens: Tokens) -> str:
    """The same as text."""
    return "\n".join(brief_text(each, title) for each, title in _latest(tokens))


def _latest(tokens: Tokens) -> list[tuple[Inspection, str]]:
    titled = [(each, token_title(each, at)) for at, each in enumerate(tokens)]
    return titled[-MOST_LINES:]


def token_title(token: Inspection, index: int) -> str:
    """Its number, and what it is called where that says more.

    Args:
        token: The token.
        index: Its place among the tokens; people count from one.
    """
    number = f"token {index + 1}"
    return number if token.label == number else f"{number}: {token.label}"


def chain_caption(tokens: Tokens, attempts: Attempts = ()) -> Markup:
    """The sentences below the picture."""
    what = picture(tokens)
    said = [_summary(what, attempts), *what.remarks, *pasted_notes(tokens)]
    return Markup(f"<p><small>{'<br>'.join(map(escape, said))}</small></p>")


def _summary(what: Picture, attempts: Attempts) -> str:
    """Who acts, who may, and who was refused."""
    refused = dict.fromkeys(shorten(each.client, 28) for each in attempts)
    return " ".join([summary(what), *(f"{each} was refused." for each in refused)])


def pasted_notes(tokens: Tokens) -> list[str]:
    """What was taken off of what a person pasted, and what that looks like."""
    return [f"{each.label}: {note}" for each in tokens for note in each.notes]


def chain_drawings(
    tokens: Tokens, *, title: str = "", attempts: Attempts = (), parts: bool = False
) -> list[Markup]:
    """The picture alone, drawn for wide pages and narrow ones, the widest first.

    Args:
        tokens: The tokens seen so far, in order of issue.
        title: A heading, for those who do not see it.
        attempts: Exchanges that were refused.
        parts: Whether nodes and edges keep a name; see :func:`draw.svg`.
    """
    what = picture(tokens)
    said = _summary(what, attempts)
    label = f"{title}: {said}" if title else said
    return drawings(with_attempts(what, attempts), label=label, parts=parts)


def chain_svg(
    tokens: Tokens, *, title: str = "", attempts: Attempts = (), parts: bool = False
) -> Markup | None:
    """The widest of these drawings, or None where it cannot be drawn."""
    found = chain_drawings(tokens, title=title, attempts=attempts, parts=parts)
    return found[0] if found else None


def chain_text(tokens: Tokens, *, attempts: Attempts = ()) -> str:
    """Who is who, and which token goes from whom to whom."""
    what = with_attempts(picture(tokens), attempts)
    if not what.nodes:
        return NOTHING
    lines = [node_text(node) for node in what.nodes]
    lines += ["", *(edge_text(edge, what) for edge in what.edges), *what.remarks]
    lines += map(visible_text, pasted_notes(tokens))
    return "\n".join(lines)


def node_text(node: Holder) -> str:
    """Somebody in one line; the current actor has a mark."""
    known = f" ({node.kind})" if node.kind else ""
    role = "" if node.role == node.name else f": {node.role}"
    notes = f"; {'; '.join(node.notes)}" if node.notes else ""
    mark = "►" if node.role == roles.CURRENT else " "
    return f"{mark} {node.name}{known}{role}{notes}"


def edge_text(edge: Edge, what: Picture) -> str:
    """A token on its way, a permission or a refusal in one line."""
    arrow = "╌╌>" if edge.allowed else "╌╌✗" if edge.refused else "──>"
    label = f"  {' '.join(edge.label)}" if edge.label else ""
    return (
        f"{what.nodes[edge.source].name} {arrow} {what.nodes[edge.target].name}{label}"
    )
