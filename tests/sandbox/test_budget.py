"""One budget a script: whatever it takes, it takes of one second and gives it back."""

import gc
import itertools
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, ScriptOutcome
from workbench.errors import ScriptError, ScriptNotEmulated, ScriptTimeout
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.remembered import MOST, KnownScript, KnownScripts

from .bombs import BOMBS, deep, many
from .conftest import bindings, error_of, script
from .worlds import WORLDS, run_in

ALL = [bomb for bombs in BOMBS.values() for bomb in bombs]
TIME = 0.3  # seconds, for most of these
BOUND = 6.0  # seconds that only a hang would miss, also on a busy machine
KEPT = 40 * 1024 * 1024  # bytes that may stay of what a script took
GOOD = "logger.error('here'); 'alive'"
CONTEXTS = [
    (name, version)
    for name, world in WORLDS.items()
    for version in world.kind.contexts
    if version in (LEGACY, NEXT_GENERATION)
]
TWO_HUNDRED = list(zip(itertools.cycle(CONTEXTS), ALL * 2, strict=False))


@pytest.fixture(scope="module")
def brief() -> Iterator[QuickJSEngine]:
    with QuickJSEngine(time_limit=TIME) as engine:
        yield engine


def run(engine: QuickJSEngine, source: str) -> ScriptOutcome:
    return engine.run(script(source), bindings())


def resident(pid: int | None) -> int:
    statm = Path(f"/proc/{pid}/statm")
    if pid is None or not statm.exists():
        return 0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def is_alive(outcome: ScriptOutcome) -> bool:
    """Whether the script ran, even where AM wants more of its kind."""
    return [line.text for line in outcome.log] == ["here"]


def short(bomb: object) -> str:
    return str(bomb)[:40] if isinstance(bomb, str) else ""


# ---- Whatever a script does ------------------------------------------------------


@pytest.mark.parametrize("bomb", ALL, ids=short)
def test_a_script_that_takes_too_much_is_stopped_and_gives_it_back(
    brief: QuickJSEngine, bomb: str
) -> None:
    run(brief, GOOD)
    worker, before = brief.worker_pid, resident(brief.worker_pid)

    started = time.monotonic()
    outcome = run(brief, bomb)
    taken = time.monotonic() - started

    assert error_of(outcome).message not in ("", "Error: eval")
    assert taken < BOUND
    assert run(brief, GOOD).error is None
    assert brief.worker_pid == worker
    assert resident(worker) < before + KEPT


@pytest.mark.load
def test_two_hundred_bad_scripts_of_all_kinds_are_survived() -> None:
    assert len(TWO_HUNDRED) >= 200
    with QuickJSEngine() as engine:
        for name, version in CONTEXTS:
            run_in(engine, name, version, GOOD)
        worker, before = engine.worker_pid, resident(engine.worker_pid)
        own = resident(os.getpid())

        for (name, version), bomb in TWO_HUNDRED:
            started = time.monotonic()
            outcome = run_in(engine, name, version, bomb)
            taken = time.monotonic() - started
            assert isinstance(outcome.error, ScriptError), bomb[:80]
            assert taken < 2 * engine.limits.wall + 1, bomb[:80]
            assert is_alive(run_in(engine, name, version, GOOD)), bomb[:80]

        gc.collect()
        assert engine.worker_pid == worker
        assert resident(worker) < before + KEPT
        assert resident(os.getpid()) < own + KEPT


# ---- All stages share the time ----------------------------------------------------


@pytest.mark.parametrize(
    "source", ["eval('1 + ' + 1)", "for (var i = 0; i < 17; i++) eval(i + ';')"]
)
def test_the_first_run_and_the_later_ones_come_to_the_same(source: str) -> None:
    with QuickJSEngine(time_limit=10 * TIME) as engine:  # a busy machine is slow
        outcomes = [run(engine, source) for _ in range(3)]

    assert len({str(each.error) for each in outcomes}) == 1
    assert len({each.returned for each in outcomes}) == 1


def test_texts_for_eval_that_change_each_time_are_not_too_many_in_the_end() -> None:
    source = "for (var i = 0; i < 5; i++) eval(realm + i)"
    with QuickJSEngine(time_limit=5) as engine:
        for turn in range(5):
            outcome = engine.run(script(source), bindings(realm=f"{turn}"))

            assert outcome.error is None


def test_a_text_that_stands_in_the_script_is_read_with_it(
    brief: QuickJSEngine,
) -> None:
    source = "eval('1 + 1') + Function('a', 'b', 'return a * b')(4, 10)"

    assert run(brief, source).returned == 42
    known = brief.read(source)
    assert set(known.codes) == {
        "1 + 1",
        "(function anonymous(a,b\n) {\nreturn a * b\n})",
    }


def test_a_text_for_eval_that_cannot_be_read_in_time_stops_the_script(
    brief: QuickJSEngine,
) -> None:
    outcome = run(brief, "eval(new Array(4900).join('a = 1;') + Math.random())")

    assert outcome.error is None or isinstance(outcome.error, ScriptTimeout)


def test_the_second_run_that_finds_a_place_takes_of_the_same_time() -> None:
    slow = "var s = 'a'.repeat(1e7); for (var i = 0; i < %d; i++) s.indexOf('b');"
    with QuickJSEngine(time_limit=1) as engine:
        started = time.monotonic()
        outcome = run(engine, slow.replace("%d", "40") + " s.missing();")

        assert time.monotonic() - started < BOUND
        assert outcome.error is not None


# ---- Memory ------------------------------------------------------------------------


def test_what_is_remembered_of_scripts_is_bounded_by_its_size() -> None:
    known = KnownScripts()

    for number in range(50):
        known.keep(KnownScript(text=f"{number}", source="x" * 200_000))
        known.keep(KnownScript(text=f"{number}", source="y" * 200_000))

    assert known._size <= MOST
    assert known.find("0") is None
    assert known.find("49") is not None
    assert len(known._by_text) == MOST // 200_002


# ---- Too large, in words ------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a = 1;\n" * 6000, (5001, 1)),
        ("\n'" + "\U0001f600" * 300_000 + "'", (2, 262_144)),
    ],
)
def test_a_script_that_is_too_large_is_refused_at_once_and_in_words(
    brief: QuickJSEngine, source: str, place: tuple[int, int]
) -> None:
    error = error_of(run(brief, source))

    assert isinstance(error, ScriptNotEmulated)
    assert "Not emulated: a script of more than " in error.message
    assert "AM takes larger ones. Make it shorter" in error.message
    assert (error.line, error.column) == place


def test_a_library_counts_as_part_of_the_script(brief: QuickJSEngine) -> None:
    libraries = {
        "a": "'" + "x" * 200_000 + "'",
        "b": "exports.b = '" + "y" * 100_000 + "'",
    }

    outcome = brief.run(
        script("require('a'); require('b')"), bindings(libraries=libraries)
    )

    assert "with its libraries" in error_of(outcome).message


def test_a_library_that_nobody_requires_takes_no_time() -> None:
    libraries = {f"l{n}": many("a=1;", 4900) for n in range(20)}
    with QuickJSEngine() as engine:
        outcome = engine.run(script("1 + 1"), bindings(libraries=libraries))

        assert outcome.returned == 2


@pytest.mark.parametrize(
    "source",
    ["require('lib').a", "var r = require; r('lib').a", "require('l' + 'ib').a"],
)
def test_a_library_is_found_however_it_is_named(
    brief: QuickJSEngine, source: str
) -> None:
    libraries = {"lib": "exports.a = require('inner').a;", "inner": "exports.a = 7;"}

    assert brief.run(script(source), bindings(libraries=libraries)).returned == 7


# ---- The linter, and whoever reads --------------------------------------------------


@pytest.mark.parametrize(
    "bomb",
    [*BOMBS["is more than is read"], *BOMBS["is deeper than is read"]],
    ids=short,
)
def test_the_linter_has_a_budget_too(brief: QuickJSEngine, bomb: str) -> None:
    started = time.monotonic()
    findings = brief.lint(script(bomb))
    _, guess = brief.look(bomb)

    assert time.monotonic() - started < BOUND
    assert findings
    assert all(each.message and each.fix for each in findings)
    assert guess is None


def test_a_linter_that_does_not_come_to_its_end_says_so() -> None:
    with QuickJSEngine(time_limit=0.001) as engine:
        found = engine.lint(script(deep("if (a) {", "}", 100, many("a.b(c);", 1500))))

    assert [each.code for each in found] in (["not-linted"], ["not-emulated"])


# ---- The worker ---------------------------------------------------------------------


def test_scripts_of_all_kinds_in_turns_need_one_worker() -> None:
    with QuickJSEngine(time_limit=5) as engine:
        run(engine, GOOD)
        worker = engine.worker_pid

        for (name, version), _ in zip(
            itertools.cycle(CONTEXTS), range(100), strict=False
        ):
            assert is_alive(run_in(engine, name, version, GOOD))

        assert len(CONTEXTS) > 7
        assert engine.worker_pid == worker


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc")
def test_a_worker_keeps_few_children_and_files(brief: QuickJSEngine) -> None:
    for name, version in CONTEXTS:
        run_in(brief, name, version, GOOD)

    files = os.listdir(f"/proc/{brief.worker_pid}/fd")
    children = Path(f"/proc/{brief.worker_pid}/task/{brief.worker_pid}/children")

    assert len(files) <= 3 + 2 * 4 + 2  # one of them may be in the making
    assert len(children.read_text().split()) <= 2 * 4  # some of them are ending


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc")
def test_a_child_that_is_killed_is_not_the_worker(brief: QuickJSEngine) -> None:
    run(brief, GOOD)
    worker = brief.worker_pid
    children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()

    for child in children:
        with suppress(ProcessLookupError):  # it ended by itself meanwhile
            os.kill(int(child), 9)
    outcome = run(brief, GOOD)

    assert outcome.error is None or "crashed its engine" in outcome.error.message
    assert run(brief, GOOD).error is None
    assert brief.worker_pid == worker


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")
def test_where_no_process_can_be_had_the_question_is_answered_and_asked_again() -> None:
    import resource

    with QuickJSEngine(time_limit=TIME) as engine:
        run(engine, GOOD)
        worker = engine.worker_pid
        assert worker is not None
        many_files = resource.prlimit(worker, resource.RLIMIT_NOFILE)

        resource.prlimit(worker, resource.RLIMIT_NOFILE, (4, many_files[1]))
        refused = [run_in(engine, name, version, GOOD) for name, version in CONTEXTS]
        resource.prlimit(worker, resource.RLIMIT_NOFILE, many_files)

        assert "found no process for the script (" in error_of(refused[-1]).message
        assert error_of(refused[-1]).hint.endswith("tries to start it again.")
        assert run(engine, GOOD).error is None
        assert engine.worker_pid == worker


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")
def test_a_child_without_memory_is_not_the_worker(brief: QuickJSEngine) -> None:
    import resource

    run(brief, GOOD)
    worker = brief.worker_pid
    assert worker is not None
    before = resource.prlimit(worker, resource.RLIMIT_AS)
    size = int(Path(f"/proc/{worker}/statm").read_text().split()[0])
    little = size * os.sysconf("SC_PAGE_SIZE") + 8 * 1024 * 1024

    resource.prlimit(worker, resource.RLIMIT_AS, (little, before[1]))
    outcomes = [run(brief, f"{many('a.b(1, 2);', 1200)} {n}") for n in range(3)]
    resource.prlimit(worker, resource.RLIMIT_AS, before)

    assert all(error_of(each).message for each in outcomes)
    assert run(brief, GOOD).error is None


def test_where_nobody_can_be_killed_the_stages_share_the_time_as_well() -> None:
    with QuickJSEngine(time_limit=0.3, in_process=True) as engine:
        for bomb in (
            "for (;;) {}",
            "eval(';' + new Array(4e3).join('a=1;')); eval(';' + 1)",
            "for (var i = 0; i < 17; i++) eval(i + ';' + new Array(4e3).join('a=1;'))",
            "for (var i = 0; ; i++) { try { eval('x = ' + i) } catch (e) {} }",
            "for (var i = 0; i < 1e9; i++) {} null.a()",
            *BOMBS["is deeper than is read"],
        ):
            started = time.monotonic()
            assert error_of(run(engine, bomb)).message not in ("", "Error: eval")
            assert time.monotonic() - started < BOUND
        assert run(engine, GOOD).error is None
