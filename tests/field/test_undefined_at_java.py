"""Rhino makes a text of ``undefined`` where Java takes an Object or a String.

Measured on Rhino 1.7.14; for AM's own setters inferred from it. Where Java takes
something else there is no such method. Both engines give the same outcome.
"""

from collections.abc import Iterator

import pytest

from tests.sandbox.conftest import bindings, script
from tests.stories import claims_of, modify_tokens, own_token
from workbench import Workbench
from workbench.am.scripts.script import LEGACY, ScriptEngine
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.rhino_engine import RhinoEngine

from .asked import FINE, ask

LIST = "var o = new java.util.ArrayList(['a', 'undefined']);"
SET = "var o = new java.util.HashSet(['a', 'undefined']);"
MAP = "var o = new java.util.HashMap(); o.put('a', 'b');"
LINKED = "var o = new java.util.LinkedList();"
JSON = (
    "var J = org.forgerock.json.JsonValue;"
    "var o = J.json(J.object(J.field('a', undefined)));"
)
TEXT = "var o = new java.lang.String('undefined');"
FAILS = "it fails"

CASES = [
    (LIST, "o.add(undefined); o", "[a, undefined, undefined]"),
    (LIST, "o.contains(undefined)", "true"),
    (LIST, "o.indexOf(undefined)", "1"),
    (LIST, "o.lastIndexOf(undefined)", "1"),
    (LIST, "o.set(0, undefined); o", "[undefined, undefined]"),
    (LIST, "o.remove(undefined); o", "[a]"),
    (LIST, "o[0] = undefined; o", "[undefined, undefined]"),
    (LIST, "o.equals(undefined)", "false"),
    (LIST, "o.addAll([undefined]); o", "[a, undefined, null]"),
    (LIST, "o.add(undefined); o.get(2) == 'undefined'", "true"),
    (LIST, "o.get(1) === undefined", "false"),
    (LIST, "o.addAll(undefined)", FAILS),
    (LIST, "o.containsAll(undefined)", FAILS),
    (LIST, "o.removeAll(undefined)", FAILS),
    (LIST, "o.retainAll(undefined)", FAILS),
    (LIST, "o.get(undefined)", FAILS),
    (LIST, "o.add(undefined, 'x')", FAILS),
    (LIST, "o.subList(undefined, 1)", FAILS),
    (LIST, "o.sort(undefined)", FAILS),
    (LIST, "o.forEach(undefined)", FAILS),
    (LIST, "o.removeIf(undefined)", FAILS),
    (LIST, "o.replaceAll(undefined)", FAILS),
    (LIST, "o.toArray(undefined)", FAILS),
    (LIST, "new java.util.ArrayList(undefined)", FAILS),
    (LIST, "new java.util.ArrayList([undefined])", "[null]"),
    (
        LINKED,
        "o.addFirst(undefined); o.addLast(undefined); o",
        "[undefined, undefined]",
    ),
    (LINKED, "o.addFirst(undefined); o.getFirst() == 'undefined'", "true"),
    (SET, "o.add(undefined)", "false"),
    (SET, "o.contains(undefined)", "true"),
    (SET, "o.remove(undefined); o", "[a]"),
    (SET, "new java.util.HashSet(undefined)", FAILS),
    (SET, "new java.util.LinkedHashSet([undefined, 1])", "[null, 1.0]"),
    (SET, "var t = new java.util.TreeSet(); t.add(undefined); t", "[undefined]"),
    (MAP, "o.put('x', undefined); o", "{a=b, x=undefined}"),
    (MAP, "o.put(undefined, 1); o", "{a=b, undefined=1.0}"),
    (MAP, "o.put('x', undefined); o.get('x') == 'undefined'", "true"),
    (MAP, "o.put('x', undefined); typeof o.get('x')", "object"),
    (MAP, "o.get(undefined)", "null"),
    (MAP, "o.containsKey(undefined)", "false"),
    (MAP, "o.put('x', undefined); o.containsValue(undefined)", "true"),
    (MAP, "o.getOrDefault('none', undefined)", "undefined"),
    (MAP, "o.putIfAbsent('x', undefined); o", "{a=b, x=undefined}"),
    (MAP, "o.remove(undefined); o", "{a=b}"),
    (MAP, "o.entrySet().iterator().next().setValue(undefined); o", "{a=undefined}"),
    (MAP, "o.putAll(undefined)", FAILS),
    (MAP, "new java.util.HashMap(undefined)", FAILS),
    (MAP, "o.putAll({x: undefined}); o", "{a=b, x=null}"),
    (TEXT, "o.equals(undefined)", "true"),
    (TEXT, "o.equalsIgnoreCase(undefined)", "true"),
    (TEXT, "o.concat(undefined)", "undefinedundefined"),
    (TEXT, "o.indexOf(undefined)", "0"),
    (TEXT, "o.startsWith(undefined)", "true"),
    (TEXT, "o.matches(undefined)", "true"),
    (TEXT, "o.replaceAll('d', undefined)", "unundefinedefineundefined"),
    (TEXT, "java.lang.String.valueOf(undefined)", "undefined"),
    (TEXT, "java.lang.String.format('%s', undefined)", "undefined"),
    (TEXT, "new java.lang.String(undefined)", "undefined"),
    (TEXT, "o.contains(undefined)", FAILS),
    (TEXT, "o.substring(undefined)", FAILS),
    (TEXT, "o.repeat(undefined)", FAILS),
    (TEXT, "o.compareTo(undefined)", FAILS),
    (TEXT, "java.lang.Integer.valueOf(undefined)", FAILS),
    (TEXT, "java.lang.Integer.parseInt(undefined)", FAILS),
    (TEXT, "java.lang.Integer.toString(undefined)", FAILS),
    (TEXT, "java.lang.Double.valueOf(undefined)", FAILS),
    (TEXT, "java.lang.Boolean.valueOf(undefined)", "false"),
    ("", "java.util.Arrays.asList(undefined, 'b')", "[undefined, b]"),
    ("", "java.util.Arrays.asList([undefined])", "[undefined]"),
    ("", "java.util.Collections.frequency(['undefined'], undefined)", "1"),
    ("", "java.util.Collections.unmodifiableList(undefined)", FAILS),
    (JSON, "o.put('x', undefined); o.get('x').asString()", "undefined"),
    (JSON, "o.add('x', undefined); o.get('x').asString()", "undefined"),
    (JSON, "o.get('a').asString()", "undefined"),
    (JSON, "J.json(undefined).asString()", "undefined"),
    (JSON, "J.json(J.array(undefined)).get(0).asString()", "undefined"),
    (JSON, "J.json(undefined).isNull()", "false"),
    ("", "scopes.contains(undefined)", "false"),
    ("", "token.setField('x', undefined); token.getField('x')", "undefined"),
    ("", "token.setMayAct(undefined)", FAILS),
    ("", "token.getField(undefined)", "null"),
    ("", "identity.getAttribute(undefined)", "[]"),
    (
        "",
        "identity.addAttribute('x', undefined); identity.getAttribute('x')",
        "[undefined]",
    ),
]


@pytest.fixture(
    scope="module",
    params=["quickjs", pytest.param("rhino", marks=pytest.mark.rhino)],
)
def engine(request: pytest.FixtureRequest) -> Iterator[ScriptEngine]:
    made = {"quickjs": QuickJSEngine, "rhino": RhinoEngine}[request.param]
    with made() as engine:
        yield engine


@pytest.mark.parametrize(("given", "statements", "told"), CASES)
def test_undefined_is_what_rhino_makes_of_it(
    engine: ScriptEngine, given: str, statements: str, told: str
) -> None:
    *before, last = statements.split("; ")
    source = f"{given} {'; '.join([*before, ''])} logger.message('' + ({last}));"

    outcome = engine.run(script(source, LEGACY), bindings())

    if told is FAILS:
        assert outcome.error is not None
    else:
        assert outcome.error is None
        assert [line.text for line in outcome.log] == [told]


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(
    ("call", "claim"),
    [
        ("accessToken.setField('x', undefined);", "x"),
        ("var o = {}; accessToken.setField('x', o.nothing);", "x"),
        ("accessToken.setNonce(undefined);", "nonce"),
        ("accessToken.setTokenName(undefined);", "tokenName"),
    ],
)
def test_a_claim_that_is_set_to_undefined_is_its_text(
    story: Workbench, version: str, call: str, claim: str
) -> None:
    modify_tokens(story, call, version)
    story.realm.update("risk-agent", overrides={"statelessTokensEnabled": True})

    assert claims_of(story, own_token(story, "risk-agent"))[claim] == "undefined"


@pytest.mark.parametrize(
    ("context", "source"),
    [
        ("may act", "token.setField('x', undefined);"),
        ("token modification", "accessToken.addExtraJsonData('x', undefined);"),
        ("token modification", "accessToken.addExtraData('x', undefined);"),
        ("scope validation", "new java.util.HashSet(allowedScopes).add(undefined);"),
        ("scope evaluation", "new java.util.HashMap().put('x', undefined);"),
        ("authorize data", "new java.util.HashMap().put('x', undefined);"),
        ("OIDC claims", "claims.put('x', undefined);"),
    ],
)
def test_a_legacy_script_may_hand_undefined_on(
    wb: Workbench, context: str, source: str
) -> None:
    asked = ask(wb, context, source, "1.0")

    assert asked.outcome.error is None
    assert asked.status == FINE.get(context, 200)
