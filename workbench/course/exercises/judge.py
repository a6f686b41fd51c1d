"""Judges an answer by what it does, whatever was done before; keeps nothing."""

from workbench.course.exercises.exercise import Exercise, Practice, Prediction
from workbench.course.exercises.look import Observation, missing, right
from workbench.course.exercises.outcome import Outcome
from workbench.course.exercises.session import begin, begun
from workbench.errors import WorkbenchError

NOT_BEGUN = "Run the cell above first: it starts the bench of this exercise."


def judge(chosen: Exercise, answer: object = None) -> Outcome:
    """Say what is right and what is missing in an answer; never raises.

    Args:
        chosen: The exercise.
        answer: For a prediction, one of its choices; None: not answered yet.
    """
    try:
        if isinstance(chosen, Prediction):
            return _predicted(chosen, answer)
        assert isinstance(chosen, Practice)
        return _practised(chosen)
    except Exception as problem:  # whatever a learner did, the check answers
        return Outcome(chosen.number, chosen, (missing(_in_words(chosen, problem)),))


def _practised(chosen: Practice) -> Outcome:
    look = begun(chosen.number)
    if look is None:
        return Outcome(chosen.number, chosen, (missing(NOT_BEGUN),))
    try:
        findings = tuple(chosen.look(look))
    finally:
        look.put_away()
    if not findings or not all(isinstance(each, Observation) for each in findings):
        raise TypeError("look gives what right(…) and missing(…) make, at least one")
    return Outcome(chosen.number, chosen, findings)


def _predicted(chosen: Prediction, answer: object) -> Outcome:
    if answer is None:
        ask = f'Choose one, or write check("{chosen.number}", "…") with one of these.'
        return Outcome(chosen.number, chosen, (missing(ask),))
    if not isinstance(answer, str) or answer not in chosen.choices:
        says = "That is none of the choices; copy one as it stands."
        return Outcome(chosen.number, chosen, (missing(says),))
    came = came_true(chosen)
    if answer == came:
        return Outcome(chosen.number, chosen, (right(f"{came}."),), chosen.then)
    return Outcome(chosen.number, chosen, (missing(chosen.because[answer]),))


def came_true(chosen: Prediction) -> str:
    """The choice that comes true when the thing is done, on a fresh bench.

    Raises:
        ValueError: What came is none of the choices.
    """
    came = chosen.run(begin(chosen).bench)
    if came not in chosen.choices:
        raise ValueError("run gave none of the choices")
    return came


def _in_words(chosen: Exercise, problem: Exception) -> str:
    try:
        said = str(problem)
    except Exception:
        said = "it cannot say itself"
    if isinstance(problem, WorkbenchError):
        return said
    again = "Run the cell above again" if isinstance(chosen, Practice) else "Run again"
    name = type(problem).__name__
    return f"The check cannot look at what is there ({name}: {said}). {again}."
