"""Judges an answer by what it does; tells hints by stages, the answer when asked."""

from collections.abc import Callable

from workbench.course.exercises.by_number import exercise
from workbench.course.exercises.exercise import Exercise, Practice, Prediction
from workbench.course.exercises.faces import (
    outcome_html,
    outcome_text,
    told_html,
    told_text,
)
from workbench.course.exercises.look import missing, right
from workbench.course.exercises.outcome import Outcome, Told
from workbench.course.exercises.session import begin, begun
from workbench.course.learner.record import keep_solved, solved
from workbench.errors import WorkbenchError
from workbench.views.page.attached import attach

NOT_BEGUN = "Run the cell above first: it starts the bench of this exercise."


_hints_given: dict[str, int] = {}


def check(number: str, answer: str | None = None) -> Outcome:
    """Say what is right and what is missing in an answer; never raises.

    Args:
        number: Such as ``"3.2"``.
        answer: For a prediction, one of its choices; None: not answered yet.
    """
    number = str(number)
    try:
        chosen = exercise(number)
    except WorkbenchError as problem:
        return Outcome(number, None, (missing(str(problem)),))
    try:
        outcome = _judged(chosen, answer)
    except Exception as problem:  # whatever a learner did, the check answers
        outcome = Outcome(number, chosen, (missing(_in_words(problem)),))
    if outcome.solved:
        keep_solved(number)
    return outcome


def hint(number: str) -> Told:
    """The next hint of three; each call tells more.

    Args:
        number: Such as ``"3.2"``.
    """
    return _told(number, _next_hint)


def solution(number: str) -> Told:
    """One answer, for whoever asks.

    Args:
        number: Such as ``"3.2"``.
    """
    return _told(number, _solution)


def _judged(chosen: Exercise, answer: str | None) -> Outcome:
    if isinstance(chosen, Prediction):
        return _predicted(chosen, answer)
    assert isinstance(chosen, Practice)
    look = begun(chosen.number)
    if look is None:
        return Outcome(chosen.number, chosen, (missing(NOT_BEGUN),))
    try:
        return Outcome(chosen.number, chosen, tuple(chosen.look(look)))
    finally:
        look.put_away()


def _predicted(chosen: Prediction, answer: str | None) -> Outcome:
    if answer is None:
        if solved(chosen.number):
            return Outcome(chosen.number, chosen, (right("Answered."),), chosen.then)
        ask = f'Choose one, or write check("{chosen.number}", "…") with one of these.'
        return Outcome(chosen.number, chosen, (missing(ask),))
    if answer not in chosen.choices:
        says = "That is none of the choices; copy one as it stands."
        return Outcome(chosen.number, chosen, (missing(says),))
    came = chosen.run(begin(chosen).bench)
    if answer == came:
        return Outcome(chosen.number, chosen, (right(f"{came}."),), chosen.then)
    return Outcome(chosen.number, chosen, (missing(chosen.because[answer]),))


def _told(number: str, tell: Callable[[Exercise], Told]) -> Told:
    try:
        return tell(exercise(str(number)))
    except WorkbenchError as problem:
        return Told("No such exercise", str(problem))


def _next_hint(chosen: Exercise) -> Told:
    stage = min(_hints_given.get(chosen.number, 0), len(chosen.hints) - 1)
    _hints_given[chosen.number] = stage + 1
    title = f"Hint {stage + 1} of {len(chosen.hints)} for exercise {chosen.number}"
    return Told(title, chosen.hints[stage])


def _solution(chosen: Exercise) -> Told:
    title = f"One answer to exercise {chosen.number}"
    if isinstance(chosen, Prediction):
        came = chosen.run(begin(chosen).bench)
        return Told(title, chosen.then, f'check("{chosen.number}", {came!r})')
    assert isinstance(chosen, Practice)
    return Told(title, "", chosen.cell(chosen.solution))


def _in_words(problem: Exception) -> str:
    if isinstance(problem, WorkbenchError):
        return str(problem)
    return f"The bench cannot be looked at: {type(problem).__name__}: {problem}"


attach(Outcome, outcome_html, outcome_text)
attach(Told, told_html, told_text)
