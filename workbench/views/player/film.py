"""A play where nothing moves: numbered cards in a strip, and numbered lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.card import card, folded
from workbench.views.page.html import escape, page
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import GRANTED, badge
from workbench.views.page.style import style
from workbench.views.player import step as stages
from workbench.views.player.beside import chain_picture
from workbench.views.player.show import bounded, step_html, title_of
from workbench.views.player.step import FAILED, PASSED, UNREACHED, Play, PlayStep

FILM_CSS = Path(__file__).with_name("film.css")
SIGNS = {PASSED: "✓", FAILED: "✗", UNREACHED: "·"}
MOST_CARDS = 60
"""In a strip; a notebook keeps it."""

NOTHING = "There is no call to play yet: send a request first."

Frame = tuple[int, list[PlayStep]]
"""Steps that stand on one card, and the number of the first."""


def film_html(plays: Sequence[Play], title: str = "") -> str:
    """The main steps as numbered cards, with the chain that came of them.

    Rules that passed stand on one card, counted; the one that decided has its own.
    """
    if not plays:
        return page(f"<p>{NOTHING}</p>")
    heading = f"<p><b>{escape(title)}</b></p>" if title else ""
    strips, room = [], MOST_CARDS
    for play in bounded(plays):
        cards = list(_cards(play))[: max(room, 0)]
        room -= len(cards)
        if cards:
            name = f"<p><b>{escape(play.title)}</b></p>" if play.title != title else ""
            strips.append(f'{name}<ol class="wb-film">{"".join(cards)}</ol>')
    return page(f"{style(FILM_CSS)}{heading}{''.join(strips)}")


def _cards(play: Play) -> Iterator[Markup]:
    for first, steps in frames(play):
        one = len(steps) == 1
        last = first + len(steps) - 1
        where = f"Step {first}" if one else f"Steps {first} to {last}"
        inner = step_html(steps[0]) if one else _rules_card(steps)
        yield Markup(f"<li><small>{where}</small>{inner}</li>")
    if any(role == stages.ISSUED for role, _ in play.tokens):
        drawn = chain_picture(play, play.steps[-1], ())
        yield Markup(f'<li class="wb-film-wide">{drawn}</li>')


def frames(play: Play) -> Iterator[Frame]:
    """The steps, with rules that passed one after the other in one frame."""
    run: list[PlayStep] = []
    for number, each in enumerate(play.steps, 1):
        if each.stage == stages.RULE and each.state == PASSED:
            run.append(each)
            continue
        if run:
            yield number - len(run), run
            run = []
        yield number, [each]
    if run:
        yield len(play.steps) + 1 - len(run), run


def _rules_card(steps: Sequence[PlayStep]) -> Markup:
    groups = Counter(each.group for each in steps)
    told = ", ".join(f"{group} {count}" for group, count in groups.items())
    title = Markup("{} {}").format(badge(GRANTED, PASSED), counted(len(steps), "rule"))
    items = "".join(f"<li>{escape(title_of(each))}</li>" for each in steps)
    each_one = folded("Each of them", f"<ul>{items}</ul>")
    return card(GRANTED, title, f"<p>{escape(told)}</p>{each_one}")


def film_text(plays: Sequence[Play], title: str = "") -> str:
    """The same as numbered lines."""
    if not plays:
        return NOTHING
    lines = [visible_text(title)] if title else []
    for play in bounded(plays):
        if play.title != title:
            lines.append(visible_text(play.title))
        for number, step in enumerate(play.steps, 1):
            lines += _lines(number, step)
    return "\n".join(lines)


def _lines(number: int, step: PlayStep) -> Iterator[str]:
    """A step in one line; of what decides, and of tokens and scripts, more."""
    mark = "   <- decides" if step.decides else ""
    sign = SIGNS[step.state]
    yield f"{number:>3}. {sign} {step.state:<11} {visible_text(title_of(step))}{mark}"
    if step.said and (step.decides or step.stage not in (stages.RULE, stages.GRANT)):
        yield f"       {visible_text(step.said)}"
    if step.stage == stages.RULE and step.state == PASSED:
        return
    for name, value in step.facts:
        yield f"       {visible_text(name)}: {visible_text(value)}"
