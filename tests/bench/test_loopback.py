"""How many exchanges a second go over loopback, and how many at other servers.

``pytest -n 0 tests/bench -m bench -s`` measures the bench alone, and
``-m bench_peers`` installs two others into a folder of its own and measures all in
turns, so that a busy machine is as busy for one as for the others. Each server is a
process, and so is what sends. Only errors are asserted about.
"""

from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from tests.bench.figures import note
from tests.bench.other_servers import (
    Exchange,
    authgent_server,
    oidc_provider,
    ours,
)

SECONDS, ROUNDS = 2, 5
WARM, WARM_UP = 4000, 20
"""Answers after which Node.js has compiled what it runs, and seconds given for them."""

CONNECTIONS = (1, 8)
MANY = (*CONNECTIONS, 64, 200)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the other servers are installed."""
    return tmp_path_factory.mktemp("peers")


def rates(connections: int, *servers: Exchange) -> list[float]:
    """Answers a second of each: the median of rounds in turn."""
    for each in servers:  # what is made once is made now, and compiled
        answers = 0
        for _ in range(WARM_UP // SECONDS):
            answers += each.measured(8, SECONDS).answers
            if answers > WARM:
                break
    rounds = [
        [each.measured(connections, SECONDS).rate for each in servers]
        for _ in range(ROUNDS)
    ]
    return [median(each) for each in zip(*rounds, strict=True)]


@pytest.mark.bench
@pytest.mark.parametrize("connections", MANY)
def test_exchanges_over_loopback(connections: int) -> None:
    with ours("ES256") as one, ours("ES256", "two") as two:
        with_one = one.measured(connections, SECONDS)
        with_two = two.measured(connections, SECONDS)

    for tokens, met in (("one token", with_one), ("two tokens", with_two)):
        note(
            f"exchanges over loopback, ES256, {tokens}, {connections} connections",
            met.rate,
            "a second",
            beside=f"p50 {met.p50:.1f} ms, p99 {met.p99:.1f} ms, no errors",
        )


@pytest.mark.bench_peers
@pytest.mark.parametrize("connections", CONNECTIONS)
@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_beside_oidc_provider(folder: Path, algorithm: str, connections: int) -> None:
    with ExitStack() as stack:
        servers = [
            stack.enter_context(each)
            for each in (
                ours(algorithm),
                ours(algorithm, "two"),
                oidc_provider(folder, algorithm),
            )
        ]
        one, two, other = rates(connections, *servers)

    note(
        f"exchanges over loopback, {algorithm}, {connections} connections",
        one / other,
        "times oidc-provider",
        1,
        at_least=True,
        beside=f"{one:.0f}/s, with two tokens {two:.0f}/s, oidc-provider {other:.0f}/s",
    )


@pytest.mark.bench_peers
def test_beside_authgent_server(folder: Path) -> None:
    with ours("ES256") as served, authgent_server(folder) as peer:
        one, other = rates(1, served, peer)

    note(
        "exchanges over loopback, ES256, 1 connection",
        one / other,
        "times authgent-server",
        100,
        at_least=True,
        beside=f"{one:.0f}/s, authgent-server {other:.1f}/s",
    )
