"""What a learner has solved, in one small file in the folder that one works in.

It holds numbers of exercises and names of labs, and nothing of the learner. Several
kernels may write at once: each reads, adds its own, and puts the file in its place
in one step. What cannot be read is kept beside it, never lost.
"""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

NAME = ".workbench-progress.json"
UNREADABLE = ".workbench-progress.unreadable.json"
"""What a file that is no record is renamed to."""

LARGEST = 100_000
"""Octets; no record is larger."""

LONGEST = 80
"""Characters of a number or a name."""

PATIENCE = 2.0
"""Seconds to wait for another kernel; one that was killed leaves its lock behind."""

_here: set[str] = set()
"""What could not be written: it is remembered as long as this kernel runs."""


def solved_numbers() -> frozenset[str]:
    """The numbers of the exercises solved, and the names of labs."""
    return (_read() or frozenset()) | _here


def solved(number: str) -> bool:
    """Whether an exercise or a lab was solved."""
    return number in solved_numbers()


def keep_solved(number: str) -> str:
    """Remember that an exercise or a lab was solved.

    Args:
        number: Such as ``3.2``, or ``chain-splicing``.

    Returns:
        Why it is remembered only as long as this kernel runs; "" where it is kept.
    """
    try:
        if number not in (_read() or ()):
            with _alone():
                _write((_read() or frozenset()) | {number})
    except OSError as problem:
        _here.add(number)
        why = problem.strerror or type(problem).__name__
        return f"It is not kept: {NAME} cannot be written here ({why})."
    return ""


def _read() -> frozenset[str] | None:
    """What the file has; None where it is no record."""
    path = Path(NAME)
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    found = kept.get("solved") if isinstance(kept, dict) else None
    if not isinstance(found, list):
        return None
    return frozenset(
        each for each in found if isinstance(each, str) and 0 < len(each) <= LONGEST
    )


def _write(numbers: frozenset[str]) -> None:
    path = Path(NAME)
    if path.exists() and _read() is None:
        path.replace(UNREADABLE)
    text = json.dumps({"solved": sorted(numbers)}, indent=2)
    descriptor, made = tempfile.mkstemp(prefix=NAME, dir=".")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(made, path)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock file while one writes."""
    lock = Path(f"{NAME}.lock")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > until:
                break
            time.sleep(0.01)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
