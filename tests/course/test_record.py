"""What a folder remembers of a learner, whatever the file there is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.course.learner import record
from workbench.course.learner.record import (
    LARGEST,
    NAME,
    UNREADABLE,
    keep_solved,
    solved,
    solved_numbers,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody has, and a kernel that remembers nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(record, "_here", set())
    return tmp_path


def test_what_is_solved_is_kept_once_and_in_order(folder: Path) -> None:
    for number in ("2.1", "1.1", "2.1"):
        assert keep_solved(number) == ""

    assert json.loads((folder / NAME).read_text()) == {"solved": ["1.1", "2.1"]}
    assert [path.name for path in folder.iterdir()] == [NAME]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        '{"solved": 3}',
        '{"solved": {"1.1": true}}',
        "[" * 50_000,
        '{"solved": ["' + "x" * LARGEST + '"]}',
    ],
)
def test_what_is_no_record_counts_as_none_and_is_kept_beside(
    folder: Path, text: str
) -> None:
    (folder / NAME).write_text(text)

    assert solved_numbers() == frozenset()
    assert keep_solved("1.1") == ""

    assert solved("1.1")
    assert (folder / UNREADABLE).read_text() == text


def test_octets_that_are_no_text_count_as_none(folder: Path) -> None:
    (folder / NAME).write_bytes(b"\xff\xfe\x00")

    assert solved_numbers() == frozenset()


def test_members_that_are_no_numbers_are_passed_over(folder: Path) -> None:
    odd = {"solved": [1, None, "", "x" * 81, ["1.2"], "1.1"], "name": "somebody"}
    (folder / NAME).write_text(json.dumps(odd))

    assert solved_numbers() == {"1.1"}


def test_a_pipe_of_that_name_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / NAME)

    assert solved_numbers() == frozenset()


def test_a_folder_that_is_gone_is_said_and_the_kernel_remembers(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()

    said = keep_solved("1.1")

    assert said.startswith("It is not kept: .workbench-progress.json cannot be written")
    assert solved("1.1")


def test_a_lock_that_a_killed_kernel_left_does_not_stop_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PATIENCE", 0.05)
    (folder / f"{NAME}.lock").touch()

    assert keep_solved("1.1") == ""
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_two_kernels_at_once_lose_nothing(folder: Path) -> None:
    code = (
        "import sys; from workbench.course.learner.record import keep_solved\n"
        "for n in range(30): keep_solved(f'{sys.argv[1]}.{n}')"
    )
    kernels = [
        subprocess.Popen([sys.executable, "-c", code, name]) for name in ("1", "2")
    ]

    assert [kernel.wait(60) for kernel in kernels] == [0, 0]
    assert solved_numbers() == {f"{k}.{n}" for k in (1, 2) for n in range(30)}
