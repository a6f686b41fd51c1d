"""Children of the worker, each of them for one question.

Making a world takes longer than most scripts, and so may a fork: so a child waits for
the next question of its kind. What a child takes it gives back by ending, and where a
limit is passed that the engine does not see, it is the child that is killed.
"""

import io
import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from workbench.sandbox.work.jobs import Jobs

MOST_FILES = 64
MOST_STEPS = 40  # children for one question
CHUNK = 64 * 1024
MOST_WAITING = 4  # children
END = b"\0"  # after all that a child says
OUT_OF_MEMORY = 3  # the status of a child that ends because of it
OF_TIME = {"SIGPROF": "time", "SIGXCPU": "time", "SIGALRM": "wall"}
GRACE = 0.1  # of the wall clock's: for an engine that stops the script itself


class Children:
    """Answers each question in a child process, and lives on whatever becomes of it.

    Args:
        jobs: Does what a question asks for.
        confine: Takes from a child what it does not need.
    """

    def __init__(self, jobs: Jobs, confine: Callable[[], None]) -> None:
        self._jobs = jobs
        self._confine = confine
        self._waiting: dict[str, tuple[int, int, int]] = {}  # the oldest first
        self._ending: list[int] = []

    def __call__(self, line: str, question: dict[str, Any]) -> bytes:
        """The line that answers a line.

        Where a child leaves the rest to another, that one gets what is left of the
        time; a world is made quicker by a fork than anew.
        """
        started = time.monotonic()
        said, ended = self._answered(line, question, started + question["wall"])
        return answer_of(said, ended, time.monotonic() - started)

    def _answered(
        self, line: str, question: dict[str, Any], until: float
    ) -> tuple[bytes, str]:
        what = kind_of(question)
        seconds, most = question["seconds"], question["most"]
        said = b""
        for _ in range(MOST_STEPS):
            wall = until - time.monotonic()
            if wall <= 0:
                return said, "wall"
            try:
                more, ended = self._ask(what, f"{seconds} {wall}\n{line}", most)
            except Exception as error:  # no process, no descriptor, no memory
                return said, f"no child: {error}"
            head, again, left = more.removesuffix(END).partition(b"\nagain ")
            said += head + b"\n"
            if ended or not again:
                return said, ended
            line, most = left.decode("ascii"), most - len(head)
            seconds = min(seconds, json.loads(line)["seconds"])
        return said, "time"

    def _ask(self, what: str, question: str, most: int) -> tuple[bytes, str]:
        """What a child says, and why it ended if it did not say all."""
        self.prepare(what)
        child, asked, answered = self._waiting.pop(what)
        with suppress(BrokenPipeError), open(asked, "w", encoding="ascii") as pipe:
            pipe.write(question)
        said = read_from(answered, most)
        if len(said) > most:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return b"", "output"
        if said.endswith(END):
            self._ending.append(child)
            return said, ""
        return said[: said.rfind(b"\n") + 1], end_of(child)

    def prepare(self, what: str) -> None:
        """Have a child wait for the next question of this kind.

        Raises:
            OSError: There are no more processes or descriptors.
        """
        if what in self._waiting:
            self._waiting[what] = self._waiting.pop(what)
            return
        self._bury()
        while len(self._waiting) >= MOST_WAITING:
            self._let_go(next(iter(self._waiting)))
        self._jobs.prepare(what)
        to_read, asked = os.pipe()
        try:
            answered, to_write = os.pipe()
        except OSError:
            close(to_read, asked)
            raise
        try:
            child = os.fork()
        except OSError:
            close(to_read, asked, answered, to_write)
            raise
        if child == 0:
            self._work(what, to_read, to_write)
        close(to_read, to_write)
        self._waiting[what] = child, asked, answered

    def _let_go(self, what: str) -> None:
        child, *pipes = self._waiting.pop(what)
        close(*pipes)
        self._ending.append(child)

    def _bury(self) -> None:
        """Wait for the end of all but the latest: that takes as long as a fork."""
        while len(self._ending) > 1:
            os.waitpid(self._ending.pop(0), 0)

    def _work(self, what: str, to_read: int, to_write: int) -> None:
        """What a child does; it never returns."""
        status = 1
        try:
            keep_open(2, to_read, to_write)  # others close when the worker is gone
            self._confine()
            self._jobs.rehearse(what)
            with open(to_read, encoding="ascii") as pipe:
                limits, line = pipe.readline(), pipe.readline()
            if line:
                set_timers(*map(float, limits.split()))
                self._answer(line, to_write)
            status = 0
        except MemoryError:
            status = OUT_OF_MEMORY
        finally:
            os._exit(status)

    def _answer(self, line: str, to_write: int) -> None:
        with open(to_write, "wb", buffering=0) as pipe:

            def tell(found: dict[str, Any]) -> None:
                write_to(pipe, encoded(found))

            left = self._jobs.do(line, json.loads(line), tell)
            if left is not None:
                write_to(pipe, b"\nagain %b\n" % left.encode("ascii"))
            pipe.write(END)


def kind_of(question: dict[str, Any]) -> str:
    """The kind of a question: what is done, or the context of a script that is run."""
    kind: str = question["context"] if question["what"] == "run" else question["what"]
    return kind


def end_of(child: int) -> str:
    """Why a child ended that did not say all: a limit, or its status."""
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == OUT_OF_MEMORY:
        return "memory"
    if status >= 0:
        return f"status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = ""
    return OF_TIME.get(name, f"signal {-status}")


def set_timers(seconds: float, wall: float) -> None:
    """End this process after so long, whatever it does then.

    Args:
        seconds: Of processor time, in which the engine should have stopped.
        wall: Seconds of wall clock.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds + GRACE * wall)
    signal.setitimer(signal.ITIMER_REAL, wall)


def read_from(file: int, most: int) -> bytes:
    """All that comes until the end, or a little more than the most that may."""
    said = bytearray()
    while len(said) <= most and not said.endswith(END):
        chunk = os.read(file, CHUNK)
        if not chunk:
            break
        said += chunk
    os.close(file)
    return bytes(said)


def write_to(pipe: io.RawIOBase, line: bytes) -> None:
    """Write all of a line."""
    rest = memoryview(line)
    while rest:
        rest = rest[pipe.write(rest) or 0 :]


def keep_open(*files: int) -> None:
    """Close all but these."""
    first = 0
    for file in (*sorted(files), MOST_FILES):
        os.closerange(first, file)
        first = file + 1


def close(*files: int) -> None:
    """Close these, if they are open."""
    for file in files:
        with suppress(OSError):
            os.close(file)


def encoded(found: dict[str, Any]) -> bytes:
    """What is told, as one line."""
    return json.dumps(found).encode("ascii") + b"\n"


def answer_of(said: bytes, ended: str, seconds: float) -> bytes:
    """The answer to a question.

    Args:
        said: The lines that were told; one that does not end is left out.
        ended: Why there are no more; "" where there are none.
        seconds: What the answer took.
    """
    lines = [line for line in said.split(b"\n")[:-1] if line]
    end = json.dumps({"ended": ended, "seconds": seconds}).encode("ascii")
    return b'{"said": [%b], "end": %b}\n' % (b", ".join(lines), end)
