"""An attack as a slide: its messages, where it is stopped, by what, and what if not."""

from dataclasses import dataclass

from markupsafe import Markup

from workbench.views.page.roles import REFUSED
from workbench.views.page.shapes import Box
from workbench.views.sequence.drawing import NARROW, drawing
from workbench.views.sequence.steps import Sequence
from workbench.views.slides.slide import ACROSS, DOWN, Slide, fitted
from workbench.views.slides.words import cut, lines, shape

_ASIDE = 600
"""How wide what is told beside the messages is."""
_SIZE, _STEP = 26, 34


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackPicture:
    """An attack, to be drawn.

    Attributes:
        slug: Its name in the name of a file.
        title: What experts call it.
        story: What goes on, in a sentence or two.
        sequence: Its messages; one says what stops it.
        stopped_by: The rule or the defence.
        stopped: What stands above that.
        told: What else there is to say, with a label each.
    """

    slug: str
    title: str
    story: str
    sequence: Sequence
    stopped_by: str
    stopped: str = "Stopped by"
    told: tuple[tuple[str, str], ...] = ()


def attack_slide(attack: AttackPicture) -> Slide:
    """The messages, and beside them what stops the attack."""
    room = ACROSS - _ASIDE - 60
    messages = fitted(drawing(attack.sequence, None, NARROW), room)
    return Slide(
        f"attack-{attack.slug}",
        f"Attack: {attack.title}",
        attack.story,
        messages + _aside(attack, room + 60),
    )


def _aside(attack: AttackPicture, left: float) -> Markup:
    said = cut(f"✗ {attack.stopped_by}", 30, _ASIDE - 70, 4)
    bottom = 90 + 39 * len(said)
    drawn = shape(REFUSED, Box(left, 0, left + _ASIDE, bottom), strong=True)
    drawn += lines(left + 35, 48, 24, [attack.stopped])
    drawn += lines(left + 35, 92, 30, said, role=REFUSED, weight=True)
    top = bottom + 60.0
    for label, words in attack.told:
        most = int((DOWN - top - _STEP) / _STEP)
        if not words or most < 1:
            continue
        told = cut(words, _SIZE, _ASIDE, min(most, 5))
        drawn += lines(left, top, 24, [label], weight=True)
        drawn += lines(left, top + _STEP, _SIZE, told)
        top += _STEP * (len(told) + 1) + 34
    return drawn
