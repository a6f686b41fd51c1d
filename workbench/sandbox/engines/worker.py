"""The process that holds the script engine: a line of JSON in, a line out.

process.py starts it as ``python -I -S worker.py <folder of quickjs>``. Nothing of
this package can be imported here, and a script reaches nothing of Python: the
engine is given text and gives text back. in_process.py does the same without a
process, with the classes of this file.
"""

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MOST_FILES = 16
LIMITS = {
    "RLIMIT_AS": 512 * 1024 * 1024,
    "RLIMIT_CORE": 0,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_NOFILE": MOST_FILES,
}
STACK = 1024 * 1024  # scripts run in the main thread, whose C stack is 2 MB at least
PARSER_MEMORY = 256 * 1024 * 1024
RHINO = ("functions", "objects", "numbers", "text", "dates", "traced", "called")
LINES = 100_000  # the most a script may have
BELOW = "\n" * LINES
"""Before all code of ours: a line number in a stack says whose code it is."""
JOBS = 1000  # AM's engine has no promises; a chain of them ends here


def main(folder: str) -> None:
    """Answer requests until the parent closes the pipe."""
    sys.path.append(folder)
    import quickjs

    parse, worlds = Parser(quickjs), Worlds(quickjs)
    run = Children(worlds) if hasattr(os, "fork") else worlds
    confine(LIMITS)
    gc.disable()  # children would copy what it touches, and little is made here
    send(encoded({"ready": True}))
    for line in sys.stdin.buffer:
        text = line.decode("ascii")
        request = json.loads(text)
        send(answer(text, request, parse, run))
        if "context" in request:
            run.prepare(request["context"])


def answer(line: str, request: dict[str, Any], parse: "Parser", run: "Run") -> bytes:
    """The line that answers a line: parse a script, or run one."""
    if "parse" in request:
        return encoded(parse(request["parse"]))
    return run(line, request)


Run = Callable[[str, dict[str, Any]], bytes]


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
        self._prepared[name] = context, sandbox

    def _source(self, name: str) -> str:
        """What makes the world of a script context, read when it is first wanted."""
        if name not in self._sources:
            self._sources[name] = f"{BELOW}{read_world(*parts_of(name, read_parts()))}"
        return self._sources[name]

    def __call__(self, line: str, request: dict[str, Any]) -> bytes:
        """Run one request."""
        limits = request["seconds"], request["memory"]
        return self.run(request["context"], line, *limits)

    def run(self, name: str, line: str, seconds: float, memory: int) -> bytes:
        """Run one request in the world of the script context of this name."""
        started = time.perf_counter()
        self.prepare(name)
        context, sandbox = self._last = self._prepared.pop(name)
        context.set_memory_limit(memory)
        context.set_time_limit(seconds)
        _, stopped = attempt(lambda: run(context, sandbox, line))
        report, failed = attempt(lambda: sandbox("report", ""))
        taken = time.perf_counter() - started
        stopped = stopped or failed
        return encoded({"report": report, "stopped": stopped, "seconds": taken})

    def forget(self) -> None:
        """Free the world of the last run, for which a child has no time."""
        self._last = None


class Children:
    """Runs each request in a child process that waits for it with a world made.

    Making a world takes longer than most scripts, and so may a fork. What a child
    takes it gives back by ending.
    """

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._waiting: dict[str, tuple[int, int, int]] = {}
        self._ending: list[int] = []

    def __call__(self, line: str, request: dict[str, Any]) -> bytes:
        """Run one request."""
        self.prepare(request["context"])
        child, asked, answered = self._waiting.pop(request["context"])
        with suppress(BrokenPipeError), open(asked, "w", encoding="ascii") as pipe:
            pipe.write(f"{request['seconds']} {request['memory']}\n{line}")
        with open(answered, "rb") as pipe:
            answer = pipe.read()
        self._ending.append(child)
        if not answer.endswith(b"\n"):
            self._bury()
        return answer

    def _bury(self) -> None:
        for child in self._ending:
            _, status = os.waitpid(child, 0)
            if status != 0:
                end_as(os.waitstatus_to_exitcode(status))
        self._ending.clear()

    def prepare(self, context: str) -> None:
        """Have a child wait for the next script of this context."""
        self._bury()
        if context in self._waiting:
            return
        self._worlds.prepare(context)
        to_read, asked = os.pipe()
        answered, to_write = os.pipe()
        child = os.fork()
        if child == 0:
            for other in set(range(MOST_FILES)) - {2, to_read, to_write}:
                with suppress(OSError):  # they close when the worker is gone
                    os.close(other)
            self._wait(context, to_read, to_write)
        os.close(to_read)
        os.close(to_write)
        self._waiting[context] = child, asked, answered

    def _wait(self, context: str, to_read: int, to_write: int) -> None:
        confine({"RLIMIT_NPROC": 0})
        with open(to_read, encoding="ascii") as pipe:
            limits, line = pipe.readline(), pipe.read()
        if line:
            seconds, memory = map(float, limits.split())
            set_alarm(10 * seconds)
            answer = self._worlds.run(context, line, seconds, int(memory))
            set_alarm(0)
            with open(to_write, "wb") as pipe:
                pipe.write(answer)
        os._exit(0)


def end_as(code: int) -> None:
    """End as the child did, for it is the worker that the parent watches."""
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


class Parser:
    """Reads scripts; starts with the first one and is kept, for it runs none."""

    def __init__(self, quickjs: Any) -> None:
        self.seconds: float | None = None  # for one; a process is killed instead
        names = ("acorn", "parser", "flatten")
        self._sources = [read(f"acorn/{name}.js") for name in names]
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
            acorn, parser, flatten = self._sources
            context = self._quickjs.Context()
            context.set_max_stack_size(STACK)
            context.set_memory_limit(PARSER_MEMORY)
            context.eval(acorn)
            if self.seconds is not None:
                context.set_time_limit(self.seconds)
            self._function = context.eval(f"{parser}(acorn, {flatten})")
        return self._function


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


def confine(limits: dict[str, int]) -> None:
    """Give up what a script that broke the engine could use.

    Windows has no such limits; there the time limit alone holds.
    """
    with suppress(ImportError):
        import resource

        for name, limit in limits.items():
            with suppress(AttributeError, OSError, ValueError):
                resource.setrlimit(getattr(resource, name), (limit, limit))


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
    with suppress(AttributeError):  # Windows has no timers
        signal.setitimer(signal.ITIMER_REAL, seconds)


def encoded(reply: dict[str, Any]) -> bytes:
    """The reply as one line."""
    return json.dumps(reply).encode("ascii") + b"\n"


def send(line: bytes) -> None:
    """Answer the parent."""
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
