"""A sequence drawn as SVG: lifelines, numbered arrows, replies."""

import textwrap
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.html import escape
from workbench.views.page.plain import set_lines, shorten
from workbench.views.page.roles import REFUSED, Role
from workbench.views.page.shapes import Box, outline
from workbench.views.sequence.steps import DONE, NOW, TO_COME, Message, Sequence, state

_CHARACTER, _LINE, _HEAD = 6.8, 15, 56
"""Of text at 12 px: the width of a character, the height of a line, of a name."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each participant's lifeline is, and the room between two."""

    places: dict[str, int]
    gap: int


WIDE, NARROW = 620, 465
"""Between the first lifeline and the last, where four have room: on a page, and beside
words on a slide."""


def drawing(sequence: Sequence, present: int | None, across: int = WIDE) -> Markup:
    """The sequence as inline SVG."""
    between = max(1, len(sequence.participants) - 1)
    gap = max(155, min(250, across // between))
    places = {name: 80 + i * gap for i, name in enumerate(sequence.participants)}
    own = (places[m.source] for m in sequence.messages if m.source == m.target)
    width = max([160 + gap * between, *(x + gap for x in own)])
    height, steps = _HEAD + 16, []
    for number, message in enumerate(sequence.messages, 1):
        word, columns = state(number, present), _Columns(places, gap)
        part, height = _step(message, number, word, columns, height)
        steps.append(part)
    lines = "".join(
        _lifeline(name, sequence.roles.get(name), x, height)
        for name, x in places.items()
    )
    title = escape(_label(sequence, present))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        f'viewBox="0 0 {width} {height + 6}" font-size="12" fill="currentColor" '
        f'style="width:{width}px;max-width:100%;height:auto" '
        f'font-family="Helvetica,Arial,sans-serif"><title>{title}</title>'
        f"{lines}{''.join(steps)}</svg>"
    )


def _label(sequence: Sequence, present: int | None) -> str:
    title = sequence.title or "Sequence of messages"
    if present is None or not 1 <= present <= len(sequence.messages):
        return f"{title}: {counted(len(sequence.messages), 'step')}"
    now = sequence.messages[present - 1].label
    return f"{title}: now step {present} of {len(sequence.messages)}, {now}"


def _lifeline(name: str, role: Role | None, x: int, bottom: int) -> str:
    """Who it is, in the role's shape and with its word, and a line down from there."""
    lines = textwrap.wrap(shorten(name, 36), 20)[:2]
    middle, said = _HEAD // 2, len(lines) + (role is not None)
    top = middle - _LINE * (said - 1) // 2 + 4
    spans = "".join(_text(x, top + _LINE * i, line) for i, line in enumerate(lines))
    colour = role.colour if role else "currentColor"
    word = f"{role.sign} {role.word}" if role else ""
    path = outline(role.name if role else "", Box(x - 70, 2, x + 70, _HEAD - 2))
    return (
        f'<path d="{path}" fill="{colour}" fill-opacity=".12" stroke="{colour}"/>'
        f'<g font-weight="600">{spans}</g><g fill="{colour}">'
        f"{_text(x, top + _LINE * len(lines), word) if word else ''}</g>"
        f'<line x1="{x}" y1="{_HEAD - 2}" x2="{x}" y2="{bottom}" '
        f'stroke="currentColor" stroke-opacity=".35"/>'
    )


def _step(
    message: Message, number: int, word: str, columns: _Columns, top: int
) -> tuple[str, int]:
    """One step from ``top`` on, and where the next one begins."""
    start, end = columns.places[message.source], columns.places[message.target]
    note = {NOW: "▶ now: ", DONE: "✓ "}.get(word, "")
    said = f"{note}{number}. {message.label}"
    text, top = _lines(said, start, _way(start, end) * columns.gap, top)
    inner = text + _arrow(start, end, top, dashed=word == TO_COME, now=word == NOW)
    top += 26 if start == end else 10
    if message.stopped:
        inner, top = _stopped(message, (start, end), columns.gap, text, top)
    if message.reply:
        room = _way(end, start) * columns.gap
        text, top = _lines(message.reply, end, room, top + 8)
        inner += text + _arrow(end, start, top, dashed=True, now=False)
        top += 26 if start == end else 10
    style = {NOW: ' font-weight="bold"', TO_COME: ' opacity=".7"'}.get(word, "")
    return f"<g{style}>{inner}</g>", top + 12


def _stopped(
    message: Message, ends: tuple[int, int], gap: int, text: str, top: int
) -> tuple[str, int]:
    """An arrow that does not arrive, and below it what stops it."""
    start, end = ends
    way, colour = _way(start, end), REFUSED.colour
    y = top - (26 if start == end else 10)
    stop = end - 16 * way if start != end else start + 36
    below, bottom = _lines(message.stop, start, way * gap, top + 4)
    line = (
        f'<path d="M{start} {y}H{stop - 9 * way}" fill="none" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="5 3"/>'
    )
    box = Box(stop - 9, y - 9, stop + 9, y + 9)
    cross = f"M{stop - 4} {y - 4}l8 8m0 -8l-8 8"
    sign = (
        f'<path d="{outline(REFUSED.name, box)}" fill="none" stroke="{colour}" '
        f'stroke-width="1.5"/><path d="{cross}" stroke="{colour}" stroke-width="2.2"/>'
    )
    told = f'<g fill="{colour}" font-weight="bold">{below}</g>'
    return f"{text}{line}{sign}{told}", bottom


def _way(start: int, end: int) -> int:
    return -1 if end < start else 1


def _lines(text: str, start: int, room: int, top: int) -> tuple[str, int]:
    """Text above an arrow, in the room next to its start, and the arrow's height."""
    width = int((abs(room) - 16) / _CHARACTER)
    lines = set_lines(text, width)
    middle = start + room // 2
    drawn = (_text(middle, top + _LINE * i + 10, line) for i, line in enumerate(lines))
    return "".join(drawn), top + _LINE * len(lines) + 2


def _text(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{escape(text)}</text>'


def _arrow(start: int, end: int, y: int, *, dashed: bool, now: bool) -> str:
    dash = ' stroke-dasharray="5 3"' if dashed else ""
    width = 2.5 if now else 1.3
    line = f'fill="none" stroke="currentColor" stroke-width="{width}"{dash}'
    if start == end:
        path = f"M{start} {y}h36v14h-30"
        return f'<path d="{path}" {line}/>{_tip(start, y + 14, 1)}'
    way = _way(end, start)
    path = f"M{start} {y}H{end + 7 * way}"
    return f'<path d="{path}" {line}/>{_tip(end, y, way)}'


def _tip(x: int, y: int, way: int) -> str:
    return f'<path d="M{x} {y}l{9 * way} -4.5v9z"/>'
