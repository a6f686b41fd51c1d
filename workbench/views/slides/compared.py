"""The tokens of an exchange side by side as a slide: what changed first, then kept."""

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.roles import ACTOR, CLIENT, SUBJECT, Role
from workbench.views.page.shapes import Box
from workbench.views.slides.slide import ACROSS, DOWN, Slide
from workbench.views.slides.words import cut, lines, shape
from workbench.views.tokens.compare import ABSENT, SYMBOLS, Comparison, Row, parted

_SIZE, _STEP, _PAD = 24, 31, 18
_HEAD = 80
_MOST = 3
"""Lines of a value."""


def comparison_slide(name: str, title: str, comparison: Comparison) -> Slide:
    """What an exchange kept, changed, added and dropped.

    Args:
        name: Of the file.
        title: Which exchange it is.
        comparison: Its tokens.
    """
    changed, fresh, kept = parted(comparison)
    told = ", ".join(
        f"{row.claim} {row.change}" for row in sorted(changed, key=lambda r: r.change)
    )
    rows = [*changed, *kept, *fresh]
    sentence = f"What the exchange did: {told}." if told else "No claim changed."
    return Slide(name, title, sentence, _table(comparison, rows))


def _table(comparison: Comparison, rows: list[Row]) -> Markup:
    names = [(SUBJECT, comparison.subject)]
    names += [(ACTOR, comparison.actor)] if comparison.actor else []
    names += [(CLIENT, comparison.issued)]
    room = (ACROSS - 240 - 190) / len(names)
    drawn, top, shown = _header(names, room), _HEAD + 12.0, 0
    for row in rows:
        part, bottom = _row(row, top, room, with_actor=bool(comparison.actor))
        if bottom > DOWN - 40:
            break
        drawn, top, shown = drawn + part, bottom, shown + 1
    return drawn + _others(rows[shown:])


def _header(names: list[tuple[Role, str]], room: float) -> Markup:
    drawn = Markup()
    for number, (role, name) in enumerate(names):
        left = 240 + number * room
        drawn += shape(role, Box(left, 0, left + room - 24, _HEAD - 8))
        said = cut(f"{role.sign} {name}", 26, room - 60, 1)
        middle = left + room / 2 - 12
        drawn += lines(middle, 46, 26, said, role=role, weight=True, middle=True)
    return drawn


def _row(
    row: Row, top: float, room: float, *, with_actor: bool
) -> tuple[Markup, float]:
    """One claim in all tokens from ``top`` on, and where the next begins."""
    values = (row.subject, row.actor, row.issued) if with_actor else (
        row.subject,
        row.issued,
    )  # fmt: skip
    cells = [cut(_short(value), _SIZE, room - 24, _MOST) for value in values]
    base = top + _PAD + _SIZE - 4
    bold = row.change != "kept"
    change = f"{SYMBOLS[row.change]} {row.change}"
    drawn = lines(0, base, _SIZE, [row.claim], weight=True)
    for number, cell in enumerate(cells):
        drawn += lines(240 + number * room, base, _SIZE, cell)
    drawn += lines(ACROSS - 180, base, _SIZE, [change], weight=bold)
    bottom = top + 2 * _PAD + _STEP * max(map(len, cells)) - 6
    rule = (
        f'<path d="M0 {bottom:g}H{ACROSS}" stroke="currentColor" stroke-opacity=".3"/>'
    )
    return drawn + Markup(rule), bottom


def _short(value: str) -> str:
    return value.replace("urn:ietf:params:oauth:", "…") or ABSENT


def _others(rows: list[Row]) -> Markup:
    """What has no room."""
    if not rows:
        return Markup()
    names = ", ".join(row.claim for row in rows)
    said = f"Not shown, {counted(len(rows), 'claim')}: {names}"
    return lines(0, DOWN - 4, 22, cut(said, 22, ACROSS, 1))
