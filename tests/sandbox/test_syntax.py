import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.am.scripts.finding import NOT_EMULATED
from workbench.sandbox.language import syntax
from workbench.sandbox.language.reading import ReadScript
from workbench.sandbox.language.syntax import Node

from .conftest import read_here

Read = Callable[[str], ReadScript]


@pytest.fixture
def read() -> Read:
    return read_here


def tree_in(reading: ReadScript) -> Node:
    assert reading.tree is not None
    return reading.tree


def types(node: Node) -> list[str]:
    return [one.type for one in node.walk()]


def test_a_tree_has_types_places_and_members(read: Read) -> None:
    tree = tree_in(read("\nvar x, y = f(1);"))

    call = next(node for node in tree.walk() if node.type == "CallExpression")

    assert call.callee.name == "f"
    assert (call.line, call.column, call.code) == (2, 12, "f(1)")
    assert [node.type for node in call.ancestors()] == [
        "VariableDeclarator",
        "VariableDeclaration",
        "Program",
    ]
    assert call.no_such_member is None


def test_places_count_characters(read: Read) -> None:
    tree = tree_in(read("'\U0001f600'; a"))

    assert (tree.body[1].column, tree.body[1].code) == (6, "a")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_lines_end_as_in_ecmascript(read: Read, end: str) -> None:
    tree = tree_in(read(f"'\x0b\x1c';{end}a"))

    assert (tree.body[1].line, tree.body[1].column) == (2, 1)


def test_reads_for_each_and_conditional_catches(read: Read) -> None:
    loop = tree_in(read("for each (var i in [1]) i")).body[0]
    attempt = tree_in(read("try {} catch (e if e > 1) {} catch (e) {}")).body[0]

    assert (loop.type, loop.each) == ("ForInStatement", True)
    assert [handler.guard is None for handler in attempt.handlers] == [False, True]


@pytest.mark.parametrize(
    "word",
    [
        "class",
        "enum",
        "export",
        "extends",
        "import",
        "super",
        "int",
        "yield",
        "let",
        "await",
    ],
)
def test_reads_words_that_are_names_in_rhino(read: Read, word: str) -> None:
    tree = tree_in(read(f"var {word} = 1; {word} + 1"))

    assert tree.body[0].declarations[0].id.name == word


@pytest.mark.parametrize(
    ("source", "construct"),
    [
        ("class A extends B { m() { super.m(); } }", "ClassDeclaration"),
        ("x = class {}", "ClassExpression"),
        ("import a from 'b'", "ImportDeclaration"),
        ("export default 1", "ExportDefaultDeclaration"),
        ("let {a} = b", "VariableDeclaration"),
        ("a?.b ?? c", "ChainExpression"),
        ("async function f() { await 1 }", "AwaitExpression"),
    ],
)
def test_reads_what_rhino_refuses_so_that_it_can_be_named(
    read: Read, source: str, construct: str
) -> None:
    assert construct in types(tree_in(read(source)))


@pytest.mark.parametrize(
    ("source", "construct"),
    [
        ("var x = <a>1</a>", "E4X"),
        ("x.@a", "E4X"),
        ("a::b", "E4X"),
        ("default xml namespace = 'x'", "E4X"),
        ("[x for (x in y)]", "an array comprehension or generator expression"),
        ("(x for (x in y))", "an array comprehension or generator expression"),
    ],
)
def test_names_what_only_rhino_can_run(read: Read, source: str, construct: str) -> None:
    reading = read(source)

    assert reading.tree is None
    assert reading.findings[0].code == NOT_EMULATED
    assert construct in reading.findings[0].message


def test_a_syntax_error_has_a_place(read: Read) -> None:
    (finding,) = read("var a = 1;\n  a b").findings

    assert (finding.code, finding.severity) == ("syntax", "error")
    assert (finding.line, finding.column) == (2, 5)
    assert finding.message == "Unexpected b: AM cannot compile this."


@pytest.mark.parametrize(
    "source", ["(" * 100_000, "a = " + "[" * 50_000, "x" + "+x" * 100_000]
)
def test_a_script_too_deep_is_a_finding(read: Read, source: str) -> None:
    reading = read(source)

    assert reading.tree is None
    assert reading.findings[0].code == NOT_EMULATED
    assert tree_in(read("1")) is not None


def test_the_parser_is_the_published_one() -> None:
    bundle = Path(syntax.__file__).parents[1] / "acorn" / "acorn.js"

    assert hashlib.sha256(bundle.read_bytes()).hexdigest() == (
        "b95392d79457d0357555c5ed3e56302d074b92dff119bcf3b44179500b10e9df"
    )
