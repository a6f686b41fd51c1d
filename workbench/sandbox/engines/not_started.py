"""Why a script engine did not start, in words, and what to do about it."""

import errno

from workbench.errors import EngineUnavailable

AGAIN = "The next script tries to start it again."
HINTS = {
    errno.EAGAIN: "The system lets this user start no further process or thread: end "
    "some, or raise the limit (ulimit -u).",
    errno.EMFILE: "This process has as many files and connections open as it may: "
    "close some, or raise the limit (ulimit -n).",
    errno.ENFILE: "The system has as many files open as it can: close some.",
    errno.ENOMEM: "Memory has run out: close what is not needed, or raise the limit "
    "(ulimit -v).",
    errno.ENOENT: "Is Python still where it was when this process started?",
    errno.EACCES: "May this user start programs there?",
}
ENDED = (
    "Its process ended before it was ready: memory may have run out (ulimit -v), or "
    "the installation of quickjs-ng is broken."
)
REASONS = (OSError, MemoryError, RuntimeError, ImportError)
"""What starting a process and the thread that watches it may raise."""


def not_started(problem: BaseException) -> EngineUnavailable:
    """The error of an engine that did not start, because of this problem."""
    text = f"The script engine did not start ({_words(problem)})."
    return EngineUnavailable(text, hint=f"{_hint(problem)} {AGAIN}")


def _words(problem: BaseException) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    return str(problem) or "out of memory"


def _hint(problem: BaseException) -> str:
    if isinstance(problem, OSError):
        return HINTS.get(problem.errno or 0, "The system refused to start a process.")
    if isinstance(problem, MemoryError):
        return HINTS[errno.ENOMEM]
    if isinstance(problem, RuntimeError):  # can't start new thread
        return HINTS[errno.EAGAIN]
    if isinstance(problem, ImportError):
        return "Install it: pip install quickjs-ng."
    return ENDED
