"""The outline that each role has in a picture, drawn around a box with text in it.

The shapes are those of the badges, drawn out: text needs room that is wider than high.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    GRANTED,
    REFUSED,
    RESOURCE_SERVER,
    SCRIPT,
    SERVER,
    SUBJECT,
)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape is."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Across and down."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def cut(self, most: float) -> float:
        """What is taken off of a corner: less where the box is low."""
        return min(most, (self.bottom - self.top) / 2)


def _closed(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points) + "Z"


def _round(box: Box, most: float = 24) -> str:
    """The subject's circle: a box with two round ends."""
    cut = box.cut(most)
    arc = f"A{cut:.2f} {cut:.2f} 0 0 1"
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return (
        f"M{left + cut:.2f},{top:.2f}L{right - cut:.2f},{top:.2f}"
        f"{arc} {right:.2f},{top + cut:.2f}L{right:.2f},{bottom - cut:.2f}"
        f"{arc} {right - cut:.2f},{bottom:.2f}L{left + cut:.2f},{bottom:.2f}"
        f"{arc} {left:.2f},{bottom - cut:.2f}L{left:.2f},{top + cut:.2f}"
        f"{arc} {left + cut:.2f},{top:.2f}Z"
    )


def _pointed_aside(box: Box) -> str:
    """The actor's diamond: a point at the left and one at the right."""
    cut, (_, down) = box.cut(13), box.middle
    return _closed(
        (box.left, down),
        (box.left + cut, box.top),
        (box.right - cut, box.top),
        (box.right, down),
        (box.right - cut, box.bottom),
        (box.left + cut, box.bottom),
    )


def _plain(box: Box) -> str:
    """The client's square."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return _closed((left, top), (right, top), (right, bottom), (left, bottom))


def _pointed_up(box: Box) -> str:
    """The resource server's hexagon: a point above and one below."""
    cut, (across, _) = box.cut(7), box.middle
    return _closed(
        (box.left, box.top + cut),
        (across, box.top),
        (box.right, box.top + cut),
        (box.right, box.bottom - cut),
        (across, box.bottom),
        (box.left, box.bottom - cut),
    )


def _roofed(box: Box) -> str:
    """The authorization server's triangle: a point above."""
    cut, (across, _) = box.cut(9), box.middle
    return _closed(
        (box.left, box.top + cut),
        (across, box.top),
        (box.right, box.top + cut),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def _folded(box: Box) -> str:
    """A script's sheet of paper, with a corner turned down."""
    cut, right, top = box.cut(9), box.right, box.top
    sheet = _closed(
        (box.left, top),
        (right - cut, top),
        (right, top + cut),
        (right, box.bottom),
        (box.left, box.bottom),
    )
    corner = f"L{right - cut:.2f},{top + cut:.2f}L{right:.2f},{top + cut:.2f}"
    return f"{sheet}M{right - cut:.2f},{top:.2f}{corner}"


def _octagon(box: Box) -> str:
    """A refusal's stop sign."""
    cut, left, top, right, bottom = box.cut(9), box.left, box.top, box.right, box.bottom
    return _closed(
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )


def _rounded(box: Box) -> str:
    """What was granted: a box without an edge."""
    return _round(box, 7)


_OUTLINES: dict[str, Callable[[Box], str]] = {
    SUBJECT.name: _round,
    ACTOR.name: _pointed_aside,
    CLIENT.name: _plain,
    RESOURCE_SERVER.name: _pointed_up,
    SERVER.name: _roofed,
    SCRIPT.name: _folded,
    REFUSED.name: _octagon,
    GRANTED.name: _rounded,
}


def outline(role: str, box: Box) -> str:
    """The outline as the ``d`` of an SVG path.

    Args:
        role: The name of a role; a box where it is none.
        box: What it goes around.
    """
    return _OUTLINES.get(role, _plain)(box)
