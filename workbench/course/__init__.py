"""The use cases, lessons, exercises and labs; what a learner's cells call.

The names are loaded on first use, as those of ``workbench`` are.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.course.exercises.check import check, hint, solution
    from workbench.course.exercises.session import start

__all__ = ["check", "hint", "solution", "start"]


def __getattr__(name: str) -> Any:
    if name in ("check", "hint", "solution"):
        from workbench.course.exercises import check

        return getattr(check, name)
    if name == "start":
        from workbench.course.exercises.session import start

        return start
    raise AttributeError(f"module 'workbench.course' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
