"""A few workers side by side, so that nobody waits for somebody else's script."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from workbench.errors import EngineUnavailable, ScriptError
from workbench.sandbox.engines.kept_worker import KeptWorker
from workbench.sandbox.engines.places import Places
from workbench.sandbox.engines.runner import disown_in_children

MOST = 8
"""Workers that run scripts at once; each takes some 12 MB with what waits in it."""

IDLE = 60.0
"""Seconds after which a worker that is not wanted is stopped, when another is done."""

FEW = min(MOST // 2, max(2, os.cpu_count() or 1))
"""Workers for scripts that run long: more would only make each other slower."""


class Idle(NamedTuple):
    """A worker that nobody asks, and since when."""

    worker: KeptWorker
    since: float


class Pool:
    """Answers questions side by side, each in a worker process of its own.

    The first question starts a worker, and another starts only when all are busy. The
    one that was used last comes first; those that nobody wanted for a while are
    stopped when another is done. Whose scripts lately ran long has workers that get the
    processor after all others.

    Args:
        command: Gives what to start.
        stopped: Makes the error for a limit that was passed: time, output, memory.
        most: How many may be busy at once.
        idle: Seconds that one may stay that nobody wants.
    """

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        stopped: Callable[[str], ScriptError],
        *,
        most: int = MOST,
        idle: float = IDLE,
    ) -> None:
        self._command, self._stopped = command, stopped
        self._most, self._stay = most, idle
        self._workers: list[KeptWorker] = []
        self._start_afresh()
        disown_in_children(self)

    def _start_afresh(self) -> None:
        self._lock = threading.Lock()
        self._places = Places(self._most, FEW)
        self._idle: dict[bool, list[Idle]] = {False: [], True: []}
        self._latest: KeptWorker | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker that was asked last, or None."""
        return self._latest.pid if self._latest else None

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of all workers that run."""
        found = [each.pid for each in list(self._workers)]
        return tuple(pid for pid in found if pid is not None)

    def ask(
        self, question: bytes, *, within: float, at_most: int, who: str = ""
    ) -> bytes | ScriptError:
        """The answer, or what kept the worker from giving one.

        What is waited for a worker counts against no limit of the question.
        """
        try:
            with self._places.place(who) as place:
                worker = self._take(place.long)
                try:
                    worker.start()
                    self._places.begin(place)
                    return worker.ask(question, within=within, at_most=at_most)
                finally:
                    self._give_back(worker, place.long)
        except EngineUnavailable as problem:
            return problem

    def _take(self, long: bool) -> KeptWorker:
        with self._lock:
            if self._idle[long]:
                self._latest = self._idle[long].pop().worker
            else:
                self._latest = KeptWorker(self._command, self._stopped, last=long)
                self._workers.append(self._latest)
            return self._latest

    def _give_back(self, worker: KeptWorker, long: bool) -> None:
        now = time.monotonic()
        with self._lock:
            unwanted = [
                each
                for idle in self._idle.values()
                for each in idle
                if now - each.since >= self._stay
            ]
            for each in unwanted:
                self._workers.remove(each.worker)
            for kind, idle in self._idle.items():
                self._idle[kind] = [each for each in idle if each not in unwanted]
            self._idle[long].append(Idle(worker, now))
        for each in unwanted:
            each.worker.close()

    def close(self) -> None:
        """Stop the workers, each when it is idle; the next question starts one."""
        for worker in list(self._workers):
            worker.close()

    def disown(self) -> None:
        """Start afresh in a forked child; the workers stay the parent's."""
        for worker in self._workers:
            worker.disown()
        self._workers = []
        self._start_afresh()
