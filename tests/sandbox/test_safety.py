"""Whatever a script tries, the process lives and the next script finds a new world."""

import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.am.scripts.script import ScriptOutcome
from workbench.sandbox.engines.engine import QuickJSEngine

from .attacks import ATTACKS
from .conftest import bindings, script

ALL = [attack for attacks in ATTACKS.values() for attack in attacks]
PROBE = """
var found = [typeof kept, typeof kept2, {}.sub, [].sub, 'a-b'.split('-').length,
    JSON.stringify(JSON.parse('{"a": 1}')), /a/.exec('a').length, new Date(0).getTime(),
    Object.keys({a: 1}).join(), eval('1 + 1'),
    (function () { return this.a }).call({a: 3}), Object.isFrozen(Object.prototype)];
token.setMayAct({sub: found.join()});
"""
CLEAN = 'undefined,undefined,,,2,{"a":1},1,0,a,2,3,false'
TOLERATED = 40 * 1024 * 1024  # bytes a worker may keep of what a script took


@pytest.fixture(scope="module")
def target() -> Iterator[QuickJSEngine]:
    with QuickJSEngine(time_limit=0.5, memory_limit=32 * 1024 * 1024) as engine:
        yield engine


def run(engine: QuickJSEngine, source: str) -> ScriptOutcome:
    return engine.run(script(source), bindings())


def resident(pid: int) -> int:
    statm = Path(f"/proc/{pid}/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") if pages else 0


def test_there_are_enough_attacks() -> None:
    assert len(set(ALL)) >= 60


@pytest.mark.parametrize("attack", ALL)
def test_an_attack_ends_and_leaves_nothing_behind(
    target: QuickJSEngine, attack: str
) -> None:
    before = resident(target.worker_pid) if target.worker_pid else 0

    outcome = run(target, attack)
    after = run(target, PROBE)

    assert not outcome.stamped
    assert outcome.seconds < 5
    assert after.error is None
    assert after.may_act == {"sub": CLEAN}
    assert target.worker_pid is not None
    assert resident(target.worker_pid) < max(before, TOLERATED) + TOLERATED


def test_attacks_in_threads_do_not_reach_each_other() -> None:
    attacks = [attacks[0] for attacks in ATTACKS.values()]
    probes: list[object] = []

    def work(attack: str) -> None:
        with QuickJSEngine(time_limit=0.5) as engine:
            run(engine, attack)
            probes.append(run(engine, PROBE).may_act)

    size = threading.stack_size(256 * 1024)  # less than a script may use
    try:
        threads = [threading.Thread(target=work, args=(one,)) for one in attacks]
        for thread in threads:
            thread.start()
    finally:
        threading.stack_size(size)
    for thread in threads:
        thread.join(timeout=60)

    assert probes == [{"sub": CLEAN}] * len(attacks)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_an_attack_in_a_forked_child_does_not_reach_the_parent(
    target: QuickJSEngine,
) -> None:
    run(target, PROBE)
    parents = target.worker_pid

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads
        child = os.fork()
    if child == 0:
        bombs = [run(target, attack).stamped for attack in ATTACKS["takes memory"][:2]]
        clean = run(target, PROBE).may_act == {"sub": CLEAN}
        target.close()
        os._exit(0 if clean and not any(bombs) else 1)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert run(target, PROBE).may_act == {"sub": CLEAN}
    assert target.worker_pid == parents


IN_LITTLE_MEMORY = f"""
import resource
limit = 1536 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from workbench.am.scripts.script import Bindings, MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine
with QuickJSEngine(time_limit=1) as engine:
    def run(source):
        script = MayActScript(id="x", name="x", source=source)
        return engine.run(script, Bindings(token={{}}))
    for bomb in {ATTACKS["takes memory"][:4] + ATTACKS["goes deep"][:3]!r}:
        assert not run(bomb).stamped, bomb
    print(run("token.setMayAct({{sub: 'alive'}})").may_act)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_attacks_fail_where_address_space_is_limited() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", IN_LITTLE_MEMORY],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (ran.stdout, ran.stderr) == ("{'sub': 'alive'}\n", "")
