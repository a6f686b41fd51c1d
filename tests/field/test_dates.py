"""Claims that should be seconds since the epoch, and what people write instead."""

import json
import math
import re
from typing import Any

import pytest

from tests.stories import Agents, ask_own_token, exchange, modify_tokens
from workbench import Workbench
from workbench.am.tokens.inspection import Inspection
from workbench.errors import SettingError
from workbench.forms.tokens.timeline import TimelineForm
from workbench.views.chain.parts import token_card
from workbench.views.page.dates import read_date
from workbench.views.tokens.compare import compare
from workbench.views.tokens.seen import known_tokens
from workbench.views.tokens.token import time_left, token_html, token_text

NOW = 1_790_000_000
DAY = "2026-09-21 14:13:20 UTC"

COUNT = re.compile(r"\d (?:s|min|h|d) (?:left|ago)")

COUNTED = [
    (NOW, DAY),
    (NOW + 0.5, DAY),
    (1, "1970-01-01 00:00:01 UTC"),
    (99_999_999_999, "5138-11-16 09:46:39 UTC"),
]

ODD: list[tuple[Any, str]] = [
    (NOW * 1000, f"{NOW * 1000} (milliseconds? {DAY})"),
    (NOW * 10**6, f"{NOW * 10**6} (microseconds? {DAY})"),
    (NOW * 10**9, f"{NOW * 10**9} (nanoseconds? {DAY})"),
    (NOW * 1000.0, f"{NOW * 1000.0} (milliseconds? {DAY})"),
    (NOW * 10**12, f"{NOW * 10**12} (not a date)"),
    (10**30, f"{10**30} (not a date)"),
    (0, "0 (zero: 1970-01-01 00:00:00 UTC)"),
    (-60, "-60 (before 1970: 1969-12-31 23:59:00 UTC)"),
    (-(10**30), "(not a date)"),
    (math.nan, "nan (not a date)"),
    (json.loads("1e400"), "inf (not a date)"),
    (-math.inf, "-inf (not a date)"),
    (str(NOW), f"{NOW} (a text, not a number: {DAY})"),
    (f" {NOW} ", f"(a text, not a number: {DAY})"),
    (str(NOW * 1000), f"(a text, not a number: {NOW * 1000} (milliseconds? {DAY}))"),
    ("1.79e9", f"1.79e9 (a text, not a number: {DAY})"),
    ("1e400", "1e400 (a text, not a number: inf (not a date))"),
    ("2026-09-21T14:13:20Z", f"2026-09-21T14:13:20Z (a text, not a number: {DAY})"),
    ("2026-09-21T16:13:20+02:00", f"(a text, not a number: {DAY})"),
    ("2026-09-21 14:13:20", f"(a text, not a number: {DAY})"),
    ("2026-09-21", "(a text, not a number: 2026-09-21 00:00:00 UTC)"),
    ("Mon, 21 Sep 2026 14:13:20 GMT", f"(a text, not a number: {DAY})"),
    ("soon", "soon (not a date)"),
    ("", "(not a date)"),
    (True, "true (not a date)"),
    (None, "null (not a date)"),
    ([NOW], f"[{NOW}] (not a date)"),
    ({"$date": NOW}, "(not a date)"),
]


@pytest.mark.parametrize(("value", "shown"), COUNTED)
def test_seconds_are_a_date_that_counts(value: float, shown: str) -> None:
    assert read_date(value) == (shown, int(value))
    assert time_left("exp", value, NOW - 60)


@pytest.mark.parametrize(("value", "shown"), ODD)
def test_anything_else_is_told_as_what_it_seems_to_be_and_never_counted(
    value: Any, shown: str
) -> None:
    read = read_date(value)

    assert shown in read.text
    assert read.seconds is None
    assert time_left("exp", value, NOW) == ""


def opened(claims: dict[str, Any]) -> Inspection:
    return Inspection(
        label="token", form="client-side", header=None, introspection=None,
        claims=claims, genuine=True, signature="", state="active", now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf", "auth_time"])
@pytest.mark.parametrize(("value", "shown"), ODD)
def test_every_view_of_a_token_says_so(claim: str, value: Any, shown: str) -> None:
    token = opened({claim: value})
    text = token_text(token)

    assert shown in text
    assert not COUNT.search(text)
    assert not COUNT.search(token_html(token))
    row = compare(token, None, token).row(claim)
    assert shown in row.subject
    if claim == "exp":
        assert not COUNT.search(token_card(token, 0))
        assert "; <" not in token_card(token, 0)


@pytest.mark.parametrize("factor", [1000, 10**6, 10**9])
def test_a_script_that_writes_milliseconds_is_seen_everywhere(
    agents: Agents, factor: int
) -> None:
    wb = agents.wb
    exp = (NOW + 3600) * factor
    modify_tokens(wb, f"accessToken.setField('exp', {exp});", "1.0", "data-agent")

    call = ask_own_token(wb, "data-agent")

    found = wb.inspect(call)
    shown = f"{exp} ({'milli' if factor == 1000 else ''}"
    assert found.claims is not None
    assert found.claims["exp"] == exp
    form = TimelineForm(wb.realm, wb.transcript)
    for face in (str(wb.timeline()), wb.timeline().html, form.html(), form.text()):
        assert shown in face
        assert not COUNT.search(face)
    label = known_tokens(wb.transcript, wb.realm)[0].label
    assert f"exp {exp}" in label
    assert not COUNT.search(label)


def test_other_tokens_are_drawn_as_before_beside_one_with_an_odd_date(
    agents: Agents,
) -> None:
    wb = agents.wb
    ask_own_token(wb, "risk-agent")
    before = wb.timeline().html.count("<rect")
    modify_tokens(
        wb, "accessToken.setField('exp', 1790003600000);", "1.0", "data-agent"
    )
    ask_own_token(wb, "data-agent")

    assert wb.timeline().html.count("<rect") == before
    assert "60 min left" in str(wb.timeline()) or "1 h left" in str(wb.timeline())


def test_a_clock_in_milliseconds_is_refused_by_name() -> None:
    with pytest.raises(SettingError, match="milliseconds"):
        Workbench(now=NOW * 1000)


def test_an_audit_trail_and_its_table_have_whole_dates(agents: Agents) -> None:
    exchange(agents.wb, "risk-agent", agents.token("data-agent"))

    assert "2026-09-21" in str(agents.wb.audit_table()["time"].iloc[-1])
