from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from pandas import DataFrame

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.clock import LATEST
from workbench.am.exchange.decision import Decision
from workbench.am.tokens.inspection import Inspection
from workbench.views.audit import audit_html, audit_text
from workbench.views.frames import (
    audit_frame,
    comparison_frame,
    decision_frame,
    transcript_frame,
)
from workbench.views.tokens.compare import compare

from .conftest import Calls


@pytest.mark.parametrize("time", [0, 32_503_680_000, LATEST])
def test_a_table_has_dates_until_the_year_9999(time: int) -> None:
    table = audit_frame([Event(time=time, kind="setting")])

    assert str(table["time"].dt.tz) == "UTC"
    assert table["time"].dt.year[0] == datetime.fromtimestamp(time, UTC).year
    assert str(datetime.fromtimestamp(time, UTC).date()) in table.to_string()
    assert str(table["time"][0])[:10] in audit_text([Event(time=time, kind="setting")])


@pytest.mark.parametrize("time", [LATEST + 1, 10**18, 10**30])
def test_beyond_it_a_table_has_texts(time: int) -> None:
    table = audit_frame([Event(time=0, kind="setting"), Event(time=time, kind="x")])

    assert list(table["time"]) == ["1970-01-01 00:00:00 UTC", f"{time} (not a date)"]
    assert table.to_csv()
    assert f"{time} (not a date)" in audit_html([Event(time=time, kind="x")])


def test_an_empty_table_has_dates_too() -> None:
    assert str(audit_frame([])["time"].dt.tz) == "UTC"


def test_shows_what_happened_in_order(events: AuditTrail) -> None:
    lines = audit_text(events).splitlines()

    assert lines[0].split() == ["#", "Time", "What", "Who", "Answer", "Summary"]
    assert "2026-09-21 14:13:20 UTC" in lines[1]
    assert "administrator" in lines[1]
    assert "✗ 400 invalid_request" in lines[2]
    assert "rule: may_act is there" in lines[2]


def test_a_refusal_is_marked_with_a_word_and_a_symbol(events: AuditTrail) -> None:
    assert "✗ 400" in audit_html(events)


def test_where_a_script_failed_its_line_stands_below() -> None:
    hint = "ReferenceError: x is not defined (line 1, column 1)\n    x;"
    trail = AuditTrail(
        [Event(time=0, kind="refusal", summary="Refused", status=500, hint=hint)]
    )

    assert "column 1)</small><br><small>x;</small>" in audit_html(trail)
    assert audit_text(trail).endswith("(line 1, column 1) | x;")


def test_says_when_nothing_has_happened() -> None:
    assert audit_text(AuditTrail()) == "Nothing has happened yet."
    assert "Nothing has happened yet." in audit_html(AuditTrail())


def test_the_audit_frame_has_one_row_an_event(events: AuditTrail) -> None:
    frame = audit_frame(events)

    assert str(frame["time"].dt.tz) == "UTC"
    assert frame["time"].iloc[0].isoformat() == "2026-09-21T14:13:20+00:00"
    assert list(frame["kind"]) == ["register", "exchange"]
    assert list(frame["rule"]) == ["", "may_act is there"]
    assert list(frame["status"]) == [0, 400]


def test_the_decision_frame_has_one_row_a_check(refused: Decision) -> None:
    frame = decision_frame(refused)

    assert list(frame.index) == [1, 2, 3]
    assert list(frame["decides"]) == [False, True, False]


def test_the_comparison_frame_has_one_row_a_claim(
    subject: Inspection, actor: Inspection, issued: Inspection
) -> None:
    frame = comparison_frame(compare(subject, actor, issued)).set_index("claim")

    assert frame.loc["may_act", "change"] == "dropped"


def test_the_transcript_frame_has_no_secret(call: Calls) -> None:
    frame = transcript_frame([call()])

    assert frame.loc[1, "grant_type"] == "token-exchange"
    assert "mySecret" not in frame.to_csv()


@pytest.mark.parametrize("make", [audit_frame, transcript_frame])
def test_a_frame_of_nothing_has_its_columns(
    make: Callable[[Sequence[Any]], DataFrame],
) -> None:
    assert len(make([])) == 0
    assert "status" in make([])
