"""The field as an anywidget; its script is beside it, and nothing is fetched."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.forms.picker.search import Search
from workbench.views.page.plain import visible_text

HERE = Path(__file__).parent


class NamePicker(anywidget.AnyWidget):
    """A text field with a list of names below it, which follows what is typed.

    The browser gets the best matches alone. A name that is not among them can be typed.

    Args:
        label: The field's.
        tooltip: What it is for.
        search: Finds names for a part of one.

    Attributes:
        value: What stands in the field.
        query: What the list is for: what was typed, or "" for all.
        matches: The names that fit, each with what it is.
        total: How many fit.
    """

    _esm = (HERE / "picker.js").read_text("utf-8")
    _css = (HERE / "picker.css").read_text("utf-8")

    value = traitlets.Unicode("").tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
    label_width = traitlets.Unicode("").tag(sync=True)
    tooltip = traitlets.Unicode("").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    matches: Any = traitlets.List().tag(sync=True)
    total = traitlets.Int(0).tag(sync=True)

    def __init__(self, label: str, tooltip: str, search: Search) -> None:
        self.search = search
        super().__init__(description=label, tooltip=tooltip)
        self.observe(lambda _change: self.look(), "query")
        self.look()

    def look(self) -> None:
        """Offer what there is by now."""
        found = self.search(self.query)
        with self.hold_sync():
            self.matches = [
                {
                    "name": name,
                    "shown": visible_text(name),
                    "words": visible_text(words),
                }
                for name, words in found.matches
            ]
            self.total = found.total

    def widen(self, width: str) -> None:
        """Give the label this width."""
        self.label_width = width

    def __repr__(self) -> str:
        return f"<NamePicker {self.description!r}>"
