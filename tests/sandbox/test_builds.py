"""The world of scripts stands in any build of QuickJS, whatever extras it has."""

import sys

import pytest
import quickjs

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.sandbox.engines.engine import QuickJSEngine

from .conftest import Run, bindings, error_of, script

STACK = "Object.defineProperty(Error.prototype, 'stack', "
ACCESSOR = (
    "{var {get} = Object.getOwnPropertyDescriptor(Error.prototype, 'stack');"
    f"{STACK}{{get() {{ return get.call(this); }}, configurable: true}});}}"
)
BUILDS = {
    "accessor": ACCESSOR,
    "data property": f"{STACK}{{value: '', writable: true, configurable: true}});",
    "missing": "delete Error.prototype.stack;",
    "no Error.isError": "delete Error.isError;",
}
WITH_LINES = {"accessor", "no Error.isError"}
OWN = "Object.defineProperty(e, 'stack', {value: '    at <eval> (<input>:2:7)'});"


class Build:
    """The module quickjs, had it been built otherwise."""

    def __init__(self, before: str) -> None:
        self._before = before

    def Context(self) -> quickjs.Context:
        context = quickjs.Context()
        context.eval(self._before)
        return context


@pytest.fixture(params=list(BUILDS))
def build(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(sys.modules, "quickjs", Build(BUILDS[request.param]))
    return str(request.param)


@pytest.fixture
def run(build: str) -> Run:
    engine = QuickJSEngine(in_process=True)
    return lambda source, version=NEXT_GENERATION: engine.run(
        script(source, version), bindings()
    )


def test_a_next_generation_script_runs(run: Run) -> None:
    outcome = run("token.setMayAct({sub: identity.getName()}); logger.info('a');")

    assert outcome.error is None
    assert outcome.may_act == {"sub": "bjensen"}
    assert [line.text for line in outcome.log] == ["a"]


def test_a_legacy_script_runs(run: Run) -> None:
    outcome = run(
        "var map = new java.util.HashMap(); map.put('sub', 'x');"
        "token.setMayAct(org.forgerock.json.JsonValue.json(map));",
        LEGACY,
    )

    assert outcome.error is None
    assert outcome.may_act == {"sub": "x"}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("\nnobody.x;", "ReferenceError: nobody is not defined"),
        ("\nthrow {a: 1};", 'Thrown: {"a":1}'),
        ("\ntoken.setMayAct(1);", "TypeError: token.setMayAct takes"),
        ("\n(function () {}).toString();", "Not emulated: "),
        ("\nfor (;;) logger.info('again');", "RangeError: The log is longer"),
    ],
)
def test_an_error_is_told_with_its_line_where_the_build_knows_it(
    run: Run, build: str, source: str, message: str
) -> None:
    outcome = run(source)

    assert error_of(outcome).message.startswith(message)
    assert error_of(outcome).line == (2 if build in WITH_LINES else None)


def test_an_error_that_the_script_made_is_told_with_its_line_in_every_build(
    run: Run,
) -> None:
    outcome = run("\nthrow new TypeError('mine');")

    assert error_of(outcome).message == "TypeError: mine"
    assert error_of(outcome).line == 2


def test_an_error_knows_its_line_number_where_the_build_does(
    run: Run, build: str
) -> None:
    outcome = run("\ntry { nobody.x } catch (e) { e.lineNumber }")

    assert outcome.error is None
    assert outcome.returned == (2 if build in WITH_LINES else 0)


@pytest.mark.parametrize("build", ["missing"], indirect=True)
def test_a_stack_that_each_error_has_for_itself_gives_the_line(run: Run) -> None:
    outcome = run(f"var e; try {{ nobody.x }} catch (x) {{ e = x }}\n{OWN} throw e;")

    assert error_of(outcome).line == 2
