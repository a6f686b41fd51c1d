"""The stage of plain widgets, each step of which asks the kernel."""

from typing import Any

import ipywidgets
import traitlets

from workbench.views.page.html import escape, page
from workbench.views.player.show import Shown


class PlainStage(ipywidgets.VBox):  # type: ignore[misc]
    """The same steps where anywidget is missing.

    Attributes:
        at: The index of the step that is shown.
        shown: What is played.
    """

    at = traitlets.Int(0)

    def __init__(self) -> None:
        self.shown = Shown("")
        self.playing = ipywidgets.Play(interval=1500, description="Play the steps")
        self.slider = ipywidgets.IntSlider(description="Step", min=1, max=1)
        self.card = ipywidgets.HTML()
        row = ipywidgets.HBox([self.playing, self.slider])
        super().__init__([row, self.card])
        self.playing.observe(self._moved, "value")
        self.slider.observe(self._moved, "value")
        self.observe(self._draw, "at")

    def show(self, shown: Shown) -> None:
        """Play something else, from its first step; the same again stays as it is."""
        if shown == self.shown:
            return
        self.shown = shown
        last = max(1, len(shown.steps))
        self.playing.min, self.playing.max = 1, last
        self.slider.max, self.at = last, 0
        self._draw()

    def _moved(self, change: Any) -> None:
        self.at = change["new"] - 1

    def _draw(self, _change: Any = None) -> None:
        self.slider.value = self.playing.value = self.at + 1
        steps, pictures = self.shown.steps, self.shown.pictures
        if not steps:
            self.card.value = page(f"<p>{escape(self.shown.title)}</p>")
            return
        step = steps[min(self.at, len(steps) - 1)]
        beside = (pictures[place] for place in (step.flow, step.chain, step.side))
        self.card.value = page(
            f'<p role="status">{escape(step.label)}</p>{step.html}{"".join(beside)}'
        )
