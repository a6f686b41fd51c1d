"""The seam between an engine and where scripts run: a line in, a line out."""

import os
import time
import weakref
from types import TracebackType
from typing import Protocol, Self

from workbench.errors import ScriptError
from workbench.sandbox.engines.question import Limits


class Runner(Protocol):
    """Answers a line of JSON with a line of JSON.

    A question asks to run a script with all that it sees (question.py writes it) or
    to parse one; the answer says what came of it (outcome.py reads it). Where the
    script runs is the runner's own affair: in a process that can be killed, or in
    this one. It takes questions from any thread, and starts with the first one.
    """

    @property
    def pid(self) -> int | None:
        """The id of the process in which scripts run, or None where none runs."""
        ...

    def ask(
        self, question: bytes, *, within: float, at_most: int, who: str = ""
    ) -> bytes | ScriptError:
        """The answer, or what kept the script from giving one.

        Args:
            question: A line of JSON in ASCII.
            within: Seconds that the answer may take.
            at_most: Bytes that it may have.
            who: For whom it is, where several take turns.
        """
        ...

    def close(self) -> None:
        """Give back what it holds; the next question would start it again."""
        ...

    def disown(self) -> None:
        """Start afresh in a forked child; what runs stays the parent's."""
        ...


class RunnerEngine:
    """An engine that asks a runner; as a context, it closes the runner at its end."""

    limits: Limits
    _runner: Runner

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def worker_pid(self) -> int | None:
        """The process id of the worker that was asked last, or None where none runs."""
        return self._runner.pid

    def close(self) -> None:
        """Stop the worker; the next script would start another one."""
        self._runner.close()

    def _ask(
        self, question: bytes, *, within: float | None = None, who: str = ""
    ) -> tuple[bytes | ScriptError, float]:
        """What the runner answers, and the seconds that it took."""
        started = time.perf_counter()
        most = self.limits.at_most
        within = self.limits.last if within is None else within
        answer = self._runner.ask(question, within=within, at_most=most, who=who)
        return answer, time.perf_counter() - started


def disown_in_children(runner: Runner) -> None:
    """Have a runner start afresh in every child that this process forks."""
    _runners.add(runner)


def _disown() -> None:
    for runner in list(_runners):
        runner.disown()


_runners: weakref.WeakSet[Runner] = weakref.WeakSet()
if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_disown)
