"""Each exercise three ways: untouched, solved, and as people get it wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import Workbench
from workbench.course.exercises.by_number import exercises
from workbench.course.exercises.check import check, hint, solution
from workbench.course.exercises.exercise import (
    FORMS,
    Exercise,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.outcome import Outcome
from workbench.course.exercises.session import start

ALL = exercises()
PREDICTIONS = [each for each in ALL.values() if isinstance(each, Prediction)]
PRACTICES = [each for each in ALL.values() if isinstance(each, Practice)]
WRONG = [(each, wrong) for each in PRACTICES for wrong in each.wrong]
BESIDE = [(each, given) for each in PREDICTIONS for given in each.because]


@pytest.fixture(autouse=True)
def learners_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where progress is kept: a folder that nobody has."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def answered(practice: Practice, answer: str) -> Outcome:
    """What the check says once the answer cell ran, and once more."""
    names = {"Workbench": Workbench, "start": start}  # as the cells before imported
    exec(compile(practice.cell(answer), f"exercise {practice.number}", "exec"), names)
    first = check(practice.number)
    assert check(practice.number) == first, "a check changes what it looks at"
    return first


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_an_exercise_says_all_that_a_learner_needs(each: Exercise) -> None:
    assert each.form in FORMS
    assert each.title and each.task and "\n\n" not in each.task
    assert len({*each.hints}) == 3
    if isinstance(each, Prediction):
        assert len(each.choices) >= 3 and len({*each.choices}) == len(each.choices)
    if isinstance(each, Practice):
        assert len(each.wrong) >= 2


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_untouched_it_is_not_yet_solved(each: Exercise) -> None:
    outcome = answered(each, "") if isinstance(each, Practice) else check(each.number)

    assert not outcome.solved
    assert outcome.missing


@pytest.mark.parametrize("each", PREDICTIONS, ids=lambda each: each.number)
def test_the_prediction_that_comes_true_is_right(each: Prediction) -> None:
    names = {"check": check}
    code = solution(each.number).code

    exec(f"outcome = {code}", names)

    assert names["outcome"].solved  # type: ignore[attr-defined]
    assert set(each.because) == set(each.choices) - {eval(code.partition(", ")[2][:-1])}


@pytest.mark.parametrize(
    ("each", "given"), BESIDE, ids=[f"{e.number} {g}" for e, g in BESIDE]
)
def test_another_prediction_is_refused_with_what_speaks_against_it(
    each: Prediction, given: str
) -> None:
    outcome = check(each.number, given)

    assert not outcome.solved
    assert outcome.missing == (each.because[given],)


@pytest.mark.parametrize("each", PRACTICES, ids=lambda each: each.number)
def test_its_solution_passes(each: Practice) -> None:
    outcome = answered(each, each.solution)

    assert outcome.missing == ()
    assert outcome.solved


@pytest.mark.parametrize(
    ("each", "wrong"), WRONG, ids=[f"{e.number}-{i}" for i, (e, _) in enumerate(WRONG)]
)
def test_a_plausible_wrong_answer_is_refused_and_told_why(
    each: Practice, wrong: Wrong
) -> None:
    outcome = answered(each, wrong.answer)

    assert not outcome.solved
    assert wrong.says in " ".join(outcome.missing)


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_hints_tell_more_by_stages(each: Exercise) -> None:
    told = [hint(each.number).text for _ in each.hints]

    assert set(told) == set(each.hints)


def test_an_exercise_that_is_not_there_is_answered_without_a_traceback() -> None:
    outcome = check("99.1")

    assert not outcome.solved
    assert "There is no exercise '99.1'" in outcome.missing[0]
    assert "There is no exercise" in hint("99.1").text
    assert "There is no exercise" in solution("99.1").text
