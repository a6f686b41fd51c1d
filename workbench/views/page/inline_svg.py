"""Graphviz' SVG made fit for a page: no ids, the reader's colours, centred text."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from markupsafe import Markup

from workbench.views.page.html import escape
from workbench.views.page.roles import ROLES
from workbench.views.page.shapes import Box, outline
from workbench.views.page.style import FONT, INK

_PAGE = {
    INK: "currentColor",
    FONT: "Verdana,DejaVu Sans,Geneva,sans-serif",
    **{role.light: role.colour for role in ROLES},
}
"""What DOT calls the colours and the font, and what a page does."""

LEADING = 2.4
"""Points between two lines of a node: a node with a role has as many for each line."""
_ASCENT = 0.36
"""How far below the middle of a line its letters stand, as a share of their size."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_SHAPES = tuple(f"{_NAMESPACE}{tag}" for tag in ("path", "polygon", "ellipse"))
_ENTITIES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "-": "&#45;",
        "\N{NO-BREAK SPACE}": "&#160;",
    }
)
"""As Graphviz writes text, so that a committed picture stays as it is."""


def inline_svg(drawing: str, label: str, *, parts: bool) -> Markup:
    """A drawing as inline SVG that has a title and a name for screen readers.

    Args:
        drawing: The file that Graphviz wrote.
        label: What the picture shows.
        parts: Whether nodes and edges keep a name.

    Raises:
        ValueError: It is no SVG as Graphviz writes it.
    """
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError as error:
        raise ValueError("The drawing is no XML.") from error
    if parts:
        name_parts(root)
    draw_roles(root)
    drop_noise(root)
    use_page_style(root)
    for group in root.iter(f"{_NAMESPACE}g"):
        centre_text(group)
    inner = "".join(_written(each) + _spelt(each.tail) for each in root)
    return Markup(f"{_opening(root, label, 'group' if parts else 'img')}{inner}</svg>")


def name_parts(root: ElementTree.Element) -> None:
    """Name each node as DOT does, and each edge ``e1``, ``e2`` and so on."""
    for group in root.iter(f"{_NAMESPACE}g"):
        kind, number = group.get("class", "").partition(" ")[0], group.get("id", "")
        if kind == "node":
            group.set("data-part", group.findtext(f"{_NAMESPACE}title", ""))
        elif kind == "edge":
            group.set("data-part", number.replace("edge", "e", 1))


def draw_roles(root: ElementTree.Element) -> None:
    """Give each node whose class is a role the outline of that role.

    Graphviz has shapes of these names, but makes room for text in them as if it
    filled a box, so that they are twice as large.
    """
    for group in root.iter(f"{_NAMESPACE}g"):
        kind, _, role = group.get("class", "").partition(" ")
        shape = group.find(f"{_NAMESPACE}polygon") if role else None
        if kind != "node" or shape is None:
            continue
        across, down = _reach(shape)
        box = Box(min(across), min(down), max(across), max(down))
        shape.tag = f"{_NAMESPACE}path"
        shape.set("d", outline(role, box))
        del shape.attrib["points"]
        spread_lines(group, box)


def spread_lines(group: ElementTree.Element, box: Box) -> None:
    """Put a node's lines apart, and around its middle; Graphviz sets them solid."""
    lines = list(_lines(group))
    for index, line in enumerate(lines):
        size = float(line.get("font-size", 0))
        down = (index - (len(lines) - 1) / 2) * (size + LEADING)
        line.set("y", f"{box.middle[1] + down + size * _ASCENT:.2f}")


def drop_noise(root: ElementTree.Element) -> None:
    """Take out ids, titles and the white ground, which another picture has too."""
    for element in list(root.iter()):
        for name in ("id", "class", _SPACE):
            element.attrib.pop(name, None)
        for child in [each for each in element if _noise(each)]:
            _remove(element, child)


def _noise(element: ElementTree.Element) -> bool:
    look = (element.get("fill"), element.get("stroke"))
    ground = element.tag == f"{_NAMESPACE}polygon" and look == ("white", "none")
    return ground or element.tag == f"{_NAMESPACE}title"


def _remove(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Take a child out, and leave the text behind it where it is."""
    place = list(parent).index(child)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def use_page_style(root: ElementTree.Element) -> None:
    """Draw in the colour of the text around, and write in fonts that readers have."""
    for element in root.iter():
        for name, value in element.items():
            element.set(name, _PAGE.get(value, value))


def centre_text(group: ElementTree.Element) -> None:
    """Put a node's lines of text in its middle, however wide the font is.

    Graphviz says where each line starts, which fits its own font alone.
    """
    shape = next((each for each in group if each.tag in _SHAPES), None)
    if shape is None or shape.get("fill") == "none":
        return
    across, _ = _reach(shape)
    if not across:
        return
    for line in _lines(group):
        line.set("text-anchor", "middle")
        line.set("x", f"{(min(across) + max(across)) / 2:.2f}")


def _reach(shape: ElementTree.Element) -> tuple[list[float], list[float]]:
    """Where a shape's points are, across and down; of an ellipse, its middle."""
    if shape.tag == f"{_NAMESPACE}ellipse":
        return [float(shape.get("cx", 0))], [float(shape.get("cy", 0))]
    points = _POINT.findall(shape.get("d") or shape.get("points") or "")
    return [float(x) for x, _ in points], [float(y) for _, y in points]


def _lines(group: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for text in group.findall(f"{_NAMESPACE}text"):
        if text.get("text-anchor") == "start":
            yield text


def _opening(root: ElementTree.Element, label: str, role: str) -> str:
    """The outermost tag and the title: as wide as Graphviz says, and no wider."""
    width = float(root.get("width", "").removesuffix("pt")) * 4 / 3
    name = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-label="{name}" '
        f'viewBox="{root.get("viewBox")}" '
        f'style="width:{width:.0f}px;max-width:100%;height:auto"><title>{name}</title>'
    )


def _written(element: ElementTree.Element) -> str:
    tag = element.tag.removeprefix(_NAMESPACE)
    names = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    children = (_written(each) + _spelt(each.tail) for each in element)
    inner = _spelt(element.text) + "".join(children)
    return f"<{tag}{names}>{inner}</{tag}>" if inner else f"<{tag}{names}/>"


def _spelt(text: str | None) -> str:
    return (text or "").translate(_ENTITIES)
