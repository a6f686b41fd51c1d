"""Scripts on benches of one clock and one seed say the same, wherever they run."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.issuing.run_script import realm_bindings
from workbench.am.scripts.script import MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine

ROOT = Path(__file__).parents[2]
PLACES = [
    {"TZ": "Asia/Kathmandu", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    {"TZ": "Pacific/Chatham", "LANG": "C", "PYTHONHASHSEED": "3"},
]
ENGINES = ["quickjs", "in-process", pytest.param("rhino", marks=pytest.mark.rhino)]


@cache
def logged(engine: str, place: int) -> list[dict[str, list[str]]]:
    """What the scripts log of a process in another place of the world."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.field.all_that_varies", engine],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=os.environ | PLACES[place],
        text=True,
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("engine", ENGINES)
def test_three_benches_of_one_seed_and_clock_say_the_same_everywhere(
    engine: str,
) -> None:
    first, second, third = (logged(engine, place) for place in range(3))

    assert first == second == third
    assert [len(contexts) for contexts in first] == [6, 7]


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_each_engine_says_what_the_default_one_says(engine: str) -> None:
    assert logged(engine, 1) == logged("quickjs", 1)


def test_the_time_is_the_benchs_in_utc() -> None:
    for contexts in logged("quickjs", 0):
        for lines in contexts.values():
            assert lines[0].startswith(
                "Mon Sep 21 2026 14:13:20 GMT-0000 (UTC),1790000000000,"
            )


def said(wb: Workbench, source: str) -> Any:
    """What a script gives that is tried on a bench, with a token of its own."""
    script = MayActScript(id="1", name="Tried", source=source)
    with QuickJSEngine() as engine:
        outcome = engine.run(script, realm_bindings(wb.realm, {}))
    assert outcome.error is None, outcome.error
    return outcome.returned


def test_time_goes_on_when_the_bench_is_advanced() -> None:
    with Workbench(now=1_790_000_000, seed="later") as wb:
        wb.realm.clock.advance(3600)

        assert said(wb, "Date.now()") == 1_790_003_600_000
        assert said(wb, "new Date().getTime()") == 1_790_003_600_000


def test_without_a_seed_and_with_the_systems_clock_all_varies_as_usual() -> None:
    with Workbench() as wb:
        source = "[Math.random(), utils.crypto.randomUUID(), Date.now()]"
        first, second = said(wb, source), said(wb, source)

        assert first[0] != second[0]
        assert first[1] != second[1]
        assert abs(first[2] / 1000 - wb.realm.clock.now()) < 60


def test_a_clock_that_runs_ahead_does_so_in_scripts() -> None:
    with Workbench() as wb:
        wb.realm.clock.advance(86_400)

        assert abs(said(wb, "Date.now()") / 1000 - wb.realm.clock.now()) < 60


def test_a_seed_alone_decides_what_is_random() -> None:
    values = []
    for seed in ("one", "one", "other"):
        with Workbench(seed=seed) as wb:
            values.append([said(wb, "Math.random()") for _ in range(3)])

    assert values[0] == values[1] != values[2]
    assert len(set(values[0])) == 3
    assert all(0 <= value < 1 for value in values[0])
