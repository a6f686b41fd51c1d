"""The script engine: QuickJS, where it can be in a process that can be killed.

Runs may act scripts and plugin scripts. A script that loops, hogs memory or crashes
its engine costs a worker, never this process.
"""

import contextlib
import json
from dataclasses import replace
from typing import Any

from workbench.am.scripts.script import Bindings, Script, ScriptOutcome
from workbench.errors import (
    EngineUnavailable,
    ScriptError,
    ScriptNotEmulated,
    ScriptNotRunnable,
)
from workbench.sandbox.engines.outcome import (
    is_the_same,
    may_be_a_call,
    outcome_of,
    placed_error,
    wanted_of,
)
from workbench.sandbox.engines.pool import Pool
from workbench.sandbox.engines.process import has_processes, quickjs_command
from workbench.sandbox.engines.question import (
    Limits,
    acting,
    question_of,
    surroundings_of,
)
from workbench.sandbox.engines.runner import Runner, RunnerEngine
from workbench.sandbox.language.edits import Edited
from workbench.sandbox.language.reading import (
    ReadScript,
    code_of,
    read,
    refusal,
    traced,
)
from workbench.sandbox.language.syntax import not_emulated

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


class QuickJSEngine(RunnerEngine):
    """Runs scripts side by side in worker processes, or one at a time in this one.

    A worker starts with the first script, serves the following ones, and is
    replaced when it had to be killed. Every script gets a fresh world.

    Args:
        time_limit: Seconds of processor time after which a script is stopped. Where
            the engine itself cannot stop, twice as many seconds of wall clock.
        memory_limit: Bytes a script may use.
        output_limit: Characters the log may have, and each claim that is set.
        in_process: Whether scripts run in this process, where only the engine itself
            stops them; None where the platform has no other processes.
    """

    def __init__(
        self,
        *,
        time_limit: float = 1.0,
        memory_limit: int = 64 * 1024 * 1024,
        output_limit: int = 256 * 1024,
        in_process: bool | None = None,
    ) -> None:
        self.limits = Limits(time_limit, memory_limit, output_limit)
        here = not has_processes() if in_process is None else in_process
        self._runner = _runner(self.limits, here)
        self._readings: dict[str, ReadScript] = {}

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh world; failures are in the outcome."""
        if script.language == "GROOVY":
            return ScriptOutcome(script=script, error=ScriptNotRunnable(GROOVY))
        try:
            reading = self.read(script.source)
            if reading.program is None:
                return ScriptOutcome(script=script, error=refusal(script, reading))
            return self._run(script, reading.program, bindings)
        except EngineUnavailable as problem:
            return ScriptOutcome(script=script, error=problem)

    def _run(
        self, script: Script, program: Edited, bindings: Bindings
    ) -> ScriptOutcome:
        """Run a program, and again for each text that it hands to eval or Function.

        A script changes nothing outside of its world, so it can be run again.
        """
        codes: dict[str, dict[str, str]] = {}
        limits, around = self.limits, self._surroundings(bindings)
        while True:
            more = {"source": program.source, "codes": codes, "surroundings": around}
            try:
                question = question_of(script, bindings, limits, **more)
            except RecursionError:
                return ScriptOutcome(script=script, error=ScriptError(TOO_DEEP))
            who = acting(script, bindings)
            answer, seconds = self._ask_to_run(question, within=limits.wall, who=who)
            if isinstance(answer, ScriptError):
                return ScriptOutcome(script=script, error=answer, seconds=seconds)
            wanted = wanted_of(answer)
            if wanted is None:
                outcome = outcome_of(script, program, answer, stopped=limits.error)
                return self._placed(script, outcome, bindings, codes)
            if len(codes) >= MOST_CODES:
                error = ScriptNotEmulated(TOO_MANY)
                return ScriptOutcome(script=script, error=error, seconds=seconds)
            codes[wanted] = code_of(self.read(wanted))

    def _placed(
        self,
        script: Script,
        outcome: ScriptOutcome,
        bindings: Bindings,
        codes: dict[str, dict[str, str]],
    ) -> ScriptOutcome:
        """The outcome; where a call failed, a second run says which one it was."""
        if outcome.error is None or not may_be_a_call(outcome.error):
            return outcome
        program = traced(self.read(script.source))
        if program is None:
            return outcome
        around = self._surroundings(bindings)
        more = {"source": program.source, "codes": codes, "surroundings": around}
        question = question_of(script, bindings, self.limits, **more)
        within, who = self.limits.wall, acting(script, bindings)
        answer, _ = self._ask_to_run(question, within=within, who=who)
        placed = None
        if not isinstance(answer, ScriptError):
            placed = placed_error(script, program, answer)
        if placed is None or not is_the_same(outcome.error, placed):
            return outcome
        return replace(outcome, error=placed)

    def read(self, source: str) -> ReadScript:
        """The script's tree, what AM would not accept of it, and what is to run.

        Runs nothing. What was read last is remembered.
        """
        reading = self._readings.pop(source, None) or self._read(source)
        self._readings[source] = reading
        while len(self._readings) > REMEMBERED:
            self._readings.pop(next(iter(self._readings)), None)
        return reading

    def _read(self, source: str) -> ReadScript:
        question = json.dumps({"parse": source}).encode("ascii") + b"\n"
        at_most = 1024 * 1024 + 1024 * len(source)
        who = f"reads {hash(source)}"
        answer = self._runner.ask(
            question, within=PARSE_LIMIT, at_most=at_most, who=who
        )
        if isinstance(answer, EngineUnavailable):
            raise answer
        if not isinstance(answer, ScriptError):
            with contextlib.suppress(LookupError, TypeError, ValueError):
                return read(source, json.loads(answer)["report"])
        return ReadScript(findings=(not_emulated(TOO_LARGE, 1, 1),))

    def _surroundings(self, bindings: Bindings) -> dict[str, Any]:
        """What is around the script, its libraries as they run."""
        libraries, refused = {}, {}
        for name, text in bindings.libraries.items():
            reading = self.read(text)
            if reading.program is None:
                refused[name] = reading.findings[0].message
            else:
                libraries[name] = reading.program.source
        return surroundings_of(bindings, libraries, refused)


def _runner(limits: Limits, here: bool) -> Runner:
    if here:
        from workbench.sandbox.engines.in_process import InProcess

        return InProcess(limits.error)
    return Pool(quickjs_command, limits.error)
