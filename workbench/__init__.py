"""See, change and break delegation between AI agents, as PingAM 8.1 does it.

The public names are loaded on first use, so that importing the package, or one
of its parts, costs only what is needed. In IPython the cell magics ``%%may_act``
and ``%%curl`` are offered at once.
"""

import sys
from typing import TYPE_CHECKING, Any

from workbench.course.on_bench import benches_come_from, forms_come_from

if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.errors import WorkbenchError

__all__ = ["Workbench", "WorkbenchError"]


def __getattr__(name: str) -> Any:
    if name == "Workbench":
        from workbench.bench import Workbench

        return Workbench
    if name == "WorkbenchError":
        from workbench.errors import WorkbenchError

        return WorkbenchError
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _fresh(**more: Any) -> "Workbench":
    from workbench.bench import Workbench

    return Workbench(**more)


def _exercise_form(outcome: Any) -> Any:
    from workbench.forms.exercises.exercise import ExerciseForm

    return ExerciseForm(outcome)


benches_come_from(_fresh)
forms_come_from("exercise", _exercise_form)


def load_ipython_extension(shell: Any) -> None:
    """Register the cell magics, as ``%load_ext workbench`` asks."""
    from workbench.magics import register

    register(shell)


if "IPython" in sys.modules:
    from workbench.magics import offer

    offer()
