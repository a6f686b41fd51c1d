"""The chain graph as an anywidget; its script is beside it, and nothing is fetched."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_caption, chain_drawings, chain_html
from workbench.views.chain.parts import chain_parts
from workbench.views.chain.refused import Attempt
from workbench.views.page.html import page

HERE = Path(__file__).parent


class ChainGraph(anywidget.AnyWidget):
    """The picture of :func:`workbench.views.chain.face.chain_html`, to point at.

    Hover or focus shows a token, a click or Enter chooses it. It is drawn for wide
    pages and narrow ones, and a page shows the one that fits.

    Attributes:
        token: The chosen token, laid open, or None; observe it to follow.
        selected: The name of the chosen part of the picture, or "".
        tokens: Those that are drawn, in order of issue.
    """

    _esm = (HERE / "graph.js").read_text("utf-8")
    _css = (HERE / "graph.css").read_text("utf-8")

    svg = traitlets.Unicode("").tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    parts: Any = traitlets.List().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)
    token = traitlets.Any(None, allow_none=True)

    def __init__(self) -> None:
        self.tokens: tuple[Inspection, ...] = ()
        super().__init__()
        self.observe(self._choose, "selected")

    def show(
        self, tokens: Sequence[Inspection], attempts: Sequence[Attempt] = ()
    ) -> None:
        """Draw the tokens, given in order of issue, and the refused attempts.

        Nothing is chosen then. The same picture is not drawn again, so that it stays
        as somebody has moved it.
        """
        found = chain_drawings(tokens, attempts=attempts, parts=True) if tokens else []
        parts = [asdict(part) for part in chain_parts(tokens, attempts)]
        svg = page("".join(found)) if found else chain_html(tokens, attempts=attempts)
        self.tokens = tuple(tokens)
        if svg == self.svg:
            self.parts = parts  # a token that is shown has less time left by now
            return
        with self.hold_sync():
            self.svg, self.parts = svg, parts
            self.caption = page(chain_caption(tokens, attempts)) if found else ""
            self.selected = ""
            self.drawn += 1

    def _choose(self, change: Any) -> None:
        chosen = (part for part in self.parts if part["name"] == change["new"])
        token = next((part["token"] for part in chosen), None)
        self.token = None if token is None else self.tokens[token]
