"""AM's own script engine: the real Rhino 1.7.14 in a Java process.

For whoever has Java; the default engine emulates it. The language is the real one,
and so are Java's collections and boxes; what AM adds to them is the world of the
default engine, which lower.mjs writes in the JavaScript that Rhino reads.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from workbench.am.scripts.finding import Finding
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import Bindings, Script, ScriptOutcome
from workbench.errors import (
    ScriptError,
    ScriptNotEmulated,
    SettingError,
)
from workbench.sandbox.engines.engine import TOO_DEEP, QuickJSEngine
from workbench.sandbox.engines.kept_worker import KeptWorker
from workbench.sandbox.engines.outcome import BROKEN, never_read, reported
from workbench.sandbox.engines.process import START_LIMIT, in_sandbox
from workbench.sandbox.engines.question import Limits, question_of, surroundings_of
from workbench.sandbox.engines.remembered import KnownScript
from workbench.sandbox.engines.runner import RunnerEngine
from workbench.sandbox.language.places import lines_of
from workbench.sandbox.lint.guess import Guess

JARS = (
    "/usr/share/java/rhino-1.7.14.jar",
    "/usr/share/java/rhino.jar",  # Debian's packages rhino and librhino-java
)
MISSING = (
    'engine="rhino" runs scripts in Mozilla Rhino 1.7.14, and {what} was not found. '
    "On Debian: apt install rhino default-jre-headless. Elsewhere give its path: "
    'RhinoEngine(jar="/path/to/rhino-1.7.14.jar").'
)
SHELL = "org.mozilla.javascript.tools.shell.Main"
OUT_OF_MEMORY = 3  # the status of a Java that ends because of it
SAME_EVERYWHERE = (
    "-Duser.timezone=UTC",
    "-Duser.language=en",
    "-Duser.country=US",
    "-Djava.awt.headless=true",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:hashCode=2",  # an object's own is 1, and so it is in its text
)

NEXT_GENERATION_CLASSES = """
java.util.ArrayList java.util.Collections java.util.HashSet java.util.LinkedHashSet
java.util.LinkedList java.util.TreeSet
java.lang.Boolean java.lang.Byte java.lang.Double java.lang.Integer java.lang.Long
java.lang.Short java.lang.String
"""
"""What next-generation scripts were seen to reach (4.7)."""

LEGACY_CLASSES = """
java.util.Arrays java.util.HashMap java.util.LinkedHashMap java.util.TreeMap
java.util.AbstractMap$SimpleImmutableEntry java.util.Iterator
"""
"""What more of Java is on AM's list for legacy may act scripts (4.7)."""

EXCEPTIONS = r"java\.(?:lang|util)\.\w+Exception"
"""What legacy scripts find as the ``javaException`` of an error."""

INNER_CLASSES = r"""
java\.lang\.(?:Number|Object) java\.util\.(?:Collection|List|Map|Set|Map\$Entry)
java\.util\.(?:Abstract|Array|Collections|Hash|ImmutableC|Linked|Tree)[\w$]*\$[\w$]+
jdk\.proxy\d+\.\$Proxy\d+
"""
"""What Java has behind those, as patterns: their values would look like nothing."""


class RhinoEngine(RunnerEngine):
    """Runs scripts in the real Rhino, one at a time, in a worker process.

    Args:
        jar: Rhino 1.7.14; by default where Debian puts it.
        java: The Java to start, by name or path.
        time_limit: Seconds of wall clock a script may take.
        memory_limit: Bytes of heap Java may use.
        output_limit: Characters the log may have, and each claim that is set.

    Raises:
        SettingError: Java or the jar is not there; the message says what to install.
    """

    def __init__(
        self,
        *,
        jar: str | Path | None = None,
        java: str = "java",
        time_limit: float = 5.0,
        memory_limit: int = 128 * 1024 * 1024,
        output_limit: int = 256 * 1024,
    ) -> None:
        self.limits = Limits(time_limit, memory_limit, output_limit)
        found = shutil.which(java)
        if found is None:
            raise SettingError(MISSING.format(what=f"Java ({java})"))
        jars = JARS if jar is None else (str(jar),)
        self.jar = next((path for path in jars if Path(path).is_file()), "")
        if not self.jar:
            raise SettingError(MISSING.format(what=f"its jar ({', '.join(jars)})"))
        self._java = found
        self._reader = QuickJSEngine()
        self._runner = KeptWorker(
            self._command, self.limits.error, out_of_memory=OUT_OF_MEMORY
        )

    def close(self) -> None:
        """Stop the worker; the next script would start another one."""
        super().close()
        self._reader.close()

    def read(self, source: str) -> KnownScript:
        """What AM would not accept of a script; runs nothing."""
        return self._reader.read(source)

    def look(self, source: str) -> tuple[bool, Guess | None]:
        """Whether a script can be read, and what it is for where that is plain."""
        return self._reader.look(source)

    def lint(
        self,
        script: Script,
        around: Parties | None = None,
        outcome: ScriptOutcome | None = None,
    ) -> tuple[Finding, ...]:
        """What the linter says of a script, in the order of the source."""
        return self._reader.lint(script, around, outcome)

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh scope; failures are in the outcome."""
        never = never_read(script)
        if never is not None:
            return never
        limits = self.limits
        around = surroundings_of(bindings, bindings.libraries, {})
        more = {"source": script.source, "codes": {}, "surroundings": around}
        more["classes"] = visible_to(script)
        try:
            question = question_of(script, bindings, limits, **more)
        except RecursionError:
            return ScriptOutcome(script=script, error=ScriptError(TOO_DEEP))
        self._prepare(script)
        answer, seconds = self._ask(question, within=limits.time)
        if isinstance(answer, ScriptError):
            return ScriptOutcome(script=script, error=answer, seconds=seconds)
        try:
            return _outcome(script, json.loads(answer), seconds)
        except (LookupError, TypeError, ValueError):  # the worker is not to be trusted
            error = ScriptError(BROKEN)
            return ScriptOutcome(script=script, error=error, seconds=seconds)

    def _prepare(self, script: Script) -> None:
        """Have a world made for the script: that takes it no time, however long."""
        world = {"context": script.context, "classes": visible_to(script)}
        question = json.dumps(world).encode("ascii") + b"\n"
        self._runner.ask(question, within=START_LIMIT, at_most=self.limits.at_most)

    def _command(self) -> list[str]:
        worker = in_sandbox("rhino/rhino_worker.js")
        heap = f"-Xmx{max(32, self.limits.memory // 2**20)}m"
        java = [self._java, heap, "-Xss2m", *SAME_EVERYWHERE]
        java.append("-XX:+ExitOnOutOfMemoryError")
        return [*java, "-cp", self.jar, SHELL, worker, str(Path(worker).parents[1])]


def visible_to(script: Script) -> str:
    """The Java classes that a script can see, as a pattern."""
    names, patterns = NEXT_GENERATION_CLASSES, INNER_CLASSES.split()
    if script.legacy:
        names += LEGACY_CLASSES
        patterns.append(EXCEPTIONS)
    return "|".join([*map(re.escape, names.split()), *patterns])


def _outcome(script: Script, answer: dict[str, Any], seconds: float) -> ScriptOutcome:
    report = json.loads(answer["report"])
    error = _error(script.source, report["error"], answer["error"])
    return reported(script, report, error, seconds)


def _error(
    source: str, kept: dict[str, Any] | None, told: dict[str, Any] | None
) -> ScriptError | None:
    """What ended the script; where a limit did, it may have caught that itself."""
    if kept is not None:
        kind = ScriptNotEmulated if kept["notEmulated"] else ScriptError
        return kind(str(kept["message"]))
    if told is None:
        return None
    line, lines = told["line"], lines_of(source)
    known = isinstance(line, int) and 0 < line <= len(lines)
    return ScriptError(
        str(told["message"]),
        line=line if known else None,
        column=told["column"] if known else None,
        source_line=lines[line - 1] if known else "",
    )
