"""The table as an anywidget; its script is beside it, and nothing is fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.forms.table.rows import EVERY, RowChanges, TableRow

HERE = Path(__file__).parent


class RowsTable(anywidget.AnyWidget):
    """Rows that the page keeps, searches and sorts itself, and draws as far as seen.

    Attributes:
        falling: Whether the last of the first column comes first, until sorted.
        rows: By key. The page asks for all once, and is told what changes.
        search: Words that a row must have.
        kind: Of which rows are shown; ``EVERY`` for all.
        chosen: The key of the row that was chosen, or ""; observe it to follow.
    """

    has_rows_here = False
    """Whether Python picks the rows that are shown, and not the page."""

    _esm = (HERE / "table.js").read_text("utf-8")
    _css = (HERE / "table.css").read_text("utf-8")

    columns: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    falling = traitlets.Bool(False).tag(sync=True)
    search = traitlets.Unicode("").tag(sync=True)
    kind = traitlets.Unicode(EVERY).tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, columns: Sequence[str], label: str, *, falling: bool = False
    ) -> None:
        self.rows: dict[str, TableRow] = {}
        self._asked = False
        super().__init__(columns=list(columns), label=label, falling=falling)
        self.on_msg(self._answer)

    def change(self, changes: RowChanges) -> None:
        """Take over what has changed; the page learns that much and no more."""
        if not changes:
            return
        changes.apply(self.rows)
        if self.chosen not in self.rows:
            self.chosen = ""
        if self._asked:
            rows = [row.wire for row in changes.rows.values()]
            self.send({"rows": rows, "gone": list(changes.gone)})

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Send everything to a page that has just opened."""
        if content == "rows?":
            self._asked = True
            self.send({"all": [row.wire for row in self.rows.values()]})
