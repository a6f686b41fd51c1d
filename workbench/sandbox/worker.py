"""The process that holds the script engine: a line of JSON in, a line out.

process.py starts it as ``python -I -S worker.py <folder of quickjs>``. Nothing of
this package can be imported here, and a script reaches nothing of Python: the
engine is given text and gives text back.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

ADDRESS_SPACE = 512 * 1024 * 1024
STACK = 1024 * 1024  # scripts run in the main thread, whose C stack is 2 MB at least
PARSE = '{"parse":'  # how a request for a tree begins
PARSER_MEMORY = 256 * 1024 * 1024
JAVA = ("java.js", "java_util.js", "java_lang.js")
NEXT = (*JAVA, "services.js", "utils.js", "next.js")
PARTS: dict[str, tuple[str, ...]] = {
    "OAUTH2_MAY_ACT": (*JAVA, "json_value.js", "services.js", "legacy.js"),
    "OAUTH2_MAY_ACT_NEXT_GEN": NEXT,
    "OAUTH2_DYNAMIC_CLIENT_REGISTRATION": (*NEXT, "registration.js"),
}
"""What makes the world of each script context, in order, after prelude.js."""
BELOW = 10_000  # lines above a world: it is made before its script is known
JOBS = 1000  # AM's engine has no promises; a chain of them ends here


def main(folder: str) -> None:
    """Answer requests until the parent closes the pipe."""
    sys.path.append(folder)
    import quickjs

    worlds = Worlds(quickjs)
    parse = Parser(quickjs)
    confine()
    send({"ready": True})
    for line in sys.stdin.buffer:
        request = line.decode("ascii")
        if request.startswith(PARSE):
            send(parse(json.loads(request)["parse"]))
        else:
            send(answer(worlds, request))
            worlds.prepare(json.loads(request)["context"])


class Worlds:
    """Fresh contexts, each for one script; the next is made while nobody waits."""

    def __init__(self, quickjs: Any) -> None:
        self._quickjs = quickjs
        self._sources = {name: read_world(*parts) for name, parts in PARTS.items()}
        script, data = read("rhino.js"), read("rhino.json")
        self._rhino = f"const $rhino = ({script})(host, {data});"
        self._ready: dict[str, tuple[Any, Any]] = {}

    def take(self, name: str, lines: int) -> tuple[Any, Any]:
        """A world for a script of so many lines, and the function that runs it.

        Args:
            name: The script context.
            lines: How many lines the script has.
        """
        world = self._ready.pop(name, None)
        return world if world and lines < BELOW else self._make(name, lines)

    def prepare(self, name: str) -> None:
        """Have a context ready for the next script of this kind."""
        if name not in self._ready:
            with suppress(Exception):  # no memory to spare: it is made when needed
                self._ready[name] = self._make(name, 0)

    def _make(self, name: str, lines: int) -> tuple[Any, Any]:
        context = self._quickjs.Context()
        context.set_max_stack_size(STACK)
        below = "\n" * max(BELOW, lines + 1)
        sandbox = context.eval(below + self._sources[name])
        context.set("host", sandbox)
        context.eval(f"{below}{self._rhino} delete globalThis.host;")
        return context, sandbox


class Parser:
    """Reads scripts; starts with the first one and is kept, for it runs none."""

    def __init__(self, quickjs: Any) -> None:
        self._sources = read("acorn/acorn.js"), read("parser.js")
        self._quickjs = quickjs
        self._function: Any = None

    def __call__(self, source: str) -> dict[str, Any]:
        """The tree as JSON text, or what stopped the parser."""
        tree, stopped = attempt(lambda: self._parser()(json.dumps(source)))
        if stopped:
            self._function = None
        return {"report": tree, "stopped": stopped}

    def _parser(self) -> Any:
        if self._function is None:
            acorn, parser = self._sources
            context = self._quickjs.Context()
            context.set_max_stack_size(STACK)
            context.set_memory_limit(PARSER_MEMORY)
            context.eval(acorn)
            self._function = context.eval(f"{parser}(acorn)")
        return self._function


def read_world(*parts: str) -> str:
    """The JavaScript that makes a world: the prelude called with its parts."""
    prelude, *arguments = (read(name) for name in ("prelude.js", *parts))
    return f"{prelude}([{','.join(arguments)}])"


def read(name: str) -> str:
    """The text of a file beside this one."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def confine() -> None:
    """Give up what a script that broke the engine could use.

    Windows has no such limits; there the time limit alone holds.
    """
    with suppress(ImportError):
        import resource

        limits = {
            "RLIMIT_AS": ADDRESS_SPACE,
            "RLIMIT_CORE": 0,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_NOFILE": 8,
            "RLIMIT_NPROC": 0,
        }
        for name, limit in limits.items():
            with suppress(AttributeError, OSError, ValueError):
                resource.setrlimit(getattr(resource, name), (limit, limit))


def answer(worlds: Worlds, line: str) -> dict[str, Any]:
    """Run one request in a fresh context.

    The world is evaluated below the author's last line, so that a line number in
    a stack says whose code it is.
    """
    request = json.loads(line)
    started = time.perf_counter()
    set_alarm(10 * request["seconds"])
    lines = len(request["source"].splitlines())
    context, sandbox = worlds.take(request["context"], lines)
    context.set_memory_limit(request["memory"])
    context.set_time_limit(request["seconds"])
    _, stopped = attempt(lambda: run(context, sandbox, line))
    report, failed = attempt(lambda: sandbox("report", ""))
    set_alarm(0)
    return {
        "report": report,
        "stopped": stopped or failed,
        "seconds": time.perf_counter() - started,
    }


def run(context: Any, sandbox: Any, line: str) -> None:
    """Run the script, then the jobs it left behind."""
    sandbox("run", line)
    for _ in range(JOBS):
        if not context.execute_pending_job():
            break


def attempt(step: Callable[[], Any]) -> tuple[Any, str]:
    """What the step gives, and what stopped it ("" where nothing did)."""
    try:
        return step(), ""
    except Exception as error:  # out of memory it is not always a JSException
        return None, "time" if "interrupted" in str(error) else "memory"


def set_alarm(seconds: float) -> None:
    """End this process after so long, should no parent be left to do it."""
    with suppress(ImportError, AttributeError):
        import signal

        signal.setitimer(signal.ITIMER_REAL, seconds)


def send(reply: dict[str, Any]) -> None:
    """Write one line."""
    sys.stdout.buffer.write(json.dumps(reply).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
