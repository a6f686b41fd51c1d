"""What is wrong in a script, as the editor marks it."""

from collections.abc import Iterable
from typing import Any

from workbench.am.findings import Finding
from workbench.am.scripts import ScriptOutcome

NOT_STAMPED = {"no-set-may-act", "returned-claim"}
"""Codes with which a linter has said already that nothing is stamped."""


def marks(outcome: ScriptOutcome, linted: Iterable[Finding] = ()) -> list[Any]:
    """The linter's findings, then what a dry run says.

    A failure at a place that the linter has named already is not said twice.

    Args:
        outcome: A dry run of the script.
        linted: What a linter found in it.
    """
    found = [
        _mark(f.severity, f.message, f.line, f.column, code=f.code, fix=f.fix)
        for f in linted
    ]
    error = outcome.error
    if error is None:
        told = outcome.stamped or outcome.act_set or NOT_STAMPED & _codes(found)
        return found if told else [*found, _mark("warning", outcome.remark)]
    said = {mark["line"] for mark in found if mark["severity"] == "error"}
    if error.line is not None and error.line in said:
        return found
    return [*found, _mark("error", error.message, error.line, error.column)]


def _codes(found: list[Any]) -> set[str]:
    return {mark["code"] for mark in found}


def _mark(
    severity: str,
    message: str,
    line: int | None = None,
    column: int | None = None,
    *,
    code: str = "",
    fix: str = "",
) -> dict[str, Any]:
    return {
        "severity": severity,
        "message": message,
        "line": line,
        "column": column,
        "code": code,
        "fix": fix,
    }
