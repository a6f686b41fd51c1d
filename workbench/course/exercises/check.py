"""What a learner calls: check, hint and solution; none of them raises."""

from collections.abc import Callable
from dataclasses import replace

from workbench.course.exercises.by_number import exercise
from workbench.course.exercises.exercise import Exercise, Practice, Prediction
from workbench.course.exercises.faces import (
    outcome_html,
    outcome_text,
    told_html,
    told_text,
)
from workbench.course.exercises.judge import came_true, judge
from workbench.course.exercises.look import missing, right
from workbench.course.exercises.outcome import Outcome, Told
from workbench.course.learner.record import keep_solved, solved
from workbench.course.on_bench import live_form
from workbench.errors import WorkbenchError
from workbench.views.page.attached import attach_live, attach_printed

_hints_given: dict[str, int] = {}
"""How many hints were told by now, as long as this kernel runs."""


def check(number: str, answer: object = None) -> Outcome:
    """Say what is right and what is missing in an answer; never raises.

    Args:
        number: Such as ``"3.2"``.
        answer: For a prediction, one of its choices; None: not answered yet.
    """
    try:
        chosen = exercise(str(number))
    except Exception as problem:  # whatever was given for a number
        return Outcome(_name(number), None, (missing(_words(problem)),))
    before = solved(chosen.number)
    if before and answer is None and isinstance(chosen, Prediction):
        findings = (right("Answered."),)
        return Outcome(chosen.number, chosen, findings, chosen.then, before=True)
    outcome = judge(chosen, answer)
    note = keep_solved(chosen.number) if outcome.solved else ""
    return replace(outcome, before=before or outcome.solved, note=note)


def hint(number: str) -> Told:
    """The next hint of three; each call tells more.

    Args:
        number: Such as ``"3.2"``.
    """
    return _told(number, _next_hint)


def hints_told(number: str) -> tuple[Told, ...]:
    """The hints told by now, as long as this kernel runs.

    Args:
        number: Such as ``"3.2"``.
    """
    chosen = exercise(number)
    given = min(_hints_given.get(number, 0), len(chosen.hints))
    return tuple(_hint(chosen, stage) for stage in range(given))


def solution(number: str) -> Told:
    """One answer, for whoever asks.

    Args:
        number: Such as ``"3.2"``.
    """
    return _told(number, _solution)


def _told(number: str, tell: Callable[[Exercise], Told]) -> Told:
    try:
        chosen = exercise(str(number))
    except Exception as problem:  # whatever was given for a number
        return Told("No such exercise", _words(problem))
    try:
        return tell(chosen)
    except Exception as problem:  # such as a run that a trainer wrote
        return Told(f"Exercise {chosen.number} cannot tell", _words(problem))


def _next_hint(chosen: Exercise) -> Told:
    stage = min(_hints_given.get(chosen.number, 0), len(chosen.hints) - 1)
    _hints_given[chosen.number] = stage + 1
    return _hint(chosen, stage)


def _hint(chosen: Exercise, stage: int) -> Told:
    title = f"Hint {stage + 1} of {len(chosen.hints)} for exercise {chosen.number}"
    return Told(title, chosen.hints[stage])


def _solution(chosen: Exercise) -> Told:
    title = f"One answer to exercise {chosen.number}"
    if isinstance(chosen, Prediction):
        came = came_true(chosen)
        return Told(title, chosen.then, f'check("{chosen.number}", {came!r})')
    assert isinstance(chosen, Practice)
    return Told(title, "", chosen.cell(chosen.solution))


def _words(problem: Exception) -> str:
    if isinstance(problem, WorkbenchError):
        return str(problem)
    return f'An exercise is named by its number, such as check("1.1"): {problem!r}'


def _name(number: object) -> str:
    return number if isinstance(number, str) else type(number).__name__


def _has_form(outcome: Outcome) -> bool:
    return outcome.exercise is not None


attach_printed(Outcome, outcome_html, outcome_text)
attach_printed(Told, told_html, told_text)
attach_live(Outcome, lambda outcome: live_form("exercise", outcome), _has_form)
