"""Where whole requests wait for the application, and who calls it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from workbench.am.basics.turns import step_aside_by

Work = Callable[[], object]


class WaitingLine:
    """A line of requests, and threads that answer them: one at a time.

    One thread touches the state of a server at a time, so a second would only stand in
    the first one's way and in that of the connections' thread. One thread leads: it
    takes a request after the other. When it is about to wait, such as for a script, it
    lets another lead, and leaves when its request is answered.

    Args:
        most: Threads that answer and wait at the same time.
    """

    def __init__(self, most: int) -> None:
        self._waiting = SimpleQueue[Work | None]()
        self._threads = ThreadPoolExecutor(most, "answer")
        self._stops = False
        self._threads.submit(self._lead)
        self.put = self._waiting.put

    def stop(self) -> None:
        """Begin with nothing more; returns when what was begun is done."""
        self._stops = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._waiting.put(None)
        self._threads.shutdown()

    def _lead(self) -> None:
        leads = True

        def step_aside() -> None:
            nonlocal leads
            if leads:
                leads = False
                with suppress(RuntimeError):  # the server stops, and nobody follows
                    self._threads.submit(self._lead)

        with step_aside_by(step_aside):
            try:
                while leads and (work := self._next()) is not None:
                    work()
            finally:
                step_aside()  # also where a fault ends this thread's part

    def _next(self) -> Work | None:
        work = self._waiting.get()
        return None if self._stops else work
