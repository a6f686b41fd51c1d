"""What is said first stands on a card, and the rest is folded: one click away."""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.views.page.html import escape
from workbench.views.page.roles import Role


def card(role: Role | None, title: str, inner: str = "") -> Markup:
    """A card in a role's colour.

    Args:
        role: Whose colour the edge has; None: that of the text.
        title: What matters most, as text or as :class:`markupsafe.Markup`.
        inner: HTML that is escaped already.
    """
    name = f" wb-{role.name}" if role else ""
    head = f'<p class="wb-title">{escape(title)}</p>'
    return Markup(f'<div class="wb-card{name}">{head}{inner}</div>')


def folded(summary: str, inner: str, *, shut: bool = True) -> Markup:
    """What one opens to read, with a line that says what is inside.

    Args:
        summary: The line, as text or as :class:`markupsafe.Markup`.
        inner: HTML that is escaped already.
        shut: Whether it is closed at first.
    """
    state = "" if shut else " open"
    return Markup(
        f"<details{state}><summary>{escape(summary)}</summary>{inner}</details>"
    )


def facts(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Words and what belongs to each, side by side."""
    rows = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in pairs)
    return Markup(f"<dl>{rows}</dl>")
