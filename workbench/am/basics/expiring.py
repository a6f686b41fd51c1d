"""What a store keeps by key until it cannot matter any more."""

import math
from collections import deque
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import TypeVar

from workbench.am.basics.table import Table

Value = TypeVar("Value")

DAY = 24 * 60 * 60

AT_ONCE = 32
"""How many are collected for one that is added, so that nobody waits for it."""

SPARE = 1024
"""Beyond the most, a 1024th goes at once, so that looking for the oldest is rare."""

_NEVER = 2**63
"""The second of what has no end."""


class Expiring(Table[Value]):
    """A table whose values come to an end; a while after, they are collected.

    Whoever adds a value collects a few, however many are kept: keys wait in the order
    of their ends. What was collected stays unknown, also to a clock that was set back.

    Args:
        name: What it holds, as for any table.
        ends: The second, since the epoch, from which a value counts no longer; None
            where it has no end. It may become later while the value is kept.
        grace: Seconds that a value is kept after its end, so that one can still say
            what became of it.
        most: How many are kept; None for any number. Beyond it go those that have
            ended, and then the oldest.
        gives_up: Whether the oldest may go before its end.

    Attributes:
        most: As above; can be set at any time, and counts from the next value on.
        left_out: How many went before their end, since there were too many.
        collected: How many went after it.
        full: Called when some are left out; None where nobody asks.
    """

    def __init__(
        self,
        name: str,
        ends: Callable[[Value], float | None],
        *,
        grace: int = DAY,
        most: int | None = None,
        gives_up: bool = True,
    ) -> None:
        super().__init__(name)
        self.most, self.left_out, self.collected = most, 0, 0
        self.full: Callable[[], None] | None = None
        self._ends, self._grace, self._gives_up = ends, grace, gives_up
        self._due: dict[int, list[str] | deque[str]] = {}  # keys by second
        self._seconds: list[int] = []  # a heap of those
        self._waiting, self._enough = 0, AT_ONCE  # keys in _due, and when to look

    def __setitem__(self, key: str, value: Value) -> None:
        super().__setitem__(key, value)
        self._await(key, self._ends(value))

    def add(self, key: str, value: Value, now: int) -> None:
        """Set a value, and collect what ended.

        Args:
            key: The value's.
            value: What to keep.
            now: Seconds since the epoch.
        """
        self[key] = value
        seconds = self._seconds
        for _ in range(AT_ONCE):
            if not seconds or seconds[0] + self._grace > now:
                break
            self._remove_first()
        if self.most is not None and len(self._values) > self.most:
            self._shed(self.most, now)

    def _shed(self, most: int, now: int) -> None:
        """Remove what is too much."""
        while len(self._values) > most and self._seconds[0] <= now:
            self._remove_first()
        if len(self._values) > most and self._gives_up:
            self._give_up(len(self._values) - most + most // SPARE)

    def _give_up(self, count: int) -> None:
        """Remove so many of the oldest, whether they have ended or not."""
        for key in list(islice(self._values, count)):
            del self[key]
        self.left_out += count
        if self.full is not None:
            self.full()

    def _await(self, key: str, end: float | None) -> None:
        second = _NEVER if end is None else min(math.ceil(end), _NEVER)
        if second in self._due:
            self._due[second].append(key)
        else:
            self._due[second] = [key]
            heappush(self._seconds, second)
        self._waiting += 1
        if self._waiting > self._enough:
            self._forget_removed()

    def _remove_first(self) -> None:
        """Remove what ends first, unless it is gone, or ends later by now."""
        second = self._seconds[0]
        keys = self._due[second]
        if isinstance(keys, list):
            keys = self._due[second] = deque(keys)
        key = keys.popleft()
        self._waiting -= 1
        if not keys:
            del self._due[second]
            heappop(self._seconds)
        if key in self._values:
            end = self._ends(self[key])
            if end is None or end > second:
                self._await(key, end)
            else:
                del self[key]
                self.collected += 1

    def _forget_removed(self) -> None:
        """Wait no longer for keys that were removed before their end."""
        self._due = {
            second: kept
            for second, keys in self._due.items()
            if (kept := list(dict.fromkeys(filter(self._values.__contains__, keys))))
        }
        self._seconds = list(self._due)
        heapify(self._seconds)
        self._waiting = sum(map(len, self._due.values()))
        self._enough = 2 * self._waiting + AT_ONCE
