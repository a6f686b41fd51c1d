"""One name chosen from many by a part of it."""

from typing import Any

from workbench.forms.picker.search import Search, best_matches

__all__ = ["Search", "best_matches", "name_picker"]


def name_picker(label: str, tooltip: str, search: Search) -> Any:
    """A field with a list to search; without anywidget the browser's own list.

    Args:
        label: The field's.
        tooltip: What it is for.
        search: Finds names for a part of one.
    """
    try:
        from workbench.forms.picker.alive import NamePicker
    except ImportError:
        from workbench.forms.picker.plain import PlainPicker

        return PlainPicker(label, tooltip, search)
    return NamePicker(label, tooltip, search)
