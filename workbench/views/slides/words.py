"""Words on a slide, which has no engine that would set them: lines, and boxes."""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.views.page.html import escape
from workbench.views.page.plain import set_lines
from workbench.views.page.roles import Role
from workbench.views.page.shapes import Box, outline

_WIDE = 0.5
"""How wide a character is at most on average, as a share of its height."""
_LEADING = 1.3


def wrapped(text: str, size: int, room: float) -> list[str]:
    """Text as lines that have room; what has no blank is broken where it must be."""
    return set_lines(text, int(room / (size * _WIDE)))


def cut(text: str, size: int, room: float, most: int) -> list[str]:
    """The same in so many lines at most; the last ends in an ellipsis then."""
    found = wrapped(text, size, room)
    if len(found) <= most:
        return found
    last = found[most - 1][: int(room / (size * _WIDE)) - 1]
    return [*found[: most - 1], f"{last}…"]


def lines(
    x: float,
    y: float,
    size: int,
    texts: Iterable[str],
    *,
    role: Role | None = None,
    weight: bool = False,
    middle: bool = False,
) -> Markup:
    """Lines of text from a baseline on.

    Args:
        x: Where they begin; where their middle is, with ``middle``.
        y: The baseline of the first.
        size: How high the letters are.
        texts: The lines.
        role: Whose colour they have; that of all text by default.
        weight: Whether they are bold.
        middle: Whether they are centred.
    """
    colour = f' fill="{role.colour}"' if role else ""
    bold = ' font-weight="bold"' if weight else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return Markup("").join(
        Markup(
            f'<text x="{x:g}" y="{y + size * _LEADING * number:g}" '
            f'font-size="{size}"{anchor}{bold}{colour}>{escape(text)}</text>'
        )
        for number, text in enumerate(texts)
    )


def shape(role: Role, box: Box, *, strong: bool = False) -> Markup:
    """A role's outline, with so little colour inside that any text can be read."""
    return Markup(
        f'<path d="{outline(role.name, box)}" fill="{role.colour}" '
        f'fill-opacity=".12" stroke="{role.colour}" '
        f'stroke-width="{4 if strong else 2}"/>'
    )
