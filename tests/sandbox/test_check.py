"""A script linted and tried, and what is shown of it."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.scripts.script import LEGACY, MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.views.scripts.check import checked_html, checked_json, checked_text

GOOD = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'


def script(source: str, **more: str) -> MayActScript:
    return MayActScript(id="c", name="c.js", source=source, **more)


def test_a_good_script_passes(wb: Workbench) -> None:
    checked = wb.check(script(GOOD))

    assert (checked.accepted, checked.passed, checked.findings) == (True, True, ())
    assert checked_json(checked) == {
        "accepted": True,
        "outcome": {
            "kind": "stamped",
            "may_act": {"client_id": "risk-agent", "sub": "(age!risk-agent)"},
            "error": None,
        },
        "findings": [],
        "log": [],
    }


@pytest.mark.parametrize(
    ("source", "accepted", "kind", "codes"),
    [
        ("logger.info('x');", True, "nothing", ["no-set-may-act"]),
        ("token.setMayAct(nobody);", False, "error", []),
        ("token.setMayAct({client_id: 'a', sub: 'a'});", True, "stamped", None),
        ("token.setMayAct({;", False, "error", ["syntax"]),
        (f"let x = 1; {GOOD}", False, "error", ["let"]),
    ],
)
def test_a_bad_script_does_not(
    wb: Workbench, source: str, accepted: bool, kind: str, codes: list[str] | None
) -> None:
    checked = wb.check(script(source))

    told = checked_json(checked)
    assert (told["accepted"], told["outcome"]["kind"]) == (accepted, kind)
    assert not checked.passed
    if codes is not None:
        assert [each["code"] for each in told["findings"]] == codes


@pytest.mark.parametrize(
    "stamping",
    [
        "function stamp(t) { t.setMayAct(CLAIM); } stamp(token);",
        "with (token) { setMayAct(CLAIM); }",
        "token.setMayAct.call(token, CLAIM);",
    ],
)
def test_a_claim_is_looked_at_however_it_was_stamped(
    wb: Workbench, stamping: str
) -> None:
    good = 'var CLAIM = {client_id: "a", sub: "(age!a)"};' + stamping

    checked, bad = (
        wb.check(script(good)),
        wb.check(script(good.replace("(age!a)", "a"))),
    )

    assert (checked.passed, checked.findings) == (True, ())
    assert [each.code for each in bad.findings] == ["untyped-sub"]


def test_a_legacy_script_may_import_what_is_not_here(wb: Workbench) -> None:
    source = (
        "var fr = JavaImporter(org.forgerock.json.JsonValue, "
        "org.forgerock.oauth2.core.GrantType, java.util.List);"
        "var mayAct = fr.JsonValue.json(fr.JsonValue.object());"
        "mayAct.put('client_id', 'a').put('sub', '(age!a)'); token.setMayAct(mayAct);"
    )

    checked = wb.check(script(source, evaluator_version=LEGACY))

    assert (checked.passed, checked.findings) == (True, ())


def test_an_error_has_its_place(wb: Workbench) -> None:
    told = checked_json(wb.check(script("\n nobody();")))

    assert told["outcome"] == {
        "kind": "error",
        "may_act": None,
        "error": {
            "message": "ReferenceError: nobody is not defined",
            "line": 2,
            "column": 2,
        },
    }


def test_findings_and_log_are_shown(wb: Workbench) -> None:
    source = "logger.info('<hello>');\ntoken.setMayAct({client_id: '<a>', sub: '<a>'});"
    checked = wb.check(script(source))

    assert "error  untyped-sub" in checked_text(checked)
    assert "&lt;hello&gt;" in checked_html(checked)
    assert "<a>" not in checked_html(checked)
    shown: Any = checked
    assert shown._repr_mimebundle_()["text/plain"] == checked_text(checked)


def test_the_time_is_told_only_when_asked(wb: Workbench) -> None:
    checked = wb.check(script(GOOD))

    assert " ms)" in checked_text(checked, timing=True)
    assert " ms" not in checked_text(checked)


def test_the_realm_is_left_out_where_there_is_none(story: Workbench) -> None:
    other = script('token.setMayAct({client_id: "x", sub: "(age!x)"});')

    around, alone = story.check(other), story.check(other, alone=True)

    assert [each.code for each in around.findings] == 2 * ["unknown-client"]
    assert "could not exchange it: there is no such client" in checked_text(around)
    assert alone.findings == ()
    assert "could" not in checked_text(alone)


def test_a_groovy_script_is_not_linted(wb: Workbench) -> None:
    groovy = script("def x = 1", language="GROOVY", evaluator_version=LEGACY)

    checked = wb.check(groovy)

    assert (checked.accepted, checked.findings) == (False, ())


def test_an_engine_that_reads_no_scripts_is_helped_out() -> None:
    class Runs:
        def __init__(self) -> None:
            self.run = QuickJSEngine().run

    with Workbench(engine=Runs()) as wb:
        assert [each.code for each in wb.check(script("1;")).findings] == [
            "no-set-may-act"
        ]
