"""What was found out about a script: findings, then what the dry run did."""

import dataclasses
from typing import Any

from workbench.am.scripts.client_setters import shown
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.errors import ScriptError
from workbench.sandbox.check import Checked
from workbench.views.page.html import bad, code, escape, page, table
from workbench.views.page.plain import columns, visible_text
from workbench.views.scripts.given import effective, word_for
from workbench.views.scripts.script import outcome_html, outcome_text

WIDTHS = (8, 11, 18, 33, 30)  # per cent, of the table of findings


def checked_json(checked: Checked) -> dict[str, Any]:
    """The object that ``workbench script check --json`` prints."""
    outcome = checked.outcome
    return {
        "accepted": checked.accepted,
        "outcome": {
            "kind": _kind(outcome),
            "may_act": outcome.may_act if _kind(outcome) == "stamped" else None,
            "error": _error(outcome.error),
        }
        | _more(outcome),
        "findings": [dataclasses.asdict(each) for each in checked.findings],
        "log": [{"level": line.level, "text": line.text} for line in outcome.log],
    }


def _kind(outcome: ScriptOutcome) -> str:
    if outcome.error is not None:
        return "error"
    if outcome.stamped:
        return "stamped"
    other = not isinstance(outcome.script, MayActScript) and effective(outcome)
    return word_for(outcome) if other else "nothing"


def _more(outcome: ScriptOutcome) -> dict[str, Any]:
    """What there is beside, where there is any: of other scripts, and of errors."""
    found: dict[str, Any] = {}
    if outcome.error is None and outcome.act_set:
        found["act"] = outcome.act
    if outcome.error is None and outcome.result is not None:
        found["result"] = outcome.result
    if outcome.error is None and outcome.client is not None:
        found["client"] = shown(outcome.client)
    if outcome.stored is not None:
        found["stored"] = outcome.stored
    if outcome.caught:
        found["caught"] = [_error(each.error) for each in outcome.caught]
    return found


def _error(error: ScriptError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {"message": error.message, "line": error.line, "column": error.column}


def checked_text(checked: Checked, *, timing: bool = False) -> str:
    """The same for people."""
    lines = [outcome_text(checked.outcome, timing=timing)]
    if checked.findings:
        lines += ["", *(_finding_text(each) for each in checked.findings)]
    return "\n".join(lines)


def _finding_text(found: Finding) -> str:
    place = f"{found.line}:{found.column}"
    first = (place, found.severity, found.code, visible_text(found.message))
    return columns([first]) + f"\n    {visible_text(found.fix)}"


def checked_html(checked: Checked, *, timing: bool = False) -> str:
    """The same for a notebook."""
    inner = outcome_html(checked.outcome, timing=timing)
    if not checked.findings:
        return inner
    rows = [
        (
            f"{each.line}:{each.column}",
            bad(each.severity) if each.severity == "error" else escape(each.severity),
            code(each.code),
            escape(each.message),
            escape(each.fix),
        )
        for each in checked.findings
    ]
    head = ("Place", "Severity", "Code", "What", "Instead")
    title = "What the linter found"
    return inner + page(table(head, rows, caption=title, widths=WIDTHS))
