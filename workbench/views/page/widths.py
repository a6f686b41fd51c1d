"""Two drawings of one thing, of which a page shows the one that it has room for."""

from math import ceil

from markupsafe import Markup

from workbench.views.page.draw import width_of

LEAST = 0.83
"""How far a drawing may shrink: its letters of 13 pixels are 11 high then."""

_RULES = """<style>
.wb-fit{{container-type:inline-size;width:100%}}
.wb-below-{least}{{display:none}}
@container (max-width:{below}px){{
.wb-from-{least}{{display:none}}
.wb-below-{least}{{display:block}}}}
</style>"""


def least_room(drawing: Markup) -> int:
    """The pixels across that a drawing needs to stay legible."""
    return ceil(width_of(drawing) * LEAST)


def by_width(wide: Markup, narrow: Markup) -> Markup:
    """The wide drawing where its letters stay legible, else the narrow one.

    The names in the style say how much room that is, so that one rule for one picture
    is the same for the next.
    """
    if wide == narrow:
        return wide
    least = least_room(wide)
    rules = _RULES.format(least=least, below=f"{least - 0.02:.2f}")
    return Markup(
        f'{rules}<div class="wb-fit"><div class="wb-from-{least}">{wide}</div>'
        f'<div class="wb-below-{least}">{narrow}</div></div>'
    )
