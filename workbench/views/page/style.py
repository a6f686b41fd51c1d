"""The style that a piece of HTML brings along, out of the CSS file beside its code."""

from functools import cache
from pathlib import Path

from markupsafe import Markup

INK = "#010203"
"""In DOT: whatever colour the surrounding text has, light theme or dark."""

FONT = "Verdana"
"""In DOT: a font whose widths the engine knows. DejaVu Sans is as wide."""


@cache
def style(path: Path) -> Markup:
    """A CSS file as a style element; read when it is first needed, and then kept.

    Args:
        path: The file, such as one beside the module that asks.
    """
    return Markup(f"<style>\n{path.read_text(encoding='utf-8')}</style>")
