"""Long work put off or done in slices, so that the kernel answers clicks and keys."""

import asyncio
import time
from collections.abc import Callable, Generator

from workbench.am.dry_runs.delegation import Delegations
from workbench.am.dry_runs.delegations import drained

SLICE = 0.03
"""Seconds of work at once, and then somebody else may."""
PAUSE = 0.005

Steps = Generator[tuple[int, int], None, Delegations]


class InSlices:
    """A search for delegations; where no event loop runs it is done at once.

    Args:
        told: Is told after each slice how many dry runs are done, and of how many.
        found: Is given what was found.
    """

    def __init__(
        self, told: Callable[[int, int], None], found: Callable[[Delegations], None]
    ) -> None:
        self._told, self._found = told, found
        self._steps: Steps | None = None

    @property
    def running(self) -> bool:
        """Whether there is more to do."""
        return self._steps is not None

    def start(self, steps: Steps) -> None:
        """Do this in place of what was being done."""
        self.stop()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._found(drained(steps, self._told))
            return
        self._steps = steps
        loop.call_soon(self._slice, steps, loop)

    def stop(self) -> None:
        """Do no more of it."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _slice(self, steps: Steps, loop: asyncio.AbstractEventLoop) -> None:
        if steps is not self._steps:
            return
        until = time.monotonic() + SLICE
        try:
            at = next(steps)
            while time.monotonic() < until:
                at = next(steps)
        except StopIteration as end:
            self._steps = None
            self._found(end.value)
            return
        self._told(*at)
        loop.call_later(PAUSE, self._slice, steps, loop)


def soon(work: Callable[[], None]) -> None:
    """Do something once the page was told what is there; without a loop, at once."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        work()
        return
    loop.call_later(PAUSE, work)
