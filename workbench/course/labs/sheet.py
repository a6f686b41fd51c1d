"""What a learner sees of labs: a card with a task, hints, the answer, the list."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from workbench.course.labs.attack_lab import Lab
from workbench.views.page.attached import attach_printed
from workbench.views.page.card import card, facts, folded
from workbench.views.page.html import block, code, good, page, table
from workbench.views.page.plain import columns, inline
from workbench.views.page.roles import GRANTED

NOT_YET = "not solved yet"


@dataclass(frozen=True, slots=True)
class Card:
    """A lab with its task.

    Attributes:
        lab: The lab.
        solved: Whether it was solved, at any time.
    """

    lab: Lab
    solved: bool = False


@dataclass(frozen=True, slots=True)
class SolvedLab:
    """What says by itself that a lab is solved.

    Attributes:
        lab: The lab.
        evidence: What the audit trail, or an API's log, shows.
    """

    lab: Lab
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """One of three hints.

    Attributes:
        lab: The lab.
        stage: Which, from 1.
    """

    lab: Lab
    stage: int


@dataclass(frozen=True, slots=True)
class ToldInFull:
    """All of a lab: the attack, the answer, the rule, and what happens without it."""

    lab: Lab


@dataclass(frozen=True, slots=True)
class LabList:
    """The labs in a table.

    Attributes:
        labs: These.
        solved: The names of those that were solved.
        answers: Whether the table tells the answers as well.
    """

    labs: tuple[Lab, ...]
    solved: frozenset[str]
    answers: bool = False


# A card


def card_html(shown: Card) -> str:
    """The story, the task, and the usual request as code."""
    lab, role = shown.lab, GRANTED if shown.solved else None
    lines: list[tuple[object, object]] = [("Story", lab.story), ("Task", lab.task)]
    state = good("solved") if shown.solved else Markup(f"<b>{NOT_YET}</b>")
    title = Markup("{} &ensp;{}").format(lab.title, state)
    usual = folded("The usual request, which passes", block(lab.usual_code), shut=False)
    return page(card(role, title, Markup("").join([facts(lines), usual, _help(lab)])))


def card_text(shown: Card) -> str:
    """The same as text."""
    lab, state = shown.lab, "solved" if shown.solved else NOT_YET
    return "\n".join(
        [
            f"{lab.title}: {state}",
            f"  Story: {lab.story}",
            f"  Task: {lab.task}",
            "  The usual request, which passes:",
            *_indented(lab.usual_code),
            f'  lab_hint("{lab.slug}") helps; lab_answer("{lab.slug}") tells all.',
        ]
    )


def _help(lab: Lab) -> Markup:
    asks = code(f'lab_hint("{lab.slug}")'), code(f'lab_answer("{lab.slug}")')
    return Markup(
        "<p><small>The attack changes one value. It is noticed by itself. "
        "{} helps, {} tells all.</small></p>"
    ).format(*asks)


# Solved


def solved_html(shown: SolvedLab) -> str:
    """That it is solved, and what shows it."""
    lab = shown.lab
    lines: list[tuple[object, object]] = [
        ("What shows it", shown.evidence[-1]),
        ("What stops it" if not lab.granted else "What would stop it", lab.stopped_by),
        ("How to notice", lab.notice),
        (
            "Next",
            Markup("{} tells all of it.").format(code(f'lab_answer("{lab.slug}")')),
        ),
    ]
    title = Markup("{} Lab: {}").format(good("solved"), lab.title)
    return page(card(GRANTED, title, facts(lines)))


def solved_text(shown: SolvedLab) -> str:
    """The same in one line."""
    return f"✓ Lab solved: {shown.lab.title}. {inline(shown.evidence[-1])}"


# A hint


def hint_html(shown: Hint) -> str:
    """The hint below its number."""
    return page(card(None, _numbered(shown), Markup("<p>{}</p>").format(_said(shown))))


def hint_text(shown: Hint) -> str:
    """The same as text."""
    return f"{_numbered(shown)}\n  {_said(shown)}"


def _numbered(shown: Hint) -> str:
    return f"Hint {shown.stage} of {len(shown.lab.hints)}: {shown.lab.title}"


def _said(shown: Hint) -> str:
    return shown.lab.hints[shown.stage - 1]


# The answer


def answer_html(shown: ToldInFull) -> str:
    """The attack with its answer, what stops it, and the same without that."""
    lab = shown.lab
    without, told = _without(lab)
    lines: list[tuple[object, object]] = [
        ("The attack", block(lab.attack_code)),
        ("Answer", lab.answer),
        ("What stops it" if not lab.granted else "What would stop it", lab.stopped_by),
        (without, block(lab.turned_code)),
        ("Answer then", told),
        ("How to notice", lab.notice),
        ("What to do", lab.fix),
        ("Sources", "; ".join(lab.sources)),
    ]
    return page(card(None, f"{lab.title}: the answer", facts(lines)))


def answer_text(shown: ToldInFull) -> str:
    """The same as text."""
    lab = shown.lab
    without, told = _without(lab)
    return "\n".join(
        [
            f"{lab.title}: the answer",
            "  The attack:",
            *_indented(lab.attack_code),
            f"  Answer: {lab.answer}",
            f"  What {'would stop' if lab.granted else 'stops'} it: {lab.stopped_by}",
            f"  {without}:",
            *_indented(lab.turned_code),
            f"  Answer then: {told}",
            f"  How to notice: {lab.notice}",
            f"  What to do: {lab.fix}",
            f"  Sources: {'; '.join(lab.sources)}",
        ]
    )


def _without(lab: Lab) -> tuple[str, str]:
    return ("With the defence" if lab.granted else "Without it", lab.turned)


def _indented(lines: str) -> Iterable[str]:
    return (f"    {line}".rstrip() for line in lines.splitlines())


# The list


def list_html(shown: LabList) -> str:
    """A row a lab."""
    return _answers_html(shown) if shown.answers else _states_html(shown)


def _answers_html(shown: LabList) -> str:
    rows = [
        (
            Markup("{}<br><small>{}</small>").format(lab.title, code(lab.slug)),
            lab.answer,
            lab.stopped_by,
            code(lab.turn_code.splitlines()[-1]),
            lab.notice,
        )
        for lab in shown.labs
    ]
    header = ("Attack", "Answer", "What stops it", "Switch", "How to notice")
    widths = (17, 22, 19, 22, 20)
    caption = "Which rule stops which attack"
    found = table(header, rows, label=caption, widths=widths)
    return page(folded(f"{caption}: open it when you are through", found))


def _states_html(shown: LabList) -> str:
    rows = [
        (
            lab.title,
            lab.group,
            code(lab.slug),
            good("solved") if lab.slug in shown.solved else NOT_YET,
        )
        for lab in shown.labs
    ]
    header = ("Attack", "What it is about", "Its name for start_lab", "State")
    return page(table(header, rows, caption=_count(shown), widths=(30, 26, 26, 18)))


def list_text(shown: LabList) -> str:
    """The same as text."""
    if shown.answers:
        return columns(
            [(lab.title, lab.answer, lab.stopped_by, lab.notice) for lab in shown.labs]
        )
    rows = [
        ("✓" if lab.slug in shown.solved else "·", lab.title, lab.group, lab.slug)
        for lab in shown.labs
    ]
    return f"{_count(shown)}\n{columns(rows, indent='  ')}"


def _count(shown: LabList) -> str:
    done = sum(lab.slug in shown.solved for lab in shown.labs)
    return f"Attack labs: {done} of {len(shown.labs)} solved"


attach_printed(Card, card_html, card_text)
attach_printed(SolvedLab, solved_html, solved_text)
attach_printed(Hint, hint_html, hint_text)
attach_printed(ToldInFull, answer_html, answer_text)
attach_printed(LabList, list_html, list_text)
