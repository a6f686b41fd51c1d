"""Tokens on a time axis: issued, expiring, revoked, and where now is."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.html import escape, page
from workbench.views.page.plain import columns, shorten, when
from workbench.views.page.roles import ACTOR, GRANTED, REFUSED, SUBJECT
from workbench.views.tokens.claims import bare
from workbench.views.tokens.token import spoken

MOST = 20
"""How many tokens are drawn, the latest ones."""

NOTHING = "No token has been issued yet."

_ROW, _TOP, _BAR = 54, 34, 12
"""Pixels down. Across, a place is a share of however wide the page is."""
_HALO = 'paint-order="stroke" stroke="var(--jp-layout-color1,Canvas)" stroke-width="4"'
_DAY, _MIDDLE = 86_400, 50
_FAR = 6
"""A token that lives this many times longer than another is drawn open-ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A token over time, in seconds since the epoch.

    Attributes:
        label: What to call it.
        about: Its subject.
        actor: Who acts for the subject, or "".
        start: When it was issued.
        end: When it ends by itself.
        revoked: When it was revoked, or None; also None where that is unknown.
        state: ``active``, ``expired``, ``not valid yet`` or ``revoked``.
        odd: What its dates are, where they are none; nothing is counted then.
    """

    label: str
    about: str
    start: int
    end: int
    revoked: int | None
    state: str
    odd: str = ""
    actor: str = ""


def timeline_html(spans: Sequence[Span], now: int) -> str:
    """The latest tokens as bars; as text for those who do not see them.

    Args:
        spans: In order of issue.
        now: The bench's clock.
    """
    if not spans:
        return page(f"<p>{NOTHING}</p>")
    drawn = spans[-MOST:]
    beyond = len(spans) - len(drawn)
    verb = "is" if beyond == 1 else "are"
    left = f"{counted(beyond, 'earlier token')} {verb} left out."
    note = f"<p><small>{left}</small></p>"
    return page(f"{_svg(drawn, now)}{_legend(drawn, now)}{note if beyond else ''}")


def timeline_text(spans: Sequence[Span], now: int) -> str:
    """The same as text, one line a token."""
    if not spans:
        return NOTHING
    rows = [
        (span.label, span.about, span.actor, *_dates(span), fate(span, now))
        for span in spans[-MOST:]
    ]
    header = ("Token", "About", "Actor", "Issued", "Ends", f"Now ({when(now)})")
    return columns([header, *rows])


def _dates(span: Span) -> tuple[str, str]:
    return ("?", "?") if span.odd else (when(span.start), when(span.end))


def fate(span: Span, now: int) -> str:
    """What has become of the token, such as ``59 min 59 s left``."""
    if span.odd:
        return f"{span.state}; {span.odd}"
    if span.state == "revoked":
        ago = "" if span.revoked is None else f" {spoken(now - span.revoked)} ago"
        return f"revoked{ago}"
    if span.state == "active":
        return f"{spoken(span.end - now)} left"
    return f"expired {spoken(now - span.end)} ago" if now >= span.end else span.state


@dataclass(frozen=True, slots=True)
class _Axis:
    """From time to place."""

    start: int
    end: int

    def x(self, time: int) -> float:
        """How far from the left, in per cent."""
        share = (min(time, self.end) - self.start) / (self.end - self.start)
        return round(share * 100, 2)

    def said(self, time: int) -> str:
        """A time on the axis: with its day where the axis is longer than one."""
        short = self.end - self.start < _DAY
        return when(time)[11:19] if short else when(time)[5:16]


def _axis(spans: Sequence[Span], now: int) -> _Axis:
    """As far as the short-lived tokens reach; the others run off the edge."""
    dated = [span for span in spans if not span.odd] or spans
    start = min(span.start for span in dated)
    shortest = max(1, min(span.end - span.start for span in dated))
    near = [s.end for s in dated if s.end - s.start <= _FAR * shortest]
    end = max(now, *near)
    return _Axis(start, end + max(1, (end - start) // 20))


def _svg(spans: Sequence[Span], now: int) -> Markup:
    axis = _axis(spans, now)
    height = _TOP + _ROW * len(spans) + 4
    label = escape(
        f"{counted(len(spans), 'token')} over time, now {when(now)}: "
        + "; ".join(f"{span.label} {fate(span, now)}" for span in spans)
    )
    rows = "".join(
        _row(span, axis, _TOP + _ROW * number, now) for number, span in enumerate(spans)
    )
    return Markup(
        f'<svg class="wb-wide" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{label}" style="width:100%;height:{height}px" '
        f'font-size="12" fill="currentColor"><title>{label}</title>'
        f"{_ticks(axis, height)}{_now(axis, now, height)}{rows}</svg>"
    )


def _ticks(axis: _Axis, height: int) -> str:
    parts = []
    for quarter in range(4):
        time = axis.start + (axis.end - axis.start) * quarter // 4
        x = axis.x(time)
        parts.append(
            f'<line x1="{x}%" x2="{x}%" y1="18" y2="{height}" stroke="currentColor" '
            f'stroke-opacity=".2"/><text x="{x}%" dx="3" y="26" font-size="11">'
            f"{axis.said(time)}</text>"
        )
    return "".join(parts)


def _now(axis: _Axis, now: int, height: int) -> str:
    x = axis.x(now)
    anchor, shift = ("end", -4) if x > _MIDDLE else ("start", 4)
    return (
        f'<line x1="{x}%" x2="{x}%" y1="2" y2="{height}" stroke="currentColor" '
        f'stroke-width="2"/><text x="{x}%" dx="{shift}" y="12" font-weight="700" '
        f'text-anchor="{anchor}">now {when(now)[11:]}</text>'
    )


def _row(span: Span, axis: _Axis, y: int, now: int) -> str:
    """What it is and what became of it; who is who in it; its bars."""
    name = escape(shorten(span.label, 34))
    said = escape(fate(span, now) + (" →" if span.end > axis.end else ""))
    head = f'<text {_HALO} x="4" y="{y + 14}" font-weight="600">{name}</text>'
    who = f'<text {_HALO} x="4" y="{y + 29}" font-size="11">{_who(span)}</text>'
    if span.odd:
        odd = escape(shorten(fate(span, now), 100))
        return f'{head}{who}<text x="4" y="{y + 45}" font-size="11">{odd}</text>'
    return (
        f'{head}<text {_HALO} x="100%" dx="-2" y="{y + 14}" text-anchor="end">{said}'
        f"</text>{who}{_bars(span, axis, y + 35, now)}"
    )


def _who(span: Span) -> str:
    """The subject, and who acts for it, each with its sign and its word."""
    people = [(SUBJECT, span.about), *([(ACTOR, span.actor)] if span.actor else [])]
    return " ".join(
        f'<tspan fill="{role.colour}">{role.sign} {role.word}</tspan> '
        f"{escape(shorten(bare(name), 28))}\N{NO-BREAK SPACE}"
        for role, name in people
    )


_LIVED = 'fill="currentColor" fill-opacity=".35"'
_TO_LIVE = f'fill="{GRANTED.colour}"'
_NEVER = f'fill="none" stroke="{REFUSED.colour}" stroke-dasharray="4 3"'


def _bars(span: Span, axis: _Axis, y: int, now: int) -> str:
    """Lived, still to live, and never to be lived."""
    stop = span.end if span.state != "revoked" else min(span.revoked or now, span.end)
    lived = max(span.start, min(now, stop))
    bars = _bar(axis, span.start, lived, y, _LIVED)
    if span.state == "active":
        bars += _bar(axis, lived, stop, y, _TO_LIVE)
    elif span.state == "revoked":
        bars += _bar(axis, stop, span.end, y, _NEVER)
    return bars


def _bar(axis: _Axis, start: int, end: int, y: int, look: str) -> str:
    width = round(axis.x(end) - axis.x(start), 2)
    if width <= 0:
        return ""
    place = f'x="{axis.x(start)}%" y="{y}" width="{width}%" height="{_BAR}"'
    return f"<rect {place} {look}/>"


def _legend(spans: Sequence[Span], now: int) -> Markup:
    """What the bars mean, as far as there are such, and the whole of the date."""
    states = {span.state for span in spans if not span.odd}
    meant = [
        (_LIVED, "lived", True),
        (_TO_LIVE, "still to live", "active" in states),
        (_NEVER, "revoked before its end", "revoked" in states),
    ]
    keys = " ".join(
        '<span class="wb-w"><svg viewBox="0 0 20 10" aria-hidden="true" style="display:'
        'inline;width:20px;height:10px;margin:0 4px 0 0"><rect x="1" y="1" width="18" '
        f'height="8" {look}/></svg>{words}</span>\N{EM SPACE}'
        for look, words, used in meant
        if used
    )
    date = f'<span class="wb-w">now: {escape(when(now))}</span>'
    return Markup(f"<p><small>{keys if states else ''} {date}</small></p>")
