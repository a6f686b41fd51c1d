"""Ends what takes too long: one thread for all that is waited for."""

import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watch:
    """Calls whoever's time is up, in a thread of its own that starts when wanted.

    Killing a process ends a read or a write on its pipes on every platform; selectors
    would not work on Windows' pipes, and a thread for each question costs more than
    most scripts.
    """

    def __init__(self) -> None:
        self.disown()

    def disown(self) -> None:
        """Start afresh in a forked child, in which the thread does not run."""
        self._sooner = threading.Condition()
        self._ends: dict[Callable[[], None], float] = {}
        self._sleeps_until = math.inf
        self._thread: threading.Thread | None = None

    @contextmanager
    def within(self, seconds: float, expired: Callable[[], None]) -> Iterator[None]:
        """Call ``expired`` if the context lasts longer than so many seconds.

        It is not called any more once the context has ended.

        Raises:
            RuntimeError: No thread can be started.
        """
        end = time.monotonic() + seconds
        with self._sooner:
            self._start()
            self._ends[expired] = end
            if end < self._sleeps_until:
                self._sooner.notify()
        try:
            yield
        finally:
            with self._sooner:
                self._ends.pop(expired, None)

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            thread = threading.Thread(target=self._run, name="watch", daemon=True)
            thread.start()
            self._thread = thread

    def _run(self) -> None:
        with self._sooner:
            while True:
                now = time.monotonic()
                for expired in [each for each, end in self._ends.items() if end <= now]:
                    del self._ends[expired]
                    expired()
                self._sleeps_until = min(self._ends.values(), default=math.inf)
                idle = self._sleeps_until == math.inf
                self._sooner.wait(None if idle else self._sleeps_until - now)


WATCH = Watch()
"""The one of this process."""

if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=WATCH.disown)
