"""Plays made ready to be shown: every step as HTML, every picture once."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.tokens.inspection import Inspection
from workbench.views.checks import link_source
from workbench.views.page.card import card, facts
from workbench.views.page.html import code, escape
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import GRANTED, REFUSED, SERVER, Role, badge
from workbench.views.player import step as stages
from workbench.views.player.beside import (
    chain_picture,
    claims_html,
    flow_html,
    script_source,
)
from workbench.views.player.step import FAILED, PASSED, UNREACHED, Play, PlayStep

MOST_STEPS = 80
"""Beyond so many, rules that passed become one step a group, and early calls go."""

ROLES: dict[str, Role] = {PASSED: GRANTED, FAILED: REFUSED, UNREACHED: SERVER}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as a page shows it; pictures by their index.

    Attributes:
        title: What happened.
        label: The same with number and state, as it is read out.
        state: How it came out.
        stage: Where in its call it stands.
        decides: Whether it decided the answer.
        html: The step's card.
        flow: The sequence, with the message that is under way.
        chain: Who acts for whom so far.
        side: The claims so far, or the script.
        about: What that side is.
        looks: The rows of the side that matter now.
        call: The call, by index.
    """

    title: str
    label: str
    state: str
    stage: str
    decides: bool
    html: str
    flow: int
    chain: int
    side: int
    about: str
    looks: tuple[str, ...]
    call: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of the play begins, by the index of its first step."""

    title: str
    start: int
    state: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a player needs, sent at once.

    Attributes:
        title: What is played.
        steps: In order.
        chapters: The stages of one call, or the calls.
        pictures: Each once.
    """

    title: str
    steps: tuple[ShownStep, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    pictures: tuple[str, ...] = ()


def bounded(plays: Sequence[Play]) -> tuple[Play, ...]:
    """All of them; where their steps are too many, rules in groups, and the latest."""
    if sum(len(each.steps) for each in plays) <= MOST_STEPS:
        return tuple(plays)
    kept: list[Play] = []
    room = MOST_STEPS
    for each in reversed(plays):
        fewer = replace(each, steps=tuple(grouped(each.steps)))
        room -= len(fewer.steps)
        if kept and room < 0:
            break
        kept.append(fewer)
    return tuple(reversed(kept))


def grouped(steps: Sequence[PlayStep]) -> Iterator[PlayStep]:
    """The steps, with neighbours that are passed rules of one group as one step."""
    run: list[PlayStep] = []
    for each in steps:
        alike = each.stage == stages.RULE and each.state == PASSED
        if run and not (alike and each.group == run[0].group):
            yield _one(run)
            run = []
        if alike:
            run.append(each)
        else:
            yield each
    if run:
        yield _one(run)


def _one(run: list[PlayStep]) -> PlayStep:
    if len(run) == 1:
        return run[0]
    looks = tuple(dict.fromkeys(name for each in run for name in each.looks))
    told = tuple((f"Rule {each.rule}", each.title) for each in run)
    title = f"{counted(len(run), 'rule')} on {run[0].group} pass"
    return replace(run[0], title=title, facts=told, source="", rule=None, looks=looks)


class _Album:
    """Pictures in the order in which they were first needed, each once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._drawn: dict[Hashable, int] = {}

    def place(self, picture: str) -> int:
        return self._places.setdefault(picture, len(self._places))

    def drawn(self, state: Hashable, draw: Callable[[], str]) -> int:
        """The place of what is drawn of a state, which is drawn once."""
        if state not in self._drawn:
            self._drawn[state] = self.place(draw())
        return self._drawn[state]

    @property
    def pictures(self) -> tuple[str, ...]:
        return tuple(self._places)


def shown(plays: Sequence[Play], title: str = "") -> Shown:
    """Plays one after the other as what a player shows.

    Args:
        plays: In order; the latest are shown, as far as there is room.
        title: What is played; by default the only call's own.
    """
    kept = bounded(plays)
    if not kept:
        return Shown(title or "Nothing to play")
    album = _Album()
    steps = tuple(_shown_steps(kept, album))
    alone = len(kept) == 1
    named = title or (kept[0].title if alone else counted(len(kept), "call"))
    chapters = tuple(_stages(kept[0]) if alone else _calls(kept))
    return Shown(visible_text(named), steps, chapters, album.pictures)


def _shown_steps(plays: Sequence[Play], album: _Album) -> Iterator[ShownStep]:
    """Every step; tokens that earlier calls brought stay in the picture."""
    total, number = sum(len(each.steps) for each in plays), 0
    earlier: list[Inspection] = []
    for at, play in enumerate(plays):
        for step in play.steps:
            number += 1
            side, about = _side(play, step)
            yield ShownStep(
                title=title_of(step),
                label=_label(step, number, total),
                state=step.state,
                stage=step.stage,
                decides=step.decides,
                html=step_html(step),
                flow=album.place(flow_html(play, step)),
                chain=album.drawn(
                    (at, step.opened, play.is_decided_at(step)),
                    partial(chain_picture, play, step, earlier),
                ),
                side=album.place(side),
                about=about,
                looks=_looks(step),
                call=at,
            )
        earlier += [token for role, token in play.tokens if role == stages.ISSUED]


def title_of(step: PlayStep) -> str:
    """The title, with the rule's number."""
    return f"Rule {step.rule}: {step.title}" if step.rule is not None else step.title


def _label(step: PlayStep, number: int, total: int) -> str:
    ends = ", decides" if step.decides else ""
    return f"Step {number} of {total}. {title_of(step)}: {step.state}{ends}."


def _looks(step: PlayStep) -> tuple[str, ...]:
    return (f"line.{step.line}",) if step.script is not None else step.looks


def _side(play: Play, step: PlayStep) -> tuple[str, str]:
    if step.script is None:
        return claims_html(play, step.opened), "Claims and parameters"
    name = visible_text(play.scripts[step.script].script.name)
    return script_source(play, step.script), f"Script: {name}"


def _calls(plays: Sequence[Play]) -> Iterator[Chapter]:
    start = 0
    for number, play in enumerate(plays, 1):
        failed = any(each.decides for each in play.steps)
        yield Chapter(f"{number}. {play.title}", start, FAILED if failed else PASSED)
        start += len(play.steps)


def _stages(play: Play) -> Iterator[Chapter]:
    """The stages that follow each other; many rules with their number."""
    start = 0
    steps = play.steps
    while start < len(steps):
        stage, end = steps[start].stage, start
        while end < len(steps) and steps[end].stage == stage:
            end += 1
        states = [each.state for each in steps[start:end]]
        state = next((s for s in (FAILED, PASSED) if s in states), UNREACHED)
        count = sum(each.rule is not None for each in steps[start:end])
        number = f" {count}" if stage == stages.RULE and count > 1 else ""
        yield Chapter(f"{stage.capitalize()}{number}", start, state)
        start = end


def step_html(step: PlayStep) -> Markup:
    """One step on a card: how it came out, what was expected and found, the source."""
    role = ROLES[step.state]
    word = f"{step.state}, decides" if step.decides else step.state
    said = f"<p>{escape(step.said)}</p>" if step.said else ""
    told = facts((name, code(value)) for name, value in step.facts)
    source = (
        f"<p><small>Source: {link_source(step.source)}</small></p>"
        if step.source
        else ""
    )
    title = Markup("{} {}").format(badge(role, word), title_of(step))
    return card(role, title, f"{said}{told if step.facts else ''}{source}")
