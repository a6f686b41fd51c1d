"""The use cases, lessons, exercises and labs; what a learner's cells call.

The names are loaded on first use, as those of ``workbench`` are.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.course.exercises.check import check, hint, solution
    from workbench.course.exercises.from_file import add_exercises
    from workbench.course.exercises.session import start
    from workbench.course.lesson_map import course_map
    from workbench.course.standing.progress import progress

__all__ = [
    "add_exercises",
    "check",
    "course_map",
    "hint",
    "progress",
    "solution",
    "start",
]

_WHERE = {
    "add_exercises": "exercises.from_file",
    "check": "exercises.check",
    "course_map": "lesson_map",
    "hint": "exercises.check",
    "progress": "standing.progress",
    "solution": "exercises.check",
    "start": "exercises.session",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'workbench.course' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
