"""What happened in the realm, as a timeline."""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.am.admin.audit import Event
from workbench.views.page.html import bad, code, escape, good, page, table
from workbench.views.page.left_out import latest, left_out_html, left_out_text
from workbench.views.page.plain import columns, shorten, visible_text, when

HEADER = ("#", "Time", "What", "Who", "Answer", "Summary")


def audit_html(events: Iterable[Event]) -> str:
    """One row an event, oldest first; of several realms, each with its own.

    A trail numbers its events from the very first; the latest are shown, and how many
    are left out is said.
    """
    shown = latest(events)
    several = _of_several(shown)
    rows = [
        (
            number,
            _time_html(event),
            *([event.realm] if several else []),
            event.kind,
            who(event),
            _answer_html(event),
            _summary_html(event),
        )
        for number, event in zip(shown.numbers, shown, strict=True)
    ]
    if not rows:
        return page("<p>Nothing has happened yet.</p>")
    caption = "What happened, oldest first (times: UTC)"
    widths = (6, 17, *([11] if several else []), 12, 14, 17, 23 if several else 34)
    drawn = table(_header(several), rows, caption=caption, widths=widths)
    return page(left_out_html(shown, "event") + drawn)


def _time_html(event: Event) -> Markup:
    time = when(event.time).removesuffix(" UTC")
    return Markup(f'<span class="wb-w">{escape(time)}</span>')


def _of_several(events: list[Event]) -> bool:
    """Whether they are of more than one realm."""
    return len({event.realm for event in events}) > 1


def _header(several: bool) -> tuple[str, ...]:
    return (*HEADER[:2], "Realm", *HEADER[2:]) if several else HEADER


def who(event: Event) -> str:
    """The client that asked, or the administrator."""
    return event.client_id or ("administrator" if not event.status else "nobody known")


def _answer_html(event: Event) -> Markup:
    if event.error or event.status >= 400:
        return Markup(f"{bad(event.status or 'refused')}<br>{code(event.error)}")
    return good(event.status) if event.status else Markup()


def _summary_html(event: Event) -> Markup:
    notes = "".join(f"<br><small>{escape(note)}</small>" for note in _notes(event))
    return Markup(f"{escape(event.summary)}{notes}")


def _notes(event: Event) -> list[str]:
    notes = [f'sent: "{event.description}"'] if event.description else []
    if event.hint:
        return [*notes, *map(str.strip, f"hint: {event.hint}".splitlines())]
    rule = refusing_rule(event)
    return [*notes, f"rule: {rule}"] if rule else notes


def refusing_rule(event: Event) -> str:
    """The rule that decided a refusal, or ""."""
    refusal = event.decision.refusal if event.decision else None
    return refusal.rule if refusal else ""


def audit_text(events: Iterable[Event]) -> str:
    """The same as text."""
    shown = latest(events)
    several = _of_several(shown)
    rows = [
        (
            str(number),
            when(event.time),
            *([event.realm] if several else []),
            visible_text(event.kind),
            shorten(who(event), 24),
            _answer(event),
            " | ".join([event.summary, *_notes(event)]),
        )
        for number, event in zip(shown.numbers, shown, strict=True)
    ]
    if not rows:
        return "Nothing has happened yet."
    drawn = columns([_header(several), *rows])
    return "\n".join(filter(None, (left_out_text(shown, "event"), drawn)))


def _answer(event: Event) -> str:
    if event.error or event.status >= 400:
        return f"✗ {event.status or 'refused'} {event.error}"
    return f"✓ {event.status}" if event.status else ""
