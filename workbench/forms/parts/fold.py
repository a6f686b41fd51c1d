"""What one opens: a button that mouse and keyboard reach, and what it shows below."""

from typing import Any

import ipywidgets

SHUT, OPEN = "▸", "▾"


class Fold(ipywidgets.VBox):  # type: ignore[misc]
    """Widgets that are hidden until the button above them is pressed.

    Args:
        title: What is inside, such as ``Other ways (3)``.
        inside: The widgets.

    Attributes:
        opener: The button; its title begins with a sign for open or shut.
        inside: The box below it.
    """

    def __init__(self, title: str, inside: list[Any]) -> None:
        self.title = title
        self.inside = ipywidgets.VBox(inside)
        self.inside.add_class("wb-card")
        self.opener = ipywidgets.Button(layout=ipywidgets.Layout(width="auto"))
        self.opener.on_click(lambda _button: self.show(self.is_shut))
        super().__init__([self.opener, self.inside])
        self.opener.layout.align_self = "flex-start"
        self.show(False)

    @property
    def is_shut(self) -> bool:
        """Whether what is inside is hidden."""
        return bool(self.inside.layout.display == "none")

    def show(self, opened: bool) -> None:
        """Show what is inside, or hide it."""
        self.inside.layout.display = "" if opened else "none"
        self.opener.description = f"{OPEN if opened else SHUT} {self.title}"
        self.opener.tooltip = "Hide them." if opened else "Show them."
