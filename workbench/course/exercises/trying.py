"""Tries an exercise as learners will: untouched, solved, and as people get it wrong.

For the tests of whoever writes exercises::

    @pytest.mark.parametrize("each", EXERCISES, ids=lambda each: each.number)
    def test_an_exercise(each):
        assert faults(each) == []
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.course.exercises.exercise import FORMS, Exercise, Practice, Prediction
from workbench.course.exercises.judge import came_true, judge
from workbench.course.exercises.outcome import Outcome
from workbench.course.exercises.session import begin

FIRST_CELL = "from workbench import Workbench\nfrom workbench.course import *"
"""What the cells before the answer have imported."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One way to answer, and what came of it.

    Attributes:
        way: Such as ``untouched``, ``its solution`` or ``wrong answer 1``.
        outcome: What the check said; None where it was not asked.
        fault: What is wrong with the exercise, or "".
    """

    way: str
    outcome: Outcome | None
    fault: str = ""


def faults(exercise: Exercise) -> list[str]:
    """What is wrong with an exercise; nothing where it is fit for learners."""
    return [
        f"{exercise.number}, {trial.way}: {trial.fault}"
        for trial in try_exercise(exercise)
        if trial.fault
    ]


def try_exercise(exercise: Exercise) -> tuple[Answered, ...]:
    """Answer an exercise in every way that it knows; nothing is recorded.

    The answers run here, with all that Python may do: try what you trust.

    Args:
        exercise: One's own, or one of the course.
    """
    kind = _prediction if isinstance(exercise, Prediction) else _practice
    return (*_said(exercise), *kind(exercise))


def _said(exercise: Exercise) -> Iterator[Answered]:
    wrong = []
    if exercise.form not in FORMS:
        wrong.append(f"form is one of {', '.join(FORMS)}")
    if not (exercise.title and exercise.task):
        wrong.append("it needs a title and a task")
    if len({*exercise.hints}) != 3:
        wrong.append("it has three hints, each another")
    if isinstance(exercise, Practice) and len(exercise.wrong) < 2:
        wrong.append("it has at least two answers that people get wrong")
    yield Answered("as it is written", None, "; ".join(wrong))


def _prediction(exercise: Any) -> Iterator[Answered]:
    yield _refused("untouched", judge(exercise))
    try:
        came = came_true(exercise)
    except Exception as problem:
        yield Answered("its run", None, f"{type(problem).__name__}: {problem}")
        return
    yield _passed(came, judge(exercise, came))
    others = {*exercise.choices} - {came}
    if len(exercise.choices) < 3 or {*exercise.because} != others:
        yield Answered(
            "because", None, "it has a reason for each choice but the right one"
        )
    for given in exercise.because:
        yield _refused(given, judge(exercise, given), exercise.because[given])


def _practice(exercise: Any) -> Iterator[Answered]:
    yield _answered(exercise, "untouched", "", _refused)
    yield _answered(exercise, "its solution", exercise.solution, _passed)
    for number, wrong in enumerate(exercise.wrong, 1):
        says = wrong.says
        yield _answered(
            exercise,
            f"wrong answer {number}",
            wrong.answer,
            lambda way, outcome, says=says: _refused(way, outcome, says),
        )


def _answered(exercise: Practice, way: str, answer: str, as_it_shall: Any) -> Answered:
    names: dict[str, Any] = {}
    exec(FIRST_CELL, names)
    names["start"] = lambda _number: begin(exercise).bench
    place = f"exercise {exercise.number}, {way}"
    try:
        exec(compile(exercise.cell(answer), place, "exec"), names)
    except Exception as problem:
        return Answered(way, None, f"the answer cell fails: {problem!r}")
    first = judge(exercise)
    if judge(exercise) != first:
        return Answered(way, first, "the check changes what it looks at")
    trial: Answered = as_it_shall(way, first)
    return trial


def _passed(way: str, outcome: Outcome) -> Answered:
    lacking = "; ".join(outcome.missing)
    return Answered(way, outcome, "" if outcome.solved else f"it is refused: {lacking}")


def _refused(way: str, outcome: Outcome, says: str = "") -> Answered:
    if outcome.solved:
        return Answered(way, outcome, "it is taken for solved")
    lacking = " ".join(outcome.missing)
    lacks = "" if says in lacking else f"{says!r} is not said, but: {lacking}"
    return Answered(way, outcome, lacks)
