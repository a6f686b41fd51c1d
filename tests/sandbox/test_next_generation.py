import pytest

from workbench.am.scripts.script import LogLine

from .conftest import Run, error_of


def test_set_may_act_takes_a_plain_object(run: Run) -> None:
    outcome = run("token.setMayAct({client_id: 'a', deep: {list: [1, null, true]}});")

    assert outcome.error is None
    assert outcome.stamped
    assert outcome.may_act == {"client_id": "a", "deep": {"list": [1, None, True]}}


def test_the_last_call_of_set_may_act_wins(run: Run) -> None:
    outcome = run("token.setMayAct({sub: 'a'}); token.setMayAct({sub: 'b'});")

    assert outcome.may_act == {"sub": "b"}


def test_a_claim_is_what_it_was_when_it_was_set(run: Run) -> None:
    outcome = run("var m = {sub: 'a'}; token.setMayAct(m); m.sub = 'b';")

    assert outcome.may_act == {"sub": "a"}


def test_set_act_is_reported_apart_from_may_act(run: Run) -> None:
    outcome = run("token.setAct({sub: 'agent'});")

    assert (outcome.act_set, outcome.act) == (True, {"sub": "agent"})
    assert (outcome.stamped, outcome.may_act) == (False, None)


def test_claims_set_are_read_back(run: Run) -> None:
    outcome = run(
        """
        token.setMayAct({sub: 'a'});
        logger.info([token.getMayAct().sub, token.getField('may_act').sub,
                     token.getField('sub'), token.getAct(),
                     token.getField('none')].join());
        """
    )

    assert outcome.log == (LogLine("info", "a,a,(age!data-agent),,"),)


def test_undefined_members_are_left_out(run: Run) -> None:
    outcome = run("token.setMayAct({a: undefined, b: [undefined]});")

    assert outcome.may_act == {"b": [None]}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("'text'", "takes a plain object; it was given string"),
        ("7", "takes a plain object; it was given number"),
        ("null", "takes a plain object; it was given null"),
        ("undefined", "takes a plain object; it was given undefined"),
        ("[]", "takes a plain object; it was given an array"),
        ("{a: {b: function () {}}}", "mayAct.a.b is a function"),
        ("{a: [1, 0 / 0]}", "mayAct.a[1] is NaN"),
        ("{a: new Date()}", "mayAct.a is [object Date]"),
    ],
)
def test_set_may_act_refuses_what_is_no_map_of_json(
    run: Run, argument: str, message: str
) -> None:
    outcome = run(f"\ntoken.setMayAct({argument});")

    assert not outcome.stamped
    assert error_of(outcome).message.startswith("TypeError: ")
    assert message in error_of(outcome).message
    assert error_of(outcome).line == 2


def test_a_cyclic_claim_is_a_clean_error(run: Run) -> None:
    outcome = run("var a = {}; a.b = {c: a}; token.setMayAct(a);")

    assert error_of(outcome).message == (
        "TypeError: mayAct contains itself or is nested more than 200 deep."
    )


def test_there_is_no_set_field_and_no_add_may_act(run: Run) -> None:
    for method in ("setField", "addMayAct"):
        outcome = run(f"token.{method}('may_act', {{}});")

        assert error_of(outcome).message == f"TypeError: {method} is not a function"


def test_client_properties_are_members_and_a_map(run: Run) -> None:
    outcome = run(
        """
        logger.info('{} {} {}', clientProperties.clientId,
                    clientProperties.get('clientId'), clientProperties.get('none'));
        logger.info('{} {}', clientProperties.customProperties.team,
                    clientProperties.get('customProperties').get('tiers')[1]);
        logger.info('{} {} {} {}', clientProperties.containsKey('clientId'),
                    clientProperties.size(), clientProperties.isEmpty(),
                    clientProperties.keySet().join());
        """
    )

    assert [line.text for line in outcome.log] == [
        "data-agent data-agent null",
        "risk iron",
        "true 3 false clientId,allowedScopes,customProperties",
    ]


def test_client_properties_cannot_be_changed(run: Run) -> None:
    outcome = run(
        """
        [
            function () { clientProperties.clientId = 'evil'; },
            function () { clientProperties.allowedScopes[0] = 'evil'; },
            function () { clientProperties.put('clientId', 'evil'); }
        ].forEach(function (change) {
            try { change(); } catch (e) { logger.info(e.message); }
        });
        logger.info(JSON.stringify(clientProperties));
        """
    )

    *refusals, kept = [line.text for line in outcome.log]
    assert refusals == ["java.lang.UnsupportedOperationException: null"] * 3
    assert "evil" not in kept


def test_client_properties_are_absent_where_no_client_was_identified(run: Run) -> None:
    outcome = run("clientProperties.clientId", client_properties=None)

    assert (
        error_of(outcome).message == "ReferenceError: clientProperties is not defined"
    )


def test_request_properties_scopes_and_common_bindings(run: Run) -> None:
    outcome = run(
        """
        token.setMayAct({
            scope: requestProperties.requestParams.scope[0],
            uri: requestProperties.requestUri,
            header: requestProperties.requestHeaders['X-Trace'],
            missing: requestProperties.requestHeaders['x-trace'] === undefined,
            write: scopes.includes('write'),
            names: [realm, scriptName, cookieName, logger.getName()]
        });
        """
    )

    assert outcome.may_act == {
        "scope": "read write",
        "uri": "https://am.example.com/am/oauth2/access_token",
        "header": ["7"],
        "missing": True,
        "write": True,
        "names": [
            "/alpha",
            "May act",
            "iPlanetDirectoryPro",
            "scripts.OAUTH2_MAY_ACT_NEXT_GEN.1-2-3.(May act)",
        ],
    }


def test_identity_answers_for_the_resource_owner(run: Run) -> None:
    outcome = run(
        """
        identity.setAttribute('team', ['risk']);
        identity.addAttribute('mail', 'c@example.com');
        identity.store();
        token.setMayAct({
            who: [identity.getName(), identity.getUniversalId(), identity.exists()],
            mail: identity.getAttributeValues('mail'),
            team: identity.getAttributeValues('team'),
            none: identity.getAttributeValues('none')
        });
        """
    )

    assert outcome.may_act == {
        "who": ["bjensen", "id=bjensen,ou=user,dc=am", True],
        "mail": ["b@example.com", "babs@example.com", "c@example.com"],
        "team": ["risk"],
        "none": [],
    }


def test_an_identity_with_nobody_behind_it_fails_on_use_only(run: Run) -> None:
    there = run("logger.info(typeof identity)", identity={"empty": True})
    used = run("identity.getName()", identity={"empty": True})

    assert there.log == (LogLine("info", "object"),)
    assert error_of(used).message == (
        'InternalError: Cannot invoke "com.sun.identity.idm.AMIdentity.getName()" '
        'because "this.amIdentity" is null'
    )


def test_a_session_over_the_output_limit_is_an_error(run: Run) -> None:
    outcome = run(
        "session.setProperty('a', new Array(300000).join('x'))", session={"a": "b"}
    )

    assert "longer than the output limit" in error_of(outcome).message


def test_session_is_null_without_a_cookie(run: Run) -> None:
    without = run("logger.info(session === null)")
    with_cookie = run(
        """
        session.setProperty('seen', 1);
        session.setProperty('AuthLevel', 9);
        logger.info('{} {} {}', session.getProperty('AuthLevel'),
                    session.getProperty('seen'), session.getProperty('none'));
        """,
        session={"AuthLevel": "5"},
    )

    assert without.log[0].text == "true"
    assert with_cookie.log[0].text == "5 1 null"
    assert with_cookie.session == {"seen": "1"}


def test_logger_fills_placeholders_at_every_level(run: Run) -> None:
    outcome = run(
        """
        logger.trace('plain');
        logger.debug('{} and {}', 1, {});
        logger.info('{} of {}', ['a', 'b']);
        logger.warn('{} {}', 'one');
        logger.error('none', 'left over');
        logger.info(logger.isTraceEnabled() && logger.isErrorEnabled());
        """
    )

    assert outcome.log == (
        LogLine("trace", "plain"),
        LogLine("debug", "1 and [object Object]"),
        LogLine("info", "a of b"),
        LogLine("warn", "one {}"),
        LogLine("error", "none"),
        LogLine("info", "true"),
    )


@pytest.mark.parametrize(
    "name", ["ArrayList", "HashSet", "LinkedHashSet", "LinkedList", "TreeSet"]
)
def test_few_java_classes_are_in_reach(run: Run, name: str) -> None:
    outcome = run(f"var c = new java.util.{name}(['a']); token.setMayAct({{c: c}});")

    assert outcome.may_act == {"c": ["a"]}


@pytest.mark.parametrize("name", ["HashMap", "LinkedHashMap", "TreeMap", "Date"])
def test_a_mutable_java_map_is_not_in_reach(run: Run, name: str) -> None:
    outcome = run(f"new java.util.{name}()")

    assert error_of(outcome).message == (
        f"TypeError: [JavaPackage java.util.{name}] is not a function, it is object."
    )
    assert error_of(outcome).hint


def test_a_class_that_is_blocked_is_not_imported_either(run: Run) -> None:
    outcome = run(
        "var j = JavaImporter(java.util, org.forgerock.json.JsonValue);"
        "logger.info([typeof j.HashMap, typeof j.JsonValue, typeof j.TreeSet] + '');"
    )

    assert outcome.log[0].text == "undefined,undefined,function"


@pytest.mark.parametrize(
    "name",
    [
        *("Map", "Set", "WeakMap", "WeakSet", "Symbol", "Proxy", "Reflect", "Promise"),
        *("console", "setTimeout", "process", "fetch", "performance"),
        *("SharedArrayBuffer", "Atomics", "ArrayBuffer", "Uint8Array", "WebAssembly"),
    ],
)
def test_a_global_that_am_has_not_is_not_declared(run: Run, name: str) -> None:
    outcome = run(f"{name};")

    assert error_of(outcome).message == f"ReferenceError: {name} is not defined"


def test_a_returned_value_is_kept_and_stamps_nothing(run: Run) -> None:
    outcome = run("(function () { return {sub: 'a'}; }());")

    assert not outcome.stamped
    assert outcome.returned == {"sub": "a"}
    assert "ignores return values" in outcome.remark


@pytest.mark.parametrize(
    ("source", "returned"),
    [
        ("(function () {})", "[function]"),
        ("var a = {}; a.a = a; a", "[object]"),
        ("'x'.repeat(9000)", "[9002 characters]"),
        ("undefined", None),
    ],
)
def test_a_returned_value_that_is_no_json_is_named(
    run: Run, source: str, returned: str
) -> None:
    outcome = run(source)

    assert outcome.error is None
    assert outcome.returned == returned


def test_an_error_has_its_place_in_the_authors_source(run: Run) -> None:
    outcome = run("var a = 1;\r\n'é€😀' + nobody;\n")

    error = error_of(outcome)
    assert error.message == "ReferenceError: nobody is not defined"
    assert (error.line, error.source_line) == (2, "'é€😀' + nobody;")
    assert error.column is not None
    assert error.source_line[error.column - 1 :].startswith("nobody")


def test_bad_json_has_the_place_where_it_was_read(run: Run) -> None:
    outcome = run('var a = 1;\n\n\nvar o = JSON.parse("{");')

    assert (error_of(outcome).line, error_of(outcome).column) == (4, 14)
    assert error_of(outcome).source_line == 'var o = JSON.parse("{");'


@pytest.mark.parametrize("word", ["import", "class", "super"])
def test_a_word_that_is_a_name_in_am_is_told_as_it_is(run: Run, word: str) -> None:
    assert error_of(run(f"{word}('os')")).message == (
        f"ReferenceError: {word} is not defined"
    )


def test_a_syntax_error_has_its_place_too(run: Run) -> None:
    outcome = run("var fine;\nvar not = = 1;")

    assert error_of(outcome).message.startswith("SyntaxError: ")
    assert (error_of(outcome).line, error_of(outcome).column) == (2, 11)


@pytest.mark.parametrize(
    ("thrown", "message"),
    [
        ("{code: 1}", 'Thrown: {"code":1}'),
        ("'no'", "Thrown: no"),
        ("undefined", "Thrown: undefined"),
        ("function () {}", "Thrown: a function."),
        ("{get a() { throw 1; }}", "Thrown: a value that cannot be shown."),
        (
            "Object.assign(new Error(), {name: {toString: null}})",
            "Thrown: a value that cannot be shown.",
        ),
    ],
)
def test_whatever_is_thrown_is_told_in_words(
    run: Run, thrown: str, message: str
) -> None:
    outcome = run(f"throw {thrown};")

    assert (
        error_of(outcome).message.removesuffix(" (throw an Error to see its line)")
        == message
    )


def test_a_missing_method_is_named_where_it_is_the_only_call(run: Run) -> None:
    assert error_of(run("token.addMayAct(1);")).message == (
        "TypeError: addMayAct is not a function"
    )


def test_a_missing_method_is_not_mistaken_for_a_call_in_its_arguments(run: Run) -> None:
    outcome = run('token.addMayAct(clientProperties.get("clientId"));')

    assert error_of(outcome).message == ("TypeError: addMayAct is not a function")


def test_a_keyword_is_not_mistaken_for_a_call(run: Run) -> None:
    outcome = run(
        "for each (var x in [1]) { if (true) (function () { token.no(x) })() }"
    )

    assert error_of(outcome).message == "TypeError: no is not a function"


def test_properties_can_be_walked_through(run: Run) -> None:
    outcome = run(
        "var seen = [];"
        "clientProperties.forEach(function (name) { seen.push(name); });"
        "token.setMayAct({seen: seen, other: clientProperties.getOrDefault('x', 1)});"
    )

    assert outcome.may_act["other"] == 1
    assert "clientId" in outcome.may_act["seen"]
