import re

import pytest

from workbench.am.scripts.script import LogLine, ScriptOutcome

from .conftest import Run, error_of

IMPORT = "var fr = JavaImporter(org.forgerock.json.JsonValue, java.util);\n"


def logged(outcome: ScriptOutcome) -> list[str]:
    assert outcome.error is None, outcome.error
    return [line.text for line in outcome.log]


def test_set_may_act_takes_a_json_value(run_legacy: Run) -> None:
    outcome = run_legacy(
        IMPORT
        + """
        var inner = fr.JsonValue.json(fr.JsonValue.object(
            fr.JsonValue.field('n', 1), fr.JsonValue.fieldIfNotNull('gone', null)));
        var names = new fr.ArrayList();
        names.add('a');
        var kinds = new fr.HashSet(names);
        var mayAct = fr.JsonValue.json(fr.JsonValue.object());
        mayAct.put('sub', '(age!x)').put('inner', inner).put('names', names);
        mayAct.add('kinds', kinds);
        mayAct.add('list', fr.JsonValue.array(true, null));
        token.setMayAct(mayAct);
        """
    )

    assert outcome.error is None
    assert outcome.may_act == {
        "sub": "(age!x)",
        "inner": {"n": 1},
        "names": ["a"],
        "kinds": ["a"],
        "list": [True, None],
    }


def test_a_plain_object_is_refused(run_legacy: Run) -> None:
    outcome = run_legacy("\ntoken.setMayAct({sub: 'x'});")

    assert error_of(outcome).message == (
        "TypeError: token.setMayAct takes an org.forgerock.json.JsonValue in a legacy "
        "script; it was given a plain JavaScript object."
    )
    assert error_of(outcome).line == 2


@pytest.mark.parametrize(
    ("argument", "given"),
    [
        ("null", "null"),
        ("'x'", "x"),
        ("new fr.HashMap()", "a java.util.HashMap"),
        ("fr.JsonValue.json('x')", "one that holds no Map"),
    ],
)
def test_what_is_no_json_value_with_a_map_is_refused(
    run_legacy: Run, argument: str, given: str
) -> None:
    outcome = run_legacy(f"{IMPORT}token.setAct({argument});")

    assert not outcome.act_set
    assert error_of(outcome).message.endswith(f"it was given {given}.")


@pytest.mark.parametrize(
    "importing",
    [
        "with (new JavaImporter(Packages.org.forgerock.json)) { %s }",
        "with (JavaImporter(org.forgerock.json.JsonValue)) { %s }",
        "var JsonValue = org.forgerock.json.JsonValue; %s",
    ],
)
def test_classes_are_imported_in_each_way_rhino_has(
    run_legacy: Run, importing: str
) -> None:
    outcome = run_legacy(
        importing % "token.setMayAct(new JsonValue({sub: 'x', list: ['y']}));"
    )

    assert outcome.error is None
    assert outcome.may_act == {"sub": "x", "list": ["y"]}


@pytest.mark.parametrize(
    "source",
    [
        "java.lang.Runtime.getRuntime()",
        "java.lang.Class.forName('java.io.File')",
        "java.lang.System.getenv('PATH')",
        "new java.io.File('/etc/passwd')",
        "new Packages.java.io.File('/etc/passwd')",
        "javax.script.ScriptEngineManager()",
        "com.sun.net.httpserver.HttpServer.create()",
    ],
)
def test_a_class_outside_the_allow_list_is_not_a_function(
    run_legacy: Run, source: str
) -> None:
    outcome = run_legacy(source)

    assert error_of(outcome).message.startswith("TypeError: ")
    assert re.search(
        "[Ii]t is not a function|is not a function", error_of(outcome).message
    )
    assert error_of(outcome).hint


def test_a_blocked_class_is_not_imported(run_legacy: Run) -> None:
    outcome = run_legacy("JavaImporter(java.lang.Runtime).Runtime.getRuntime()")

    assert error_of(outcome).message.startswith("TypeError: ")


def test_packages_cannot_be_changed_and_classes_neither(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        java.util.HashMap = 1;
        try { org.forgerock.json.JsonValue.json = 1; } catch (e) {
            logger.message(e.message);
        }
        logger.message(java.util.HashMap !== 1);
        logger.message(org.forgerock.json.JsonValue.json('x').isMap());
        logger.message(java.util.concurrent);
        """
    )

    assert logged(outcome) == [
        'Java class "org.forgerock.json.JsonValue" has no public instance field or '
        'method named "json".',
        "true",
        "false",
        "[JavaPackage java.util.concurrent]",
    ]


def test_java_importer_refuses_what_is_no_class(run_legacy: Run) -> None:
    outcome = run_legacy("JavaImporter('java.util')")

    assert error_of(outcome).message == (
        'InternalError: "java.util" is neither a class nor a package.'
    )


def test_json_value_reads_what_it_holds(run_legacy: Run) -> None:
    outcome = run_legacy(
        IMPORT
        + """
        var v = fr.JsonValue.json({s: 'x', n: 2.5, b: true, l: ['a'], m: {k: null}});
        logger.message([v.isMap(), v.get('l').isList(), v.get('s').isString(),
            v.get('b').isBoolean(), v.get('none').isNull(), v.isNotNull()]);
        logger.message([v.get('s').asString(), v.get('n').asInteger(),
            v.get('n').asDouble(), v.get('b').asBoolean(), v.get('none').asString(),
            v.asMap().s, v.get('l').asList()[0], v.get('s').getObject()]);
        logger.message([v.isDefined('m'), v.isDefined('q'), v.size(), v.keys(),
            v.get('l').contains('a'), v.get('none').defaultTo(7).getObject()]);
        logger.message(v);
        var c = v.copy();
        c.remove('m');
        logger.message(v.isDefined('m') + ' ' + c.isDefined('m'));
        var it = v.get('l').iterator();
        logger.message(it.next().asString() + it.hasNext());
        """
    )

    assert logged(outcome) == [
        "true,true,true,true,true,true",
        "x,2,2.5,true,,x,a,x",
        "true,false,5,[b, s, l, m, n],true,7.0",
        '{ "s": "x", "n": 2.5, "b": true, "l": [ "a" ], "m": { "k": null } }',
        "true false",
        "afalse",
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fr.JsonValue.json(1).asString()", "Expecting a java.lang.String"),
        ("fr.JsonValue.json(null).put('a', 1)", "Expecting a Map or List"),
        ("fr.JsonValue.json(null).required()", "Expecting a value"),
        ("fr.JsonValue.json({a: 1}).add('a', 2)", "Map key a already exists"),
        ("fr.ArrayList().get(0)", "IndexOutOfBoundsException"),
        ("new fr.ArrayList().get(0)", "IndexOutOfBoundsException"),
        ("new fr.HashSet().iterator().next()", "NoSuchElementException"),
        ("java.lang.Integer.parseInt('x')", "NumberFormatException"),
        ("new fr.HashSet(1).addAll({})", "java.util.Collection"),
        ("fr.JsonValue.json({a: 1}).put('b', 2)", "UnsupportedOperationException"),
        ("fr.JsonValue.json(['a']).add('b')", "UnsupportedOperationException"),
        ("fr.JsonValue.object('a')", "Cannot convert a to java.util.Map$Entry"),
        (
            "new fr.HashMap().put('a')",
            "Can't find method java.util.HashMap.put(str",
        ),
        ("new fr.HashMap().a = 1", 'Java class "java.util.HashMap" has no public'),
        ("new fr.HashSet()[0]", 'Java class "java.util.HashSet" has no public'),
        ("token.getClass()", 'Access to Java class "java.lang.Class" is prohibited'),
    ],
)
def test_a_java_exception_is_a_script_error(
    run_legacy: Run, source: str, message: str
) -> None:
    outcome = run_legacy(IMPORT + source)

    assert message in error_of(outcome).message
    assert error_of(outcome).line == 2


def test_collections_behave_as_in_java(run_legacy: Run) -> None:
    outcome = run_legacy(
        IMPORT
        + """
        var list = new fr.ArrayList(fr.Arrays.asList('a', 'b'));
        list.add(0, 'z');
        list.set(1, 'A');
        list.remove('b');
        logger.message(['' + list, list.size(), list[0], list.contains('A'),
            list.isEmpty(), list.remove(0), list]);
        var map = new fr.LinkedHashMap();
        logger.message([map.put('k', 1), map.put('k', 2), '' + map,
            map.containsKey('k'), map.containsValue(2), map.getOrDefault('q', 9),
            map.keySet(),
            '' + map.values(), map.remove('k'), map.isEmpty()]);
        var set = new fr.HashSet(['a', 'a', 'b']);
        logger.message(['' + set, set.add('a'), set.remove('b'), set.size(),
            set.containsAll(['a']), set.toArray().length]);
        map.putAll(fr.Collections.singletonMap('x', 'y'));
        map.entrySet().forEach(function (e) {
            logger.message(e.getKey() + e.getValue());
        });
        logger.message(java.lang.String.join('-', list)
            + java.lang.Integer.parseInt('41') + java.lang.Boolean.valueOf('TRUE'));
        """
    )

    assert logged(outcome) == [
        "[z, A],2,z,true,false,z,[A]",
        ",1.0,{k=2.0},true,true,9.0,[k],[2.0],2.0,true",
        "[a, b],false,true,1,true,1",
        "xy",
        "A41true",
    ]


def test_scopes_are_a_java_set(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        var names = [];
        scopes.forEach(function (scope) { names.push(scope); });
        logger.message([scopes.contains('read'), scopes.contains('x'), scopes.size(),
            scopes.isEmpty(), scopes.iterator().next(), scopes.toArray()[1], names]);
        """
    )

    assert logged(outcome) == ["true,false,2,false,read,write,read,write"]


def test_identity_gives_sets(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        logger.message([identity.getName(), identity.getUniversalId(),
            identity.isExists(), identity.getAttribute('none').isEmpty()]);
        logger.message(identity.getAttribute('mail').iterator().next());
        identity.setAttribute('team', new java.util.HashSet(['risk']));
        identity.addAttribute('team', 'data');
        identity.store();
        logger.message(identity.getAttributes());
        logger.message(identity.getAttributes(new java.util.HashSet(['team'])));
        """
    )

    assert logged(outcome) == [
        "bjensen,id=bjensen,ou=user,dc=am,true,true",
        "babs@example.com",
        "{mail=[babs@example.com, b@example.com], team=[data, risk]}",
        "{team=[data, risk]}",
    ]


def test_an_identity_with_nobody_behind_it_fails_on_use(run_legacy: Run) -> None:
    outcome = run_legacy("identity.getAttribute('mail')", identity={"empty": True})

    assert error_of(outcome).message == (
        'InternalError: Cannot invoke "com.sun.identity.idm.AMIdentity.getAttribute()" '
        'because "this.amIdentity" is null'
    )


def test_properties_are_maps_and_members(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        logger.message([clientProperties.get('clientId'), clientProperties.clientId,
            clientProperties.get('allowedScopes').contains('write'),
            clientProperties.keySet().contains('clientId'),
            clientProperties.get('customProperties').get('team'),
            requestProperties.get('requestParams').get('scope').get(0),
            requestProperties.requestParams.scope[0], requestProperties.realm]);
        """
    )

    assert logged(outcome) == [
        "data-agent,data-agent,true,true,risk,read write,read write,/alpha"
    ]


def test_client_properties_cannot_be_changed(run_legacy: Run) -> None:
    outcome = run_legacy("clientProperties.get('allowedScopes').add('evil')")

    assert "UnsupportedOperationException" in error_of(outcome).message


def test_token_fields_are_read_and_set(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        token.setField('colour', 'blue');
        token.setField('may_act', {sub: 'x'});
        token.setAct(org.forgerock.json.JsonValue.json({sub: 'y'}));
        logger.message([token.getField('colour'), token.getField('sub'),
            token.getField('none'), token.getMayAct().get('sub').asString(),
            token.getAct()]);
        """
    )

    assert logged(outcome) == ['blue,(age!data-agent),,x,{ "sub": "y" }']
    assert (outcome.may_act, outcome.act) == ({"sub": "x"}, {"sub": "y"})


def test_the_legacy_logger_has_three_levels(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        if (logger.messageEnabled()) { logger.message('m'); }
        if (logger.warningEnabled()) { logger.warning('w'); }
        if (logger.errorEnabled()) { logger.error('e'); }
        logger.info('no');
        """
    )

    assert outcome.log == (
        LogLine("message", "m"),
        LogLine("warning", "w"),
        LogLine("error", "e"),
    )
    assert error_of(outcome).message == "TypeError: info is not a function"


def test_common_bindings_of_a_legacy_script(run_legacy: Run) -> None:
    outcome = run_legacy("logger.message([realm, scriptName, typeof cookieName])")

    assert logged(outcome) == ["/alpha,May act,undefined"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # Reading
        ("v.get('m').get('k').asString()", "x"),
        ("v.get('l').get(1).asInteger()", "2"),
        ("v.get('l').get('0').asDouble()", "1.0"),
        ("v.get('none').get('deeper').isNull()", "true"),
        ("v.get('l').get(-1)", "/l: List index out of range: -1"),
        ("v.get('m').asString()", "/m: Expecting a java.lang.String"),
        ("v.get('m').get('k').asInteger()", "/m/k: Expecting a java.lang.Number"),
        ("v.get('a/b').asMap()", "/a~1b: Expecting a java.util.Map"),
        ("typeof v.get('m').get('k').asString()", "object"),
        ("v.get('b').asBoolean() ? 'yes' : 'no'", "yes"),  # every box is true
        ("v.get('l').contains(1)", "true"),
        ("v.get('l').size()", "2"),
        ("v.get('m').keys().contains('k')", "true"),
        ("v.get('l').keys()", "[0, 1]"),
        ("v.get('l').iterator().next().getPointer()", "/l/0"),
        ("v.get('none').required()", "/none: Expecting a value"),
        ("v.get('none').defaultTo('d').asString()", "d"),
        ("v.get('m').getObject().get('k')", "x"),
        ("v.get('m').map", "true"),  # isMap() as a property
        ("v.get('l').asSet().size()", "2"),
        ("v.get('m').as(function (j) { return j.size(); })", "1.0"),
        ("v.isEqualTo(v.copy())", "true"),
        # Changing
        ("v.get('l').put(2, 'new')", '[ 1.0, 2.0, "new" ]'),
        ("v.get('l').put(9, 'new')", "/l: List index out of range: 9"),
        ("v.get('l').add('new').size()", "3"),
        ("v.get('l').add(0, 'new').get(0).asString()", "new"),
        ("v.get('m').add('k', 1)", "/m: Map key k already exists"),
        ("v.get('m').put('t', '\"\\\\\\n\\u0001')", '"t": "\\"\\\\\\n\\u0001"'),
        ("v.put('m', null).get('m').isNull()", "true"),
        ("v.get('b').put('x', 1)", "/b: Expecting a Map or List"),
        ("v.get('b').add(1)", "/b: Expecting a Set or List"),
        ("v.addIfNotNull('gone', null).isDefined('gone')", "false"),
        ("(v.remove('m'), v.isDefined('m'))", "false"),
        ("(v.get('l').remove(0), v.get('l').size())", "1"),
        ("(v.get('m').clear(), v.get('m').size())", "0"),
        ("(v.clone().get('m').put('k', 'y'), v.get('m').get('k').asString())", "y"),
        ("(v.copy().get('m').put('k', 'y'), v.get('m').get('k').asString())", "x"),
        # Pointers
        ("v.get(at('/m/k')).asString()", "x"),
        ("v.get(at('/m/none'))", "null"),
        ("v.get(at('a~1b')).asString()", "slash"),
        ("v.put(at('/m/n'), 1).get('m').isDefined('n')", "true"),
        ("v.put(at('/none/n'), 1)", "/none: Expecting a value"),
        ("v.putPermissive(at('/new/deep'), 1).get('new')", '{ "deep": 1.0 }'),
        ("v.addPermissive(at('/list/-'), 1).get('list')", "[ 1.0 ]"),
        ("(v.remove(at('/m/k')), v.get('m').size())", "0"),
        ("at('/a/b').parent().child('c')", "/a/c"),
        ("at('/').isEmpty()", "true"),
        ("fr.JsonValue.json('/m/k').asPointer().leaf()", "k"),
    ],
)
def test_a_json_value_does_what_it_does_in_java(
    run_legacy: Run, expression: str, expected: str
) -> None:
    outcome = run_legacy(
        "var fr = JavaImporter(org.forgerock.json, java.util);"
        "function at(path) { return new fr.JsonPointer(path); }"
        "var m = new fr.LinkedHashMap(); m.put('k', 'x');"
        "var v = fr.JsonValue.json(fr.JsonValue.object());"
        "v.put('m', m).put('l', fr.JsonValue.array(1, 2)).put('b', false);"
        "v.put('a/b', 'slash');"
        f"var told; try {{ told = String({expression}); }} catch (e) {{"
        " told = e.message; } logger.message(told);"
    )

    assert outcome.error is None, outcome.error
    assert expected in outcome.log[0].text


@pytest.mark.parametrize("field", ["may_act", "act"])
def test_a_field_that_is_no_map_is_told_of_the_method_that_was_called(
    run_legacy: Run, field: str
) -> None:
    outcome = run_legacy(f"token.setField('{field}', 'x');")

    assert error_of(outcome).message.startswith("TypeError: token.setField takes a Map")


def test_a_date_is_made_from_what_java_gives(run_legacy: Run) -> None:
    outcome = run_legacy(
        "logger.message('' + new Date(java.lang.Long.valueOf(5)).getTime()"
        " + new Date(new java.lang.String('1970-01-01')).getTime());"
    )

    assert logged(outcome) == ["50"]
