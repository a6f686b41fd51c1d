"""From what the worker answers to a ScriptOutcome."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.am.scripts.script import CaughtError, LogLine, Script, ScriptOutcome
from workbench.errors import ScriptError, ScriptNotEmulated, ScriptNotRunnable
from workbench.sandbox.engines.not_started import no_process
from workbench.sandbox.engines.remembered import KnownScript
from workbench.sandbox.language.too_large import too_large
from workbench.sandbox.work.run import OF_A_CALL

BROKEN = "The script broke its engine."
NOT_A_FUNCTION = "TypeError: not a function"
NOT_A_CONSTRUCTOR = "TypeError: not a constructor"
OVERFLOW = "Maximum call stack size exceeded"
LONGEST = 2000  # characters, as in prelude.js
RENAMED = re.compile(r"\$rhino_(?=[a-z]+ is not defined$)")  # as translate.py names
JAVA_PATH = re.compile(
    r"(?:\bPackages\.)?\b((?:java|javax|org|com|edu|net)(?:\.[A-Za-z_$][\w$]*)+)"
)
FRAME = re.compile(r"<input>:(\d+):(\d+)")
NO_CHILD = "no child: "
GROOVY = (
    "Groovy scripts are kept but not runnable here: this workbench has a JavaScript "
    "engine only. Rewrite the script in JavaScript to try it."
)


def said_in(answer: bytes) -> dict[str, Any]:
    """What a worker's line tells, by what it is about.

    "ended" says why it is all, and "seconds" what it took.

    Raises:
        LookupError, TypeError, ValueError: It is no such line.
    """
    given = json.loads(answer)
    said: dict[str, Any] = {}
    for each in given["said"]:
        said.update(each)
    return said | {"ended": given["end"]["ended"], "seconds": given["end"]["seconds"]}


def error_of_end(ended: str, stopped: Callable[[str], ScriptError]) -> ScriptError:
    """The error of a script whose process ended, and why it did.

    Args:
        ended: The limit that was passed, or what became of the process.
        stopped: Makes the error for a limit.
    """
    if ended in ("time", "wall", "memory", "output"):
        return stopped(ended)
    if ended.startswith(NO_CHILD):
        return no_process(ended.removeprefix(NO_CHILD))
    return ScriptError(f"The script crashed its engine ({ended})." if ended else BROKEN)


def never_read(script: Script) -> ScriptOutcome | None:
    """What comes of a script that no engine reads: Groovy, or one that is too large."""
    if script.language == "GROOVY":
        return ScriptOutcome(script=script, error=ScriptNotRunnable(GROOVY))
    large = too_large(script.source)
    return None if large is None else refused(script, (large,))


def refused(script: Script, findings: Sequence[Finding]) -> ScriptOutcome:
    """What comes of a script that does not compile, or cannot be read here."""
    return ScriptOutcome(script=script, error=refusal(script, findings))


def refusal(script: Script, findings: Sequence[Finding]) -> ScriptError:
    """The error of a script that does not compile, at the first place that is bad."""
    first = findings[0]
    unknown = first.code == NOT_EMULATED
    text = first.message if unknown else f"SyntaxError: {first.message}"
    lines = script.source.splitlines()
    return (ScriptNotEmulated if unknown else ScriptError)(
        f"{text} {first.fix}",
        line=first.line,
        column=first.column,
        source_line=lines[first.line - 1] if first.line <= len(lines) else "",
    )


def outcome_of(
    script: Script,
    reading: KnownScript,
    said: dict[str, Any],
    *,
    stopped: Callable[[str], ScriptError],
) -> ScriptOutcome:
    """What came of a script that ran.

    Args:
        script: The script.
        reading: What is known of it.
        said: What the worker tells; the report in it is JSON text.
        stopped: Makes the error for a limit that stopped the script.

    Raises:
        LookupError, TypeError, ValueError: The worker is not to be trusted.
    """
    ran = said["ran"]
    report = json.loads(ran["report"] or '{"log": [], "error": null}')
    error = None
    if report["error"]:
        error = error_of(script, reading, report["error"])
        placed = placed_error(script, reading, said.get("traced"))
        if placed is not None and is_the_same(error, placed):
            error = placed
    elif ran["stopped"]:
        error = stopped(ran["stopped"])
    caught = _caught(script, reading, report.get("caught", ()))
    return replace(reported(script, report, error, 0.0), caught=caught)


def reported(
    script: Script, report: dict[str, Any], error: ScriptError | None, seconds: float
) -> ScriptOutcome:
    """The outcome that a report of prelude.js tells of.

    Raises:
        LookupError, TypeError, ValueError: It is no such report.
    """
    return ScriptOutcome(
        script=script,
        stamped="mayAct" in report,
        may_act=report.get("mayAct"),
        act_set="act" in report,
        act=report.get("act"),
        returned=report.get("returned"),
        stored=_attributes(report["attributes"]) if "attributes" in report else None,
        client=_attributes(report["client"]) if "client" in report else None,
        session=_properties(report["session"]) if "session" in report else None,
        result=report.get("result"),
        log=tuple(LogLine(level, text) for level, text in report["log"]),
        error=error,
        seconds=seconds,
    )


def _caught(script: Script, reading: KnownScript, told: Any) -> tuple[CaughtError, ...]:
    """What the script caught; what came again at the same place is told once."""
    found: dict[tuple[str, int | None, int | None], CaughtError] = {}
    for each in told:
        error = error_of(script, reading, each)
        caught = CaughtError(error, thrown=each["own"] is True)
        found.setdefault((error.message, error.line, error.column), caught)
    return tuple(found.values())


def _attributes(stored: Any) -> dict[str, list[str]]:
    """Lists of texts by attribute; anything else did not come from store()."""
    if not isinstance(stored, dict) or not all(map(_texts, stored.values())):
        raise TypeError("these are not attributes")
    return stored


def _properties(kept: Any) -> dict[str, str]:
    """Texts by property; anything else did not come from setProperty()."""
    if not isinstance(kept, dict) or not _texts(list(kept.values())):
        raise TypeError("these are no properties")
    return kept


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)


def error_of(
    script: Script, reading: KnownScript, failure: dict[str, Any]
) -> ScriptError:
    """The error with the place in the author's source it comes from.

    Frames below the script's last line are the workbench's own.
    """
    kind = ScriptNotEmulated if failure["notEmulated"] else ScriptError
    lines, program = reading.lines_run, reading.program
    for found in FRAME.findall(failure["stack"]):
        line, column = map(int, found)
        if line <= len(lines) and program is not None:
            line, at = program.place(line, _in_characters(lines[line - 1], column))
            text = reading.lines[line - 1]
            message, hint = _in_rhinos_words(script, failure["message"], text, at)
            return kind(message, line=line, column=at, source_line=text, hint=hint)
    return kind(failure["message"])


def placed_error(
    script: Script, reading: KnownScript, failure: dict[str, Any] | None
) -> ScriptError | None:
    """The error of a traced run, where it is that of a call; see traced.py."""
    if reading.program is None or failure is None or "at" not in failure:
        return None
    line, column = reading.program.original.place(failure["at"])
    text = reading.lines[line - 1]
    name, message = _cut(failure["name"]), failure["message"]
    message, hint = _in_rhinos_words(script, message, text, column, name)
    return ScriptError(message, line=line, column=column, source_line=text, hint=hint)


def is_the_same(first: ScriptError, placed: ScriptError) -> bool:
    """Whether the traced run failed as the run before it did.

    Its calls are deeper, so that the stack may overflow in it alone.
    """
    one, other = OF_A_CALL.match(first.message), OF_A_CALL.match(placed.message)
    overflows = OVERFLOW in first.message, OVERFLOW in placed.message
    return bool(one and other and one[0] == other[0]) and len({*overflows}) == 1


def _cut(name: str) -> str:
    """What a script calls something, as long as a message may be."""
    return f"{name[:LONGEST]}..." if len(name) > LONGEST else name


def _in_rhinos_words(
    script: Script, message: str, code: str, at: int, name: str = ""
) -> tuple[str, str]:
    """The message as Rhino has it where a Java class is missing, and a hint.

    Args:
        script: The script.
        message: What the engine said.
        code: The line.
        at: The column.
        name: What was called there, where that is known.
    """
    if message in (NOT_A_FUNCTION, NOT_A_CONSTRUCTOR):
        for path in JAVA_PATH.finditer(code):
            if path.start() < at <= path.end() + 1:
                made = message == NOT_A_CONSTRUCTOR
                return no_such_class(path[1], made), hint_for(path[1], script.legacy)
    if name and message in (NOT_A_FUNCTION, NOT_A_CONSTRUCTOR):
        return f"TypeError: {name} is {message.removeprefix('TypeError: ')}", ""
    hint = "" if not name or name in message else f"What failed is {name}(...)."
    return RENAMED.sub("", message), hint


def no_such_class(name: str, made: bool) -> str:
    """What Rhino says of a Java class that a script cannot reach (measured)."""
    if made:
        return f"TypeError: [JavaPackage {name}] is not a function, it is object."
    package, _, called = name.rpartition(".")
    return (
        f"TypeError: Cannot call property {called} in object [JavaPackage {package}]. "
        'It is not a function, it is "object".'
    )


def hint_for(name: str, legacy: bool) -> str:
    """What to do where a Java class cannot be reached."""
    if not legacy and name.startswith("org.forgerock.json"):
        return "A next-generation script hands token.setMayAct a plain object."
    if not legacy and name.rsplit(".", 1)[-1].endswith("Map"):
        return "A next-generation script cannot make a Java map: use a plain object."
    if not legacy:
        return "Next-generation scripts reach few Java classes; the list is fixed."
    return (
        "AM lets legacy scripts use the Java classes on its list alone; of these, "
        "JsonValue and the usual ones of java.util and java.lang are here."
    )


def _in_characters(text: str, column: int) -> int:
    """The column as people count; the engine counts bytes of UTF-8."""
    before = text.encode("utf-8", "surrogatepass")[: column - 1]
    return len(before.decode("utf-8", "replace")) + 1
