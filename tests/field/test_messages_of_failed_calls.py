"""The message of a failed call names the one call that failed, with its place."""

import sys
from contextlib import closing

import pytest

from workbench import Workbench
from workbench.sandbox.engines.engine import QuickJSEngine

from .asked import ALL, BOTH, ask

FAILED = [
    ("identity.nothing(requestProperties.get('realm'));", "nothing", "not a function"),
    ("requestProperties.get(identity.nothing('realm'));", "nothing", "not a function"),
    ("identity.getName(realm.nope(), realm.nada());", "nope", "not a function"),
    ("var o = {a: {}}; o.a.b(identity.getName());", "b", "not a function"),
    ("var o = {a: {}}; o['b'](identity.getName());", "'b'", "b is not a function"),
    ("var o = {}; identity.getName().concat(o.no());", "no", "not a function"),
    ("var no; identity.getName(no());", "no", "not a function"),
    ("[1].map(function (x) { return x.no(realm.length); });", "no", "not a function"),
    (
        "function f() { return this.no(); } realm.length; f(realm.concat('a'));",
        "no",
        "not a function",
    ),
    ("var o = {}; new o.No(identity.getName());", "No", "No is not a function"),
    ("var o; o.no(identity.getName());", "no", "property 'no' of undefined"),
    ("var o = null; realm.concat(o.no);", "no", "property 'no' of null"),
    ("var o = {a: {}}; realm.concat(o.a.b.c, 1);", "c", "property 'c' of undefined"),
    ("var o = {}; o.a.b = identity.getName();", "b", "property 'b' of undefined"),
    ("var o = []; realm.concat(o[5].x);", "x", "property 'x' of undefined"),
    ("var o = {}; realm.concat(o.a\n  .b(realm));", "b", "property 'b' of undefined"),
    ("'a'.repeat(-1, identity.getName());", "repeat", ""),
    ("new java.util.ArrayList(['a']).get(realm.length + 9);", "get", "OutOfBounds"),
    ("new java.util.ArrayList(['a']).add();", "add", "find method"),
    (
        "new java.util.ArrayList(['a']).addAll(realm.length);",
        "addAll",
        "Cannot convert",
    ),
    ("new java.util.ArrayList(realm.length, 2, 3).size().no();", "no", "no is not"),
    ("new java.util.HashSet(['a']).iterator().remove();", "remove", "Unsupported"),
    (
        "(function () { var l = new java.util.ArrayList(); l.nope(l.size()); }());",
        "nope",
        "nope is not a function",
    ),
]
FAILED_LEGACY = [
    ("new java.util.HashMap().put(identity.getName());", "put", "HashMap.put("),
    ("new java.util.HashMap().putt('a', identity.getName());", "putt", "putt is not"),
    ("identity.getAttributeValues('mail').get(0);", "getAttributeValues", "not a f"),
    ("logger.info(identity.getName());", "info", "info is not a function"),
    (
        "org.forgerock.json.JsonValue.json('a').putt(realm.length);",
        "putt",
        "putt is not a function",
    ),
    (
        "org.forgerock.json.JsonValue.json(identity.getName()).put('a', 'b');",
        "put",
        "JsonValueException",
    ),
]
FAILED_NEXT = [
    ("identity.getAttribute('mail').iterator();", "getAttribute", "not a function"),
    ("logger.message(identity.getName());", "message", "message is not a function"),
    ("requestProperties.put('a', identity.getName());", "put", "Unsupported"),
    ("clientProperties.allowedScopes.push(realm.length);", "push", "Unsupported"),
    ("identity.setAttribute('x', realm.concat('a'));", "setAttribute", "takes a list"),
    ("openidm.read(identity.getName());", "read", "openidm.read() was called"),
    ("systemEnv.getProperty('a', realm, 'what');", "getProperty", "no type"),
]


def place_of(source: str, name: str) -> tuple[int, int]:
    """Line and column of the last time that the name is written."""
    before = source[: source.rindex(name)]
    line = before.count("\n") + 1
    return line, len(before) - (before.rfind("\n") + 1) + 1


def check(wb: Workbench, context: str, source: str, version: str, *told: str) -> None:
    name, message = told
    asked = ask(wb, context, f"\n{source}\n", version)

    error = asked.error
    line, column = place_of(source, name)
    assert message in error.message
    assert "one of these" not in error.message
    assert error.message.count(" is not a function") <= 1
    assert (error.line, error.column) == (line + 1, column)
    assert asked.status in (500, 302)


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(("source", "name", "message"), FAILED)
def test_a_failed_call_is_named(
    wb: Workbench, version: str, source: str, name: str, message: str
) -> None:
    check(wb, "token modification", source, version, name, message)


@pytest.mark.parametrize(("source", "name", "message"), FAILED_LEGACY)
def test_a_failed_call_of_a_legacy_script_is_named(
    wb: Workbench, source: str, name: str, message: str
) -> None:
    check(wb, "token modification", source, "1.0", name, message)


@pytest.mark.parametrize(("source", "name", "message"), FAILED_NEXT)
def test_a_failed_call_of_a_next_generation_script_is_named(
    wb: Workbench, source: str, name: str, message: str
) -> None:
    check(wb, "token modification", source, "2.0", name, message)


@pytest.mark.parametrize(("context", "version"), ALL)
def test_a_failed_call_is_named_in_every_context(
    wb: Workbench, context: str, version: str
) -> None:
    source = "logger.nothing(requestProperties.get('realm'), realm.length);"

    check(wb, context, source, version, "nothing", "nothing is not a function")


@pytest.mark.parametrize(("context", "version"), ALL)
def test_a_member_of_nothing_is_named_in_every_context(
    wb: Workbench, context: str, version: str
) -> None:
    source = "realm.concat(requestProperties.get('none').more, realm.length);"

    check(wb, context, source, version, "more", "property 'more' of null")


@pytest.mark.parametrize(
    ("source", "message", "place"),
    [
        ("throw new Error('mine ' + realm.length);", "Error: mine 6", (1, 7)),
        ("function f() { throw new TypeError('x'); }\nf();", "TypeError: x", (1, 22)),
        ("var x = nobody;", "ReferenceError: nobody is not defined", (1, 9)),
    ],
)
def test_what_a_script_throws_keeps_its_place(
    wb: Workbench, source: str, message: str, place: tuple[int, int]
) -> None:
    error = ask(wb, "may act", source).error

    assert error.message == message
    assert (error.line, error.column) == place


def test_an_error_that_was_caught_is_not_told(wb: Workbench) -> None:
    source = "try { realm.a(); } catch (e) { logger.info(e.message); } realm.b();"

    error = ask(wb, "may act", source).error

    assert error.message == "TypeError: b is not a function"


def test_what_a_failed_script_logged_is_told_once(wb: Workbench) -> None:
    asked = ask(wb, "may act", "logger.info('once'); realm.b(logger.info('twice'));")

    assert asked.log == ["once", "twice"]
    assert asked.error.message == "TypeError: b is not a function"


@pytest.mark.parametrize(
    "source",
    [
        "realm /* . ( */ . /* [ */ nope /* ( */ ( /* ) */ realm /* , */ )",
        "(realm) . nope (1)",
        "(realm\n.nope)\n(1)",
        "with ({}) { realm.nope(realm.length) }",
        "var s = 'é😀'; s.nope(s.length)",
        "(false || realm.nope)(realm.length)",
        "realm['no' + 'pe'](realm.length)",
        "eval('realm.nope(realm.length)')",
        "realm.nope(1, [2, 3], {a: 4})",
        "var f = function () { return arguments[0].nope(); }; f(realm)",
        "for (var i = 0; i < 3; i++) { if (i == 2) realm.nope(i) }",
        "x = realm.length ? realm.nope(1) : 2; var x",
        "'use strict'; var o = {}; o.a = realm.nope(1);",
        "try { realm.nope(1); } finally { realm.length; }",
        "try { realm.nope(1); } catch (e if e.message == 'no') { }",
    ],
)
@pytest.mark.parametrize("version", BOTH)
def test_however_it_is_written_the_call_is_named(
    wb: Workbench, version: str, source: str
) -> None:
    error = ask(wb, "may act", source, version).error

    assert "function" in error.message
    assert "one of these" not in error.message


@pytest.mark.parametrize("deep", [150, 300, 500])
def test_what_only_the_second_run_is_too_deep_for_is_not_told(
    wb: Workbench, deep: int
) -> None:
    source = f"function f(n) {{ return n ? f(n - 1) : 0; }} f({deep}); var o; o.no();"

    error = ask(wb, "may act", source).error

    assert error.message == "TypeError: cannot read property 'no' of undefined"


def test_a_name_is_no_longer_than_a_message(wb: Workbench) -> None:
    error = ask(wb, "may act", "var o = {}; o[Array(100000).join('x')]();").error

    assert error.message.endswith("x... is not a function")
    assert len(error.message) < 2100


def test_twice_the_calls_are_twice_the_work() -> None:
    few, many = (_work_of_reading(calls) for calls in (100, 200))

    assert many < 2.5 * few


def _work_of_reading(calls: int) -> int:
    """Python calls that a chain of so many calls takes to be understood."""
    engine = QuickJSEngine(in_process=True)
    source, made = "realm" + ".concat('a')" * calls, []
    with closing(engine):
        engine.read("")  # what it takes to start is none of the script's
        sys.setprofile(lambda frame, event, _: made.append(event))
        try:
            engine.read(source)
        finally:
            sys.setprofile(None)
    return made.count("call")
