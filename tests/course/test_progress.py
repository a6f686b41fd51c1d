"""How far a learner is, and the code that says so to a trainer."""

from datetime import date
from pathlib import Path

import pytest

from workbench.course import progress
from workbench.course.exercises import by_number, template
from workbench.course.exercises.by_number import add
from workbench.course.learner import record
from workbench.course.learner.record import keep_solved
from workbench.course.lesson_map import LESSONS
from workbench.course.standing.code import ClassCodeError, read_code, written
from workbench.course.standing.parts import CoursePart, Task, parts

DAY = date(2026, 11, 29)
PARTS = (
    CoursePart("01", "One?", (Task("1.1", "a"), Task("1.2", "b"))),
    CoursePart("02", "Two?", ()),
    CoursePart("labs", "Attack labs", (Task("chain-splicing", "chain splicing"),)),
    CoursePart("own", "Your trainer's exercises", (Task("T.1", "mine"),)),
)
SOLVED = frozenset({"1.2", "chain-splicing", "T.1"})
CODE = written("Ada Lovelace", SOLVED, PARTS, today=DAY)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody has, without a class key and a trainer's exercises."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WORKBENCH_CLASS_KEY", raising=False)
    monkeypatch.setattr(by_number, "_more", {})
    monkeypatch.setattr(record, "_here", set())
    return tmp_path


def test_every_shipped_lesson_and_exercise_is_shown() -> None:
    shown = progress()
    text, html = str(shown._repr_mimebundle_()), shown._repr_html_()  # type: ignore[attr-defined]

    for number, title in ((each.number, each.question) for each in LESSONS):
        assert number in text
        assert title.split("`")[0] in text or title in text
    assert shown.most >= len(by_number.exercises())
    assert f"Solved: 0 of {shown.most}" in html
    assert "not yet: 1.1 who acts" in html


def test_what_was_solved_has_a_tick_and_a_word(folder: Path) -> None:
    for number in by_number.exercises():
        keep_solved(number)
    shown = progress()

    assert "✓ done" in shown._repr_html_()  # type: ignore[attr-defined]
    assert "✓ solved</span> 1.1" in shown._repr_html_()  # type: ignore[attr-defined]
    assert shown.total == len(by_number.exercises())


def test_looking_at_progress_writes_nothing(folder: Path) -> None:
    progress().code("Ada")

    assert list(folder.iterdir()) == []


def test_a_trainers_exercises_are_a_part_of_their_own() -> None:
    add(template.EXERCISES)

    assert [task.key for task in parts()[-1].tasks] == ["T.1", "T.2"]
    assert parts()[-1].name == "own"


def test_what_a_trainer_calls_an_exercise_is_shown_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = CoursePart("own", "<script>", (Task("T.1", "<img src=x>"),))
    monkeypatch.setattr("workbench.course.standing.progress.parts", lambda: (hostile,))

    html = progress()._repr_html_()  # type: ignore[attr-defined]

    assert "<script" not in html and "<img" not in html


def test_a_code_says_who_solved_what_and_when() -> None:
    said = read_code(CODE, PARTS)

    assert (said.name, said.day, said.solved) == ("Ada Lovelace", DAY, SOLVED)


def test_a_code_is_short_enough_to_be_sent() -> None:
    many = tuple(Task(f"{n // 4 + 1}.{n % 4 + 1}", "") for n in range(60))
    code = written("Ada Lovelace", {"1.1"}, (CoursePart("01", "", many),), today=DAY)

    assert len(code) < 100


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", " "),
        CODE.replace("-", ""),
        f"  {CODE}\n",
        CODE.replace("-", "\n-", 1),
        "WB1" + CODE.removeprefix("WB1").replace("O", "0").replace("I", "1"),
    ],
)
def test_case_blanks_and_look_alikes_do_not_matter(typed: str) -> None:
    assert read_code(typed, PARTS).name == "Ada Lovelace"


@pytest.mark.parametrize("place", range(4, len(CODE)))
def test_a_letter_that_is_another_is_found(place: int) -> None:
    if CODE[place] == "-":
        return
    other = "A" if CODE[place] != "A" else "C"

    with pytest.raises(ClassCodeError):
        read_code(CODE[:place] + other + CODE[place + 1 :], PARTS)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "a code begins with WB1"),
        ("WB2-AAAA", "a code begins with WB1"),
        ("WB1", "too short"),
        ("WB1-%%%%", "letters that no code has"),
        ("WB1-" + "A" * 40, "too short, or of another version"),
        ("WB1-" + "A" * 5000, "no code is longer"),
        (CODE[:-3], "."),
        ("WB1-É", "letters that no code has"),
    ],
)
def test_what_is_no_code_is_refused_with_a_reason(code: str, reason: str) -> None:
    with pytest.raises(ClassCodeError, match=reason):
        read_code(code, PARTS)


def test_a_code_of_another_course_is_told_apart_from_a_slip() -> None:
    other = (CoursePart("01", "One?", (Task("1.1", "a"),)),)

    with pytest.raises(ClassCodeError, match="made with another version of the course"):
        read_code(CODE, other)


def test_a_class_key_counts_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    keyed = written("Ada", SOLVED, PARTS, key="spring", today=DAY)
    with pytest.raises(ClassCodeError, match="the class key is another"):
        read_code(keyed, PARTS)

    monkeypatch.setenv("WORKBENCH_CLASS_KEY", "spring")

    assert read_code(keyed, PARTS).name == "Ada"
    assert written("Ada", SOLVED, PARTS, today=DAY) == keyed


@pytest.mark.parametrize("name", ["", "  ", "a" * 41, "a\x1b[31m", "a\u202eb"])
def test_a_name_that_nobody_has_is_refused(name: str) -> None:
    with pytest.raises(ClassCodeError, match="1 to 40 printable characters"):
        progress().code(name)


@pytest.mark.parametrize("name", ["Ada", "Zoë Müller", "李小龍", "O'Hara; DROP, x"])
def test_a_name_comes_back_as_it_was(name: str) -> None:
    assert read_code(progress().code(name), parts()).name == name
