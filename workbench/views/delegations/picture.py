"""What is drawn of delegations: who stands in the picture, and who acts for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.am.basics.words import counted
from workbench.am.dry_runs.delegation import Delegation, Delegations

MOST_NODES = 40
ALIKE = 3
"""More subjects than these that the same actors act for alike are drawn as one."""


@dataclass(slots=True)
class Party:
    """Somebody in the picture, or several who are alike.

    Attributes:
        name: The client's id, or that of the first, and how many more there are.
        people: Whether the tokens are of people.
        acts: Whether it acts for somebody.
        acted_for: Whether somebody acts for it.
        notes: What is wrong with its tokens.
    """

    name: str
    people: bool = False
    acts: bool = False
    acted_for: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrow:
    """Somebody who acts for somebody, by their places in the picture."""

    actor: int
    subject: int
    script: str
    how: str
    problem: str


@dataclass(slots=True)
class WhoActs:
    """Who can act for whom.

    Attributes:
        parties: The nodes.
        arrows: From actor to subject.
        left_out: How many delegations are not drawn.
    """

    parties: list[Party] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    left_out: int = 0


def picture(what: Delegations, most: int = MOST_NODES) -> WhoActs:
    """What to draw; those who are alike stand together.

    Args:
        what: What was found.
        most: How many nodes there are at most.
    """
    made = WhoActs()
    places: dict[tuple[str, bool], int] = {}
    for names, alike in _bundles(what.found):
        first = alike[0]
        label = first.subject
        if len(names) > 1:
            label = f"{label} and {len(names) - 1} more"
        subject = (label, bool(first.person))
        wanted = {subject, *((each.actor, False) for each in alike if each.actor)}
        if len(places.keys() | wanted) > most:
            made.left_out += len(names)
            continue
        for key in (subject, *(k for k in sorted(wanted) if k != subject)):
            if key not in places:
                places[key] = len(made.parties)
                made.parties.append(Party(key[0], people=key[1]))
        for each in alike:
            _join(made, each, places[subject], places.get((each.actor, False)))
    return made


def _join(made: WhoActs, each: Delegation, subject: int, actor: int | None) -> None:
    if actor is None:
        made.parties[subject].notes.append(each.problem)
        return
    made.parties[actor].acts |= each.able
    made.parties[subject].acted_for |= each.able
    arrow = Arrow(actor, subject, each.script, each.how, each.problem)
    if arrow not in made.arrows:
        made.arrows.append(arrow)


def _bundles(
    found: Iterable[Delegation],
) -> list[tuple[list[str], list[Delegation]]]:
    """Subjects with what they let others do; those who are alike are together."""
    whose: dict[tuple[str, bool], list[Delegation]] = {}
    for each in found:
        whose.setdefault((each.client_id, bool(each.person)), []).append(each)
    alike: dict[object, list[tuple[str, list[Delegation]]]] = {}
    for (client_id, _), each_found in whose.items():
        alike.setdefault(_likeness(each_found), []).append((client_id, each_found))
    bundles = []
    for group in alike.values():
        if len(group) > ALIKE:
            bundles.append(([name for name, _ in group], group[0][1]))
        else:
            bundles += [([name], each_found) for name, each_found in group]
    return bundles


def _likeness(found: list[Delegation]) -> object:
    """The same for those who let the same clients act, and not for themselves."""
    return tuple(
        (
            each.script,
            bool(each.person),
            each.id_token,
            each.actor,
            each.actor == each.client_id,
            each.how,
            each.problem,
        )
        for each in found
    )


def summary(what: Delegations) -> str:
    """The finding in one sentence."""
    able = [each for each in what.found if each.able]
    actors = {each.actor for each in able}
    subjects = {each.subject for each in able}
    where = f"Around {what.about}" if what.about else f"In realm {what.realm}"
    if not able:
        return f"{where} nobody can act for anybody."
    can = f"{counted(len(actors), 'client')} can act"
    return f"{where} {can} for {counted(len(subjects), 'subject')}."
