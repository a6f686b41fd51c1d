"""The same where anywidget is missing: the browser's own fields and lists."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import traitlets

from workbench.forms.picker.row import ListRow
from workbench.forms.picker.search import Search


class PlainPicker(ipywidgets.Combobox):  # type: ignore[misc]
    """A text field whose suggestions follow what is typed.

    Args:
        label: The field's.
        tooltip: What it is for.
        search: Finds names for a part of one.
    """

    def __init__(self, label: str, tooltip: str, search: Search) -> None:
        self.search = search
        super().__init__(description=label, tooltip=tooltip, ensure_option=False)
        self.observe(self._typed, "value")
        self.look()

    def look(self) -> None:
        """Offer what there is by now."""
        self.options = tuple(name for name, _ in self.search(self.value).matches)

    def widen(self, width: str) -> None:
        """Give the label this width."""
        self.style.description_width = width

    def _typed(self, _change: Any) -> None:
        self.look()

    def __repr__(self) -> str:
        return f"<PlainPicker {self.description!r}>"


class PlainRows(ipywidgets.Select):  # type: ignore[misc]
    """The rows where anywidget is missing: the browser's own list.

    Args:
        label: What the rows are.
        header: The headings of the columns, which have no place here.

    Attributes:
        chosen: The key of the chosen row, or 0.
    """

    chosen = traitlets.Int(0)

    def __init__(self, label: str, header: Sequence[str]) -> None:
        super().__init__(description=label, tooltip=", ".join(header), rows=8)
        self.observe(self._selected, "value")

    def show(self, rows: Sequence[ListRow]) -> None:
        """Show these rows; whichever was chosen stays chosen while it is there."""
        chosen = self.chosen
        self.options = [
            (
                " · ".join([f"{row.role.sign} {row.badge}", *filter(None, row.cells)]),
                row.key,
            )
            for row in rows
        ]
        self.value = chosen if chosen in [row.key for row in rows] else None

    def _selected(self, change: Any) -> None:
        self.chosen = change["new"] or 0

    def __repr__(self) -> str:
        return f"<PlainRows {self.description!r}>"
