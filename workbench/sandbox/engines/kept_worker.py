"""A worker that is started when it is needed, and replaced when it had to be killed."""

import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from workbench.errors import ScriptError
from workbench.sandbox.engines.not_started import REASONS, not_started
from workbench.sandbox.engines.process import (
    Crashed,
    Stopped,
    TimedOut,
    TooMuch,
    WorkerProcess,
)
from workbench.sandbox.engines.runner import disown_in_children


class KeptWorker:
    """One worker process, asked one question at a time by any number of threads.

    Args:
        command: Gives what to start.
        stopped: Makes the error for a limit that was passed: time, output, memory.
        out_of_memory: The status with which it ends when memory runs out, if any.
        last: Whether it gets the processor after other programs.
    """

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        stopped: Callable[[str], ScriptError],
        *,
        out_of_memory: int | None = None,
        last: bool = False,
    ) -> None:
        self._command = command
        self._stopped = stopped
        self._out_of_memory, self._last = out_of_memory, last
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._stop_at_exit: weakref.finalize[..., Any] | None = None
        disown_in_children(self)

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None where none runs."""
        return self._worker.pid if self._worker else None

    def start(self) -> None:
        """Start the worker ahead of a question, which tells why there is none."""
        with self._lock, suppress(Stopped, *REASONS):
            self._running()

    def close(self) -> None:
        """Stop the worker; the next question would start another one."""
        with self._lock:
            self._drop()

    def ask(
        self, question: bytes, *, within: float, at_most: int, who: str = ""
    ) -> bytes | ScriptError:
        """The answer, or what kept the worker from giving one; all take turns.

        A worker that died is asked twice: its death may be older than the question.
        """
        with self._lock:
            for last in (False, True):
                try:
                    worker = self._running()
                except (Stopped, *REASONS) as problem:
                    self._drop()
                    return not_started(problem)
                try:
                    return worker.ask(question, within=within, at_most=at_most)
                except TimedOut:
                    return self._stopped("wall")
                except TooMuch:
                    return self._stopped("output")
                except Crashed as crash:
                    if last and crash.status == self._out_of_memory:
                        return self._stopped("memory")
                    if last:
                        return ScriptError(f"The script crashed its engine ({crash}).")
        raise AssertionError("unreachable")

    def _running(self) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            self._drop()
            self._worker = WorkerProcess(self._command())
            self._stop_at_exit = weakref.finalize(self, self._worker.stop)
            if self._last:
                self._worker.come_last()
            self._worker.wait_until_ready()
        return self._worker

    def _drop(self) -> None:
        if self._stop_at_exit is not None:
            self._stop_at_exit()  # once only, however often it is called
        self._worker = self._stop_at_exit = None

    def disown(self) -> None:
        """Start afresh in a forked child; the worker stays the parent's."""
        self._lock = threading.Lock()  # another thread may have held it
        if self._worker is not None and self._stop_at_exit is not None:
            self._stop_at_exit.detach()
            self._worker.disown()
        self._worker = self._stop_at_exit = None
