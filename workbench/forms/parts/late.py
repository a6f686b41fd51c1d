"""Widgets that the page hears of only once something shows them.

A page takes some milliseconds for each widget, and a form with AM's tabs has hundreds,
of which one tab's are seen.
"""

from functools import cache
from typing import Any

import ipywidgets
import traitlets


@cache
def late(kind: type) -> type:
    """The same widget, but told to the page when it, or a box with it, is shown.

    Until then it can be read, set and observed as any other.
    """

    def wait(self: Any) -> None:
        """Nothing yet: who shows it asks for its id."""

    def shown(self: Any) -> Any:
        if self.comm is None:
            kind.open(self)  # type: ignore[attr-defined]
        return kind.model_id.fget(self)  # type: ignore[attr-defined]

    own: dict[str, Any] = {"__module__": __name__, "open": wait}
    own["model_id"] = property(shown)
    if issubclass(kind, ipywidgets.DOMWidget):
        own["_late_layout"] = traitlets.default("layout")(lambda _self: Layout())
    return type(kind)(kind.__name__, (kind,), own)


Layout, Box, Column = map(late, (ipywidgets.Layout, ipywidgets.HBox, ipywidgets.VBox))
Checkbox, Label = map(late, (ipywidgets.Checkbox, ipywidgets.Label))
CheckboxStyle, HTML = map(late, (ipywidgets.Checkbox.style.klass, ipywidgets.HTML))
