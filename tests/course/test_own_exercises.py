"""A trainer's own exercises: the template, and what is wrong with a file."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from IPython.core.interactiveshell import InteractiveShell

from workbench.course import add_exercises
from workbench.course.exercises import by_number, template
from workbench.course.exercises.by_number import exercises
from workbench.course.exercises.check import check, solution
from workbench.course.exercises.from_file import ExerciseFileError
from workbench.course.exercises.session import start

TEMPLATE = Path(template.__file__)


@pytest.fixture(autouse=True)
def nothing_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder that nobody has, and the course's exercises alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(by_number, "_more", {})
    yield


def test_a_file_is_loaded_checked_and_solved_as_the_courses_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(TEMPLATE.read_bytes())

    assert add_exercises(path) == ["T.1", "T.2"]

    wb = start("T.2")
    assert not check("T.2").solved
    wb.client.client_credentials("my-agent", "mySecret", scope="read")
    assert check("T.2").solved
    assert "invalid_scope" in solution("T.1").code


@pytest.mark.parametrize("source", [template, template.EXERCISES])
def test_a_module_and_the_exercises_themselves_are_loaded_too(
    source: ModuleType,
) -> None:
    assert add_exercises(source) == ["T.1", "T.2"]
    assert add_exercises(source) == ["T.1", "T.2"], "a cell may run again"
    assert list(exercises())[-2:] == ["T.1", "T.2"]


TEXT = TEMPLATE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 +", "mine.py, line 1: invalid syntax"),
        ("\n\nraise ValueError('no')", "mine.py, line 3: ValueError: no"),
        ("\nimport nothing_of_that_name", "mine.py, line 2: ModuleNotFoundError"),
        ("", "mine.py has no EXERCISES. workbench class template FILE"),
        ("EXERCISES = ()", "mine.py: EXERCISES is empty"),
        ("EXERCISES = 3", "EXERCISES is a tuple of exercises"),
        ("EXERCISES = 'T.1'", "EXERCISES is a tuple of exercises"),
        ("EXERCISES = (3,)", "exercise 1 of EXERCISES: it is an int"),
        (
            TEXT.replace('"T.2"', '"T.1"'),
            "exercise 2 of EXERCISES: its number is taken",
        ),
        (TEXT.replace('"T.2"', '"1.2"'), "The course has an exercise 1.2 already"),
        (TEXT.replace('"T.2"', '"two"'), "its number is such as T.1; not 'two'"),
        (TEXT.replace('"T.2"', '"T.<b>"'), "its number is such as T.1"),
        (TEXT.replace('"T.2"', f'"T.{"1" * 20}"'), "at most 12 characters"),
        (TEXT.replace('            GRANTED: "The', '            "x": "The'), "because"),
        (TEXT.replace("        run=asks_too_much,\n", ""), "argument: 'run'"),
        (TEXT.replace("hints=(", "hints=list(("), "mine.py, line"),
        ("\0", "mine.py"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "mine.py"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ExerciseFileError) as refused:
        add_exercises("mine.py")

    assert said in str(refused.value)
    assert "T.1" not in exercises()


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ExerciseFileError, match=r"There is no file none\.py"):
        add_exercises("none.py")


def test_a_cell_shows_the_message_and_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shell = InteractiveShell()

    shell.run_cell("from workbench.course import add_exercises; add_exercises('no.py')")

    assert capsys.readouterr().out.splitlines() == [
        "ExerciseFileError: There is no file no.py. "
        "workbench class template FILE writes one to begin with."
    ]
