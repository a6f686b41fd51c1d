"""Files that people give: scripts are read from them, or a sentence names them."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from workbench import Workbench
from workbench.errors import WorkbenchError
from workbench.interop.check_file import CheckAsked, CheckedScript, check_file
from workbench.interop.script_files import reader_beside, scripts_in

GOOD = 'token.setMayAct({client_id: "a", sub: "(age!a)"}); // grüße'
FIELD = "accessToken.setField('a', 'b');"


def b64(text: str | bytes) -> str:
    octets = text.encode() if isinstance(text, str) else text
    return base64.b64encode(octets).decode()


ENCODED = b64(GOOD)


def body(script: Any = ENCODED, **more: Any) -> dict[str, Any]:
    return {
        "_id": "a1",
        "name": "mine",
        "description": None,
        "script": script,
        "default": False,
        "language": "JAVASCRIPT",
        "context": "OAUTH2_MAY_ACT",
        "evaluatorVersion": "2.0",
    } | more


def found_in(value: Any, name: str = "x.json") -> list[Any]:
    return scripts_in(json.dumps(value).encode(), name)


def checked(
    wb: Workbench, text: str | bytes, name: str, **asked: Any
) -> list[CheckedScript]:
    octets = text.encode() if isinstance(text, str) else text
    return check_file(wb.realm, octets, name, CheckAsked(**asked))


@pytest.mark.parametrize(
    "value",
    [
        {"meta": {}, "script": {"a1": body(GOOD.split("; "))}},
        {"meta": {}, "script": {"a1": body(GOOD)}},
        {"script": {"a1": body()}},
        {"script": {"a1": body()}, "application": {"x": {}}},
        body(),
        body(GOOD),
        [body()],
        {"result": [body()], "resultCount": 1},
        [{"script": {"a1": body()}}],
        {"metadata": {}, "data": body()},
        body("\n".join(b64(GOOD)[i : i + 20] for i in range(0, 70, 20))),
        {key: value for key, value in body().items() if key != "language"},
    ],
)
def test_a_script_is_read_however_it_is_wrapped(value: Any) -> None:
    (found,) = found_in(value)

    assert found.problem == ""
    assert found.source.startswith("token.setMayAct({client_id")
    assert (found.name, found.context) == ("mine", "OAUTH2_MAY_ACT")
    assert (found.evaluator_version, found.language) == ("2.0", "JAVASCRIPT")


def test_json_is_known_by_its_text_too() -> None:
    (found,) = found_in(body(), "pasted.txt")

    assert found.source == GOOD


def test_a_version_that_is_missing_is_ams_first() -> None:
    sparse = {"name": "old", "script": [FIELD]}
    suffixed = sparse | {"context": "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"}

    (old,), (new,) = found_in(sparse), found_in(suffixed)

    assert (old.evaluator_version, old.context) == ("1.0", "")
    assert "no evaluatorVersion" in old.note
    assert new.evaluator_version == "2.0"
    assert new.context == "OAUTH2_ACCESS_TOKEN_MODIFICATION"


def test_base64_alone_is_a_script() -> None:
    (found,) = scripts_in(b64(GOOD).encode(), "pasted.txt")

    assert found.source == GOOD


@pytest.mark.parametrize("path", ["file://mine.script.js", {"file": "mine.script.js"}])
def test_a_script_in_a_file_beside_is_read(tmp_path: Path, path: Any) -> None:
    file = tmp_path / "mine.script.json"
    file.write_text(json.dumps({"script": {"a1": body(path)}}), encoding="utf-8")
    (tmp_path / "mine.script.js").write_text(GOOD, encoding="utf-8")

    (found,) = scripts_in(file.read_bytes(), file.name, reader_beside(file))

    assert found.source == GOOD


@pytest.mark.parametrize("path", ["none.js", "../../../etc/hostname", "/etc/hostname"])
def test_a_file_elsewhere_is_not(tmp_path: Path, path: str) -> None:
    file = tmp_path / "a" / "b" / "mine.json"
    file.parent.mkdir(parents=True)
    value = {"script": {"a1": body(f"file://{path}")}}

    (found,) = scripts_in(json.dumps(value).encode(), file.name, reader_beside(file))

    assert f"script is the file {path}, which cannot be read" in found.problem


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"script": 5}, "script is 5; it must be base64, a text or a list"),
        ({"script": None}, "script is null"),
        ({"script": {"a": 1}}, 'script is {"a": 1}'),
        ({"script": ["a", 1]}, "script[1] is 1, which is no text"),
        ({"script": b64(GOOD)[:-3]}, "breaks off: it has"),
        ({"script": b64(GOOD * 2)[:30] + "*" + b64(GOOD * 2)[31:]}, "31 is '*'"),
        ({"script": b64(b"\xff\xfe" * 10)}, "no UTF-8 text: see the octet 1"),
        ({"script": "AAAA=AAAAAAAAAAAAAAA"}, "damaged base64"),
        ({"script": "file://x.js"}, "cannot be read: nothing is beside it"),
        ({"evaluatorVersion": "3.0"}, 'evaluatorVersion is "3.0"'),
        ({"evaluatorVersion": 2}, "evaluatorVersion is 2"),
        ({"language": "PYTHON"}, 'language is "PYTHON"'),
        ({"language": "GROOVY"}, "Groovy needs 1.0"),
        ({"context": "AUTHENTICATION_TREE_DECISION_NODE"}, "do not run on this bench"),
        ({"context": 7}, "context is 7; it must be a text"),
    ],
)
def test_a_damaged_body_says_where_and_what(change: dict[str, Any], words: str) -> None:
    (found,) = found_in({"result": [body(**change)]})

    assert found.problem.startswith("result[0]: ")
    assert words in found.problem


@pytest.mark.parametrize(
    ("name", "octets", "words"),
    [
        ("a.json", b'{"script": {"a": {"name": "x",', "JSON that breaks off: line 1"),
        ("a.json", b'{"script": "abc', "JSON that breaks off"),
        ("a.json", b'{\n  "script": x\n}', "damaged JSON: line 2, column 13"),
        ("a.js", b'{\n  "script": x\n}', "damaged JSON: line 2, column 13"),
        ("a.json", b"token.setMayAct({});", "damaged JSON: line 1, column 1"),
        ("a.json", b"[" * 100_000, "JSON"),
        ("a.json", b"{}", "an empty JSON object"),
        ("a.json", b"[]", "an empty JSON list"),
        ("a.json", b"7", "a mere number"),
        ("a.json", b"null", "a mere null"),
        ("a.json", b"true", "a mere truth value"),
        ("a.json", b'"x"', "a mere text"),
        ("a.json", b'{"script": {}}', "an export that holds no script"),
        ("a.json", b'{"result": []}', "an export that holds no script"),
        ("a.json", b'{"agent": {"x": {}}}', "an export of agents"),
        ("a.json", b'{"trees": {"x": {}}}', "an export of journeys"),
        ("a.json", b'{"cells": []}', "a notebook"),
        ("a.json", b'{"a": 1, "b": 2}', "it has a, b"),
        ("a.json", b'{"code":401,"reason":"Unauthorized","message":"x"}', "401 Unauth"),
        ("a.js", b"", "a.js is empty"),
        ("a.js", b"<?xml version='1.0'?><a/>", "is XML"),
        ("a.xml", b"x", "is XML, by its name"),
        ("a.js", b"<!DOCTYPE html><html></html>", "is an HTML page"),
        ("a.js", b"<entity id='x'/>", "is XML or HTML"),
        ("a.yaml", b"a: b", "is YAML, by its name"),
        ("a.txt", b"---\na: b\n", "is YAML"),
        ("a.txt", b"name: a\nscript: b\nlist:\n  - x\n", "is YAML, by its lines"),
        ("a.md", b"# Title", "is Markdown"),
        ("a.txt", b"```js\nx\n```", "is Markdown"),
        ("a.txt", b"-----BEGIN CERTIFICATE-----", "a certificate"),
        ("a.txt", b"-----BEGIN RSA PRIVATE KEY-----", "a key (PEM)"),
        ("a.txt", b"#!/bin/sh\necho", "a program of another kind"),
        ("a.txt", b"eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc\n", "a token (JWT)"),
        ("a.txt", b"curl -X POST https://x", "a curl command"),
        ("a.py", b"x = 1", "is Python, by its name"),
        ("a.pdf", b"%PDF-1.7\xff", "a PDF document"),
        ("a.zip", b"PK\x03\x04\xff", "a zip archive"),
        ("a.gz", b"\x1f\x8b\x08", "a gzip archive"),
        ("a.png", b"\x89PNG\r\n", "a PNG picture"),
        ("a.class", b"\xca\xfe\xba\xbe", "a compiled Java class"),
        ("a.js", "x".encode("utf-16"), "is UTF-16"),
        ("a.js", b"a\xff", "no UTF-8 text: see its octet 2"),
        ("a.js", b"a\0b", "its character 2 is NUL"),
        ("a.txt", b64(b"\xff" * 30).encode(), "no UTF-8 text: see the octet 1"),
    ],
)
def test_what_holds_no_script_is_named(name: str, octets: bytes, words: str) -> None:
    with pytest.raises(WorkbenchError) as problem:
        scripts_in(octets, name)

    assert words in str(problem.value)
    assert str(problem.value).startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "",
        "{ a: 1 }",
        '{ "use strict"; token.setMayAct({}); }',
        "[1, 2].forEach(function (x) { logger.info(x); });",
        "// name: value\nlogger.info('x');",
        "label: for (;;) { break label; }",
        "x = 1;",
    ],
)
def test_a_script_is_not_taken_for_anything_else(text: str) -> None:
    (found,) = scripts_in(f"{text}\nlogger.info('x');".encode(), "a.js")

    assert found.source.startswith(text)


@pytest.mark.parametrize(
    ("name", "text", "by"),
    [
        ("a.groovy", "// nothing\n/* but comments */", "by its name"),
        ("a.groovy", GOOD, "by its name"),
        ("a.js", "import org.forgerock.json.JsonValue\n\nx()", "line 1"),
        ("a.js", "// c\n\ndef claim = [client_id: 'x']", "line 3"),
        ("a.js", "token.setMayAct([client_id: 'x'])", "line 1"),
        ("a.js", "scopes.each { s -> logger.message(s) }", "line 1"),
        ("a.js", "String name = identity.name", "line 1"),
        ("a.js", 'def x = "${name}"', "line 1"),
        ("a.js", "println 'x'", "line 1"),
        ("a.js", "@Grab('x')\nfoo", "line 1"),
        ("a.js", "foo(x as String)", "line 1"),
        ("a.js", "/*\n * import\n */\nimport static java.util.Map.*\n", "line 4"),
    ],
)
def test_groovy_is_named_with_what_tells_it(
    wb: Workbench, name: str, text: str, by: str
) -> None:
    (each,) = checked(wb, text, name)

    error = each.checked.outcome.error
    assert error is not None
    assert error.message.startswith("This is Groovy, ")
    assert by in error.message
    assert not each.checked.passed


def test_groovy_is_known_by_its_own_word(wb: Workbench) -> None:
    value = body(b64("1"), language="GROOVY", evaluatorVersion="1.0")

    (each,) = checked(wb, json.dumps(value), "x.json")

    assert "as its language says" in str(each.checked.outcome.error)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("def f(x):\n    return x", "Python"),
        ("from os import path", "Python"),
        ("import os\nx", "Python"),
        ("const x: string = 'a';", "TypeScript"),
        ("interface A { a: string }", "TypeScript"),
        ("public class A { }", "Java"),
        ("package a.b;\n", "Java"),
    ],
)
def test_other_languages_are_named(wb: Workbench, text: str, what: str) -> None:
    with pytest.raises(WorkbenchError, match=f"a.js is {what}, by its line"):
        checked(wb, text, "a.js")


def test_what_is_merely_misspelt_is_no_other_language(wb: Workbench) -> None:
    (each,) = checked(wb, "token.setMayAct({;", "a.js")

    assert [found.code for found in each.checked.findings] == ["syntax"]


def test_each_script_of_several_has_its_verdict(wb: Workbench) -> None:
    several = {
        "script": {
            "a": body(GOOD),
            "b": body([FIELD], context="OAUTH2_ACCESS_TOKEN_MODIFICATION"),
            "c": body("def f(x):\n  pass"),
            "d": body([FIELD]),
            "e": {"name": "nothing"},
            "f": 7,
        }
    }

    verdicts = checked(wb, json.dumps(several), "all.script.json")

    assert [(each.found.place, each.checked.passed) for each in verdicts] == [
        ('script["a"]', True),
        ('script["b"]', True),
        ('script["c"]', False),
        ('script["d"]', False),
        ('script["e"]', False),
        ('script["f"]', False),
    ]
    assert "is Python" in str(verdicts[2].checked.outcome.error)
    assert "JSON without a script" in str(verdicts[4].checked.outcome.error)


def test_what_the_file_says_counts(wb: Workbench) -> None:
    (each,) = checked(
        wb, json.dumps(body()), "x.json", context="OIDC_CLAIMS", version="1.0"
    )

    assert (each.context, each.because) == ("OAUTH2_MAY_ACT", "file")
    assert len(each.notes) == 2
    assert each.taken_for == ""


def test_a_context_lacks_a_version(wb: Workbench) -> None:
    asked = {"context": "OAUTH2_DYNAMIC_CLIENT_REGISTRATION", "version": "1.0"}

    (each,) = checked(wb, "1;", "x.js", **asked)

    assert "of version 1.0 (legacy)" in str(each.checked.outcome.error)
