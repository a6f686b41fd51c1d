"""A world is rehearsed ahead of its script: for nobody, and nothing of it stays."""

import json

import pytest
import quickjs

from workbench.sandbox.work.budget import Budget
from workbench.sandbox.work.worlds import REHEARSAL, Worlds, read_parts

CONTEXTS = [name for name in read_parts() if name.isupper()]
LOOKS_AROUND = (
    "$rhino.start(false); var seen = [];"
    "for (var name in this) seen.push(name + ' ' + typeof this[name]);"
    "logger.error(seen.join());"
    "logger.error('' + [new Date(0).getTime(), Math.random(), scriptName, realm]);"
)


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_bindings_of_each_script_context_are_rehearsed(context: str) -> None:
    worlds = Worlds(quickjs)
    worlds.prepare(context)

    worlds.rehearse(context)  # a member that a context misses would raise here


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_script_sees_nothing_of_the_rehearsal(context: str) -> None:
    worlds = Worlds(quickjs)
    reports = [report_of(worlds, context, rehearsals) for rehearsals in (0, 1, 2)]

    assert "logger object" in reports[0]
    assert "theirs" in reports[0]
    assert reports[1:] == reports[:1] * 2


def report_of(worlds: Worlds, context: str, rehearsals: int) -> str:
    worlds.prepare(context)
    for _ in range(rehearsals):
        worlds.rehearse(context)
    question = REHEARSAL | {
        "source": LOOKS_AROUND,
        "codes": {},
        "limit": 10_000,
        "clock": {"now": 0, "ahead": 0},
        "scriptName": "theirs",
        "surroundings": REHEARSAL["surroundings"] | {"seed": "theirs"},  # type: ignore[operator]
    }
    report, stopped = worlds.run(context, json.dumps(question), Budget(60), 2**26)
    assert report is not None
    assert stopped == ""
    return report
