import contextlib
import gc
import os
import signal
import threading
import time
import warnings
from collections.abc import Iterator

import pytest

from workbench.am.scripts.script import LEGACY, MayActScript, ScriptOutcome
from workbench.errors import (
    ScriptError,
    ScriptNotRunnable,
    ScriptTimeout,
)
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.in_process import InProcess
from workbench.sandbox.engines.pool import Pool

from .conftest import MakeBindings, MakeScript, Run, error_of, outcome_told

GOOD = "token.setMayAct({sub: 'x'});"


PLACES = ["process", "in-process"]


@pytest.fixture(scope="module", params=PLACES)
def engine(request: pytest.FixtureRequest) -> Iterator[QuickJSEngine]:
    """An engine for each of the places where scripts can run."""
    with QuickJSEngine(in_process=request.param == "in-process") as shared:
        yield shared


@pytest.fixture(params=PLACES)
def brief_engine(request: pytest.FixtureRequest) -> Iterator[QuickJSEngine]:
    """An engine of its own, with a short time limit, for scripts that end it."""
    with QuickJSEngine(time_limit=0.4, in_process=request.param == "in-process") as own:
        yield own


@pytest.fixture
def brief_process() -> Iterator[QuickJSEngine]:
    """Such an engine with a worker process, which alone can be killed."""
    with QuickJSEngine(time_limit=0.4) as own:
        yield own


@pytest.fixture
def ask(make_script: MakeScript, make_bindings: MakeBindings) -> Run:
    """Run a script on an engine of one's choice."""

    def ask(
        engine: QuickJSEngine, source: str = GOOD, version: str = "2.0"
    ) -> ScriptOutcome:
        return engine.run(make_script(source, version), make_bindings())

    return ask


# ---- Limits -----------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "for (;;) {}",
        "for (;;) { try { for (;;) {} } catch (e) {} finally { continue; } }",
        "/^(a+)+$/.test(new Array(42).join('a') + 'b')",
        "throw {get a() { for (;;) {} }};",
        "({get a() { for (;;) {} }})",
        "InternalError.prototype.toString = function () { for (;;) {} }; for (;;) {}",
        "Error.prototype.toString = function () { for (;;) {} }; for (;;) {}",
        "Object.defineProperty(Error.prototype, 'stack', "
        "{get: function () { for (;;) {} }}); for (;;) {}",
    ],
)
def test_a_script_that_loops_forever_is_stopped(
    brief_engine: QuickJSEngine, ask: Run, source: str
) -> None:
    outcome = ask(brief_engine, source)

    assert isinstance(outcome.error, ScriptTimeout)
    assert outcome.error.message.startswith("The script ran longer than 0.")
    assert outcome.seconds > 0
    assert ask(brief_engine).stamped


def test_a_worker_that_does_not_look_at_the_clock_is_killed(
    brief_process: QuickJSEngine, ask: Run
) -> None:
    source = "var s = 'a'.repeat(1e7); for (var i = 0; i < 1000; i++) s.indexOf('b');"

    outcome = ask(brief_process, source)

    assert isinstance(outcome.error, ScriptTimeout)
    assert outcome.error.message.startswith("The script ran longer than 0.")
    assert outcome.seconds > 0
    assert ask(brief_process).stamped


@pytest.mark.parametrize("place", PLACES)
def test_the_log_of_a_stopped_script_is_kept(place: str, ask: Run) -> None:
    with QuickJSEngine(time_limit=0.2, in_process=place == "in-process") as engine:
        for _ in range(30):  # a busy machine's wall clock may end it, log and all
            outcome = ask(engine, "logger.info('before'); for (;;) {}")
            assert isinstance(outcome.error, ScriptTimeout)
            if "by the clock on the wall" not in outcome.error.message:
                break

    assert [line.text for line in outcome.log] == ["before"]


@pytest.mark.parametrize(
    "source",
    [
        "var a = []; for (;;) a.push(new Array(1000).fill(1));",
        "var a = []; for (;;) { try { a.push(new Array(1e4).fill(1)); } catch (e) {} }",
        "var s = 'x'; for (;;) s += s;",
        "'x'.repeat(Math.pow(2, 29)).split('');",
        "(function f() { f(); }());",
        "JSON.parse('['.repeat(1e6));",
        "eval('('.repeat(1e5));",
        "var a = []; for (var i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
        "var o = {}; for (var i = 0; i < 1e4; i++) o = {o: o}; token.setMayAct(o);",
        "var o; for (var i = 0; i < 45; i++) o = {a: o, b: o}; token.setMayAct(o);",
    ],
)
def test_a_script_that_hogs_memory_or_stack_fails(
    brief_engine: QuickJSEngine, ask: Run, source: str
) -> None:
    outcome = ask(brief_engine, source)

    assert isinstance(outcome.error, ScriptError)
    assert not outcome.stamped
    assert ask(brief_engine).stamped


@pytest.mark.parametrize(
    "source",
    [
        "for (;;) logger.info('again and again');",
        "for (var i = 99; i--;) try { logger.info('x'.repeat(9e3)) } catch (_) {}",
        "logger.info('x'.repeat(1e6));",
        "token.setMayAct({a: 'x'.repeat(1e6)});",
    ],
)
def test_output_over_the_limit_is_an_error(
    engine: QuickJSEngine, ask: Run, source: str
) -> None:
    outcome = ask(engine, source)

    assert "output limit, 262144 characters" in error_of(outcome).message
    assert not outcome.stamped
    assert sum(len(line.text) for line in outcome.log) <= 262144
    assert ask(engine).stamped


def test_a_long_returned_value_costs_nothing(engine: QuickJSEngine, ask: Run) -> None:
    outcome = ask(engine, "'\\u20ac'.repeat(3e6)")

    assert outcome.error is None
    assert outcome.returned == "[3000002 characters]"


def test_the_largest_output_passes(engine: QuickJSEngine, ask: Run) -> None:
    outcome = ask(engine, "logger.info('\\u0001'.repeat(4e4));")

    assert outcome.error is None
    assert len(outcome.log[0].text) == 40000


# ---- No way out ---------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_no_host_object_is_in_reach(
    engine: QuickJSEngine, ask: Run, version: str
) -> None:
    outcome = ask(
        engine,
        """
        var found = [];
        var out = (function () { return this; }());
        ['std', 'os', 'process', 'load', 'print', 'read', 'scriptArgs',
         'fetch', 'XMLHttpRequest', 'Deno', 'Worker', 'WebAssembly', 'navigator',
         'queueMicrotask', 'performance', 'quickjs', 'python'].forEach(
            function (name) { if (name in out) { found.push(name); } });
        found.join();
        """,
        version,
    )

    assert outcome.returned == ""


@pytest.mark.parametrize("module", ["/etc/passwd", "os", "std", "./prelude.js"])
def test_nothing_can_be_imported(engine: QuickJSEngine, ask: Run, module: str) -> None:
    asked = ask(
        engine, f"import('{module}').then(function (m) {{ token.setMayAct(m); }});"
    )
    static = ask(engine, f"import * as m from '{module}';")

    assert not asked.stamped
    assert error_of(static).message.startswith("SyntaxError: ")


def test_only_the_bindings_are_added_to_the_world(
    engine: QuickJSEngine, ask: Run
) -> None:
    outcome = ask(
        engine,
        """
        Object.getOwnPropertyNames(globalThis).filter(function (name) {
            return !/^[A-Z]/.test(name) && name !== 'isXMLName' && name !== 'uneval' &&
                typeof globalThis[name] !== 'function';
        }).sort().join();
        """,
    )

    assert outcome.returned == (
        "clientProperties,com,cookieName,edu,emailService,globalThis,httpClient,"
        "identity,java,javax,jwtAssertion,jwtValidator,logger,net,openidm,org,policy,"
        "realm,requestProperties,scopes,scriptName,secrets,session,systemEnv,token,"
        "undefined,utils"
    )


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_constructors_lead_to_nothing_but_the_scripts_world(
    engine: QuickJSEngine, ask: Run, version: str
) -> None:
    outcome = ask(
        engine,
        """
        var roots = [token.getField, token.setMayAct,
                     requestProperties.constructor, eval];
        roots.map(function (root) {
            var world = root.constructor('return this')();
            return world === globalThis && typeof world.token === 'object';
        }).join();
        """,
        version,
    )

    assert outcome.returned == "true,true,true,true"


@pytest.mark.parametrize(
    "attack",
    [
        'JSON.stringify = function () { return \'{"sub":"evil"}\'; };',
        "Object.prototype.toJSON = function () { return {sub: 'evil'}; };",
        "Array.prototype.toJSON = function () { return ['evil']; };",
        "String.prototype.toJSON = function () { return 'evil'; };",
        "Object.keys = Array.isArray = function () { return ['evil']; };",
        'Array.prototype.join = function () { return \'{"mayAct":"evil"}\'; };',
        "Object.prototype.get = function () { return 'evil'; };",
        "Object.defineProperty(Object.prototype, '0', {set: function () {}});",
        "Function.prototype.call = Function.prototype.apply = function () {};",
        "Error = TypeError = String = Object = Array = JSON = undefined;",
        "token = {setMayAct: token.setMayAct}; token.getMayAct = 'evil';",
        "Object.assign(token, {setMayAct: function () {}});",
    ],
)
def test_changed_built_ins_do_not_change_the_report(
    engine: QuickJSEngine, ask: Run, attack: str
) -> None:
    attacked = f"try {{ {attack} }} catch (e) {{}} token.setMayAct({{l: ['x'], n: 1}});"

    outcome = ask(engine, f"{attacked} logger.info('a {{}}', 'b');")

    assert outcome.error is None
    assert outcome.may_act == {"l": ["x"], "n": 1}
    assert [(line.level, line.text) for line in outcome.log] == [("info", "a b")]


def test_a_stack_cannot_be_rewritten(engine: QuickJSEngine, ask: Run) -> None:
    outcome = ask(
        engine,
        """
        Error.prepareStackTrace = function () { return 'at <input>:1:1'; };
        Error.stackTraceLimit = 0;
        Object.defineProperty(Error.prototype, 'stack', {value: '<input>:1:1'});
        var e = new TypeError('mine');
        throw e;
        """,
    )

    assert error_of(outcome).message == "TypeError: mine"
    assert error_of(outcome).line == 5


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_nothing_crosses_from_one_run_to_the_next(
    engine: QuickJSEngine, ask: Run, version: str
) -> None:
    ask(
        engine,
        "Object.prototype.sub = Array.prototype.evil = 'evil'; kept = 1;"
        "JSON.parse = function () { return {source: 'evil'}; };",
        version,
    )

    after = ask(engine, "typeof kept + {}.sub + [].evil + JSON.parse('1')", version)

    assert after.returned == "undefinedundefinedundefined1"


def test_proto_is_a_member_like_any_other(engine: QuickJSEngine, ask: Run) -> None:
    outcome = ask(engine, 'token.setMayAct(JSON.parse(\'{"__proto__": {"a": 1}}\'))')

    assert outcome.may_act == {"__proto__": {"a": 1}}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\u2028", "\U0001f600", "\x7f\n\r"])
def test_any_text_passes_unharmed(
    engine: QuickJSEngine,
    make_script: MakeScript,
    make_bindings: MakeBindings,
    text: str,
) -> None:
    outcome = engine.run(
        make_script("logger.info(realm); token.setMayAct({sub: realm});"),
        make_bindings(realm=text),
    )

    assert outcome.log[0].text == text
    assert outcome.may_act == {"sub": text}


def test_a_source_of_odd_characters_is_a_script_error(
    engine: QuickJSEngine, ask: Run
) -> None:
    outcome = ask(engine, "\n'\ufffd\0'; \u20ac")

    assert error_of(outcome).line == 2
    assert error_of(outcome).source_line == "'\ufffd\0'; \u20ac"


# ---- The worker ---------------------------------------------------------------


def test_groovy_is_kept_but_not_run(
    engine: QuickJSEngine, make_bindings: MakeBindings
) -> None:
    groovy = MayActScript(
        id="g", name="g", source="x", evaluator_version=LEGACY, language="GROOVY"
    )

    outcome = engine.run(groovy, make_bindings())

    assert isinstance(outcome.error, ScriptNotRunnable)
    assert outcome.error.message.startswith("Groovy scripts are kept but not runnable")


def test_one_worker_serves_many_scripts(ask: Run) -> None:
    with QuickJSEngine() as engine:
        assert engine.worker_pid is None
        ask(engine)
        first = engine.worker_pid

        for _ in range(20):
            assert ask(engine).stamped

        assert engine.worker_pid == first


def test_a_worker_killed_between_runs_is_replaced(
    brief_process: QuickJSEngine, ask: Run
) -> None:
    ask(brief_process)
    first = brief_process.worker_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)

    outcome = ask(brief_process)

    assert outcome.stamped
    assert brief_process.worker_pid != first


def test_a_script_that_crashes_its_engine_is_an_error(ask: Run) -> None:
    with QuickJSEngine(time_limit=30) as engine:
        done = threading.Event()

        def crash() -> None:
            while not done.wait(0.5):  # time enough to start another worker
                pid = engine.worker_pid
                assert pid is not None
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGSEGV)

        crasher = threading.Thread(target=crash)
        crasher.start()
        outcome = ask(engine, "for (;;) {}")
        done.set()
        crasher.join()

        assert error_of(outcome).message == "The script crashed its engine (signal 11)."
        assert ask(engine).stamped


def test_close_leaves_no_process_and_a_closed_engine_starts_again(ask: Run) -> None:
    engine = QuickJSEngine()
    ask(engine)
    pid = engine.worker_pid
    assert pid is not None

    engine.close()
    engine.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert engine.worker_pid is None
    assert ask(engine).stamped
    engine.close()


def test_an_engine_that_is_forgotten_takes_its_worker_along(ask: Run) -> None:
    engine = QuickJSEngine()
    ask(engine)
    pid = engine.worker_pid
    assert pid is not None

    del engine
    gc.collect()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_worker_ends_when_its_parent_is_gone(ask: Run) -> None:
    engine = QuickJSEngine()
    ask(engine)
    assert isinstance(engine._runner, Pool)
    worker = engine._runner._workers[0]._worker
    assert worker is not None

    worker._stdin.close()

    assert worker._process.wait(timeout=30) == 0
    engine.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff\n",
        b"[]\n",
        b'{"said": [], "end": {"ended": "", "seconds": 0}}\n',
        b'{"said": [1], "end": {"ended": "", "seconds": 0}}\n',
        b'{"said": [{"ran": {"report": "[1]"}}], "end": {"ended": "", "seconds": 0}}',
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error(answer: bytes) -> None:
    outcome = outcome_told(answer)

    assert error_of(outcome).message == "The script broke its engine."
    assert not outcome.stamped


def test_threads_take_turns(
    engine: QuickJSEngine, make_script: MakeScript, make_bindings: MakeBindings
) -> None:
    answers: dict[int, object] = {}

    def work(number: int) -> None:
        for _ in range(10):
            source = f"token.setMayAct({{n: {number}}});"
            outcome = engine.run(make_script(source), make_bindings())
            answers[number] = outcome.may_act or outcome.error

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {n: {"n": n} for n in range(8)}


@pytest.mark.parametrize("platform", ["emscripten", "wasi"])
def test_where_there_are_no_processes_scripts_run_in_this_one(
    monkeypatch: pytest.MonkeyPatch, ask: Run, platform: str
) -> None:
    def start(*args: object, **more: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("subprocess.Popen", start)
    with QuickJSEngine() as engine:
        outcome = ask(engine)

        assert outcome.stamped
        assert engine.worker_pid is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_a_forked_child_runs_scripts_in_itself(ask: Run) -> None:
    with QuickJSEngine(in_process=True) as engine:
        ask(engine)
        assert isinstance(engine._runner, InProcess)
        engine._runner._lock.acquire()  # as if another thread ran a script

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads
            child = os.fork()
        if child == 0:
            os._exit(0 if ask(engine).stamped else 1)
        _, status = os.waitpid(child, 0)
        engine._runner._lock.release()

        assert os.waitstatus_to_exitcode(status) == 0
        assert ask(engine).stamped


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_a_forked_child_has_a_worker_of_its_own(ask: Run) -> None:
    with QuickJSEngine() as engine:
        ask(engine)
        parents = engine.worker_pid

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads
            child = os.fork()
        if child == 0:
            fine = ask(engine).stamped and engine.worker_pid not in (None, parents)
            engine.close()
            os._exit(0 if fine else 1)
        _, status = os.waitpid(child, 0)

        assert os.waitstatus_to_exitcode(status) == 0
        assert ask(engine).stamped
        assert engine.worker_pid == parents


def test_seconds_are_those_of_the_script_not_of_the_start(ask: Run) -> None:
    with QuickJSEngine() as engine:
        before = time.perf_counter()
        outcome = ask(engine)
        whole = time.perf_counter() - before

        assert 0 < outcome.seconds < whole
