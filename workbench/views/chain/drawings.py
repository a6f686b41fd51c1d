"""A chain drawn for every width that a page may have."""

from markupsafe import Markup

from workbench.views.chain.dot import ACROSS, DOWN, chain_dot
from workbench.views.chain.picture import Picture
from workbench.views.page.draw import svg, width_of
from workbench.views.page.widths import by_width, least_room

_ONE_ROW = 6
"""Nodes side by side at most."""
_SNAKES = (4, 3, 2)
"""Nodes in a row of those that go to and fro."""
_WIDE, _NARROW = 840, 320
"""Pixels that a page has for an output, in a wide window and in one of 800 pixels."""


def drawings(what: Picture, *, label: str, parts: bool = False) -> list[Markup]:
    """The drawings, each narrower than the one before it; none without an engine.

    Args:
        what: The chain.
        label: What the picture shows, for those who do not see it.
        parts: Whether nodes and edges keep a name; see :func:`draw.svg`.
    """
    found: list[Markup] = []
    for columns in _columns(what):
        drawn = svg(chain_dot(what, columns), label=label, parts=parts)
        if drawn and (not found or width_of(drawn) < width_of(found[-1])):
            found.append(drawn)
    return found


def _columns(what: Picture) -> list[int]:
    count = len(what.path)
    across = [ACROSS] if count <= _ONE_ROW else []
    snakes = [] if any(edge.refused for edge in what.edges) else _SNAKES
    return [*across, *(each for each in snakes if each < count), DOWN]


def fitted(found: list[Markup]) -> Markup:
    """The drawings as one piece of HTML that fits a wide page and a narrow one.

    A page that is kept in a file holds two of them, so that the file stays small.

    Args:
        found: Some, as :func:`drawings` gives them.
    """
    wide, narrow = (
        next((each for each in found if least_room(each) <= room), found[-1])
        for room in (_WIDE, _NARROW)
    )
    return by_width(wide, narrow)
