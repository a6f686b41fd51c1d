"""The line that says what was proposed, and takes it back."""

from collections.abc import Callable

import ipywidgets

from workbench.forms.parts.form import quiet
from workbench.views.page.html import escape, page


class ProposalLine(ipywidgets.HBox):  # type: ignore[misc]
    """One sentence, with a button where there is something to take back.

    Args:
        take_back: Puts back what was there before.
    """

    def __init__(self, take_back: Callable[[], None]) -> None:
        self.said = quiet(ipywidgets.HTML)()
        self.button = ipywidgets.Button(
            description="Take it back",
            tooltip="Put back what stood in the fields before.",
            layout=ipywidgets.Layout(width="auto", flex="none"),
        )
        self.button.on_click(lambda _button: take_back())
        super().__init__([self.said, self.button])
        self.add_class("wb-proposal")
        self.hush()

    def say(self, text: str, *, proposed: bool) -> None:
        """Show a sentence; whatever was proposed can be taken back."""
        word = "<b>Proposed.</b> " if proposed else ""
        self.said.value = page(f'<p role="status">{word}{escape(text)}</p>')
        self.button.layout.display = "" if proposed else "none"
        self.layout.display = ""

    def hush(self) -> None:
        """Say nothing any more."""
        self.said.value, self.layout.display = "", "none"
