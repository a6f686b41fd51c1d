"""What a check may look at: the learner's bench, what was sent, a copy to try on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.agent.client import Call
from workbench.am.exchange.decision import Decision
from workbench.am.reading.read_token import inspect_token
from workbench.course.on_bench import Bench, copy_of


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a check saw.

    Attributes:
        right: Whether it is as asked.
        says: What it is, in a sentence.
    """

    right: bool
    says: str


def right(says: str) -> Observation:
    """Something is as asked."""
    return Observation(True, says)


def missing(says: str) -> Observation:
    """Something is not yet as asked; says what, and where to look."""
    return Observation(False, says)


@dataclass(frozen=True, slots=True)
class Look:
    """The bench of an exercise after the learner worked on it.

    Attributes:
        bench: The learner's own; a check changes nothing there.
        events_before: How many events its audit trail had at the start.
        calls_before: How many calls its history had at the start.
    """

    bench: Bench
    events_before: int = 0
    calls_before: int = 0
    _copies: list[Bench] = field(default_factory=list, repr=False, compare=False)

    @property
    def calls(self) -> list[Call]:
        """The calls that the learner sent, in order."""
        return list(self.bench.history)[self.calls_before :]

    @property
    def decisions(self) -> list[Decision]:
        """The decisions of the exchanges that the learner sent, in order."""
        events = list(self.bench.audit)[self.events_before :]
        return [each.decision for each in events if each.decision is not None]

    @property
    def granted(self) -> list[tuple[Call, Mapping[str, Any]]]:
        """The exchanges that brought a token, each with the token's claims."""
        exchanges = [
            call
            for call in self.calls
            if call.event is not None
            and call.event.kind == "exchange"
            and call.status == 200
        ]
        return [(call, self.claims(call)) for call in exchanges]

    def claims(self, token: Call | str) -> Mapping[str, Any]:
        """What a token says; of a call, the access token that it brought."""
        value = token.access_token if isinstance(token, Call) else token
        return inspect_token(self.bench.realm, value, "token").claims or {}

    def copy(self) -> Bench:
        """A bench in the same state, to send what the learner shall not find."""
        copied = copy_of(self.bench, engine=self.bench.realm.engine)
        self._copies.append(copied)
        return copied

    def put_away(self) -> None:
        """Close what was copied; the engine goes on."""
        for copied in self._copies:
            copied.http.close()
