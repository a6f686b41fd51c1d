"""Each exercise three ways: untouched, solved, and as people get it wrong."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workbench.course.exercises import template
from workbench.course.exercises.by_number import exercises
from workbench.course.exercises.check import check, hint, hints_told, solution
from workbench.course.exercises.exercise import Exercise, Practice, Prediction, Wrong
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.session import start
from workbench.course.exercises.trying import faults, try_exercise
from workbench.course.learner.record import NAME, keep_solved, solved

ALL = exercises()
TEMPLATE = {each.number: each for each in template.EXERCISES}
FIRST, TO_DO = ALL["1.1"], ALL["1.3"]
WRONG_CHOICE, RIGHT_CHOICE = "there is no act", "act names risk-agent"


@pytest.fixture(autouse=True)
def learners_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody has, in a kernel that has told and kept nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workbench.course.learner.record._here", set())
    monkeypatch.setattr("workbench.course.exercises.check._hints_given", {})
    return tmp_path


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_an_exercise_stands_every_way_to_answer_it(each: Exercise) -> None:
    assert faults(each) == []


@pytest.mark.parametrize("each", TEMPLATE.values(), ids=list(TEMPLATE))
def test_the_template_of_a_trainer_stands_every_way_to_answer_it(
    each: Exercise,
) -> None:
    assert faults(each) == []


def test_an_exercise_is_tried_untouched_solved_and_with_each_wrong_answer() -> None:
    practised = [trial.way for trial in try_exercise(TO_DO)]
    predicted = [trial.way for trial in try_exercise(FIRST)]

    assert practised[1:] == [
        "untouched",
        "its solution",
        "wrong answer 1",
        "wrong answer 2",
    ]
    assert predicted[1:3] == ["untouched", RIGHT_CHOICE]
    assert {*predicted[3:]} == {WRONG_CHOICE, "act names data-agent"}


def test_trying_records_nothing(learners_folder: Path) -> None:
    try_exercise(TO_DO)
    try_exercise(FIRST)

    assert list(learners_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"look": lambda look: [right("Anything.")]}, "it is taken for solved"),
        ({"look": lambda look: [missing("No.")]}, "its solution: it is refused: No."),
        ({"look": lambda look: []}, "right(…) and missing(…) make"),
        ({"look": lambda look: 1 / 0}, "ZeroDivisionError"),
        ({"solution": "1 +"}, "the answer cell fails: SyntaxError"),
        ({"wrong": (Wrong("", "the moon"), Wrong("", ""))}, "'the moon' is not said"),
        ({"wrong": ()}, "at least two answers"),
        ({"hints": ("a", "a", "a")}, "three hints"),
        ({"title": ""}, "a title and a task"),
        ({"form": "guess"}, "form is one of"),
    ],
)
def test_what_is_wrong_with_an_exercise_is_named(
    change: dict[str, object], fault: str
) -> None:
    assert isinstance(TO_DO, Practice)

    said = "\n".join(faults(replace(TO_DO, **change)))  # type: ignore[arg-type]

    assert fault in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"run": lambda bench: "42"}, "run gave none of the choices"),
        ({"because": {}}, "a reason for each choice but the right one"),
    ],
)
def test_what_is_wrong_with_a_prediction_is_named(
    change: dict[str, object], fault: str
) -> None:
    assert isinstance(FIRST, Prediction)

    said = "\n".join(faults(replace(FIRST, **change)))  # type: ignore[arg-type]

    assert fault in said


def test_a_check_that_changes_the_bench_is_a_fault() -> None:
    def look(look: Look) -> Iterator[Observation]:
        look.bench.realm.add_user(f"u{len(look.bench.realm.users)}", password="p")
        yield missing(f"{len(look.bench.realm.users)} are registered.")

    assert isinstance(TO_DO, Practice)

    assert "changes what it looks at" in "\n".join(faults(replace(TO_DO, look=look)))


def test_a_solved_exercise_stays_solved_and_says_so() -> None:
    assert check("1.1").state == "not yet"

    check("1.1", RIGHT_CHOICE)

    assert solved("1.1")
    assert check("1.1").solved
    assert check("1.1", WRONG_CHOICE).state == "solved before, not as it is now"


def test_a_wrong_prediction_does_not_tell_the_right_one() -> None:
    outcome = check("1.1", WRONG_CHOICE)

    assert RIGHT_CHOICE not in " ".join(outcome.missing)
    assert outcome.then == ""
    assert FIRST.hints[2] not in repr(outcome)


def test_no_repr_gives_an_answer_away() -> None:
    assert isinstance(TO_DO, Practice) and isinstance(FIRST, Prediction)

    assert TO_DO.solution not in repr(check("1.3"))
    assert FIRST.then not in repr(check("1.1"))


def test_an_untouched_check_writes_no_file(learners_folder: Path) -> None:
    start("1.3")
    check("1.1")
    check("1.3")
    hint("1.1")

    assert list(learners_folder.iterdir()) == []


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_hints_tell_more_by_stages(each: Exercise) -> None:
    told = [hint(each.number).text for _ in each.hints]

    assert set(told) == set(each.hints)
    assert [each.text for each in hints_told(each.number)] == list(each.hints)


class Odd:
    """Nothing that is an answer or a number."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not to be compared")

    def __str__(self) -> str:
        raise RuntimeError("not to be shown")

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize("odd", [Odd(), object(), 1, [], {}, b"1", "", "\ud800", "9.9"])
def test_whatever_is_answered_the_check_says_what_would_be_one(odd: object) -> None:
    outcome = check("1.1", odd)

    assert not outcome.solved
    assert "none of the choices" in outcome.missing[0]


@pytest.mark.parametrize(
    "odd", [Odd(), object(), None, [], "99.1", "\ud800", "x" * 999]
)
def test_whatever_is_given_for_a_number_is_answered_without_a_traceback(
    odd: Any,
) -> None:
    assert not check(odd).solved
    assert check(odd).missing
    assert hint(odd).text
    assert solution(odd).text


def test_a_closed_bench_is_looked_at_all_the_same() -> None:
    start("1.3").close()

    assert check("1.3").missing


def test_an_emptied_realm_is_looked_at_all_the_same() -> None:
    wb = start("1.3")
    for name in list(wb.realm.clients):
        wb.realm.delete(name)

    assert check("1.3").missing


def test_a_script_that_hangs_ends_with_a_refusal_and_not_with_the_check() -> None:
    wb = start("1.3")
    script = wb.realm.scripts.add("hangs", "while (true) {}")
    wb.realm.provider.accessTokenMayActScript = script.id
    wb.client.client_credentials("data-agent", "mySecret", scope="read")

    assert check("1.3").missing


def test_a_bench_that_was_taken_apart_is_said_to_be_so() -> None:
    wb = start("1.3")
    del wb.realm

    outcome = check("1.3")

    assert (
        "The check cannot look at what is there (AttributeError" in (outcome.missing[0])
    )
    assert "Run the cell above again." in outcome.missing[0]


def test_a_folder_in_which_nothing_can_be_written_is_said_and_the_tick_stays(
    learners_folder: Path,
) -> None:
    (learners_folder / NAME).mkdir()
    (learners_folder / NAME / "full").touch()
    (learners_folder / ".workbench-progress.unreadable.json").touch()

    outcome = check("1.1", RIGHT_CHOICE)

    assert outcome.solved
    assert "It is not kept" in outcome.note
    assert check("1.1").solved


def test_what_labs_keep_stands_beside_the_exercises() -> None:
    keep_solved("lab:chain-splicing")

    assert solved("lab:chain-splicing")
    assert not solved("1.1")
