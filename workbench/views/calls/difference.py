"""Two calls side by side: what differs, and below it what does not."""

from collections.abc import Iterable
from typing import Any, Protocol

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.card import folded
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import columns, disclosed_value, inline, visible_text

ABSENT = "—"
SYMBOLS = {"kept": "=", "changed": "≠", "added": "+", "dropped": "-"}


class DifferingLike(Protocol):
    """One thing in two calls."""

    @property
    def side(self) -> str:
        """``request`` or ``answer``."""

    @property
    def part(self) -> str:
        """What kind of thing it is."""

    @property
    def name(self) -> str:
        """Its name, or ""."""

    @property
    def first(self) -> Any:
        """In the first call; None where it is absent."""

    @property
    def second(self) -> Any:
        """In the second call."""

    @property
    def change(self) -> str:
        """What became of it."""


class DifferenceLike(Protocol):
    """Two calls beside each other."""

    @property
    def first(self) -> str:
        """What the first is called."""

    @property
    def second(self) -> str:
        """What the second is called."""

    @property
    def rows(self) -> Iterable[DifferingLike]:
        """All that either has."""


def difference_html(difference: DifferenceLike) -> str:
    """What differs, as a table; the rest is folded."""
    other, same = _parted(difference)
    header = ("What", f"Call {difference.first}", f"Call {difference.second}", "Change")
    caption = f"Calls {difference.first} and {difference.second}"
    rows = [
        (_what(row), _cell(row, row.first), _cell(row, row.second), _change(row))
        for row in other
    ]
    widths = (25, 29, 29, 17)
    shown = table(header, rows, caption=caption, widths=widths) if rows else ""
    alike = table(
        ("What", "In both"),
        [(_what(row), _cell(row, row.first)) for row in same],
        label="The same in both",
        widths=(25, 75),
    )
    rest = folded(f"{counted(len(same), 'thing')} the same in both", alike)
    said = "" if rows else f"<p>{escape(_nothing(difference))}</p>"
    return page(f"{shown}{said}{rest}")


def difference_text(difference: DifferenceLike) -> str:
    """The same as text, without the values that both have."""
    other, same = _parted(difference)
    header = ("What", f"Call {difference.first}", f"Call {difference.second}", "Change")
    rows = [
        (_what(row), _text(row, row.first), _text(row, row.second), _change(row))
        for row in other
    ]
    told = columns([header, *rows]) if rows else _nothing(difference)
    alike = ", ".join(visible_text(_what(row)) for row in same)
    return f"{told}\nThe same in both: {alike}."


def _parted(
    difference: DifferenceLike,
) -> tuple[list[DifferingLike], list[DifferingLike]]:
    rows = list(difference.rows)
    other = [row for row in rows if row.change != "kept"]
    return other, [row for row in rows if row.change == "kept"]


def _nothing(difference: DifferenceLike) -> str:
    return f"Calls {difference.first} and {difference.second} are the same."


def _what(row: DifferingLike) -> str:
    if not row.name:
        return f"{row.side}: {row.part}"
    of = f" {row.part}" if row.part == "header" else ""
    return f"{row.side}{of}: {row.name}"


def _cell(row: DifferingLike, value: Any) -> Markup:
    return Markup(ABSENT) if value is None else code(_text(row, value))


def _text(row: DifferingLike, value: Any) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, list):
        return ", ".join(inline(disclosed_value(row.name, each)) for each in value)
    return inline(disclosed_value(row.name, value))


def _change(row: DifferingLike) -> str:
    return f"{SYMBOLS[row.change]} {row.change}"
