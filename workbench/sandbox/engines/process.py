"""The worker as its parent sees it: start, one question at a time, stop.

The watch kills the worker when its time is up, which ends a read or a write on its
pipes.
"""

import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from workbench.sandbox.engines.watch import WATCH

WITHOUT_PROCESSES = ("emscripten", "wasi", "ios", "tvos", "watchos")
"""Where Python's subprocess module cannot start anything."""


KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # without these Python may not start
ENVIRONMENT = {"TZ": "UTC"}  # a script says the same on every machine
START_LIMIT = 30.0  # seconds for a cold disk; counts against no script
LAST = 5  # of 19, as nice counts: a third of what others get
CHUNK = 64 * 1024


class Stopped(Exception):
    """The worker is gone and gave no answer."""


class TimedOut(Stopped):
    """It took too long and was killed."""


class TooMuch(Stopped):
    """It answered with more than it may."""


class Crashed(Stopped):
    """It ended by itself."""

    def __init__(self, status: int) -> None:
        super().__init__(f"signal {-status}" if status < 0 else f"status {status}")
        self.status = status


class WorkerProcess:
    """One running worker: lines of JSON in, lines of JSON out.

    Args:
        command: What to start.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._expired = False
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # nothing unsent is left behind in a forked child
            cwd=Path(sys.executable).anchor,
            env=ENVIRONMENT
            | {name: os.environ[name] for name in KEPT if name in os.environ},
            start_new_session=True,  # an interrupt at the keyboard is not for it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._expired and self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait for the line it writes before it takes the first question."""
        self.ask(b"", within=START_LIMIT, at_most=CHUNK)

    def ask(self, question: bytes, *, within: float, at_most: int) -> bytes:
        """Send a line and wait for the line that answers it.

        Args:
            question: The line.
            within: Seconds after which the worker is killed.
            at_most: Bytes that it may have.

        Raises:
            Stopped: There was no answer; the worker has been stopped.
        """
        try:
            with WATCH.within(within, self._expire):
                self._send(question)
                return self._receive(at_most)
        except OSError:  # the pipe broke
            raise self._ended() from None
        except BaseException:
            self.stop()
            raise

    def come_last(self) -> None:
        """Let it and the children it starts have the processor after others."""
        with suppress(OSError, AttributeError):  # Windows has other names for it
            os.setpriority(os.PRIO_PROCESS, self.pid, LAST)
        with suppress(OSError):  # where Linux counts by session, the session comes last
            Path(f"/proc/{self.pid}/autogroup").write_text(
                f"{LAST}\n", encoding="ascii"
            )

    def stop(self) -> None:
        """Kill the process and leave nothing of it behind."""
        self._kill()
        self._process.wait()
        self._close()

    def disown(self) -> None:
        """Let go of it in a forked child: the process belongs to the parent."""
        self._process.returncode = 0  # else Popen warns that it still runs
        self._close()

    def _close(self) -> None:
        self._stdin.close()
        self._stdout.close()

    def _expire(self) -> None:
        self._expired = True
        self._kill()

    def _kill(self) -> None:
        """Kill it, and the child in which it may run a script."""
        if hasattr(os, "killpg"):
            with suppress(OSError):  # no such group any more
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def _send(self, question: bytes) -> None:
        rest = memoryview(question)
        while rest:
            rest = rest[self._stdin.write(rest) :]

    def _receive(self, at_most: int) -> bytes:
        answer = bytearray()
        while not answer.endswith(b"\n"):
            chunk = self._stdout.read(CHUNK)
            if not chunk:
                raise self._ended()
            answer += chunk
            if len(answer) > at_most:
                raise TooMuch
        return bytes(answer)

    def _ended(self) -> Stopped:
        self.stop()
        return TimedOut() if self._expired else Crashed(self._process.returncode)


def quickjs_command() -> list[str]:
    """The command of worker.py."""
    worker = in_sandbox("engines/worker.py")
    return [sys.executable, "-I", "-S", worker, _folder_of_quickjs()]


def in_sandbox(name: str) -> str:
    """The path of a file of the sandbox, by its path in there."""
    return str(Path(__file__).resolve().parents[1] / name)


def _folder_of_quickjs() -> str:
    spec = importlib.util.find_spec("quickjs")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("quickjs-ng is not installed.", name="quickjs")
    return str(Path(spec.origin).parents[1])


def has_processes() -> bool:
    """Whether this platform can run scripts in a process of their own."""
    return sys.platform not in WITHOUT_PROCESSES
