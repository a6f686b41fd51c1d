"""The script engine: QuickJS in a worker process that can be killed.

Runs may act scripts and registration scripts. A script that loops, hogs memory or
crashes its engine costs a worker, never this process.
"""

import contextlib
import json
import os
import threading
import time
import weakref
from collections.abc import Mapping, Set
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from workbench.am.scripts import Bindings, Script, ScriptOutcome
from workbench.errors import (
    ScriptError,
    ScriptNotEmulated,
    ScriptNotRunnable,
    ScriptTimeout,
)
from workbench.sandbox.edits import Edited
from workbench.sandbox.outcome import outcome_of, wanted_of
from workbench.sandbox.process import (
    Crashed,
    Stopped,
    TimedOut,
    TooMuch,
    WorkerProcess,
)
from workbench.sandbox.reading import Reading, code_of, read, refusal
from workbench.sandbox.syntax import not_emulated

GROOVY = (
    "Groovy scripts are kept but not runnable here: this workbench has a JavaScript "
    "engine only. Rewrite the script in JavaScript to try it."
)
TOO_DEEP = "The token's claims are nested too deep to be handed to a script."
TOO_MANY = "Not emulated: more than 16 different texts for eval or Function."
TOO_LARGE = "a script this large or nested this deep"
PARSE_LIMIT = 10.0  # seconds
REMEMBERED = 64  # readings
MOST_CODES = 16  # different texts that a script may hand to eval and Function
PATIENCE = 2  # times the limit after which the worker is killed, and the log is lost


class QuickJSEngine:
    """Runs scripts, one at a time, in a worker process.

    The worker starts with the first script, serves the following ones, and is
    replaced when it had to be killed. Every script gets a fresh world.

    Args:
        time_limit: Seconds of processor time after which a script is stopped. Where
            the engine itself cannot stop, twice as many seconds of wall clock.
        memory_limit: Bytes a script may use.
        output_limit: Characters the log may have, and each claim that is set.
    """

    def __init__(
        self,
        *,
        time_limit: float = 1.0,
        memory_limit: int = 64 * 1024 * 1024,
        output_limit: int = 256 * 1024,
    ) -> None:
        self.time_limit = time_limit
        self.memory_limit = memory_limit
        self.output_limit = output_limit
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._readings: dict[str, Reading] = {}
        self._stop_at_exit: weakref.finalize[..., Any] | None = None
        _engines.add(self)

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
        """The process id of the worker, or None where none runs."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        """Stop the worker; the next script would start another one."""
        with self._lock:
            self._drop_worker()

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh world; failures are in the outcome."""
        if script.language == "GROOVY":
            return ScriptOutcome(script=script, error=ScriptNotRunnable(GROOVY))
        reading = self.read(script.source)
        if reading.program is None:
            return ScriptOutcome(script=script, error=refusal(script, reading))
        return self._run(script, reading.program, bindings)

    def _run(
        self, script: Script, program: Edited, bindings: Bindings
    ) -> ScriptOutcome:
        """Run a program, and again for each text that it hands to eval or Function.

        A script changes nothing outside of its world, so it can be run again.
        """
        codes: dict[str, dict[str, str]] = {}
        while True:
            try:
                question = self._question(script, program, bindings, codes)
            except RecursionError:
                return ScriptOutcome(script=script, error=ScriptError(TOO_DEEP))
            with self._lock:
                started = time.perf_counter()
                answer = self._answer(
                    question,
                    within=PATIENCE * self.time_limit,
                    at_most=64 * 1024 + 8 * 3 * self.output_limit,
                )  # escaped, the log and two claims
                seconds = time.perf_counter() - started
            if isinstance(answer, ScriptError):
                return ScriptOutcome(script=script, error=answer, seconds=seconds)
            wanted = wanted_of(answer)
            if wanted is None:
                return outcome_of(script, program, answer, stopped=self._stopped)
            if len(codes) >= MOST_CODES:
                error = ScriptNotEmulated(TOO_MANY)
                return ScriptOutcome(script=script, error=error, seconds=seconds)
            codes[wanted] = code_of(self.read(wanted))

    def read(self, source: str) -> Reading:
        """The script's tree, what AM would not accept of it, and what is to run.

        Runs nothing. What was read last is remembered.
        """
        reading = self._readings.pop(source, None) or self._read(source)
        self._readings[source] = reading
        while len(self._readings) > REMEMBERED:
            self._readings.pop(next(iter(self._readings)), None)
        return reading

    def _read(self, source: str) -> Reading:
        question = json.dumps({"parse": source}).encode("ascii") + b"\n"
        at_most = 1024 * 1024 + 1024 * len(source)
        with self._lock:
            answer = self._answer(question, within=PARSE_LIMIT, at_most=at_most)
        if not isinstance(answer, ScriptError):
            with contextlib.suppress(LookupError, TypeError, ValueError):
                return read(source, json.loads(answer)["report"])
        return Reading(findings=(not_emulated(TOO_LARGE, 1, 1),))

    def _question(
        self,
        script: Script,
        program: Edited,
        bindings: Bindings,
        codes: Mapping[str, Mapping[str, str]],
    ) -> bytes:
        request = {
            "source": program.source,
            "codes": codes,
            "context": script.context,
            "scriptName": script.name,
            "loggerName": script.logger_name,
            "token": bindings.token,
            "clientProperties": bindings.client_properties,
            "identity": bindings.identity,
            "requestProperties": bindings.request_properties,
            "scopes": bindings.scopes,
            "session": bindings.session,
            "realm": bindings.realm,
            "surroundings": self._surroundings(bindings),
            "operation": bindings.operation,
            "client": bindings.client and asdict(bindings.client),
            "seconds": self.time_limit,
            "memory": self.memory_limit,
            "limit": self.output_limit,
        }
        text = json.dumps(request, default=_as_json, allow_nan=False)
        return text.encode("ascii") + b"\n"

    def _surroundings(self, bindings: Bindings) -> dict[str, Any]:
        """What is around the script; random values are the token's own."""
        around = bindings.surroundings
        readings = {name: self.read(text) for name, text in bindings.libraries.items()}
        return {
            "http": around.http,
            "idm": around.idm,
            "secrets": around.secrets,
            "systemEnv": around.system_env,
            "libraries": {
                name: reading.program.source
                for name, reading in readings.items()
                if reading.program is not None
            },
            "refused": {
                name: reading.findings[0].message
                for name, reading in readings.items()
                if reading.program is None
            },
            "seed": str(bindings.token.get("jti", "")),
        }

    def _answer(
        self, question: bytes, *, within: float, at_most: int
    ) -> bytes | ScriptError:
        """Ask the worker, twice if it died: its death may be older than the script."""
        for last in (False, True):
            try:
                worker = self._running_worker()
            except Stopped as start:
                return ScriptError(f"The script engine did not start ({start}).")
            try:
                return worker.ask(question, within=within, at_most=at_most)
            except TimedOut:
                return self._stopped("time")
            except TooMuch:
                return self._stopped("output")
            except Crashed as crash:
                if last:
                    return ScriptError(f"The script crashed its engine ({crash}).")
        raise AssertionError("unreachable")

    def _stopped(self, by: str) -> ScriptError:
        if by == "time":
            return ScriptTimeout(
                f"The script ran longer than {self.time_limit:g} s and was stopped."
            )
        if by == "memory":
            limit = f"memory limit, {self.memory_limit // 1024} KB"
        else:
            limit = f"output limit, {self.output_limit} characters"
        return ScriptError(f"The script went over the {limit}, and was stopped.")

    def _running_worker(self) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            self._drop_worker()
            self._worker = WorkerProcess()
            self._stop_at_exit = weakref.finalize(self, self._worker.stop)
            self._worker.wait_until_ready()
        return self._worker

    def _drop_worker(self) -> None:
        if self._stop_at_exit is not None:
            self._stop_at_exit()  # once only, however often it is called
        self._worker = self._stop_at_exit = None

    def _disown_worker(self) -> None:
        """Start afresh in a forked child; the worker stays the parent's."""
        self._lock = threading.Lock()  # another thread may have held it
        if self._worker is not None and self._stop_at_exit is not None:
            self._stop_at_exit.detach()
            self._worker.disown()
        self._worker = self._stop_at_exit = None


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return sorted(value)
    raise TypeError(f"A binding holds {value!r}, which is not a JSON value.")


def _disown_workers() -> None:
    for engine in list(_engines):
        engine._disown_worker()


_engines: weakref.WeakSet[QuickJSEngine] = weakref.WeakSet()
if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_disown_workers)
