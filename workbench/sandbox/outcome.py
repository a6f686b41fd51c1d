"""From what the worker answers to a ScriptOutcome."""

import json
import re
from collections.abc import Callable
from typing import Any

from workbench.am.scripts import LogLine, MayActScript, ScriptOutcome
from workbench.errors import ScriptError

BROKEN = "The script broke its engine."
NOT_A_FUNCTION = "TypeError: not a function"
CALLED = re.compile(r"\.?([\w$]+)\s*\(")
FRAME = re.compile(r"<input>:(\d+):(\d+)")
LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")  # as ECMAScript counts lines


def outcome_of(
    script: MayActScript, answer: bytes, *, stopped: Callable[[str], ScriptError]
) -> ScriptOutcome:
    """What the answer says came of the script.

    Args:
        script: The script that ran.
        answer: The worker's line; its report is JSON text within JSON.
        stopped: Makes the error for a limit that stopped the script.
    """
    try:
        return _read(script, json.loads(answer), stopped)
    except (LookupError, TypeError, ValueError):  # the worker is not to be trusted
        return ScriptOutcome(script=script, error=ScriptError(BROKEN))


def _read(
    script: MayActScript, reply: dict[str, Any], stopped: Callable[[str], ScriptError]
) -> ScriptOutcome:
    report = json.loads(reply["report"] or '{"log": [], "error": null}')
    error = None
    if report["error"]:
        error = error_of(script.source, report["error"])
    elif reply["stopped"]:
        error = stopped(reply["stopped"])
    return ScriptOutcome(
        script=script,
        stamped="mayAct" in report,
        may_act=report.get("mayAct"),
        act_set="act" in report,
        act=report.get("act"),
        returned=report.get("returned"),
        log=tuple(LogLine(level, text) for level, text in report["log"]),
        error=error,
        seconds=reply["seconds"],
    )


def error_of(source: str, failure: dict[str, Any]) -> ScriptError:
    """The error with the place in the author's source it comes from.

    Frames below the author's last line are the workbench's own.
    """
    lines = LINE_END.split(source)
    for line, column in FRAME.findall(failure["stack"]):
        if int(line) <= len(lines):
            text = lines[int(line) - 1]
            at = _in_characters(text, int(column))
            message = _with_name(failure["message"], text)
            return ScriptError(message, line=int(line), column=at, source_line=text)
    if failure["message"].startswith("Thrown: "):
        return ScriptError(f"{failure['message']} (throw an Error to see its line)")
    return ScriptError(failure["message"])


def _with_name(message: str, code: str) -> str:
    """The message with the method that is missing; the engine does not say it."""
    called = list(dict.fromkeys(CALLED.findall(code)))
    if message != NOT_A_FUNCTION or not called:
        return message
    if len(called) > 1:  # the engine may point at a call among the arguments
        return f"TypeError: one of these is not a function: {', '.join(called)}"
    return f"TypeError: {called[0]} is not a function"


def _in_characters(text: str, column: int) -> int:
    """The column as people count; the engine counts bytes of UTF-8."""
    before = text.encode("utf-8", "surrogatepass")[: column - 1]
    return len(before.decode("utf-8", "replace")) + 1
