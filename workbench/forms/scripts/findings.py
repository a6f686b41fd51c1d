"""What is wrong in a script, as the editor marks it."""

from collections.abc import Iterable
from typing import Any

from workbench.am.scripts.finding import Finding
from workbench.am.scripts.script import MayActScript, ScriptOutcome

NOT_STAMPED = {"no-set-may-act", "returned-claim", "caught-error", "unknown-member"}
"""Codes with which a linter has said already why nothing is stamped."""


def finding_widgets(linted: Iterable[Finding]) -> list[Any]:
    """The linter's findings alone."""
    return [
        _mark(f.severity, f.message, f.line, f.column, code=f.code, fix=f.fix)
        for f in linted
    ]


def marks(outcome: ScriptOutcome, linted: Iterable[Finding] = ()) -> list[Any]:
    """The linter's findings, then what a dry run says.

    A failure at a place that the linter has named already is not said twice.

    Args:
        outcome: A dry run of the script.
        linted: What a linter found in it.
    """
    named = finding_widgets(linted)
    error = outcome.error
    if error is None:
        other = not isinstance(outcome.script, MayActScript)
        stamped = outcome.stamped or outcome.act_set or other
        told = stamped or NOT_STAMPED & _codes(named)
        return named if told else [*named, _mark("warning", outcome.remark)]
    said = {mark["line"] for mark in named if mark["severity"] == "error"}
    if error.line in said or (error.line is None and said):
        return named
    return [*named, _mark("error", error.message, error.line, error.column)]


def _codes(marked: list[Any]) -> set[str]:
    return {mark["code"] for mark in marked}


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
