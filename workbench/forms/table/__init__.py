"""A long table to search, sort and choose from; rows go over the wire once."""

from collections.abc import Sequence
from typing import Any

from workbench.forms.table.plain import PlainTable
from workbench.forms.table.rows import RowChanges, TableRow

__all__ = ["PlainTable", "RowChanges", "TableRow", "rows_table"]


def rows_table(columns: Sequence[str], label: str, *, falling: bool = False) -> Any:
    """An empty table; ``change`` fills it. Without anywidget it is a list.

    Args:
        columns: The headings.
        label: What is in it, for those who do not see it.
        falling: Whether the last of the first column comes first, until sorted.
    """
    try:
        from workbench.forms.table.alive import RowsTable
    except ImportError:
        return PlainTable(columns, label, falling=falling)
    return RowsTable(columns, label, falling=falling)
