"""The chain as a picture that stands still."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import traitlets

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_html
from workbench.views.chain.refused import Attempt


class PlainGraph(ipywidgets.HTML):  # type: ignore[misc]
    """The static picture, where anywidget is missing; no token can be chosen."""

    token = traitlets.Any(None, allow_none=True)

    def show(
        self, tokens: Sequence[Inspection], attempts: Sequence[Attempt] = ()
    ) -> None:
        """Draw the tokens, given in order of issue, and the refused attempts."""
        self.value = chain_html(tokens, attempts=attempts, lines=True)
        self.tokens: tuple[Any, ...] = tuple(tokens)
