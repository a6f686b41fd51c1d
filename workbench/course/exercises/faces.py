"""A check, a hint and a solution as HTML and as text."""

from markupsafe import Markup

from workbench.course.exercises.exercise import Prediction
from workbench.course.exercises.outcome import Outcome, Told
from workbench.views.page.card import card
from workbench.views.page.html import bad, block, escape, good, page
from workbench.views.page.roles import GRANTED


def outcome_html(outcome: Outcome) -> str:
    """What is right, what is missing, and where a hint is."""
    rows = [f"<li>{good('right')} {escape(each)}</li>" for each in outcome.right]
    rows += [f"<li>{bad('not yet')} {escape(each)}</li>" for each in outcome.missing]
    inner = f"<ul>{''.join(rows)}</ul>"
    if not outcome.solved:
        choices = "".join(f"<li>{escape(each)}</li>" for each in _choices(outcome))
        inner += f"<ol>{choices}</ol>" if choices else ""
        inner += f"<p>{escape(_further(outcome))}</p>"
    inner += f"<p>{escape(outcome.then)}</p>" if outcome.then else ""
    inner += f"<p>{escape(outcome.note)}</p>" if outcome.note else ""
    role = GRANTED if outcome.solved else None
    return page(card(role, title_of(outcome), Markup(inner)))


def outcome_text(outcome: Outcome) -> str:
    """The same as text."""
    lines = [title_of(outcome)]
    lines += [f"  ✓ {each}" for each in outcome.right]
    lines += [f"  ✗ {each}" for each in outcome.missing]
    if not outcome.solved:
        lines += [f"    - {each}" for each in _choices(outcome)]
        lines.append(_further(outcome))
    return "\n".join([*lines, *filter(None, (outcome.then, outcome.note))])


def told_html(told: Told) -> str:
    """A hint or a solution on a card."""
    inner = f"<p>{escape(told.text)}</p>" if told.text else ""
    inner += block(told.code) if told.code else ""
    return page(card(None, told.title, Markup(inner)))


def told_text(told: Told) -> str:
    """The same as text."""
    return "\n".join(part for part in (told.title, told.text, told.code) if part)


def title_of(outcome: Outcome) -> str:
    """Which exercise it is, and how it stands, with a sign once it is solved."""
    if outcome.exercise is None:
        return f"Exercise {outcome.number}"
    sign = "✓ " if outcome.before or outcome.solved else ""
    name = f"Exercise {outcome.number}, {outcome.exercise.title}"
    return f"{name}: {sign}{outcome.state}"


def _choices(outcome: Outcome) -> tuple[str, ...]:
    chosen = outcome.exercise
    return chosen.choices if isinstance(chosen, Prediction) else ()


def _further(outcome: Outcome) -> str:
    return f'hint("{outcome.number}") helps.' if outcome.exercise else ""
