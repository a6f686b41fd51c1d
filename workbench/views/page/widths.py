"""Two forms of one picture, of which a page shows the one that it has room for."""

from math import ceil

from markupsafe import Markup

from workbench.views.page.draw import width_of

LEAST = 0.83
"""How far a drawing may shrink: its letters of 13 pixels are 11 high then."""

_RULES = """<style>
.wb-fit{{container-type:inline-size;width:100%}}
.wb-below-{room}{{display:none}}
@container (max-width:{below}px){{
.wb-from-{room}{{display:none}}
.wb-below-{room}{{display:block}}}}
</style>"""


def least_room(drawing: Markup, least: float = LEAST) -> int:
    """The pixels across that a drawing needs to stay legible.

    Args:
        drawing: As :func:`draw.svg` makes it, or another that says its width likewise.
        least: How far it may shrink.
    """
    return ceil(width_of(drawing) * least)


def by_width(wide: Markup, narrow: Markup, least: float = LEAST) -> Markup:
    """The wide drawing where its letters stay legible, else what is narrow.

    The names in the style say how much room that is, so that one rule for one picture
    is the same for the next.

    Args:
        wide: A drawing.
        narrow: Another one, or the same in words.
        least: How far the wide one may shrink.
    """
    if wide == narrow:
        return wide
    room = least_room(wide, least)
    rules = _RULES.format(room=room, below=f"{room - 0.02:.2f}")
    return Markup(
        f'{rules}<div class="wb-fit"><div class="wb-from-{room}">{wide}</div>'
        f'<div class="wb-below-{room}">{narrow}</div></div>'
    )
