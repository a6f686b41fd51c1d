"""Many senders at once, and one beside many that never get done.

``pytest -n 0 tests/load -m load -s`` prints rates and times; asserted is that nobody
meets an error and that nobody waits for seconds. ``WORKBENCH_LOAD=long`` before it
takes a minute for each instead of seconds.
"""

import pytest

from tests.load.conftest import LONG, Target
from tests.load.dripper import KINDS, dripping
from tests.load.sender import measured

pytestmark = pytest.mark.load

SECONDS = 60 if LONG else 4
BESIDE = 30 if LONG else 2
AIM = 100  # milliseconds, at the median
GROSS = 1000  # milliseconds that only a server that hangs lets pass


@pytest.mark.parametrize("connections", [1, 8, 64, 200])
def test_all_are_answered(target: Target, connections: int) -> None:
    met = measured(
        target.port,
        target.exchange,
        connections=connections,
        seconds=SECONDS,
        ca_file=target.ca_file,
    )

    print(f"\n{'https' if target.ca_file else 'http'}, {met}")
    assert met.errors == 0
    assert met.answers > 0


@pytest.mark.parametrize("kind", KINDS)
def test_one_beside_two_hundred_that_never_get_done(target: Target, kind: str) -> None:
    if "handshake" in kind and target.ca_file is None:
        pytest.skip("there is no handshake without TLS")

    with dripping(target.port, kind, connections=200, ca_file=target.ca_file):
        met = measured(
            target.port,
            target.exchange,
            connections=1,
            seconds=BESIDE,
            ca_file=target.ca_file,
        )

    print(f"\nbeside 200 of {kind} ({met}; aim: p50 under {AIM} ms)")
    assert met.errors == 0
    assert met.p50 < GROSS
