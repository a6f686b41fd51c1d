"""The player of calls: one step a click, with what it looked at beside it."""

from typing import Any

from workbench.forms.player.plain import PlainStage

__all__ = ["PlainStage", "stage"]


def stage() -> Any:
    """An empty stage; ``show`` fills it. Without anywidget, one of plain widgets."""
    try:
        from workbench.forms.player.alive import LiveStage
    except ImportError:
        return PlainStage()
    return LiveStage()
