"""What servers answer to the same requests, as a table."""

from collections.abc import Sequence
from typing import Protocol

from markupsafe import Markup

from workbench.am.settings.profile import switches
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import columns, inline

SAME, OTHER = "=", "≠"
"""Beside an answer: as the first profile's, or another one."""


class AnswersByProfile(Protocol):
    """Answers side by side."""

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names, in the order of the answers."""

    @property
    def rows(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Question, switch, and an answer a profile."""


def differences_html(found: AnswersByProfile) -> str:
    """One row a question; an answer that differs from the first is marked."""
    header = ("Question", *found.profiles)
    rows = [
        (_question(question, switch), *_answers(answers))
        for question, switch, answers in found.rows
    ]
    share = 66 // len(found.profiles)
    widths = (34, *(share for _ in found.profiles))
    caption = "The same requests under every profile"
    note = f"<p><small>{OTHER} differs from {escape(found.profiles[0])}.</small></p>"
    return page(f"{table(header, rows, caption=caption, widths=widths)}{note}")


def _question(question: str, switch: str) -> Markup:
    if not switch:
        return escape(question)
    label = switches()[switch].label
    name = Markup(" <br><small>{} {}</small>").format(label, code(switch))
    return Markup("{}{}").format(escape(question), name)


def _answers(answers: Sequence[str]) -> list[Markup]:
    first = answers[0]
    return [
        code(each) if each == first else Markup(f"<b>{OTHER} {code(each)}</b>")
        for each in answers
    ]


def differences_text(found: AnswersByProfile) -> str:
    """The same as text."""
    rows = [("", *found.profiles)]
    rows += [
        (
            inline(question),
            *(f"{SAME if each == answers[0] else OTHER} {each}" for each in answers),
        )
        for question, _, answers in found.rows
    ]
    return columns(rows)
