"""The stage as an anywidget; all steps are sent at once, and nothing is fetched."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.views.page.html import PAGE_CSS
from workbench.views.player.show import Shown

HERE = Path(__file__).parent


class LiveStage(anywidget.AnyWidget):
    """Steps that one plays, pauses, steps and scrubs; a page needs no kernel for it.

    Attributes:
        at: The index of the step that is shown; set it to go there.
        shown: What is played.
    """

    _esm = (HERE / "player.js").read_text("utf-8")
    _css = "\n".join(
        path.read_text(encoding="utf-8") for path in (PAGE_CSS, HERE / "player.css")
    )

    title = traitlets.Unicode("").tag(sync=True)
    steps: Any = traitlets.List().tag(sync=True)
    chapters: Any = traitlets.List().tag(sync=True)
    pictures: Any = traitlets.List().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)

    def __init__(self) -> None:
        self.shown = Shown("")
        super().__init__()

    def show(self, shown: Shown) -> None:
        """Play something else, from its first step; the same again stays as it is."""
        if shown == self.shown and self.drawn:
            return
        self.shown = shown
        with self.hold_sync():
            self.title = shown.title
            self.steps = [asdict(each) for each in shown.steps]
            self.chapters = [asdict(each) for each in shown.chapters]
            self.pictures = [str(each) for each in shown.pictures]
            self.at = 0
            self.drawn += 1
