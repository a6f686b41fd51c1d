"""The lessons as files that are committed."""

import json
from pathlib import Path

import pytest

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
