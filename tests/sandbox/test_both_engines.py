"""What holds for both engines: the emulated one, and AM's own where Java is there."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.stories import claims_of
from workbench import Workbench
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, ScriptEngine
from workbench.errors import ScriptError, ScriptTimeout, SettingError
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.rhino_engine import RhinoEngine

from .attacks import ATTACKS
from .conftest import Run, bindings, error_of, script

ENGINES = ["quickjs", pytest.param("rhino", marks=pytest.mark.rhino)]
MAKERS: dict[str, Callable[..., QuickJSEngine | RhinoEngine]] = {
    "quickjs": QuickJSEngine,
    "in-process": functools.partial(QuickJSEngine, in_process=True),
    "rhino": RhinoEngine,
}


@pytest.fixture(scope="module", params=[*ENGINES, "in-process"])
def either(request: pytest.FixtureRequest) -> Iterator[ScriptEngine]:
    with MAKERS[request.param](time_limit=2.0) as engine:
        yield engine


@pytest.fixture
def run(either: ScriptEngine) -> Run:
    return lambda source, version=NEXT_GENERATION, **changes: either.run(
        script(source, version), bindings(**changes)
    )


def test_a_plain_object_is_stamped(run: Run) -> None:
    outcome = run("token.setMayAct({client_id: 'a', list: [1, {b: null}], f: 1.5});")

    assert outcome.error is None
    assert outcome.may_act == {"client_id": "a", "list": [1, {"b": None}], "f": 1.5}


def test_a_legacy_script_stamps_a_json_value(run: Run) -> None:
    outcome = run(
        """
        var frJava = JavaImporter(org.forgerock.json.JsonValue);
        var mayAct = frJava.JsonValue.json(frJava.JsonValue.object());
        mayAct.put('client_id', 'risk-agent');
        token.setMayAct(mayAct);
        logger.message('done');
        """,
        LEGACY,
    )

    assert outcome.error is None
    assert outcome.may_act == {"client_id": "risk-agent"}
    assert [(line.level, line.text) for line in outcome.log] == [("message", "done")]


@pytest.mark.parametrize(
    ("source", "version"),
    [
        ("token.setMayAct({sub: 'x'});", LEGACY),
        ("token.setMayAct('x');", NEXT_GENERATION),
        ("token.setMayAct([1]);", NEXT_GENERATION),
        ("token.setMayAct({a: NaN});", NEXT_GENERATION),
        ("let x = 1; token.setMayAct({sub: 'x'});", NEXT_GENERATION),
        ("token.setMayAct({sub: Object.entries({a: 1})[0][0]});", NEXT_GENERATION),
    ],
)
def test_what_am_refuses_is_refused(run: Run, source: str, version: str) -> None:
    outcome = run(source, version)

    assert isinstance(outcome.error, ScriptError)
    assert outcome.error.line == 1
    assert not outcome.stamped


def test_next_generation_bindings_are_there(run: Run) -> None:
    outcome = run(
        """
        token.setMayAct({
            client: [clientProperties.get('clientId'), clientProperties.clientId],
            mail: identity.getAttributeValues('mail'), who: identity.getName(),
            scopes: scopes, uri: requestProperties.requestUri,
            sub: token.getField('sub'), none: token.getMayAct(),
            common: [realm, scriptName, cookieName, session === null]
        });
        logger.info('{} and {}', 'a', 'b');
        """
    )

    assert outcome.error is None
    assert outcome.may_act == {
        "client": ["data-agent", "data-agent"],
        "mail": ["b@example.com", "babs@example.com"],
        "who": "bjensen",
        "scopes": ["read", "write"],
        "uri": "https://am.example.com/am/oauth2/access_token",
        "sub": "(age!data-agent)",
        "none": None,
        "common": ["/alpha", "May act", "iPlanetDirectoryPro", True],
    }
    assert [line.text for line in outcome.log] == ["a and b"]


def test_legacy_bindings_are_javas(run: Run) -> None:
    outcome = run(
        """
        var mail = identity.getAttribute('mail').iterator().next();
        var map = new java.util.HashMap();
        map.put('mail', mail);
        map.put('scopes', scopes.size());
        token.setMayAct(org.forgerock.json.JsonValue.json(map));
        """,
        LEGACY,
    )

    assert outcome.error is None
    assert outcome.may_act == {"mail": "babs@example.com", "scopes": 2}


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_an_identity_with_nobody_behind_it_fails_as_ams(run: Run, version: str) -> None:
    outcome = run("identity.getName();", version, identity={"empty": True})

    assert '"this.amIdentity" is null' in error_of(outcome).message


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_where_there_is_no_identity_it_is_null(run: Run, version: str) -> None:
    outcome = run(
        "if (identity !== null) throw new Error('not');", version, identity=None
    )

    assert outcome.error is None


def test_an_error_has_its_line(run: Run) -> None:
    outcome = run("\n\nnobody.x;")

    assert error_of(outcome).line == 3
    assert error_of(outcome).source_line == "nobody.x;"


@pytest.mark.parametrize(
    "attack", ATTACKS["wants out"] + ATTACKS["spoils the world for the next"]
)
@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_nothing_gets_out_or_stays(run: Run, attack: str, version: str) -> None:
    outcome = run(attack, version)
    after = run("token.setMayAct({sub: 'a-b'.split('-').join() + typeof kept});")

    assert outcome.error is not None
    assert not outcome.stamped
    assert after.may_act == {"sub": "a,bundefined"}


@pytest.mark.parametrize(
    "thrown",
    [
        "throw {toString: function () { return '' + java.lang.System.getenv('PATH') }}",
        "throw {get message() { return '' + java.lang.System.getenv('PATH') }}",
        "var e = new Error(); e.toString = function () {"
        " return java.lang.System.getenv('PATH') }; throw e",
    ],
)
def test_what_is_thrown_cannot_reach_java(run: Run, thrown: str) -> None:
    outcome = run(thrown, LEGACY)

    assert outcome.error is not None
    assert "/bin" not in outcome.error.message


@pytest.mark.parametrize(
    "attack", [ATTACKS["never ends"][0], ATTACKS["takes memory"][2]]
)
def test_an_endless_script_is_stopped_and_the_next_one_runs(
    run: Run, attack: str
) -> None:
    outcome = run(attack)

    assert isinstance(outcome.error, ScriptError)
    assert run("token.setMayAct({sub: 'alive'});").may_act == {"sub": "alive"}


@pytest.mark.parametrize("source", ["for (;;) logger.info('again and again')"])
def test_a_flood_ends(run: Run, source: str) -> None:
    outcome = run(source)

    assert (
        isinstance(outcome.error, ScriptTimeout) or "limit" in error_of(outcome).message
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bench_runs_its_scripts_in_the_engine_of_a_name(engine: str) -> None:
    bench = Workbench(now=1_790_000_000, seed="engine", engine=engine)
    try:
        bench.enable_ai_agents()
        bench.realm.add_script("s", "token.setMayAct({sub: '(age!risk-agent)'});")
        bench.realm.register_agent(
            "data-agent", secret="s", scopes=["read"], may_act_script="s"
        )
        issued = bench.client.client_credentials("data-agent", "s", scope="read")

        assert claims_of(bench, issued)["may_act"] == {"sub": "(age!risk-agent)"}
    finally:
        bench.close()


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(SettingError, match='it must be "quickjs" or "rhino"'):
        Workbench(engine="v8")


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [({"java": "no-such-java"}, "Java"), ({"jar": "/no/such.jar"}, "/no/such.jar")],
)
def test_what_is_missing_for_rhino_is_named(
    arguments: dict[str, Any], missing: str
) -> None:
    with pytest.raises(SettingError, match="apt install rhino") as refused:
        RhinoEngine(**arguments)

    assert missing in str(refused.value) or "Java" in str(refused.value)


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_no_class_is_found_on_the_way_up_from_what_a_script_is_given(
    run: Run, version: str
) -> None:
    outcome = run(
        """
        function found(top) {
            try { return String(top.Packages.java.lang.System.getenv("PATH")); }
            catch (error) { return "nothing"; }
        }
        [logger, token, scopes, requestProperties, identity].forEach(function (each) {
            for (var top = each; top; top = top.__parent__) logger.error(found(top));
        });
        """,
        version,
    )

    assert outcome.log
    assert {line.text for line in outcome.log} == {"nothing"}
