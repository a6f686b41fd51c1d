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

from workbench.views.page.html import escape

EXECUTABLE = "graphviz-pure"
INK = "#010203"
"""In DOT: whatever colour the surrounding text has, light theme or dark."""

FONT = "Verdana"
"""In DOT: a font whose widths the engine knows. DejaVu Sans is as wide."""

_FAMILY = "Verdana,DejaVu Sans,Geneva,sans-serif"
_PROLOG = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<title>.*?</title>", re.S)
_SIZE = re.compile(
    r'<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="([^"]*)"[^>]*>'
)
_BACKGROUND = re.compile(r'<polygon fill="white" stroke="none"[^>]*/>')
_IDENTIFIERS = re.compile(r' (?:id|class)="(?:graph|node|edge)\d*"')
_GROUP = re.compile(r"<g[^>]*>\s*<path (?!fill=\"none\").*?</g>", re.S)
_OUTLINE = re.compile(r' d="([^"]*)"')
_ACROSS = re.compile(r"(-?[\d.]+),-?[\d.]+")
_START = re.compile(r'text-anchor="start" x="[^"]*"')
_NODE = re.compile(r'<g id="node\d+" class="node">\s*<title>(\w+)</title>')
_EDGE = re.compile(r'<g id="edge(\d+)" class="edge">\s*<title>[^<]*</title>')
_SPACE = re.compile(r' xml:space="preserve"')
_SECONDS = 10


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
    try:
        return _inline(_render(path, dot), label, parts)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


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


def _inline(drawing: str, label: str, parts: bool) -> Markup:
    if parts:
        drawing = _EDGE.sub(r'<g data-part="e\1">', drawing)
        drawing = _NODE.sub(r'<g data-part="\1">', drawing)
    for noise in (_PROLOG, _BACKGROUND, _IDENTIFIERS, _SPACE):
        drawing = noise.sub("", drawing)
    size = _SIZE.search(drawing)
    if size is None:
        raise ValueError("The drawing is not an SVG as Graphviz writes it.")
    inner = drawing[size.end() :].replace(INK, "currentColor").strip()
    inner = _GROUP.sub(_centred, inner)
    inner = inner.replace(f'font-family="{FONT}"', f'font-family="{_FAMILY}"')
    width, _, view_box = size.groups()
    role = "group" if parts else "img"
    return Markup(_opening(float(width) * 4 / 3, view_box, label, role) + inner)


def _centred(shape: re.Match[str]) -> str:
    """A shape with its lines of text in the middle, however wide the font is.

    Graphviz says where each line starts, which fits its own font alone.
    """
    outline = _OUTLINE.search(shape[0])
    across = [float(x) for x in _ACROSS.findall(outline[1])] if outline else []
    if not across:
        return shape[0]
    middle = (min(across) + max(across)) / 2
    return _START.sub(f'text-anchor="middle" x="{middle:.2f}"', shape[0])


def _opening(width: float, view_box: str, label: str, role: str) -> str:
    name = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-label="{name}" '
        f'viewBox="{view_box}" style="width:{width:.0f}px;max-width:100%;height:auto">'
        f"<title>{name}</title>"
    )
