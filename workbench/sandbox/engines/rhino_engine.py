"""AM's own script engine: the real Rhino 1.7.14 in a Java process.

For whoever has Java; the default engine emulates it. The language is the real one.
Of the bindings those of a may act script are there (behaviour notes 4.2 and 4.3),
``logger``, ``realm``, ``scriptName`` and ``cookieName``; the services of 4.6 are not.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from workbench.am.basics.words import with_article
from workbench.am.scripts.script import (
    CONTEXTS,
    LEGACY,
    Bindings,
    LogLine,
    Script,
    ScriptOutcome,
)
from workbench.errors import (
    ScriptError,
    ScriptNotEmulated,
    ScriptNotRunnable,
    SettingError,
)
from workbench.sandbox.engines.engine import GROOVY, TOO_DEEP, QuickJSEngine
from workbench.sandbox.engines.kept_worker import KeptWorker
from workbench.sandbox.engines.outcome import BROKEN, LINE_END
from workbench.sandbox.engines.process import in_sandbox
from workbench.sandbox.engines.question import Limits, question_of
from workbench.sandbox.engines.runner import RunnerEngine
from workbench.sandbox.language.reading import ReadScript

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

INNER_CLASSES = """
java.lang.Number java.lang.Object java.util.Arrays$ArrayList java.util.ArrayList$Itr
java.util.Collection java.util.HashMap$EntryIterator java.util.HashMap$EntrySet
java.util.HashMap$KeyIterator java.util.HashMap$KeySet java.util.HashMap$Node
java.util.HashMap$ValueIterator java.util.HashMap$Values
java.util.LinkedHashMap$Entry java.util.LinkedHashMap$LinkedEntryIterator
java.util.LinkedHashMap$LinkedEntrySet java.util.LinkedHashMap$LinkedKeyIterator
java.util.LinkedHashMap$LinkedKeySet java.util.LinkedHashMap$LinkedValueIterator
java.util.LinkedHashMap$LinkedValues java.util.List java.util.Map java.util.Map$Entry
java.util.Set
"""
"""What Java has behind those; without it their values would look like nothing."""


class RhinoEngine(RunnerEngine):
    """Runs may act scripts in the real Rhino, one at a time, in a worker process.

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

    def read(self, source: str) -> ReadScript:
        """The script's tree and what AM would not accept of it."""
        return self._reader.read(source)

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh scope; failures are in the outcome."""
        if script.language == "GROOVY":
            return ScriptOutcome(script=script, error=ScriptNotRunnable(GROOVY))
        if script.context not in CONTEXTS.values():
            kind = with_article(script.kind)
            other = f'Not emulated: {kind} with engine="rhino".'
            return ScriptOutcome(script=script, error=ScriptNotEmulated(other))
        classes = NEXT_GENERATION_CLASSES + INNER_CLASSES
        if script.evaluator_version == LEGACY:
            classes += LEGACY_CLASSES
        limits = self.limits
        more = {"source": script.source, "classes": classes.split()}
        try:
            question = question_of(script, bindings, limits, **more)
        except RecursionError:
            return ScriptOutcome(script=script, error=ScriptError(TOO_DEEP))
        answer, seconds = self._ask_to_run(question, within=limits.time)
        if isinstance(answer, ScriptError):
            return ScriptOutcome(script=script, error=answer, seconds=seconds)
        try:
            return _outcome(script, json.loads(answer), seconds)
        except (LookupError, TypeError, ValueError):  # the worker is not to be trusted
            error = ScriptError(BROKEN)
            return ScriptOutcome(script=script, error=error, seconds=seconds)

    def _command(self) -> list[str]:
        worker = in_sandbox("rhino/rhino_worker.js")
        names = ("rhino_bindings.js", "rhino_values.js")
        files = [in_sandbox(f"rhino/{name}") for name in names]
        heap = f"-Xmx{max(32, self.limits.memory // 2**20)}m"
        java = [self._java, heap, "-Xss2m", "-XX:+ExitOnOutOfMemoryError"]
        java += [
            "-Duser.timezone=UTC",
            "-Duser.language=en",
            "-Djava.awt.headless=true",
        ]
        return [*java, "-cp", self.jar, SHELL, worker, *files]


def _outcome(script: Script, answer: dict[str, Any], seconds: float) -> ScriptOutcome:
    report = json.loads(answer["report"])
    return ScriptOutcome(
        script=script,
        stamped="mayAct" in report,
        may_act=report.get("mayAct"),
        act_set="act" in report,
        act=report.get("act"),
        stored=report.get("attributes"),
        log=tuple(LogLine(level, text) for level, text in report["log"]),
        error=_error(script.source, report, answer.get("error")),
        seconds=seconds,
    )


def _error(
    source: str, report: dict[str, Any], told: dict[str, Any] | None
) -> ScriptError | None:
    if "notEmulated" in report:
        return ScriptNotEmulated(report["notEmulated"])
    if "overflow" in report:
        return ScriptError(f"RangeError: {report['overflow']}")
    if told is None:
        return None
    line, lines = told["line"], LINE_END.split(source)
    known = isinstance(line, int) and 0 < line <= len(lines)
    return ScriptError(
        str(told["message"]),
        line=line if known else None,
        column=told["column"] if known else None,
        source_line=lines[line - 1] if known else "",
    )
