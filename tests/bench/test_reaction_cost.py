"""How long a tab of the bench takes to answer in a realm with 10,000 agents.

To open it, and to look again after something happened: each by the processor's time,
which is what the page waits for.
"""

import time
from collections.abc import Callable

import pytest

from tests.bench.figures import note
from tests.bench.measuring import bench, exchange, tokens_of
from workbench.forms.parts.form import Form

pytestmark = pytest.mark.bench

AGENTS = 10_000
AIM = 300
"""Milliseconds, at most: what a person takes for at once."""


def milliseconds(work: Callable[..., object], *given: object) -> float:
    start = time.process_time()
    work(*given)
    return (time.process_time() - start) * 1e3


def look(forms: list[Form]) -> None:
    for form in forms:
        form.refresh()


def test_a_tab_answers_at_once_among_ten_thousand_agents() -> None:
    wb = bench()
    for number in range(AGENTS):
        wb.realm.register_agent(f"agent-{number:05}", secret="s")
    exchange(wb, *tokens_of(wb))()
    form, again = wb.forms(), {}

    opened = {tab: milliseconds(form.go_to, tab) for tab in form.makers}
    for tab in form.makers:
        shown = form.go_to(tab)
        again[tab] = min(milliseconds(look, shown) for _ in range(5))

    for what, found in (("opened", opened), ("looks again", again)):
        note(
            f"the slowest tab {what} among {AGENTS:,} agents",
            max(found.values()),
            "ms",
            AIM,
            beside=", ".join(f"{tab} {found[tab]:.0f}" for tab in found),
        )
