"""Each refused construct has a name, a place and something to write instead."""

import pytest

from workbench.errors import ScriptError, ScriptNotEmulated
from workbench.sandbox.engines.engine import QuickJSEngine

from .conftest import MakeBindings, MakeScript, Run, error_of

REFUSED = [
    ("let x = 1", "let", 1),
    ("var x = {a, b: 1}", "object-shorthand", 10),
    ("var x = {[a]: 1}", "computed-key", 10),
    ("var {a} = b", "object-destructuring", 6),
    ("function f(a = 1) {}", "default-value", 12),
    ("function f(...a) {}", "rest-parameter", 12),
    ("f(...a)", "spread", 3),
    ("for (var x of y) {}", "for-of", 1),
    ("class A {}", "class", 1),
    ("function* g() {}", "generator", 1),
    ("async function f() {}", "async", 1),
    ("x = 2 ** 3", "exponent", 5),
    ("x = a?.b", "optional-chaining", 5),
    ("x = a ?? b", "nullish-coalescing", 5),
    ("a ||= b", "logical-assignment", 1),
    ("try {} catch {}", "optional-catch-binding", 8),
    ("x = 0b11", "number-literal", 5),
    ("x = 1n", "bigint", 5),
    ("for (const x in y) {}", "const-in-loop-head", 6),
    ("var x = 1; const x = 2", "redeclaration", 18),
    ("import a from 'b'", "module", 1),
    ("x = /a/y", "regexp-flag", 5),
    ("'use strict'; with (a) {}", "strict", 15),
    ("function f() { new.target }", "new-target", 16),
    ("(a, b,) => 1", "syntax", 6),
    ("x = /(?<n>a)/", "syntax", 5),
    ("var a b", "syntax", 7),
]


@pytest.mark.parametrize(("source", "code", "column"), REFUSED)
def test_a_construct_is_refused_by_name(
    engine: QuickJSEngine,
    make_script: MakeScript,
    make_bindings: MakeBindings,
    source: str,
    code: str,
    column: int,
) -> None:
    reading = engine.read(f"\n{source}")
    outcome = engine.run(make_script(f"\n{source}"), make_bindings())
    finding = reading.findings[0]

    assert reading.program is None
    assert (finding.code, finding.severity) == (code, "error")
    assert (finding.line, finding.column) == (2, column)
    assert finding.fix
    assert type(outcome.error) is ScriptError
    assert outcome.error.message.startswith("SyntaxError: ")
    assert (outcome.error.line, outcome.error.column) == (2, column)
    assert outcome.error.source_line == source


@pytest.mark.parametrize(
    "source",
    [
        "var x = <a/>",
        "[a for (a in b)]",
        "eval('<a/>')",
        "({}).toSource()",
        "uneval(1)",
        "(function () { eval('1') })()",
        "String(function () {})",
        "RegExp.$1",
    ],
)
def test_what_only_rhino_can_run_says_so_even_if_it_is_caught(
    run: Run, source: str
) -> None:
    outcome = run(f"try {{ {source} }} catch (e) {{}} token.setMayAct({{sub: 'x'}});")

    assert isinstance(outcome.error, ScriptNotEmulated)
    assert outcome.error.message.startswith("Not emulated: ")


@pytest.mark.parametrize(
    ("source", "code", "told"),
    [
        ("var m = new Map();", "not-in-rhino", "Map"),
        ("console.log(1);", "not-in-rhino", "console"),
        ("Object.entries({a: 1});", "not-in-rhino", "Object.entries"),
        ("'a'.replaceAll('a', 'b');", "not-in-rhino", "method replaceAll"),
        ("const x = 1;", "top-level-const", "undefined"),
    ],
)
def test_what_rhino_lacks_is_a_warning(
    engine: QuickJSEngine, source: str, code: str, told: str
) -> None:
    (finding,) = engine.read(source).findings

    assert (finding.code, finding.severity) == (code, "warning")
    assert told in finding.message


@pytest.mark.parametrize(
    "source",
    [
        "typeof Map",
        "var Map = function () {}; new Map()",
        "a.console",
        "({Set: 1})",
        "function f() { const x = 1 }",
        "var Object = {entries: 1}; Object.entries()",
    ],
)
def test_what_is_the_scripts_own_is_no_warning(
    engine: QuickJSEngine, source: str
) -> None:
    assert engine.read(source).findings == ()


def test_an_error_has_its_place_in_the_source_and_not_in_the_translation(
    run: Run,
) -> None:
    outcome = run("var f = x => x;\nfor each (var x in [1]) { f(`${x}`); nobody; }")

    assert (error_of(outcome).line, error_of(outcome).column) == (2, 38)


@pytest.mark.parametrize("thrown", ["1", "'text'", "{code: 5}", "null"])
def test_what_is_thrown_has_a_line_whatever_it_is(run: Run, thrown: str) -> None:
    outcome = run(f"var a = 1;\n  throw {thrown};")

    assert error_of(outcome).message.startswith("Thrown: ")
    assert error_of(outcome).line == 2


def test_a_name_is_told_as_it_is_written(run: Run) -> None:
    outcome = run("var e; const e = 1;")

    assert "The name e again, which is a var" in error_of(outcome).message
