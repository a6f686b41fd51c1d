"""The script engine: QuickJS, where it can be in a process that can be killed.

Runs may act scripts and plugin scripts. A script that loops, hogs memory or crashes
its engine costs a worker, never this process.
"""

import contextlib
import json
from dataclasses import replace
from typing import Any

from workbench.am.scripts.finding import Finding
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import Bindings, Script, ScriptOutcome
from workbench.errors import (
    EngineUnavailable,
    ScriptError,
    ScriptNotEmulated,
)
from workbench.sandbox.engines.asked import Asked
from workbench.sandbox.engines.outcome import (
    BROKEN,
    error_of_end,
    never_read,
    outcome_of,
    refused,
    said_in,
)
from workbench.sandbox.engines.pool import Pool
from workbench.sandbox.engines.process import has_processes, quickjs_command
from workbench.sandbox.engines.question import Limits, acting
from workbench.sandbox.engines.remembered import KnownScript, KnownScripts, reading_of
from workbench.sandbox.engines.runner import Runner, RunnerEngine
from workbench.sandbox.language.reading import TOO_DEEP as TOO_LARGE
from workbench.sandbox.language.syntax import not_emulated
from workbench.sandbox.language.too_large import MOST_TEXT, too_large
from workbench.sandbox.lint.asked import question_to_lint
from workbench.sandbox.lint.guess import Guess

TOO_DEEP = "The token's claims are nested too deep to be handed to a script."
TOO_MANY = "Not emulated: more than 16 different texts for eval or Function."
NOT_LINTED = Finding(
    code="not-linted",
    severity="warning",
    line=1,
    column=1,
    message="The linter did not come to its end: nothing is said of this script.",
    fix="Make the script shorter, or less deep.",
)


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
        self._readings = KnownScripts()

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh world; failures are in the outcome."""
        never = never_read(script)
        if never is not None:
            return never
        reading = self._readings.find(script.source)
        if reading is not None and reading.source is None:
            return refused(script, reading.findings)
        asked = Asked(script, reading, bindings.libraries, self._readings.find)
        try:
            question = asked.question(bindings, self.limits)
        except RecursionError:
            return ScriptOutcome(script=script, error=ScriptError(TOO_DEEP))
        answer, seconds = self._ask(question, who=acting(script, bindings))
        if isinstance(answer, ScriptError):
            return ScriptOutcome(script=script, error=answer, seconds=seconds)
        try:
            said = said_in(answer)
            for each in asked.learnt(said):
                self._readings.keep(each)
            outcome = self._outcome(script, asked.reading, said)
            return replace(outcome, seconds=float(said["seconds"]))
        except (AttributeError, LookupError, TypeError, ValueError):
            error = ScriptError(BROKEN)
            return ScriptOutcome(script=script, error=error, seconds=seconds)

    def _outcome(
        self, script: Script, reading: KnownScript | None, said: dict[str, Any]
    ) -> ScriptOutcome:
        """The outcome; the worker is not to be trusted to tell one."""
        ended = said["ended"]
        if reading is None and ended in ("time", "wall", "memory"):
            large = not_emulated(TOO_LARGE, 1, 1)
            return refused(script, (large,))
        if reading is not None and reading.source is None:
            return refused(script, reading.findings)
        if reading is None or "ran" not in said:
            error = error_of_end(ended, self.limits.error)
            return ScriptOutcome(script=script, error=error)
        if said["ran"]["many"]:
            return ScriptOutcome(script=script, error=ScriptNotEmulated(TOO_MANY))
        return outcome_of(script, reading, said, stopped=self.limits.error)

    def read(self, source: str) -> KnownScript:
        """What AM would not accept of a script, and what is to run; runs nothing.

        Raises:
            EngineUnavailable: No worker could be asked.
        """
        known = self._readings.find(source)
        if known is not None:
            return known
        large = too_large(source)
        if large is None:
            read = self._told({"what": "read", "text": source, "room": MOST_TEXT})
            with contextlib.suppress(LookupError, TypeError, ValueError):
                reading = reading_of(source, read["read"][""])
                self._readings.keep(reading)
                return reading
            large = not_emulated(TOO_LARGE, 1, 1)
        return KnownScript(text=source, findings=(large,), stopped="text")

    def look(self, source: str) -> tuple[bool, Guess | None]:
        """Whether a script can be read, and what it is for where that is plain."""
        if too_large(source) is not None:
            return True, None  # who could tell?
        with contextlib.suppress(EngineUnavailable, LookupError, TypeError, ValueError):
            told = self._told({"what": "look", "text": source})
            guess = told["found"]["guess"]
            return bool(told["found"]["readable"]), guess and Guess(**guess)
        return True, None

    def lint(
        self,
        script: Script,
        around: Parties | None = None,
        outcome: ScriptOutcome | None = None,
    ) -> tuple[Finding, ...]:
        """What the linter says of a script, in the order of the source.

        Args:
            script: The script; its context and evaluator version pick the rules.
            around: Who is in the realm; None leaves out the rules that need one.
            outcome: What a dry run did.
        """
        large = too_large(script.source)
        if large is not None:
            return (large,)
        asked = {"what": "lint"} | question_to_lint(script, around, outcome)
        with contextlib.suppress(EngineUnavailable, LookupError, TypeError, ValueError):
            told = self._told(asked)
            return tuple(Finding(**each) for each in told["found"]["findings"])
        return (NOT_LINTED,)

    def _told(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What a worker tells, or nothing where a limit kept it from it; raises so."""
        question = json.dumps(asked | self.limits.for_one()).encode("ascii") + b"\n"
        answer, _ = self._ask(question, who=f"reads {hash(question)}")
        if isinstance(answer, EngineUnavailable):
            raise answer
        with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
            return {} if isinstance(answer, ScriptError) else said_in(answer)
        return {}


def _runner(limits: Limits, here: bool) -> Runner:
    if here:
        from workbench.sandbox.engines.in_process import InProcess

        return InProcess(limits.error)
    return Pool(quickjs_command, limits.error)
