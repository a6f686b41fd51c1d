"""Workers side by side, and engines that do not start."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.stories import SECRET, Agents, agent_for_agent
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.scripts.script import ScriptOutcome
from workbench.errors import EngineUnavailable
from workbench.sandbox.check import check
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.not_started import not_started
from workbench.sandbox.engines.pool import Pool
from workbench.sandbox.engines.process import quickjs_command
from workbench.views.scripts.script import outcome_text as script_text

from .conftest import bindings, script

GOOD = "token.setMayAct({sub: 'x'});"
HANGS = "for (;;) {}"


def pool_of(engine: QuickJSEngine) -> Pool:
    assert isinstance(engine._runner, Pool)
    return engine._runner


def test_a_script_is_answered_while_others_hang() -> None:
    over: list[str] = []
    with QuickJSEngine(time_limit=2) as engine:
        threads = [
            threading.Thread(target=hang, args=(engine, f"hanging {number}", over))
            for number in range(4)
        ]
        run_as(engine, "new", GOOD)
        for thread in threads:
            thread.start()
        while len(pool_of(engine).pids) < 4:
            threads[0].join(0.01)

        assert run_as(engine, "new", GOOD).stamped
        assert over == []

        for thread in threads:
            thread.join()
        assert over == ["ScriptTimeout"] * 4


def hang(engine: QuickJSEngine, name: str, over: list[str]) -> None:
    outcome = run_as(engine, name, HANGS)
    over.append(type(outcome.error).__name__)


def run_as(engine: QuickJSEngine, client: str, source: str) -> ScriptOutcome:
    seen = bindings(client_properties={"clientId": client})
    return engine.run(script(source), seen)


def test_workers_start_when_they_are_wanted() -> None:
    with QuickJSEngine() as engine:
        assert pool_of(engine).pids == ()
        for _ in range(3):
            run_as(engine, "new", GOOD)

        assert pool_of(engine).pids == (engine.worker_pid,)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has others")
def test_whose_scripts_run_long_comes_last_on_the_processor() -> None:
    with QuickJSEngine(time_limit=1) as engine:
        run_as(engine, "hanging", HANGS)

        run_as(engine, "hanging", GOOD)
        latest = engine.worker_pid
        assert latest is not None
        assert os.getpriority(os.PRIO_PROCESS, latest) > 0

        run_as(engine, "somebody else", GOOD)
        assert engine.worker_pid not in (None, latest)


def test_workers_that_nobody_wants_are_stopped() -> None:
    with QuickJSEngine() as engine:
        engine._runner = pool = Pool(quickjs_command, engine.limits.error, idle=0.0)
        engine.limits = replace(engine.limits, time=30.0)
        both = threading.Barrier(2)
        slow = "for (var i = 0; i < 2000000; i++) {}" + GOOD

        def work(client: str) -> bool:
            run_as(engine, client, GOOD)
            both.wait(60)
            return run_as(engine, client, slow).stamped

        with ThreadPoolExecutor(2) as threads:
            assert all(threads.map(work, "ab"))
        run_as(engine, "a", GOOD)

        assert pool.pids == (engine.worker_pid,)
        pool.close()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no timers")
@pytest.mark.parametrize("seconds", [0.01, 0.05, 0.3])
def test_a_script_that_is_interrupted_gives_its_place_back(seconds: float) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    with QuickJSEngine() as engine:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            with pytest.raises(KeyboardInterrupt):
                run_as(engine, "interrupted", HANGS)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

        assert pool_of(engine)._places._held == []
        assert pool_of(engine)._places._waiting == []
        assert run_as(engine, "interrupted", GOOD).stamped


# ---- Engines that do not start ------------------------------------------------


def test_an_engine_that_is_not_there_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with QuickJSEngine() as engine, Workbench(engine=engine) as bench:
        agent_for_agent(bench)
        with monkeypatch.context() as moved:
            moved.setattr(sys, "executable", str(tmp_path / "python"))
            answer = ask_for_token(bench)
            tried = bench.check("risk-agent may act")
        failed, event = bench.audit[-1], answer.json

        assert (answer.status, event["error"]) == (500, "server_error")
        assert "engine" not in answer.body
        assert failed.hint == f"{NOT_THERE} {TRY}"
        assert isinstance(failed.scripts[0].error, EngineUnavailable)
        assert tried.outcome.error is not None
        assert tried.outcome.error.hint == TRY
        assert str(tried.outcome.error) == NOT_THERE
        assert TRY in script_text(tried.outcome)
        assert ask_for_token(bench).status == 200
        assert bench.check("risk-agent may act").accepted


NOT_THERE = "The script engine did not start (No such file or directory)."
TRY = (
    "Is Python still where it was when this process started? The next script tries to "
    "start it again."
)


def ask_for_token(bench: Workbench) -> Call:
    return bench.client.client_credentials("data-agent", SECRET, scope="read")


def test_an_exchange_whose_engine_did_not_start_says_so_in_its_decision(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with QuickJSEngine() as engine, Workbench(engine=engine) as bench:
        agent_for_agent(bench)
        bench.realm.update("risk-agent", may_act_script="risk-agent may act")
        agents = Agents(bench)
        subject, actor = agents.token("data-agent"), agents.token("risk-agent")
        engine.close()
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

        answer = agents.exchange(subject_token=subject, actor_token=actor)

        assert answer.status == 500
        assert bench.decision.refusal is not None
        assert bench.decision.refusal.found == f"{NOT_THERE} {TRY}"


def test_a_library_that_is_checked_says_that_no_engine_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with QuickJSEngine() as engine, Workbench(engine=engine) as bench:
        bench.realm.add_library_script("lib", "exports.a = 1;")
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

        checked = check(bench.realm, "lib")

    assert isinstance(checked.outcome.error, EngineUnavailable)


LIMITED = """
import json, resource, sys, threading
from tests.sandbox.conftest import bindings, script
from workbench.sandbox.engines.engine import QuickJSEngine

def run(engine):
    outcome = engine.run(script("token.setMayAct({sub: 'x'});"), bindings())
    return [outcome.stamped, str(outcome.error), getattr(outcome.error, "hint", "")]

def held():
    return int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()

engine = QuickJSEngine()
%s
first = run(engine)
%s
print(json.dumps([first, run(engine)]))
engine.close()
"""
LIMITS = {
    "descriptors": (
        "was = resource.getrlimit(resource.RLIMIT_NOFILE)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (4, was[1]))",
        "resource.setrlimit(resource.RLIMIT_NOFILE, was)",
        "Too many open files",
        "ulimit -n",
    ),
    "memory of the worker": (
        "command = engine._runner._command\n"
        "engine._runner._command = lambda: ['/bin/sh', '-c', 'ulimit -v 8192; \"$@\"', "
        "'sh', *command()]",
        "engine._runner._command = command\n"
        "engine._runner._workers[0]._command = command",
        "status",
        "memory may have run out",
    ),
    "threads": (
        "was = resource.getrlimit(resource.RLIMIT_AS)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (held() + 2**28, was[1]))\n"
        "threading.stack_size(2**30)",
        "resource.setrlimit(resource.RLIMIT_AS, was)\nthreading.stack_size(0)",
        "can't start new thread",
        "ulimit -u",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
@pytest.mark.parametrize("what", LIMITS)
def test_what_ran_out_is_told_and_the_next_script_runs(what: str) -> None:
    taken, given_back, words, hint = LIMITS[what]

    done = subprocess.run(
        [sys.executable, "-c", LIMITED % (taken, given_back)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert not first[0]
    assert first[1].startswith("The script engine did not start (")
    assert words in first[1]
    assert hint in first[2]
    assert first[2].endswith("The next script tries to start it again.")
    assert second == [True, "None", ""]


@pytest.mark.parametrize(
    ("problem", "words", "hint"),
    [
        (BlockingIOError(errno.EAGAIN, "Try again"), "Try again", "ulimit -u"),
        (OSError(errno.ENOMEM, "No memory"), "No memory", "Memory has run out"),
        (OSError("no more"), "no more", "The system refused"),
        (MemoryError(), "out of memory", "Memory has run out"),
        (ImportError("quickjs-ng is not installed."), "not installed", "pip install"),
    ],
)
def test_why_an_engine_did_not_start_is_in_words(
    problem: BaseException, words: str, hint: str
) -> None:
    error = not_started(problem)

    assert words in error.message
    assert hint in error.hint
