"""The engine against the real Rhino, script by script."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from workbench.sandbox.engines import rhino_engine
from workbench.sandbox.engines.engine import QuickJSEngine

from .grammar import Grammar
from .judge import (
    Verdict,
    agree,
    alike,
    told,
    verdict_of_engine,
    verdicts_of_rhino,
)

pytestmark = pytest.mark.rhino

EXAMPLES = 2050  # some are generated twice
CORPUS = Path(__file__).with_name("corpus")


def scripts_in(name: str) -> list[str]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [
        line.replace("⏎", "\n")
        for line in lines
        if line and not line.startswith(("# ", "- "))
    ]


EXCEPTIONS = scripts_in("exceptions.txt")
SCRIPTS = [
    script
    for path in sorted(CORPUS.glob("*.txt"))
    for script in scripts_in(path.name)
    if path.name != "exceptions.txt" and script not in EXCEPTIONS
]


def compared(
    engine: QuickJSEngine, sources: list[str]
) -> list[tuple[str, Verdict, Verdict]]:
    ours = (verdict_of_engine(engine, source) for source in sources)
    return list(zip(sources, verdicts_of_rhino(sources), ours, strict=True))


def test_the_engine_does_with_every_script_of_the_corpus_what_rhino_does(
    engine: QuickJSEngine,
) -> None:
    differing = [case for case in compared(engine, SCRIPTS) if not agree(*case[1:])]

    assert len(SCRIPTS) >= 300
    assert not differing, "\n".join(told(*case) for case in differing)


def test_the_exceptions_are_real(engine: QuickJSEngine) -> None:
    agreeing = [case for case in compared(engine, EXCEPTIONS) if agree(*case[1:])]

    assert not agreeing, "\n".join(told(*case) for case in agreeing)


def test_generated_scripts_do_what_they_do_in_rhino(
    engine: QuickJSEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    generated: dict[str, None] = {}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**64))
    def collect(seed: int) -> None:
        generated[Grammar(seed).script()] = None

    collect()
    cases = compared(engine, list(generated))
    differing = [case for case in cases if not alike(*case[1:])]
    unknown = sum(ours.unknown for _, _, ours in cases)
    stamped = sum(rhino.stamped is not None for _, rhino, _ in cases)
    with capsys.disabled():
        print(
            f"\n{len(cases)} generated scripts, {stamped} stamp something in Rhino; "
            f"{len(differing)} disagreements ({len(differing) / len(cases):.2%}), "
            f"{unknown} not emulated"
        )
        print("\n".join(told(*case) for case in differing))

    assert len(cases) >= 2000
    assert len(differing) < len(cases) / 1000, "\n".join(told(*x) for x in differing)


LISTING = """
function names(object) { return Object.getOwnPropertyNames(object).sort(); }
var listed = {'': names(globalThis)};
listed[''].forEach(function (name) {
    var value = globalThis[name];
    try { listed[name] = names(value); } catch (e) { return; }
    try { listed[name + '.prototype'] = names(value.prototype); } catch (e) {}
});
V(listed);
"""
OURS = {"V", "LISTING", "names", "listed", "token", "globalThis"}


def test_the_members_that_scripts_find_are_those_of_rhino() -> None:
    file = Path(rhino_engine.__file__).parents[1] / "rhino" / "rhino.json"
    members: dict[str, list[str]] = json.loads(file.read_text("utf-8"))

    (verdict,) = verdicts_of_rhino([LISTING])
    listed = json.loads(verdict.stamped["v"].removeprefix("object "))

    assert set(listed[""]) - OURS == set(members[""]) - OURS
    for path in set(listed) - {"", *OURS, *(f"{name}.prototype" for name in OURS)}:
        assert sorted(listed[path]) == sorted(members[path]), path
