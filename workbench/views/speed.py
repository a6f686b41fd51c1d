"""The figures of the benchmarks, as a table and as bars beside what was aimed at."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from workbench.views.faces import Face
from workbench.views.page.html import bad, escape, good, page, table
from workbench.views.page.plain import columns

HEADER = ("What was measured", "Found", "Aim", "Beside it, in the same run")
_BAR, _LEFT, _WIDTH, _MOST = 22, 330, 640, 2.0
"""Pixels of a bar's row, where bars begin, of the picture; and how many times the aim
the longest bar can be."""


def speed_reference(kept: Mapping[str, Any]) -> Face:
    """The figures as ``tests/bench`` kept them.

    Args:
        kept: What ``speed.json`` holds.
    """
    figures: list[Mapping[str, Any]] = kept["figures"]
    machine = f"Python {kept['python']}, {kept['system']}, {kept['cores']} cores"
    made = f"{kept['command']}, {kept['date']}, {machine}"
    rows = [
        (each["name"], _found(each), _aim(each), each["beside"]) for each in figures
    ]
    listed = table(HEADER, rows, caption=made, widths=(30, 20, 15, 35))
    text = columns([HEADER, *(tuple(map(_plain, row)) for row in rows)])
    return Face(page(f"{_bars(figures)}{listed}"), f"{made}\n{text}")


def share_of_aim(figure: Mapping[str, Any]) -> float:
    """How much of what is allowed a figure takes: 1 at most where it is within."""
    value, aim = float(figure["value"]), float(figure["aim"])
    return aim / value if figure["at_least"] else value / aim


def _found(figure: Mapping[str, Any]) -> Markup:
    value, unit = f"{figure['value']:g}", figure["unit"]
    if figure["aim"] is None:
        return escape(f"{value} {unit}")
    said = good(value) if share_of_aim(figure) <= 1 else bad(value)
    return Markup("{} {}").format(said, unit)


def _aim(figure: Mapping[str, Any]) -> str:
    if figure["aim"] is None:
        return "none"
    return f"at {'least' if figure['at_least'] else 'most'} {figure['aim']:g}"


def _plain(cell: str | Markup) -> str:
    return cell.striptags() if isinstance(cell, Markup) else cell


def _bars(figures: Sequence[Mapping[str, Any]]) -> Markup:
    """Each figure as a share of its aim; the line is where the aim is."""
    aimed = [each for each in figures if each["aim"] is not None]
    reached = sum(share_of_aim(each) <= 1 for each in aimed)
    title = escape(
        f"Figures as a share of what was aimed at: {reached} of {len(aimed)} within it"
    )
    bottom = _BAR * len(aimed) + 24
    line = _LEFT + (_WIDTH - _LEFT) / _MOST
    drawn = "".join(_bar(each, _BAR * row + 24) for row, each in enumerate(aimed))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        f'viewBox="0 0 {_WIDTH} {bottom + 4}" font-size="11" fill="currentColor" '
        f'style="width:{_WIDTH}px;max-width:100%;height:auto" '
        f'font-family="Helvetica,Arial,sans-serif"><title>{title}</title>{drawn}'
        f'<text x="{line}" y="12" text-anchor="middle">aim</text>'
        f'<line x1="{line}" y1="16" x2="{line}" y2="{bottom}" stroke="currentColor" '
        f'stroke-dasharray="4 3"/></svg>'
    )


def _bar(figure: Mapping[str, Any], top: int) -> str:
    share = share_of_aim(figure)
    width = min(share, _MOST) * (_WIDTH - _LEFT) / _MOST
    colour = "#2563eb" if share <= 1 else "#b45309"
    name = escape(f"{'✓' if share <= 1 else '✗'} {figure['name']}")
    return (
        f'<text x="{_LEFT - 6}" y="{top + 12}" text-anchor="end">{name}</text>'
        f'<rect x="{_LEFT}" y="{top + 2}" width="{width:.1f}" height="{_BAR - 8}" '
        f'fill="{colour}"/>'
    )
