"""Who may run a script now: a few places, and those who used least come first."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workbench.errors import EngineUnavailable

HALF_LIFE = 30.0  # seconds after which half of what somebody used is forgotten
LONG = 0.8  # seconds a script, in the mean, of whoever is said to run long
PATIENCE = 30.0  # seconds to wait for a place
MOST_KNOWN = 1000  # whose use is remembered
LINE = 32  # scripts that wait, of those that run long: half of what a server answers

NO_PLACE = "The script waited {seconds:g} s for an engine to run it, and was not run."
HINT = (
    "Other scripts keep the engines busy: look in the audit trail for those that run "
    "into their time limit, and send the request again."
)


@dataclass(slots=True)
class Use:
    """What somebody's scripts used lately; what is older counts less and less."""

    at: float
    seconds: float = 0.0
    scripts: float = 0.0

    def fade(self, now: float) -> None:
        """Let it count less, by the time that has passed."""
        left = 0.5 ** ((now - self.at) / HALF_LIFE)
        self.at, self.seconds, self.scripts = (
            now,
            self.seconds * left,
            self.scripts * left,
        )


@dataclass(slots=True, eq=False)
class Place:
    """A place, held or waited for; ``long`` where scripts of theirs lately ran long."""

    who: str
    number: int
    came: float
    since: float = 0.0
    long: bool = False
    refused: bool = False
    decided: threading.Event = field(default_factory=threading.Event)


class Places:
    """A number of places for those who run scripts, and fairness between them.

    Whoever used least time lately comes first. Those whose scripts lately ran long
    hold a few of the places together, and nobody holds more than half alone: however
    many scripts hang, one of somebody new starts at once. Where too many wait whose
    scripts run long, whoever used most is refused.

    Args:
        number: How many there are.
        few: How many of them are for scripts of those whose scripts run long.
        patience: Seconds to wait for one.
        clock: Gives seconds.
    """

    def __init__(
        self,
        number: int,
        few: int,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._number, self._half, self._few = number, max(1, number // 2), few
        self._patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._arrivals = itertools.count()
        self._held: list[Place] = []
        self._waiting: list[Place] = []
        self._used: dict[str, Use] = {}

    @contextmanager
    def place(self, who: str) -> Iterator[Place]:
        """Hold a place; what the context takes counts as used.

        What it takes until :meth:`begin` counts as nobody's.

        Raises:
            EngineUnavailable: None came free in time, or too many wait.
        """
        place = Place(who, next(self._arrivals), self._clock())
        try:
            with self._lock:
                self._waiting.append(place)
                self._give()
                self._shorten()
            place.decided.wait(self._patience)
            self._require_given(place)
            yield place
        finally:
            with self._lock:
                self._leave(place)
                self._give()

    def begin(self, place: Place) -> None:
        """Count from now on: what was done before, such as a start, is nobody's."""
        place.since = self._clock()

    def _require_given(self, place: Place) -> None:
        with self._lock:
            if place.refused or place in self._waiting:
                waited = self._clock() - place.came
                words = NO_PLACE.format(seconds=round(waited, 1))
                raise EngineUnavailable(words, hint=HINT)

    def _shorten(self) -> None:
        """Refuse whoever used most, where too many wait whose scripts run long."""
        now = self._clock()
        long = [each for each in self._waiting if self._runs_long(each.who, now)]
        if len(long) > LINE:
            last = max(long, key=lambda e: (self._use(e.who, now).seconds, e.number))
            self._waiting.remove(last)
            last.refused = True
            last.decided.set()

    def _leave(self, place: Place) -> None:
        if place in self._waiting:
            self._waiting.remove(place)
        elif place in self._held:  # else it was interrupted before it stood anywhere
            self._held.remove(place)
            self._count(place)

    def _count(self, place: Place) -> None:
        now = self._clock()
        use = self._use(place.who, now)
        use.seconds += now - place.since
        use.scripts += 1
        self._used[place.who] = use
        if len(self._used) > MOST_KNOWN:
            del self._used[min(self._used, key=lambda who: self._used[who].at)]

    def _give(self) -> None:
        """Give what is free to those who may have it, in the order of fairness."""
        now = self._clock()
        while self._waiting and len(self._held) < self._number:
            full = sum(self._runs_long(e.who, now) for e in self._held) >= self._few
            allowed = [e for e in self._waiting if self._may_have_one(e, now, full)]
            if not allowed:
                return
            first = min(
                allowed, key=lambda e: (self._use(e.who, now).seconds, e.number)
            )
            self._waiting.remove(first)
            first.since, first.long = now, self._runs_long(first.who, now)
            self._held.append(first)
            first.decided.set()

    def _may_have_one(self, place: Place, now: float, full: bool) -> bool:
        """Whether somebody may; those whose scripts run long only if it is not full."""
        if full and self._runs_long(place.who, now):
            return False
        return sum(each.who == place.who for each in self._held) < self._half

    def _runs_long(self, who: str, now: float) -> bool:
        """Whether somebody's scripts lately ran long, those that run now among them."""
        use = self._use(who, now)
        running = [now - each.since for each in self._held if each.who == who]
        running = [seconds for seconds in running if seconds > LONG]
        scripts = use.scripts + len(running)
        return (use.seconds + sum(running)) / max(1.0, scripts) > LONG

    def _use(self, who: str, now: float) -> Use:
        use = self._used.get(who) or Use(now)
        use.fade(now)
        return use
