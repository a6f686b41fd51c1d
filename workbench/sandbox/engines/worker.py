"""The process that holds the script engine: a line of JSON in, a line out.

process.py starts it as ``python -I -S worker.py <folder of quickjs>``. Of this package
it imports what reads and runs scripts, and of others the engine alone; a script
reaches nothing of Python. in_process.py does the same without a process.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes of address space, of the worker and of each child
DEEPEST = 10_000  # calls of Python, for trees as deep as the parser can read


def main(folder: str) -> None:
    """Answer requests until the parent closes the pipe."""
    here = os.path.abspath(__file__)
    for _ in range(4):  # engines, sandbox, workbench, and what holds that
        here = os.path.dirname(here)
    sys.path += [here, folder]
    answer, prepare = _made()
    gc.disable()  # children would copy what it touches, and little is made here
    send(b'{"ready": true}\n')
    for line in sys.stdin.buffer:
        text = line.decode("ascii")
        question = json.loads(text)
        send(answer(text, question))
        with suppress(Exception):  # the next question tries again, and tells
            prepare(question)


Answer = Callable[[str, dict[str, Any]], bytes]


def _made() -> tuple[Answer, Callable[[dict[str, Any]], None]]:
    """What answers a line, and what is done after it for the next one."""
    import quickjs

    from workbench.sandbox.work.children import MOST_FILES, Children, kind_of
    from workbench.sandbox.work.jobs import Jobs
    from workbench.sandbox.work.without_fork import answered

    sys.setrecursionlimit(DEEPEST)
    jobs = Jobs(quickjs)
    jobs.parse.prepare()
    confine(
        {
            "RLIMIT_AS": MEMORY,
            "RLIMIT_CORE": 0,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_NOFILE": MOST_FILES,
        }
    )
    if not hasattr(os, "fork"):
        return (
            lambda line, question: answered(jobs, line, question),
            lambda question: jobs.prepare(kind_of(question)),
        )
    children = Children(jobs, lambda: confine({"RLIMIT_NPROC": 0}))
    return children, lambda question: children.prepare(kind_of(question))


def confine(limits: dict[str, int]) -> None:
    """Give up what a script that broke the engine could use.

    Windows has no such limits; there the time limit alone holds.
    """
    with suppress(ImportError):
        import resource

        for name, limit in limits.items():
            with suppress(AttributeError, OSError, ValueError):
                resource.setrlimit(getattr(resource, name), (limit, limit))


def send(line: bytes) -> None:
    """Answer the parent."""
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
