"""The same values as pandas tables, for those who want to filter and count.

A table is data: a cell holds what was sent, with its characters made visible. A
spreadsheet takes a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for
a formula, and anybody can choose such a client id. So open a file that ``to_csv`` wrote
as text, or not in a spreadsheet at all.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workbench.am.admin.audit import Event
from workbench.am.basics.clock import LATEST
from workbench.am.exchange.decision import Decision
from workbench.views.audit import refusing_rule
from workbench.views.calls.call import CallLike, path, target
from workbench.views.calls.transcript import about, client, says
from workbench.views.page.left_out import as_now
from workbench.views.page.plain import visible_text, when
from workbench.views.tokens.compare import Comparison

if TYPE_CHECKING:
    import pandas as pd


def _frame(rows: list[dict[str, Any]], names: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows, columns=list(names))


AUDIT = (
    "time",
    "kind",
    "client_id",
    "status",
    "error",
    "rule",
    "scripts",
    "issued",
    "summary",
)


def audit_frame(events: Iterable[Event]) -> "pd.DataFrame":
    """One row an event; ``rule`` is the rule that refused, or "".

    Rows are counted from the very first event, so that those of a trail that left
    events out begin later. ``time`` is a date, or a text where one lies beyond the
    year 9999.
    """
    import pandas as pd

    shown = as_now(events)
    rows = [
        {
            "time": event.time,
            "kind": visible_text(event.kind),
            "client_id": visible_text(event.client_id),
            "status": event.status,
            "error": visible_text(event.error),
            "rule": visible_text(refusing_rule(event)),
            "scripts": len(event.scripts),
            "issued": len(event.issued),
            "summary": visible_text(event.summary),
        }
        for event in shown
    ]
    frame = _frame(rows, AUDIT)
    frame.index = pd.Index(shown.numbers) - 1
    frame["time"] = _dates(frame["time"])
    return frame


def _dates(times: "pd.Series[Any]") -> "pd.Series[Any]":
    """Dates in whole seconds; nanoseconds would end in the year 2262."""
    if any(each > LATEST for each in times):
        return times.map(when)
    return times.astype("int64").astype("datetime64[s]").dt.tz_localize("UTC")


DECISION = (
    "rule",
    "passed",
    "decides",
    "expected",
    "found",
    "decided_by",
    "source",
    "error",
    "description",
)


def decision_frame(decision: Decision) -> "pd.DataFrame":
    """One row a rule, numbered from one; ``decides`` marks the refusal."""
    rows = [
        {
            "rule": visible_text(check.rule),
            "passed": check.passed,
            "decides": check is decision.refusal,
            "expected": visible_text(check.expected),
            "found": visible_text(check.found),
            "decided_by": visible_text(check.decided_by),
            "source": visible_text(check.source),
            "error": "" if check.passed else visible_text(check.error),
            "description": "" if check.passed else visible_text(check.description),
        }
        for check in decision.checks
    ]
    return _numbered(_frame(rows, DECISION), decision.checks)


COMPARISON = ("claim", "subject", "actor", "issued", "change", "decided_by", "why")


def comparison_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row a claim."""
    return _frame([asdict(row) for row in comparison.rows], COMPARISON)


TRANSCRIPT = ("method", "path", "url", "grant_type", "client_id", "status", "says")


def transcript_frame(calls: Iterable[CallLike]) -> "pd.DataFrame":
    """One row a call, numbered as in the transcript; without tokens and secrets."""
    shown = as_now(calls)
    rows = [
        {
            "method": visible_text(call.method),
            "path": path(call),
            "url": target(call),
            "grant_type": about(call),
            "client_id": client(call),
            "status": call.status,
            "says": says(call),
        }
        for call in shown
    ]
    return _numbered(_frame(rows, TRANSCRIPT), shown)


def _numbered(frame: "pd.DataFrame", shown: Iterable[object]) -> "pd.DataFrame":
    import pandas as pd

    frame.index = pd.Index(as_now(shown).numbers)
    return frame.rename_axis("number")
