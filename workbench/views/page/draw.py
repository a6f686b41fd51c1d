"""DOT into inline SVG, with the executable that graphviz-pure brings along.

No system ``dot`` is needed, and the picture is the same on every machine.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

EXECUTABLE = "graphviz-pure"
_SECONDS = 10
_WIDTH = re.compile(r'style="width:(\d+)px')


def engine() -> str | None:
    """The path of the bundled executable, or None where there is none."""
    places = [str(Path(sys.executable).parent), sysconfig.get_path("scripts"), None]
    found = (shutil.which(EXECUTABLE, path=place) for place in places)
    return next((path for path in found if path), None)


def svg(dot: str, *, label: str, parts: bool = False) -> Markup | None:
    """The drawing as inline SVG, or None where it cannot be drawn.

    Args:
        dot: A digraph with six-digit colours and quoted labels.
        label: What the picture shows, for those who do not see it.
        parts: Whether each node and edge keeps a name, for a page that listens to
            them: ``n0`` for the node of that name, ``e1`` for the first edge.
    """
    path = engine()
    if path is None:
        return None
    from workbench.views.page.inline_svg import inline_svg  # loads an XML parser

    try:
        return inline_svg(_render(path, dot), label, parts=parts)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def width_of(drawing: Markup) -> int:
    """How wide a drawing of :func:`svg` is at its natural size, in pixels."""
    found = _WIDTH.search(drawing)
    return int(found[1]) if found else 0


@lru_cache(maxsize=64)
def _render(path: str, dot: str) -> str:
    done = subprocess.run(
        [path, "-Tsvg"],
        input=dot.encode(),
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    return done.stdout.decode()
