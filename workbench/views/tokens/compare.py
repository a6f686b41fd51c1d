"""The issued token beside the tokens it came from: what changed, then what was kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from workbench.am.basics.types import Claims
from workbench.am.basics.words import counted
from workbench.am.tokens.inspection import Inspection
from workbench.views.page.attached import attach
from workbench.views.page.card import folded
from workbench.views.page.dates import read_date
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import (
    columns,
    disclosed_value,
    elide_token,
    inline,
    visible_text,
)
from workbench.views.tokens.claims import DATES, facts
from workbench.views.tokens.origins import ORDER, origin

Change = Literal["kept", "changed", "added", "dropped"]

SYMBOLS: dict[Change, str] = {
    "kept": "=",
    "changed": "≠",
    "added": "+",
    "dropped": "-",
}
ABSENT = "—"
SAME = Markup("<p>The exchange changed no claim.</p>")
_IDENTIFIERS = frozenset({"jti", "authGrantId", "auditTrackingId"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim in all tokens; ``change`` is relative to the subject token."""

    claim: str
    subject: str  # "" where absent, as in the next two
    actor: str
    issued: str
    change: Change
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An exchange seen in its tokens."""

    rows: tuple[Row, ...]
    subject: str  # what to call each token
    actor: str  # "" where no actor token was sent
    issued: str
    notes: tuple[str, ...] = ()  # what was taken off of what was pasted

    def row(self, claim: str) -> Row:
        """The row of a claim.

        Raises:
            LookupError: Neither the subject token nor the issued one has it.
        """
        for row in self.rows:
            if row.claim == claim:
                return row
        raise LookupError(f"Neither token has a claim {claim!r}.")


def compare(
    subject: Inspection, actor: Inspection | None, issued: Inspection
) -> Comparison:
    """Compare the claims of an exchange's tokens.

    Claims that only the actor token has are left out: the subject token did not
    have them and the issued one did not get them.
    """
    before, after = facts(subject), facts(issued)
    acting = facts(actor) if actor else {}
    named = _names(after.get("act"), acting.get("sub")) if actor else None
    return Comparison(
        rows=tuple(
            _row(claim, before, acting, after, named=named)
            for claim in _claims(before, after)
        ),
        subject=subject.label,
        actor=actor.label if actor else "",
        issued=issued.label,
        notes=tuple(
            f"{each.label}: {note}"
            for each in (subject, actor, issued)
            if each is not None
            for note in each.notes
        ),
    )


def _names(act: Any, sub: Any) -> bool:
    return isinstance(act, Mapping) and act.get("sub") == sub


def _claims(before: Claims, after: Claims) -> list[str]:
    names = dict.fromkeys([*ORDER, *after, *before])
    return [name for name in names if name in before or name in after]


def _row(
    claim: str,
    before: Claims,
    acting: Mapping[str, Any],
    after: Claims,
    *,
    named: bool | None,
) -> Row:
    change = _change(claim, before, after)
    decided_by, why = origin(claim, change, named=named)
    return Row(
        claim=claim,
        subject=_shown(claim, before),
        actor=_shown(claim, acting),
        issued=_shown(claim, after),
        change=change,
        decided_by=decided_by,
        why=why,
    )


def _change(claim: str, before: Claims, after: Claims) -> Change:
    if claim not in before:
        return "added"
    if claim not in after:
        return "dropped"
    try:
        same = _plain(claim, before[claim]) == _plain(claim, after[claim])
    except RecursionError:  # nested too deeply to be looked through
        same = before[claim] is after[claim]
    return "kept" if same else "changed"


def _plain(claim: str, value: Any) -> Any:
    """The value without the differences between claims and introspection."""
    if claim == "scope" and isinstance(value, str):
        return sorted(value.split())
    if claim == "scope" and isinstance(value, list | tuple):
        return sorted(map(str, value))
    if claim == "aud" and isinstance(value, str):
        return [value]
    return value


def _shown(claim: str, claims: Claims) -> str:
    if claim not in claims:
        return ""
    value = claims[claim]
    if claim in DATES:
        return read_date(value).text
    if claim == "scope" and isinstance(value, list | tuple):
        return inline(" ".join(map(str, value)))
    if claim in _IDENTIFIERS:
        return elide_token(value)
    return inline(disclosed_value(claim, value))


def comparison_html(comparison: Comparison) -> str:
    """A row for each claim that changed, with who decided it; the rest is folded."""
    changed, fresh, kept = parted(comparison)
    caption = "What the exchange added, changed and dropped"
    parts = [_table(changed, comparison, caption=caption) if changed else SAME]
    for rows, line in ((fresh, _fresh_line(fresh)), (kept, _kept_line(kept))):
        if rows:
            parts.append(folded(line, _table(rows, comparison, label=line)))
    parts += [
        Markup(f"<p><small>{escape(note)}</small></p>") for note in comparison.notes
    ]
    return page("".join(parts))


def parted(comparison: Comparison) -> tuple[list[Row], list[Row], list[Row]]:
    """What an exchange changed, what no two tokens share anyway, and what it kept."""
    kept = [row for row in comparison.rows if row.change == "kept"]
    others = [row for row in comparison.rows if row.change != "kept"]
    fresh = [row for row in others if _is_fresh(row)]
    return [row for row in others if not _is_fresh(row)], fresh, kept


def _is_fresh(row: Row) -> bool:
    return row.change == "changed" and row.claim in _IDENTIFIERS


def _kept_line(rows: list[Row]) -> str:
    return f"{SYMBOLS['kept']} {counted(len(rows), 'claim')} kept: {_names_of(rows)}"


def _fresh_line(rows: list[Row]) -> str:
    what = f"{counted(len(rows), 'identifier')} that each token has of its own"
    return f"{SYMBOLS['changed']} {what}: {_names_of(rows)}"


def _names_of(rows: list[Row]) -> str:
    return ", ".join(row.claim for row in rows)


def _table(
    rows: list[Row], comparison: Comparison, *, caption: str = "", label: str = ""
) -> Markup:
    cells = [
        (
            code(row.claim),
            *(_cell(value) for value in _values(row, comparison)),
            _change_html(row.change),
            Markup(f"{escape(row.decided_by)}<br><small>{escape(row.why)}</small>"),
        )
        for row in rows
    ]
    header = (*_header(comparison), "Change", "Who decided")
    widths = (15, 18, 18, 18, 11, 20) if comparison.actor else (17, 22, 22, 12, 27)
    return table(header, cells, caption=caption, label=label, widths=widths)


def _cell(value: str) -> Markup:
    return code(value) if value else Markup(ABSENT)


def _change_html(change: Change) -> Markup:
    text = f'<span class="wb-w">{SYMBOLS[change]} {change}</span>'
    return Markup(text if change == "kept" else f"<b>{text}</b>")


def _header(comparison: Comparison) -> Iterator[str]:
    yield "Claim"
    yield comparison.subject
    if comparison.actor:
        yield comparison.actor
    yield comparison.issued


def _values(row: Row, comparison: Comparison) -> tuple[str, ...]:
    if comparison.actor:
        return row.subject, row.actor, row.issued
    return row.subject, row.issued


def comparison_text(comparison: Comparison) -> str:
    """The same as text; what is folded there is a line here."""
    changed, fresh, kept = parted(comparison)
    rows = [
        (
            row.claim,
            *(value or ABSENT for value in _values(row, comparison)),
            f"{SYMBOLS[row.change]} {row.change}",
            row.decided_by,
        )
        for row in changed
    ]
    header = (*_header(comparison), "Change", "Who decided")
    lines = [columns([header, *rows]) if rows else str(SAME.striptags())]
    lines += [visible_text(_fresh_line(fresh))] if fresh else []
    lines += [visible_text(_kept_line(kept))] if kept else []
    lines += map(visible_text, comparison.notes)
    reasons = [f"  {visible_text(row.claim)}: {row.why}" for row in changed]
    return "\n".join([*lines, *(["", "Why:", *reasons] if reasons else [])])


attach(Comparison, comparison_html, comparison_text)
