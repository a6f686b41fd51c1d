"""The worlds that scripts run in, each of them for one script.

A script reaches nothing of Python: the engine is given text and gives text back.
"""

import json
import os
from collections.abc import Callable
from typing import Any

from workbench.sandbox.work.budget import Budget

STACK = 1024 * 1024  # scripts run in the main thread, whose C stack is 2 MB at least
RHINO = ("functions", "objects", "numbers", "text", "dates", "traced", "called")
LINES = 100_000  # the most a script may have
BELOW = "\n" * LINES
"""Before all code of ours: a line number in a stack says whose code it is."""
JOBS = 1000  # AM's engine has no promises; a chain of them ends here
TO_REPORT = 0.1  # seconds, at least, for what a stopped script has left
LISTS = ("requested", "allowed", "available", "defaults", "locales")
REHEARSAL = {
    "token": {"sub": ""},
    "clientProperties": {"clientId": ""},
    "identity": {"name": "", "universalId": "", "attributes": {}},
    "requestProperties": {"requestParams": {}},
    "scopes": [""],
    "session": None,
    "realm": "/",
    "scriptName": "",
    "loggerName": "",
    "operation": "",
    "client": None,
    "further": {"claims": {}, "entry": "", **{name: [] for name in LISTS}},
    "surroundings": {"libraries": {}, "refused": {}, "seed": ""}
    | {"http": [], "idm": {}, "secrets": {}, "systemEnv": {}},
}
"""A request of nobody, with what the bindings of all script contexts are made of."""


class Worlds:
    """Runs scripts, each in a world that nothing ran in before; ``last`` ends it."""

    def __init__(self, quickjs: Any, last: str = "") -> None:
        self._quickjs = quickjs
        self._sources: dict[str, str] = {}
        self._rhino = f"{BELOW}{read_rhino()}delete globalThis.host;{last}"
        self._prepared: dict[str, tuple[Any, Any]] = {}
        self._last: tuple[Any, Any] | None = None

    def prepare(self, name: str) -> None:
        """Make the world of a script context, ahead of the script to run in it."""
        if name in self._prepared:
            return
        context = self._quickjs.Context()
        context.set_max_stack_size(STACK)
        sandbox = context.eval(self._source(name))
        context.set("host", sandbox)
        context.eval(self._rhino)
        sandbox("settle", "")
        self._prepared[name] = context, sandbox

    def rehearse(self, name: str) -> None:
        """Make the bindings of a request of nobody, in the world that is prepared.

        Most of what a short script takes is the copying of memory that a forked
        process shares until it writes there: this has it done ahead of the script.
        """
        _, sandbox = self._prepared[name]
        sandbox("rehearse", json.dumps(REHEARSAL))

    def _source(self, name: str) -> str:
        """What makes the world of a script context, read when it is first wanted."""
        if name not in self._sources:
            self._sources[name] = f"{BELOW}{read_world(*parts_of(name, read_parts()))}"
        return self._sources[name]

    def run(
        self, name: str, line: str, budget: Budget, memory: int
    ) -> tuple[str | None, str]:
        """What a script reports, and what stopped it ("" where nothing did).

        Args:
            name: The script context in whose world it runs.
            line: The question, as JSON.
            budget: The time that it may take.
            memory: The bytes that it may take.
        """
        self.forget()
        self.prepare(name)
        context, sandbox = self._last = self._prepared.pop(name)
        context.set_memory_limit(memory)
        _, stopped = attempt(lambda: run(context, sandbox, line, budget))
        context.set_time_limit(max(budget.left, TO_REPORT))
        report, failed = attempt(lambda: sandbox("report", ""))
        return report, stopped or failed

    def forget(self) -> None:
        """Free the world of the last run."""
        self._last = None


def run(context: Any, sandbox: Any, line: str, budget: Budget) -> None:
    """Run the script, then the jobs it left behind."""
    context.set_time_limit(budget.left)
    sandbox("run", line)
    for _ in range(JOBS):
        context.set_time_limit(budget.left)
        if not context.execute_pending_job():
            break


def attempt(step: Callable[[], Any]) -> tuple[Any, str]:
    """What the step gives, and what stopped it ("" where nothing did)."""
    try:
        return step(), ""
    except Exception as error:  # out of memory it is not always a JSException
        return None, "time" if "interrupted" in str(error) else "memory"


def read_parts() -> dict[str, list[str]]:
    """The files and lists of files that make the world of each script context."""
    parts: dict[str, list[str]] = json.loads(read("world/parts.json"))
    return parts


def parts_of(name: str, parts: dict[str, list[str]]) -> list[str]:
    """The files of the world of a script context, in order, after prelude.js."""
    found: list[str] = []
    for each in parts[name]:
        found += [each] if each.endswith(".js") else parts_of(each, parts)
    return found


def read_world(*parts: str) -> str:
    """The JavaScript that makes a world: the prelude called with its parts."""
    prelude, *arguments = (read(f"world/{name}") for name in ("prelude.js", *parts))
    return f"{prelude}([{','.join(arguments)}])"


def read_rhino() -> str:
    """The JavaScript that makes a world Rhino's, when the prelude has made it."""
    parts = ",".join(read(f"rhino/parts/{name}.js") for name in RHINO)
    rhino, members = read("rhino/rhino.js"), read("rhino/rhino.json")
    return f"const $rhino = ({rhino})([{parts}], host, {members});"


def read(name: str) -> str:
    """The text of a file of the sandbox, which is the folder above this one."""
    sandbox = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = os.path.join(sandbox, name)
    with open(path, encoding="utf-8") as file:
        return file.read().strip().removesuffix(";")
