"""From what the worker answers to a ScriptOutcome."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workbench.am.scripts.script import CaughtError, LogLine, Script, ScriptOutcome
from workbench.errors import ScriptError, ScriptNotEmulated
from workbench.sandbox.language.edits import Edited

WANTED = rb"\"wanted\":"
BROKEN = "The script broke its engine."
NOT_A_FUNCTION = "TypeError: not a function"
NOT_A_CONSTRUCTOR = "TypeError: not a constructor"
OF_A_CALL = re.compile("(?:Type|Internal|Range)?Error: |JavaException: ")
OVERFLOW = "Maximum call stack size exceeded"
LONGEST = 2000  # characters, as in prelude.js
RENAMED = re.compile(r"\$rhino_(?=[a-z]+ is not defined$)")  # as translate.py names
JAVA_PATH = re.compile(
    r"(?:\bPackages\.)?\b((?:java|javax|org|com|edu|net)(?:\.[A-Za-z_$][\w$]*)+)"
)
FRAME = re.compile(r"<input>:(\d+):(\d+)")
LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")  # as ECMAScript counts lines


def wanted_of(answer: bytes) -> str | None:
    """The text that the script gave to eval or Function and nobody has read yet."""
    if WANTED not in answer:  # escaped, for the report is text within JSON
        return None
    try:
        wanted = json.loads(json.loads(answer)["report"])["wanted"]
    except (LookupError, TypeError, ValueError):
        return None
    return wanted if isinstance(wanted, str) else None


def outcome_of(
    script: Script,
    ran: Edited,
    answer: bytes,
    *,
    stopped: Callable[[str], ScriptError],
) -> ScriptOutcome:
    """What the answer says came of the script.

    Args:
        script: The script.
        ran: What ran of it: its translation.
        answer: The worker's line; its report is JSON text within JSON.
        stopped: Makes the error for a limit that stopped the script.
    """
    try:
        return _read(script, ran, json.loads(answer), stopped)
    except (LookupError, TypeError, ValueError):  # the worker is not to be trusted
        return ScriptOutcome(script=script, error=ScriptError(BROKEN))


def _read(
    script: Script,
    ran: Edited,
    reply: dict[str, Any],
    stopped: Callable[[str], ScriptError],
) -> ScriptOutcome:
    report = json.loads(reply["report"] or '{"log": [], "error": null}')
    error = None
    if report["error"]:
        error = error_of(script, ran, report["error"])
    elif reply["stopped"]:
        error = stopped(reply["stopped"])
    caught = _caught(script, ran, report.get("caught", ()))
    return replace(reported(script, report, error, reply["seconds"]), caught=caught)


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


def _caught(script: Script, ran: Edited, told: Any) -> tuple[CaughtError, ...]:
    """What the script caught; what came again at the same place is told once."""
    found: dict[tuple[str, int | None, int | None], CaughtError] = {}
    for each in told:
        error = error_of(script, ran, each)
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


def error_of(script: Script, ran: Edited, failure: dict[str, Any]) -> ScriptError:
    """The error with the place in the author's source it comes from.

    Frames below the script's last line are the workbench's own.
    """
    kind = ScriptNotEmulated if failure["notEmulated"] else ScriptError
    lines = LINE_END.split(ran.source)
    theirs = LINE_END.split(script.source)
    for found in FRAME.findall(failure["stack"]):
        line, column = map(int, found)
        if line <= len(lines):
            place = line, _in_characters(lines[line - 1], column)
            line, at = ran.place(*place)
            text = theirs[line - 1]
            message, hint = _in_rhinos_words(script, failure["message"], text, at)
            return kind(message, line=line, column=at, source_line=text, hint=hint)
    return kind(failure["message"])


def may_be_a_call(error: ScriptError) -> bool:
    """Whether the error may come from a call, which the engine places badly."""
    emulated = not isinstance(error, ScriptNotEmulated)
    return emulated and OF_A_CALL.match(error.message) is not None


def placed_error(script: Script, ran: Edited, answer: bytes) -> ScriptError | None:
    """The error of a traced run, where it is that of a call; see traced.py."""
    try:
        failure = json.loads(json.loads(answer)["report"])["error"]
        line, column = ran.original.place(failure["at"])
        text = LINE_END.split(script.source)[line - 1]
        name, message = _cut(failure["name"]), failure["message"]
    except (LookupError, TypeError, ValueError):
        return None
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
