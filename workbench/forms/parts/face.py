"""A form's static face: shown below the live form, and hidden while that lives.

JupyterLab puts a message in place of a widget whose kernel is gone, whatever else
is in the same output. So the face is an output of its own, which a rule of style
hides next to a live form, and which takes the message's place otherwise.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.views.page.style import style

FACE_CSS = Path(__file__).with_name("face.css")
"""JupyterLab marks every output with its media type, but for a widget's, and a
widget whose kernel is gone as disconnected."""

ASLEEP = "This form sleeps: run its cell to wake it."
"""Said above the face; a live form hides both."""

WIDGET = "application/vnd.jupyter.widget-view+json"


class StaticFace:
    """What a notebook keeps of a form.

    Args:
        html: Draws the form as HTML.
        text: Draws it as text.
    """

    def __init__(self, html: Callable[[], str], text: Callable[[], str]) -> None:
        self._html, self._text = html, text
        self._handles: list[Any] = []

    def show(self, live: dict[str, Any]) -> None:
        """Display the live form, and the face below it.

        Args:
            live: The form's display bundle.
        """
        from IPython import display

        show: Any = display.display
        if WIDGET in live:
            show({WIDGET: live[WIDGET]}, raw=True)
        self._handles.append(show(self._bundle(), raw=True, display_id=True))

    def follow(self) -> None:
        """Take over what somebody just did in a page.

        What a cell does later is left out, as with any output: it shows what was
        there when its cell ran.
        """
        if self._handles and _somebody_acts():
            for handle in self._handles:
                handle.update(self._bundle(), raw=True)

    def _bundle(self) -> dict[str, str]:
        line = f'<div class="wb wb-asleep"><p><small>{ASLEEP}</small></p></div>'
        html = f'<div class="wb-static">{style(FACE_CSS)}{line}{self._html()}</div>'
        return {"text/html": html, "text/plain": self._text()}


def _somebody_acts() -> bool:
    """Whether the kernel is answering a click or a key, and not running a cell."""
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return False
    parent = kernel.get_parent("shell")
    return bool(parent.get("header", {}).get("msg_type") == "comm_msg")
