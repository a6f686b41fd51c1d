"""Whose turn it is to touch the state of a server, and who waits for whom."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from workbench.errors import ServerError

MOST_WAITING = 32
"""Half of the requests that a server answers at once."""

TOO_MANY = (
    f"{MOST_WAITING} requests wait already, each with a code, a token or a client that "
    "another request is about. Is something sent again and again?"
)

_here = threading.local()


@contextmanager
def step_aside_by(step_aside: Callable[[], None]) -> Iterator[None]:
    """Call this whenever the thread is about to wait for a script or another request.

    Whoever has a thread for many requests so learns when it needs another.
    """
    _here.step_aside = step_aside
    try:
        yield
    finally:
        del _here.step_aside


def _step_aside() -> None:
    if (step_aside := getattr(_here, "step_aside", None)) is not None:
        step_aside()


class Turns:
    """One thread at a time touches the state of a server; nobody waits for a script.

    A request takes the turn when it has been received, and lets go of it for as long
    as a script of it runs. What may be looked at before a script and spent after it is
    done alone: whoever comes with the same thing waits, and finds it spent.

    Attributes:
        taken: A lock; as a context, nobody else touches the state for as long as it
            lasts. Whoever has the turn may take it again.
    """

    def __init__(self) -> None:
        self.taken = threading.RLock()
        self._ended = threading.Condition(self.taken)
        self._alone: set[str] = set()
        self._waiting = 0

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let others have the turn, however often it was taken, and take it again."""
        times = 0
        with suppress(RuntimeError):  # it is not ours, or not any more
            while True:
                self.taken.release()
                times += 1
        _step_aside()
        try:
            yield
        finally:
            self._take_again(times)

    def _take_again(self, times: int) -> None:
        """Take it, come what may: whoever let go of it will give it back."""
        interrupt: KeyboardInterrupt | None = None
        while times:
            try:
                self.taken.acquire()
                times -= 1
            except KeyboardInterrupt as problem:
                interrupt = problem
        if interrupt is not None:
            raise interrupt

    @contextmanager
    def alone(self, value: str) -> Iterator[None]:
        """Wait until nobody else does something with a value that is good once.

        Scripts that run meanwhile let go of the turn, but not of the value.

        Args:
            value: Such as a code, a refresh token or the id of a client.

        Raises:
            ServerError: So many wait already that there would be no room for others.
        """
        with self.taken:
            self._wait_for(value)
            self._alone.add(value)
            try:
                yield
            finally:
                self._alone.discard(value)
                self._ended.notify_all()

    def _wait_for(self, value: str) -> None:
        if value in self._alone and self._waiting >= MOST_WAITING:
            raise ServerError("Internal Server Error", hint=TOO_MANY)
        self._waiting += 1
        try:
            while value in self._alone:
                _step_aside()
                self._ended.wait()
        finally:
            self._waiting -= 1
