"""Whether an exchange costs the same however much a realm holds; what a chain costs.

Benches of each size take turns; a figure is the cost at that size as a multiple of the
cost at the smallest. ``--long`` goes to a million tokens and events.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.bench.figures import note
from tests.bench.measuring import bench, costs, exchange, tokens_of
from workbench.am.admin.audit import Event
from workbench.am.tokens.token import Making

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
AGENTS = (10, 1_000, 100_000)
SHORT, LONG = (1_000, 100_000), (1_000, 100_000, 1_000_000)
DEPTHS = (1, 10, 50, 100)
FLAT = 1.25
"""At most: what a measurement of the same thing varies by, and no more."""

SERVER_SIDE = Making(client_side=False, algorithm="HS256")
CLIENT_SIDE = Making(client_side=True, algorithm="HS256")


def note_flat(
    what: str, sizes: Iterable[int], works: Iterable[Callable[[], object]]
) -> None:
    found = dict(zip(sizes, costs(*works, repeats=40), strict=True))
    smallest, *others = found
    for size in others:
        note(
            f"one exchange beside {size:,} {what}",
            found[size] / found[smallest],
            f"times that beside {smallest:,}",
            FLAT,
            beside=f"{found[size]:.0f} us and {found[smallest]:.0f} us",
        )


def test_flat_in_agents() -> None:
    benches = [bench() for _ in AGENTS]
    for wb, size in zip(benches, AGENTS, strict=True):
        for number in range(size):
            wb.realm.register_agent(f"agent-{number}", secret="s")

    note_flat("agents", AGENTS, [exchange(wb, *tokens_of(wb)) for wb in benches])


def test_flat_in_tokens(long_form: bool) -> None:
    sizes = LONG if long_form else SHORT
    benches = [bench() for _ in sizes]
    works = []
    for wb, size in zip(benches, sizes, strict=True):
        wb.provider.statelessTokensEnabled = False
        subject, actor = tokens_of(wb)
        claims = wb.inspect(subject).claims or {}
        for number in range(size):
            wb.realm.tokens.make({**claims, "jti": str(number)}, SERVER_SIDE)
        works.append(exchange(wb, subject, actor))

    note_flat("server-side tokens", sizes, works)


def test_flat_in_events(long_form: bool) -> None:
    sizes = LONG if long_form else SHORT
    benches = [bench() for _ in sizes]
    for wb, size in zip(benches, sizes, strict=True):
        for number in range(size):
            event = Event(time=number, kind="token", summary=f"Event {number}.")
            wb.realm.recorder.record(event)

    note_flat("events", sizes, [exchange(wb, *tokens_of(wb)) for wb in benches])


def test_linear_in_the_depth_of_a_chain() -> None:
    wb = bench()
    subject, actor = tokens_of(wb)
    claims = dict(wb.inspect(subject).claims or {})

    def delegated(depth: int) -> str:
        act: dict[str, Any] = {"sub": "(age!agent-0)"}
        for number in range(1, depth):
            act = {"sub": f"(age!agent-{number})", "act": act}
        return wb.realm.tokens.make({**claims, "act": act}, CLIENT_SIDE).value

    works = [exchange(wb, delegated(depth), actor) for depth in DEPTHS]
    found = dict(zip(DEPTHS, costs(*works), strict=True))
    short, long = ((found[each] - found[1]) / (each - 1) for each in (50, 100))

    note(
        "one more actor in a chain of up to 100",
        long / short,
        "times one more in a chain of up to 50",
        1.5,
        beside=", ".join(f"{depth}: {cost:.0f} us" for depth, cost in found.items()),
    )
