"""The trail and the clock that dates it."""

import time

import pytest

from tests.stories import Agents, refusal_of
from workbench import Workbench
from workbench.am.basics.clock import Clock
from workbench.errors import NotYet


def test_a_fresh_bench_has_no_decision_yet(wb: Workbench) -> None:
    with pytest.raises(NotYet, match="No token has been exchanged"):
        _ = wb.decision


def test_the_trail_keeps_exchanges_granted_and_refused(agents: Agents) -> None:
    agents.exchange()
    agents.exchange(scope="admin")
    agents.token("risk-agent")

    assert [event.status for event in agents.wb.audit.exchanges] == [200, 400]
    assert refusal_of(agents.wb.decision).error == "invalid_scope"


def test_events_are_dated_by_the_benchs_clock(agents: Agents) -> None:
    agents.wb.clock.advance(seconds=60)
    agents.token("risk-agent")

    assert agents.wb.audit[-1].time == 1_790_000_060


def test_the_trail_is_a_table_with_a_row_an_event(agents: Agents) -> None:
    agents.exchange(scope="admin")

    table = agents.wb.audit_table()

    assert len(table) == len(agents.wb.audit)
    assert table.iloc[-1]["rule"] == "The client may have every scope asked for"


def test_a_clock_that_is_not_frozen_follows_the_system() -> None:
    clock = Clock()

    clock.advance(seconds=100)

    assert not clock.frozen
    assert abs(clock.now() - time.time() - 100) < 5
    assert repr(Clock(5)) == "<Clock 5 frozen>"
