"""Lists of what happened: the latest so many, numbered from the very first."""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from workbench.errors import SettingError

Item = TypeVar("Item")

MOST_WEIGHT = 10_000_000
"""Characters of long texts that a list keeps, unless it is told otherwise."""

FARTHEST = 2**63 - 1
"""No number of a bench is beyond it, but in what scripts and clients make up: it is the
largest of Java's ``long``."""

SPARE = 64
"""Beyond the most, a 64th is removed at once, so that adding costs little."""


def whole_most(most: object) -> int:
    """What somebody wants to be the most, if it can be.

    Raises:
        SettingError: It is something else than a whole number from 1 on.
    """
    if type(most) is not int or not 1 <= most <= FARTHEST:
        found = "one that large" if type(most) is int and most > 0 else repr(most)
        raise SettingError(f"most is a whole number, 1 or more; not {found}.")
    return most


class Excerpt(list[Item]):
    """Some items of a longer list, each with the number that it has there.

    Args:
        items: In order.
        numbers: As many.
        left_out: How many items the list itself has left out by now.
    """

    def __init__(
        self, items: Iterable[Item], numbers: Sequence[int], left_out: int
    ) -> None:
        super().__init__(items)
        self.numbers, self.left_out = numbers, left_out


class Bounded(list[Item]):
    """A list that keeps its latest items, and counts those that it left out.

    Threads may add items while others ask for the latest.

    Args:
        items: Those that it begins with.
        most: How many it keeps.

    Attributes:
        left_out: How many earlier ones it has left out.
        most_weight: What those that it keeps may weigh together, by :meth:`weight_of`;
            the latest stays, whatever it weighs.
    """

    def __init__(self, items: Iterable[Item] = (), *, most: int) -> None:
        super().__init__()
        self._one = threading.RLock()  # a thread that changes it, or looks at it
        self.left_out, self._weight = 0, 0
        self.most, self.most_weight = most, MOST_WEIGHT
        self.extend(items)

    @property
    def most(self) -> int:
        """How many it keeps; fewer at once when it is set to less.

        Raises:
            SettingError: It is set to something else than a whole number from 1 on.
        """
        return self._most

    @most.setter
    def most(self, most: int) -> None:
        self._most = whole_most(most)
        self.leave_out(len(self) - most)

    @property
    def total(self) -> int:
        """How many there have been; the number of the latest."""
        return self.left_out + len(self)

    @property
    def numbers(self) -> range:
        """The number of each item, counted from the very first, which is 1."""
        return range(self.left_out + 1, self.total + 1)

    def append(self, item: Item) -> None:
        """Add an item; the earliest may go."""
        with self._one:
            super().append(item)
            self._weight += self.weight_of(item)
            if len(self) > self._most:
                self.leave_out(len(self) - self._most + self._most // SPARE)
            if self._weight > self.most_weight:
                self._lighten()

    def weight_of(self, item: Item) -> int:
        """What an item weighs beyond what is usual: the characters of long texts."""
        return 0

    def _lighten(self) -> None:
        """Remove the earliest until the rest is light enough."""
        weights = [self.weight_of(item) for item in self]
        self._weight, beyond = sum(weights), 0
        while self._weight > self.most_weight and beyond < len(weights) - 1:
            self._weight -= weights[beyond]
            beyond += 1
        self._weight += sum(weights[:beyond])  # which leaving them out takes off
        self.leave_out(beyond)

    def extend(self, items: Iterable[Item]) -> None:
        """Add some items, in order."""
        for item in items:
            self.append(item)

    def refill(self, items: Iterable[Item], *, most: int, left_out: int) -> None:
        """Hold these instead, as a list that has left out so many before."""
        with self._one:
            self.clear()
            self.most, self.left_out = most, left_out
            self.extend(items)

    def latest(
        self, most: int, fits: Callable[[Item], bool] = lambda item: True
    ) -> Excerpt[Item]:
        """The latest items that fit, oldest first, without a look at the others."""
        kept = self.as_now()
        found: list[tuple[int, Item]] = []
        for number, item in zip(reversed(kept.numbers), reversed(kept), strict=True):
            if len(found) == most:
                break
            if fits(item):
                found.append((number, item))
        found.reverse()
        numbers = [number for number, _ in found]
        return Excerpt([item for _, item in found], numbers, kept.left_out)

    def as_now(self) -> Excerpt[Item]:
        """All items with their numbers, whatever comes and goes from now on."""
        with self._one:
            return Excerpt(self, self.numbers, self.left_out)

    def leave_out(self, beyond: int) -> None:
        """Remove so many of the earliest items, if any."""
        if beyond > 0:
            with self._one:
                self._weight -= sum(map(self.weight_of, self[:beyond]))
                del self[:beyond]
                self.left_out += beyond
