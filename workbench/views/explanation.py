"""Why another server refused an exchange: the likeliest rule first, and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from workbench.am.basics.secrets import safe_text
from workbench.am.exchange.decision import Check
from workbench.am.exchange.rules import why
from workbench.views.page.card import card, facts, folded
from workbench.views.page.html import code, page, table
from workbench.views.page.plain import columns, visible_text
from workbench.views.page.roles import REFUSED, badge

NOBODY = "No rule of the bench could have refused it so."

HEADER = ("", "Rule", "Because", "What would tell")
WIDTHS = (9, 29, 31, 31)

MOST = 6
"""Rules that are shown at once; others are less likely."""


class SuspectLike(Protocol):
    """A rule that could have refused."""

    @property
    def check(self) -> Check:
        """The rule as it came out."""

    @property
    def sure(self) -> bool:
        """Whether it refuses whatever is not known."""

    @property
    def if_so(self) -> str:
        """What would have to be so; "" where sure."""

    @property
    def to_know(self) -> str:
        """What would decide it; "" where sure."""

    @property
    def remedy(self) -> str:
        """What makes it pass."""


class ExplanationLike(Protocol):
    """What is said of a refusal."""

    @property
    def method(self) -> str:
        """Of HTTP."""

    @property
    def url(self) -> str:
        """Without secrets."""

    @property
    def sent(self) -> tuple[tuple[str, str], ...]:
        """The parameters, masked."""

    @property
    def answer(self) -> Any:
        """What came back, or None."""

    @property
    def suspects(self) -> Sequence[SuspectLike]:
        """The likeliest first."""

    @property
    def also(self) -> tuple[Check, ...]:
        """What would refuse as well."""

    @property
    def passed(self) -> tuple[str, ...]:
        """The rules that pass."""

    @property
    def next_thing(self) -> str:
        """The one thing to do now."""

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """What is known, and how."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is good to know."""


def explanation_html(told: ExplanationLike) -> str:
    """The likeliest rule and the next thing on a card; the rules; the rest folded."""
    first = told.suspects[0] if told.suspects else None
    title = first.check.rule if first else NOBODY
    word = "For sure" if first and first.sure else "Likely" if first else "Unknown"
    lines: list[tuple[object, object]] = []
    if first:
        lines.append(("Why", _because(first)))
    lines.append(("Next", visible_text(told.next_thing)))
    if said := _said(told.answer):
        lines.append(("On the wire", code(said)))
    lines += [("Note", visible_text(note)) for note in told.notes]
    head = card(REFUSED, badge(REFUSED, word) + f" {visible_text(title)}", facts(lines))
    return page(f"{head}{_suspects(told.suspects)}{_rest(told)}")


def _suspects(found: Sequence[SuspectLike]) -> str:
    if not found:
        return ""
    caption = "Rules that could have refused, the likeliest first"
    shown = table(HEADER, _rows(found[:MOST]), caption=caption, widths=WIDTHS)
    if not found[MOST:]:
        return shown
    rest = table(HEADER, _rows(found[MOST:]), label="Less likely", widths=WIDTHS)
    return shown + folded(f"Less likely: {len(found) - MOST}", rest)


def _rows(found: Iterable[SuspectLike]) -> Iterator[tuple[str, str, str, str]]:
    for each in found:
        remedy = f"To make it pass: {each.remedy}" if each.remedy else ""
        yield (
            "for sure" if each.sure else "could",
            visible_text(each.check.rule),
            visible_text(_because(each)),
            visible_text(remedy if each.sure else each.to_know),
        )


def _because(suspect: SuspectLike) -> str:
    return visible_text(why(suspect.check)) if suspect.sure else f"if {suspect.if_so}"


def _said(answer: Any) -> str:
    """The error that came back, on one line."""
    if answer is None:
        return ""
    status = f"{answer.status} " if answer.status else ""
    text = f"{status}{answer.error} {answer.description}".strip()
    return safe_text(text, 300)


def _rest(told: ExplanationLike) -> str:
    sent = table(("Sent", "Value"), [(code(n), code(v)) for n, v in told.sent])
    known = table(("What is known of", "How"), told.known) if told.known else ""
    parts = [
        folded(
            f"What was sent: {visible_text(told.method)} {visible_text(told.url)}", sent
        )
    ]
    if known:
        parts.append(folded("What is known", known))
    if told.also:
        also = table(("Rule", "Why"), [(each.rule, why(each)) for each in told.also])
        parts.append(folded("What would refuse as well", also))
    return "".join(parts)


def explanation_text(told: ExplanationLike) -> str:
    """The same as text."""
    first = told.suspects[0] if told.suspects else None
    word = "For sure" if first and first.sure else "Likely"
    lines = [f"✗ {word}: {visible_text(first.check.rule)}" if first else f"✗ {NOBODY}"]
    if first:
        lines.append(f"Why: {_because(first)}")
    lines.append(f"Next: {visible_text(told.next_thing)}")
    if said := _said(told.answer):
        lines.append(f"On the wire: {said}")
    lines += [f"Note: {visible_text(note)}" for note in told.notes]
    for number, row in enumerate(_rows(told.suspects[:MOST]), 1):
        sure, rule, because, to_know = row
        lines += ["", f"{number}. {sure}: {rule}", f"   {because}"]
        lines += [f"   {to_know}"] if to_know else []
    if less := dict.fromkeys(each.check.rule for each in told.suspects[MOST:]):
        lines += ["", f"Less likely: {visible_text('; '.join(less))}"]
    for each in told.also:
        lines += ["", f"As well: {visible_text(each.rule)}", f"   {why(each)}"]
    lines += ["", f"Sent: {visible_text(told.method)} {visible_text(told.url)}"]
    lines.append(columns(told.sent, indent="  "))
    if told.known:
        lines += ["Known:", columns(told.known, indent="  ")]
    return "\n".join(lines)
