"""What the HTML faces share: escaping, one small style block, tables."""

from collections.abc import Iterable, Sequence
from html import escape as _escape

from workbench.views.page.plain import elide_token, visible, when

__all__ = ["Markup", "block", "elide_token", "escape", "page", "table", "when"]

STYLE = """<style>
.wb{color:var(--jp-ui-font-color1,inherit);max-width:60rem;overflow-wrap:anywhere;
font:13px/1.5 var(--jp-ui-font-family,system-ui,sans-serif)}
.wb p{margin:.2em 0 .5em}
.wb table{border-collapse:collapse;border:0;margin:.3em 0 .8em;font-size:12px;
table-layout:auto}
.wb caption{text-align:left;padding:.2em 0;font-weight:600;color:inherit}
.wb.wb th,.wb.wb td{text-align:left;vertical-align:top;border:0;
padding:.25em 1em .25em 0;border-bottom:1px solid var(--jp-border-color2,#8884);
white-space:normal;max-width:none}
.wb th{font-weight:600}
.wb tbody tr:nth-child(n){background:none}
.wb :not(pre)>code,.wb pre{
font:12px/1.5 var(--jp-code-font-family,ui-monospace,monospace);
background:none;color:inherit;white-space:pre-wrap;padding:0;overflow-wrap:anywhere}
.wb pre{border-left:3px solid var(--jp-border-color2,#8884);margin:.3em 0 .7em;
padding:.1em .8em}
.wb td>code,.wb th>code,.wb li>code{font-size:11.5px}
.wb .wb-f{table-layout:fixed;width:100%}
.wb small{font-size:11px;color:var(--jp-ui-font-color2,inherit)}
.wb.wb ol{margin:0;padding-left:1.4em}
.wb svg{max-width:100%;height:auto;display:block;margin:.3em 0}
.wb-w{white-space:nowrap}
.wb-ok{color:var(--jp-success-color0,inherit)}
.wb-no{color:var(--jp-error-color1,inherit);font-weight:700}
.wb tr.wb-on>*{border-top:2px solid;border-bottom:2px solid}
</style>"""
"""Repeated in every output, so that each stands alone. Without it, all still reads.

The doubled class outweighs JupyterLab, which aligns the cells of tables right.
"""


class Markup(str):
    """HTML in which everything from outside is escaped already."""

    __slots__ = ()


def escape(value: object) -> Markup:
    """The value as HTML text; what is :class:`Markup` already stays as it is."""
    if isinstance(value, Markup):
        return value
    return Markup(_escape(visible(value)))


def block(text: str) -> Markup:
    """Text of several lines, wrapped where it is too long."""
    return Markup(f"<pre>{_escape(visible(text, keep=chr(10)))}</pre>")


def code(value: object) -> Markup:
    """A short value in the typeface of code."""
    return Markup(f"<code>{escape(value)}</code>")


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
    return f'<div class="wb">{STYLE}{inner}</div>'


def table(
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    caption: str = "",
    label: str = "",
    marked: int | None = None,
    widths: Sequence[int] = (),
) -> Markup:
    """A table whose cells are escaped unless they are :class:`Markup`.

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
    body = "".join(_row(row, marked=index == marked) for index, row in enumerate(rows))
    return Markup(
        f"<table{name}{fixed}>{title}{columns}<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _row(row: Sequence[object], *, marked: bool) -> str:
    cells = "".join(
        f"<td>{escape(cell)}</td>" if index else f'<th scope="row">{escape(cell)}</th>'
        for index, cell in enumerate(row)
    )
    return f'<tr class="wb-on">{cells}</tr>' if marked else f"<tr>{cells}</tr>"
