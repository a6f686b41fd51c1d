"""Attacks to try: a lab is solved by what the audit trail or an API's log shows.

The names are loaded on first use, as those of ``workbench`` are.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.course.labs.session import (
        lab,
        lab_answer,
        lab_hint,
        labs,
        start_lab,
    )

__all__ = ["lab", "lab_answer", "lab_hint", "labs", "start_lab"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from workbench.course.labs import session

        return getattr(session, name)
    raise AttributeError(f"module 'workbench.course.labs' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
