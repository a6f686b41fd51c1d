"""Loads a trainer's own exercises; what is wrong with a file is said with its place.

A file of exercises is Python, and is trusted as any notebook that one runs.
"""

import traceback
from collections.abc import Iterable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from workbench.am.basics.words import with_article
from workbench.course.exercises.by_number import add
from workbench.course.exercises.exercise import Exercise, Practice, Prediction
from workbench.errors import SettingError, WorkbenchError
from workbench.views.page.plain import visible_text

NAMED = "EXERCISES"
BEGIN = "workbench class template FILE writes one to begin with."


class ExerciseFileError(WorkbenchError):
    """A file of exercises that cannot be loaded; a cell shows its message alone."""

    def _render_traceback_(self) -> list[str]:
        return [f"ExerciseFileError: {self}"]


def add_exercises(source: str | Path | ModuleType | Iterable[Exercise]) -> list[str]:
    """Let there be further exercises, for as long as the kernel runs.

    Args:
        source: The path of a Python file, or a module, that has ``EXERCISES``; or
            exercises. The file runs as any cell does: load what you trust.

    Returns:
        Their numbers.

    Raises:
        ExerciseFileError: What is wrong, and where.
    """
    if isinstance(source, str | Path):
        name, found = str(source), _in_file(Path(source))
    elif isinstance(source, ModuleType):
        name, found = source.__name__, _named(source.__name__, source)
    else:
        name, found = "What was given", source
    exercises = _checked(visible_text(name), found)
    try:
        add(exercises)
    except SettingError as problem:
        raise ExerciseFileError(f"{visible_text(name)}: {problem}") from None
    return [each.number for each in exercises]


def _in_file(path: Path) -> Any:
    name = visible_text(path)
    if not path.is_file():
        raise ExerciseFileError(f"There is no file {name}. {BEGIN}")
    loader = SourceFileLoader(f"exercises_of_{path.stem}", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except SyntaxError as problem:
        where = f"{name}, line {problem.lineno}"
        raise ExerciseFileError(f"{where}: {problem.msg}.") from None
    except Exception as problem:
        lines = [
            each.lineno
            for each in traceback.extract_tb(problem.__traceback__)
            if each.filename == str(path)
        ]
        where = f"{name}, line {lines[-1]}" if lines else name
        said = visible_text(f"{type(problem).__name__}: {problem}")
        raise ExerciseFileError(f"{where}: {said}") from None
    return _named(name, module)


def _named(name: str, module: ModuleType) -> Any:
    if not hasattr(module, NAMED):
        raise ExerciseFileError(f"{name} has no {NAMED}. {BEGIN}")
    return getattr(module, NAMED)


def _checked(name: str, found: Any) -> tuple[Exercise, ...]:
    if isinstance(found, str | bytes) or not isinstance(found, Iterable):
        raise ExerciseFileError(f"{name}: {NAMED} is a tuple of exercises.")
    exercises = tuple(found)
    if not exercises:
        raise ExerciseFileError(f"{name}: {NAMED} is empty.")
    seen: set[str] = set()
    for place, each in enumerate(exercises, 1):
        wrong = _wrong(each) or ("its number is taken" * (each.number in seen))
        if wrong:
            raise ExerciseFileError(f"{name}, exercise {place} of {NAMED}: {wrong}.")
        seen.add(each.number)
    return exercises


def _wrong(each: Any) -> str:
    """What a learner would stumble over; "" where there is nothing."""
    if not isinstance(each, Prediction | Practice):
        kind = with_article(type(each).__name__)
        return f"it is {kind}; neither a Prediction nor a Practice"
    number = each.number
    parts = number.split(".") if isinstance(number, str) else []
    if len(parts) != 2 or not all(p.isascii() and p.isalnum() for p in parts):
        return f"its number is such as T.1; not {number!r}"
    if len(number) > 12:
        return f"its number has at most 12 characters, unlike {number!r}"
    if not isinstance(each.hints, tuple) or len(each.hints) != 3:
        return f"{number}: three hints, as a tuple, are asked for"
    if isinstance(each, Prediction) and (
        len({*each.choices} - {*each.because}) != 1 or {*each.because} - {*each.choices}
    ):
        return f"because of {number}: every choice but the right one, and no other"
    return ""
