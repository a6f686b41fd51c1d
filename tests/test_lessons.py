"""The lessons as files that are committed."""

import json
from pathlib import Path

import nbformat
import pytest

from tests.execute_notebooks import cells_of, write_exercises
from workbench.course.exercises.by_number import exercises
from workbench.course.lessons import shipped_lessons

LESSONS = sorted(shipped_lessons().rglob("*.ipynb"))
LARGEST, LONGEST = 340_000, 100_000
"""Octets of a file, and of one output in it."""


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_committed_notebook_is_small_and_keeps_nothing_of_who_ran_it(
    path: Path,
) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)

    assert len(text) < LARGEST
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    for cell in notebook["cells"]:
        assert cell["id"]
        assert "execution" not in cell["metadata"]
        assert all(len(json.dumps(each)) < LONGEST for each in cell.get("outputs", []))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_cells_of_an_exercise_say_what_its_data_says(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    before = [cell.source for cell in notebook.cells]

    write_exercises(notebook)

    assert [cell.source for cell in notebook.cells] == before


def test_every_exercise_stands_in_its_lesson() -> None:
    found = {
        path.stem[:2]: {cell["id"] for cell in json.loads(path.read_text())["cells"]}
        for path in LESSONS
    }

    lacking = [
        (number, part)
        for number, each in exercises().items()
        for part in cells_of(each)
        if f"{part}-{number.replace('.', '-')}" not in found[each.lesson]
    ]
    assert lacking == []
