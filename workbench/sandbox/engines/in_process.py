"""Scripts run in this process, where a platform has no others."""

import json
import threading
from collections.abc import Callable
from typing import Any

from workbench.errors import ScriptError
from workbench.sandbox.engines.runner import disown_in_children
from workbench.sandbox.engines.worker import Parser, Worlds, answer, read


class InProcess:
    """Answers what a worker process would, and with the same code, but in here.

    A script is as far from Python as in a worker: it gets text and gives text. But
    nobody can kill it, so its limits are those that QuickJS keeps itself: a single
    built-in function that takes long is stopped late, and a script that breaks the
    engine takes this process along.

    Args:
        stopped: Makes the error for a limit that was passed: time, output, memory.
    """

    pid: int | None = None

    def __init__(self, stopped: Callable[[str], ScriptError]) -> None:
        self._stopped = stopped
        self._lock = threading.Lock()
        self._made: tuple[Parser, Worlds] | None = None
        disown_in_children(self)

    def ask(
        self, question: bytes, *, within: float, at_most: int, who: str = ""
    ) -> bytes | ScriptError:
        """The answer, or what kept the script from giving one."""
        line = question.decode("ascii")
        with self._lock:
            parse, worlds = self._made = self._made or self._make()
            parse.seconds = within
            try:
                given = answer(line, json.loads(line), parse, worlds)
            finally:
                worlds.forget()
        return given if len(given) <= at_most else self._stopped("output")

    def close(self) -> None:
        """Give back the memory that the parser holds."""
        with self._lock:
            self._made = None

    def disown(self) -> None:
        """Start afresh in a forked child."""
        self._lock = threading.Lock()  # another thread may have held it
        self._made = None

    def _make(self) -> tuple[Parser, Worlds]:
        quickjs = _quickjs()
        return Parser(quickjs), Worlds(quickjs, f"({read('world/unkillable.js')})();")


def _quickjs() -> Any:
    import quickjs  # only here: elsewhere the worker alone needs it

    return quickjs
