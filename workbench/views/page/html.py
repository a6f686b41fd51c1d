"""What the HTML faces share: escaping, one small style block, tables."""

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from workbench.views.page.plain import visible_text
from workbench.views.page.style import style

_LONG = 28
_BREAKS = re.compile(r"([/?,.:_]|&amp;)(?=[^\s/?,.:_<])")
"""Behind what a long URL or name may go on in the next line; never inside of a word."""

_PARTS = re.compile(r"([/:])(?=[^\s/:])")

PAGE_CSS = Path(__file__).with_name("page.css")
"""Repeated in every output, so that each stands alone. Without it, all still reads."""


def escape(value: object) -> Markup:
    """The value as HTML text in which no character hides or turns others around.

    What is :class:`markupsafe.Markup` already stays as it is. The entities are those
    of :func:`html.escape`, which the committed lessons have.
    """
    if isinstance(value, Markup):
        return value
    return Markup(html.escape(visible_text(value)))


def block(text: str, *, urls: bool = False) -> Markup:
    """Text of several lines, wrapped where it is too long.

    Args:
        text: The lines.
        urls: Whether a URL or URN in it may go on in the next line.
    """
    shown = html.escape(visible_text(text, keep=chr(10)))
    if urls:
        shown = _PARTS.sub(r"\1<wbr>", shown)
    return Markup(f"<pre>{shown}</pre>")


def code(value: object) -> Markup:
    """A short value in the typeface of code; a long one breaks where a reader would."""
    text = str(escape(value))
    if len(text) > _LONG:
        text = _BREAKS.sub(r"\1<wbr>", text)
    return Markup(f"<code>{text}</code>")


def good(text: object) -> Markup:
    """Something that went well, said with a word and a symbol."""
    return Markup(f'<span class="wb-ok wb-w">✓ {escape(text)}</span>')


def bad(text: object) -> Markup:
    """Something refused, said with a word and a symbol."""
    return Markup(f'<span class="wb-no wb-w">✗ {escape(text)}</span>')


def page(inner: str) -> str:
    """One output: the style and what it applies to.

    Args:
        inner: HTML that is escaped already.
    """
    return f'<div class="wb">{style(PAGE_CSS)}{inner}</div>'


def table(
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    caption: str = "",
    label: str = "",
    marked: int | None = None,
    widths: Sequence[int] = (),
) -> Markup:
    """A table whose cells are escaped unless they are :class:`markupsafe.Markup`.

    Args:
        header: The column headings.
        rows: The cells, row by row.
        caption: The visible title.
        label: The title for screen readers where none is visible.
        marked: The index of the row that stands out.
        widths: Of the columns, in per cent; without them, as wide as need be.
    """
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    name = f' aria-label="{escape(label)}"' if label and not caption else ""
    fixed = ' class="wb-f"' if widths else ""
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    names = [str(escape(cell)) if widths else "" for cell in header]
    body = "".join(
        _row(row, names, marked=index == marked) for index, row in enumerate(rows)
    )
    return Markup(
        f"<table{name}{fixed}>{title}{columns}<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _row(row: Sequence[object], names: Sequence[str], *, marked: bool) -> str:
    """A row; where there is no room for a head, each cell says its column itself."""
    first, *rest = (escape(cell) for cell in row)
    cells = f'<th scope="row">{first}</th>' + "".join(
        f'<td data-of="{name}">{cell}</td>' if name else f"<td>{cell}</td>"
        for name, cell in zip(names[1:], rest, strict=True)
    )
    return f'<tr class="wb-on">{cells}</tr>' if marked else f"<tr>{cells}</tr>"
