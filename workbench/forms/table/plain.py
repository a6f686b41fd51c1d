"""The same rows as a list to choose from, where anywidget is missing."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import traitlets

from workbench.am.basics.words import counted
from workbench.forms.table.rows import EVERY, RowChanges, TableRow, fitting, natural

MOST = 100
"""How many are listed at once."""


class PlainTable(ipywidgets.VBox):  # type: ignore[misc]
    """The first rows that fit, by name; takes and gives what the table does."""

    has_rows_here = True
    """Whether Python picks the rows that are shown, and not the page."""

    search = traitlets.Unicode("")
    kind = traitlets.Unicode(EVERY)
    chosen = traitlets.Unicode("")

    def __init__(
        self, columns: Sequence[str], label: str, *, falling: bool = False
    ) -> None:
        self.rows: dict[str, TableRow] = {}
        self.columns, self.falling = list(columns), falling
        self.list = ipywidgets.Select(
            description=label, rows=10, layout=ipywidgets.Layout(width="100%")
        )
        self.count = ipywidgets.Label()
        self._listing = False
        super().__init__([self.list, self.count])
        self.list.observe(self._pick, "value")
        self.observe(lambda _change: self._draw(), ["search", "kind", "chosen"])
        self._draw()

    def change(self, changes: RowChanges) -> None:
        """Take over what has changed."""
        if not changes:
            return
        changes.apply(self.rows)
        if self.chosen not in self.rows:
            self.chosen = ""
        self._draw()

    def _draw(self) -> None:
        found = list(fitting(self.rows.values(), self.search, self.kind))
        found.sort(key=lambda row: natural(row.cells[0]), reverse=self.falling)
        options = [(" · ".join(filter(None, r.cells)), r.key) for r in found[:MOST]]
        self._listing = True
        if list(self.list.options) != options:
            self.list.options = options
        keys = [key for _, key in options]
        self.list.value = self.chosen if self.chosen in keys else None
        self._listing = False
        beyond = f"; the first {MOST} are listed" if len(found) > MOST else ""
        self.count.value = f"{len(found)} of {counted(len(self.rows), 'row')}{beyond}"

    def _pick(self, change: Any) -> None:
        if not self._listing and change["new"] is not None:
            self.chosen = change["new"]
