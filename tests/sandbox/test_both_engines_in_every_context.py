"""Each script of the corpus comes to the same in both engines, whatever runs it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, ScriptOutcome
from workbench.errors import ScriptNotEmulated
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.rhino_engine import RhinoEngine

from .worlds import WORLDS, run_in

pytestmark = pytest.mark.rhino

FOLDER = Path(__file__).with_name("corpus_by_context")
VERSIONS = {"1": LEGACY, "2": NEXT_GENERATION}


class Case(NamedTuple):
    context: str
    version: str
    source: str


def cases() -> list[Case]:
    found = []
    for context in WORLDS:
        lines = (FOLDER / f"{context}.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith(("1", "2")):
                versions, _, source = line.partition(" ")
                source = source.replace("⏎", "\n")
                found += [Case(context, VERSIONS[each], source) for each in versions]
    return found


@pytest.fixture(scope="module")
def rhino() -> Iterator[RhinoEngine]:
    with RhinoEngine(time_limit=20) as engine:
        yield engine


def told(outcome: ScriptOutcome) -> dict[str, object]:
    """All that a script comes to; of an error the words are each engine's own."""
    error = outcome.error
    return {
        "may act": (outcome.stamped, outcome.may_act),
        "act": (outcome.act_set, outcome.act),
        "returned": outcome.returned,
        "stored": outcome.stored,
        "client": outcome.client,
        "result": outcome.result,
        "log": [(line.level, line.text) for line in outcome.log],
        "error": None if error is None else error.line,
        "failed": error is not None,
    }


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_script_comes_to_the_same_in_both_engines(
    engine: QuickJSEngine, rhino: RhinoEngine, case: Case
) -> None:
    ours, theirs = run_in(engine, *case), run_in(rhino, *case)

    assert not isinstance(ours.error, ScriptNotEmulated), ours.error
    assert told(ours) == told(theirs), f"{ours.error} | {theirs.error}"


def test_the_corpus_has_every_context_in_each_of_its_dialects() -> None:
    there = {(case.context, case.version) for case in cases()}

    assert there == {
        (name, version)
        for name, world in WORLDS.items()
        for version in world.kind.contexts
    }
