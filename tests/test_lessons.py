"""The lessons as files: what a person's own folder of them gets, and keeps."""

import json
from pathlib import Path

import pytest

from workbench.course.lessons import lesson_folder, shipped_lessons

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


def test_a_lesson_folder_has_every_lesson_and_the_reference(tmp_path: Path) -> None:
    lesson_folder(tmp_path)

    for source in shipped_lessons().rglob("*.ipynb"):
        copy = tmp_path / source.relative_to(shipped_lessons())
        assert copy.read_bytes() == source.read_bytes()
    assert (tmp_path / "reference/rules.ipynb").exists()


def test_a_lesson_that_somebody_changed_is_kept_and_named(tmp_path: Path) -> None:
    lesson_folder(tmp_path)
    mine = tmp_path / "reference/rules.ipynb"
    mine.write_text("my own")

    again = lesson_folder(tmp_path)

    assert again.kept == (str(Path("reference/rules.ipynb")),)
    assert mine.read_text() == "my own"
