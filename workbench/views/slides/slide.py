"""A slide of 1920 by 1080: a title, a sentence below it, and a picture in the rest."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from workbench.views.page.html import escape
from workbench.views.slides.theme import Theme
from workbench.views.slides.words import cut, lines

WIDTH, HEIGHT = 1920, 1080
LEFT, TOP, ACROSS, DOWN = 60, 190, 1800, 850
"""Where the picture is, and how large."""

FONTS = "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif"
LARGEST = 3.0
"""How much a small drawing grows at most: its letters of 12 are 36 high then."""

_OPENING = re.compile(r"<svg\b[^>]*>(?:<title>.*?</title>)?", re.DOTALL)
_VIEW = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')
_KEPT = re.compile(r' (?:font-size|fill|font-family)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Slide:
    """A picture that stands alone.

    Attributes:
        name: What it is, as the name of its file without theme and ending.
        title: What it shows, in a few words.
        told: The same in a sentence or two, for those who do not see it as well.
        body: SVG in a page's colours, ``ACROSS`` by ``DOWN``.
    """

    name: str
    title: str
    told: str
    body: Markup


def slide_svg(slide: Slide, theme: Theme) -> str:
    """The slide as an SVG file in the colours of a theme."""
    heading = lines(LEFT, 80, 46, cut(slide.title, 46, ACROSS, 1), weight=True)
    below = lines(LEFT, 130, 26, cut(slide.told, 26, ACROSS, 2))
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title" '
        f'aria-describedby="desc" fill="currentColor" font-family="{FONTS}">'
        f'<title id="title">{escape(slide.title)}</title>'
        f'<desc id="desc">{escape(slide.told)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.ground}"/>'
        f"{heading}{below}"
        f'<g transform="translate({LEFT} {TOP})">{slide.body}</g></svg>\n'
    )
    return theme.written_out(drawn)


def fitted(drawing: str, room: float = ACROSS) -> Markup:
    """An inline drawing of a page, as large as a slide has room for.

    Args:
        drawing: An SVG element.
        room: How wide it may be.

    Raises:
        ValueError: It is no SVG element with a view box.
    """
    opening, grown = _opening(drawing), growth(drawing, room)
    view = _view(drawing)
    wide, high = float(view[3]) * grown, float(view[4]) * grown
    looks = "".join(_KEPT.findall(opening[0]))
    inner = drawing[opening.end() :]
    return Markup(
        f'<svg x="{(room - wide) / 2:.1f}" y="{(DOWN - high) / 2:.1f}" '
        f'width="{wide:.1f}" height="{high:.1f}" {view[0]}{looks}>{inner}'
    )


def growth(drawing: str, room: float = ACROSS) -> float:
    """How much larger an inline drawing gets on a slide; arguments as above."""
    view = _view(drawing)
    return min(room / float(view[3]), DOWN / float(view[4]), LARGEST)


def _view(drawing: str) -> re.Match[str]:
    return _found(_VIEW.search(drawing))


def _opening(drawing: str) -> re.Match[str]:
    return _found(_OPENING.match(drawing))


def _found(part: re.Match[str] | None) -> re.Match[str]:
    if part is None:
        raise ValueError("This is no inline SVG with a view box.")
    return part
