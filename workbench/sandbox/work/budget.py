"""The time that all stages of one question share."""

import time
from collections.abc import Callable

LEAST = 0.001  # seconds; none at all would mean no limit to the engine


class OutOfTime(Exception):
    """What was to be done was not done to its end."""


class Budget:
    """Seconds of processor time, from now on.

    Args:
        seconds: How many there are.
        clock: Tells the processor time that was used.
    """

    def __init__(
        self, seconds: float, clock: Callable[[], float] = time.process_time
    ) -> None:
        self._clock = clock
        self._started = clock()
        self._until = self._started + seconds

    @property
    def spent(self) -> float:
        """The seconds that are gone."""
        return self._clock() - self._started

    @property
    def left(self) -> float:
        """The seconds that are left; never quite none."""
        return max(self._until - self._clock(), LEAST)

    @property
    def is_over(self) -> bool:
        """Whether all of it was used."""
        return self._clock() >= self._until
