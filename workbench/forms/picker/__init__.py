"""One chosen from many: a name by a part of it, or a row of a list."""

from collections.abc import Sequence
from typing import Any

from workbench.forms.picker.row import ListRow
from workbench.forms.picker.search import Search, best_matches

__all__ = ["ListRow", "Search", "best_matches", "name_picker", "row_list"]


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


def row_list(label: str, header: Sequence[str]) -> Any:
    """An empty list of rows; ``show`` fills it, ``chosen`` is the key of one.

    Args:
        label: What the rows are.
        header: The headings of the columns; the second is that of the badge.
    """
    try:
        from workbench.forms.picker.rows import RowList
    except ImportError:
        from workbench.forms.picker.plain import PlainRows

        return PlainRows(label, header)
    return RowList(label, header)
