"""A list of rows as an anywidget; its script is beside it, and nothing is fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.forms.picker.row import ListRow
from workbench.views.page.plain import visible_text

HERE = Path(__file__).parent


class RowList(anywidget.AnyWidget):
    """A table of which one row is chosen, by a click or with the arrow keys.

    Args:
        label: What the rows are.
        header: The headings of the columns.

    Attributes:
        chosen: The key of the chosen row, or 0.
        rows: What is shown.
    """

    _esm = (HERE / "rows.js").read_text("utf-8")
    _css = (HERE / "rows.css").read_text("utf-8")

    label = traitlets.Unicode("").tag(sync=True)
    header: Any = traitlets.List().tag(sync=True)
    rows: Any = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)

    def __init__(self, label: str, header: Sequence[str]) -> None:
        super().__init__(label=label, header=list(header))

    def show(self, rows: Sequence[ListRow]) -> None:
        """Show these rows; whichever was chosen stays chosen while it is there."""
        with self.hold_sync():
            self.rows = [
                {
                    "key": row.key,
                    "cells": [visible_text(cell) for cell in row.cells],
                    "role": row.role.name,
                    "badge": f"{row.role.sign} {visible_text(row.badge)}",
                }
                for row in rows
            ]
            if self.chosen not in [row.key for row in rows]:
                self.chosen = 0

    def __repr__(self) -> str:
        return f"<RowList {self.label!r}>"
