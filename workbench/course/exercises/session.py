"""The benches of the exercises that were begun, one a number."""

from workbench.course.exercises.by_number import exercise
from workbench.course.exercises.exercise import Exercise
from workbench.course.exercises.look import Look
from workbench.course.on_bench import Bench, fresh_bench
from workbench.sandbox.engines.by_name import engine_named

_begun: dict[str, Look] = {}
_engine = engine_named("quickjs")
"""Runs the scripts of all exercises; each script has a world of its own."""


def start(number: str) -> Bench:
    """A fresh bench, prepared for an exercise; the answer is given on it.

    Starting again throws away what was done on the bench before.

    Args:
        number: Such as ``"3.2"``.

    Raises:
        SettingError: There is no such exercise.
    """
    return begin(exercise(number)).bench


def begin(chosen: Exercise) -> Look:
    """Start an exercise, and remember where it began."""
    before = _begun.pop(chosen.number, None)
    if before is not None:
        before.bench.close_mcp()
        before.bench.http.close()
    bench = fresh_bench(engine=_engine)
    chosen.prepare(bench)
    look = Look(bench, len(bench.audit), len(bench.history))
    _begun[chosen.number] = look
    return look


def begun(number: str) -> Look | None:
    """The bench of an exercise that was started, or None."""
    return _begun.get(number)
