"""What an import would change, as a value: nothing is changed until it is applied."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbench.am.basics.words import counted
from workbench.am.rest.leaf import Further, NotActedOn
from workbench.interop.frodo.fault import FileFault, ImportRefused

NEW, CHANGED, SAME = "new", "changed", "same"
"""What becomes of a thing."""

SOURCE = "script"
"""The place of a script's source among its changes."""


class Change(NamedTuple):
    """A setting, by its place in AM's JSON, as it is and as it would be.

    Of what is new, it is told as it is in AM's default.
    """

    place: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One thing of an import.

    Attributes:
        kind: What it is, for people: ``script``, ``OAuth2 client``, ``AI agent``, ...
        name: Its name or id.
        state: ``new``, ``changed`` or ``same``.
        changes: What differs.
        aside: What is kept and has no effect here.
        remarks: What else there is to know, a sentence each.
        file: The file that has it.
        value: What is put into the realm; a client may have its secret.
        further: What is kept beside it.
    """

    kind: str
    name: str
    state: str
    changes: tuple[Change, ...] = ()
    aside: tuple[NotActedOn, ...] = ()
    remarks: tuple[str, ...] = ()
    file: str = ""
    value: Any = field(default=None, repr=False)
    further: Further = field(default_factory=dict, repr=False)

    @property
    def title(self) -> str:
        """Its kind and name."""
        return f"{self.kind} {self.name}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ImportPlan:
    """What an import would change.

    Attributes:
        realm: The path of the realm that it would change.
        planned: Each thing, in the order in which it is put.
        refused: Why it cannot be done, a fault each; none where it can.
        left_out: What the files have and a realm here has not, a sentence each.
        files: How many files were read.
        done: Whether it was applied.
    """

    realm: str
    planned: tuple[Planned, ...] = ()
    refused: tuple[FileFault, ...] = ()
    left_out: tuple[str, ...] = ()
    files: int = 0
    done: bool = False
    carry_out: Callable[[], "ImportPlan"] = field(repr=False, compare=False)

    def __repr__(self) -> str:
        states = {NEW: self.new, CHANGED: self.changed, SAME: self.same}
        told = [f"{len(found)} {state}" for state, found in states.items()]
        told += [counted(len(self.refused), "fault")] if self.refused else []
        return f"<ImportPlan for {self.realm}: {', '.join(told)}>"

    def of(self, state: str) -> tuple[Planned, ...]:
        """The things that are ``new``, ``changed`` or the ``same``."""
        return tuple(each for each in self.planned if each.state == state)

    @property
    def new(self) -> tuple[Planned, ...]:
        """What is not there yet."""
        return self.of(NEW)

    @property
    def changed(self) -> tuple[Planned, ...]:
        """What is there, and is otherwise."""
        return self.of(CHANGED)

    @property
    def same(self) -> tuple[Planned, ...]:
        """What is there just so."""
        return self.of(SAME)

    @property
    def not_acted_on(self) -> tuple[NotActedOn, ...]:
        """What is kept and has no effect here, each with the thing it is of."""
        return tuple(
            aside._replace(place=f"{each.title}: {aside.place}")
            for each in self.planned
            for aside in each.aside
        )

    def apply(self) -> "ImportPlan":
        """Change the realm so, all of it or nothing.

        The files are not read again; what has changed in the realm meanwhile counts.

        Returns:
            What was changed.

        Raises:
            ImportRefused: It cannot be done; nothing was changed.
        """
        return self.carry_out()


def refused_plan(realm: str, refusal: ImportRefused) -> ImportPlan:
    """The plan of files that could not be read: nothing, and why."""

    def refuse() -> ImportPlan:
        raise refusal

    return ImportPlan(realm=realm, refused=refusal.faults, carry_out=refuse)
