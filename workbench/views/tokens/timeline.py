"""Tokens on a time axis: issued, expiring, revoked, and where now is."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.html import escape, page
from workbench.views.page.plain import columns, shorten, when
from workbench.views.tokens.token import spoken

MOST = 20
"""How many tokens are drawn, the latest ones."""

NOTHING = "No token has been issued yet."

_WIDTH, _ROW, _TOP, _BAR = 640, 40, 34, 12
_HALO = 'paint-order="stroke" stroke="var(--jp-layout-color1,Canvas)" stroke-width="4"'
_FAR = 6
"""A token that lives this many times longer than another is drawn open-ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A token over time, in seconds since the epoch.

    Attributes:
        label: What to call it.
        about: Its subject.
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
    return page(f"{_svg(drawn, now)}{note if beyond else ''}")


def timeline_text(spans: Sequence[Span], now: int) -> str:
    """The same as text, one line a token."""
    if not spans:
        return NOTHING
    rows = [
        (span.label, span.about, *_dates(span), fate(span, now))
        for span in spans[-MOST:]
    ]
    header = ("Token", "About", "Issued", "Ends", f"Now ({when(now)})")
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
        share = (min(time, self.end) - self.start) / (self.end - self.start)
        return round(share * (_WIDTH - 2) + 1, 1)


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
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" '
        f'viewBox="0 0 {_WIDTH} {height}" style="width:{_WIDTH}px" '
        f'font-size="12" fill="currentColor"><title>{label}</title>'
        f"{_ticks(axis, height)}{_now(axis, now, height)}{rows}</svg>"
    )


def _ticks(axis: _Axis, height: int) -> str:
    parts = []
    for quarter in range(4):
        time = axis.start + (axis.end - axis.start) * quarter // 4
        x = axis.x(time)
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="18" y2="{height}" stroke="currentColor" '
            f'stroke-opacity=".2"/><text x="{x + 3}" y="26">{when(time)[11:19]}</text>'
        )
    return "".join(parts)


def _now(axis: _Axis, now: int, height: int) -> str:
    x = axis.x(now)
    anchor, shift = ("end", -4) if x > _WIDTH / 2 else ("start", 4)
    return (
        f'<line x1="{x}" x2="{x}" y1="2" y2="{height}" stroke="currentColor" '
        f'stroke-width="2"/><text x="{x + shift}" y="12" font-weight="700" '
        f'text-anchor="{anchor}">now {when(now)[:-4]} UTC</text>'
    )


def _row(span: Span, axis: _Axis, y: int, now: int) -> str:
    name, about = escape(span.label), escape(shorten(span.about, 34))
    below = y + 14
    if span.odd:
        return (
            f'<text {_HALO} x="4" y="{below}"><tspan font-weight="600">{name}</tspan>'
            f' {about}</text><text {_HALO} x="4" y="{y + 30}" font-size="11">'
            f"{escape(shorten(fate(span, now), 100))}</text>"
        )
    state = escape(fate(span, now) + (" →" if span.end > axis.end else ""))
    return (
        f'<text {_HALO} x="4" y="{below}"><tspan font-weight="600">{name}</tspan>'
        f" {about}</text>"
        f'<text {_HALO} x="{_WIDTH - 2}" y="{below}" text-anchor="end">{state}</text>'
        f"{_bars(span, axis, y + 19, now)}"
    )


def _bars(span: Span, axis: _Axis, y: int, now: int) -> str:
    """Lived, still to live, and never to be lived."""
    stop = span.end if span.state != "revoked" else min(span.revoked or now, span.end)
    lived = max(span.start, min(now, stop))
    bars = _bar(axis, span.start, lived, y, 'fill-opacity=".35"')
    if span.state == "active":
        bars += _bar(axis, lived, stop, y, 'fill="var(--jp-brand-color1,#1976d2)"')
    elif span.state == "revoked":
        dashes = 'fill="none" stroke="currentColor" stroke-dasharray="4 3"'
        bars += _bar(axis, stop, span.end, y, dashes)
    return bars


def _bar(axis: _Axis, start: int, end: int, y: int, look: str) -> str:
    width = round(axis.x(end) - axis.x(start), 1)
    if width <= 0:
        return ""
    return f'<rect x="{axis.x(start)}" y="{y}" width="{width}" height="{_BAR}" {look}/>'
