"""Memory stays flat, however often tokens are exchanged and however many are kept.

``pytest -n 0 -m load -s tests/load/test_memory.py`` prints what it finds, in about a
minute; with ``WORKBENCH_LOAD=long`` in the environment it exchanges 200,000 times in
each way and keeps a million tokens, which takes about an hour.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

LONG = os.environ.get("WORKBENCH_LOAD") == "long"
EXCHANGES, EVENTS, TOKENS = (200_000, 2_000, 10**6) if LONG else (1_500, 300, 10**5)

pytestmark = [pytest.mark.load, pytest.mark.timeout(4 * 3600 if LONG else 900)]

KEPT = 600 / 1e6
"""Megabytes that the two tokens of an exchange may take where the server keeps them."""

SLACK = 4 if not LONG else 12
"""Megabytes that come and go."""


def ran(module: str, *arguments: object) -> list[dict[str, Any]]:
    """What a process of its own said, line by line."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    print(f"\n{' '.join(command[2:])}", done.stdout, sep="\n", end="")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("way", ["client", "app"])
@pytest.mark.parametrize("kind", ["opaque", "signed"])
def test_exchanges_with_scripts_take_no_more_memory_than_the_tokens_kept(
    kind: str, way: str
) -> None:
    first, *_, last = ran("tests.load.exchanges", EXCHANGES, kind, way, EVENTS)
    assert last["failed"] <= EXCHANGES / 100  # scripts that a busy machine kept waiting
    kept = EXCHANGES * KEPT if kind == "opaque" else 0.0
    assert last["megabytes"] - first["megabytes"] < kept + SLACK
    assert last["megabytes"] < 200


def test_a_million_live_tokens_fit_well() -> None:
    first, *_, last = ran("tests.load.tokens", TOKENS)
    assert last["tokens"] >= TOKENS * 0.99
    assert last["megabytes"] < (1000 if LONG else 100)
    assert last["megabytes"] - first["megabytes"] < TOKENS * 350 / 1e6
