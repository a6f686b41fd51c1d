"""The same where anywidget is missing: the browser's own field and list."""

from typing import Any

import ipywidgets

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
