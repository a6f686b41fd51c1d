from dataclasses import replace

from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.errors import ScriptError
from workbench.views.scripts.script import (
    outcome_html,
    outcome_text,
    script_html,
    script_text,
    where,
)


def test_shows_the_claim_and_the_log(stamped: ScriptOutcome) -> None:
    assert outcome_text(stamped) == (
        "✓ stamped: may-act: The script called token.setMayAct.\n"
        'may_act:\n{\n  "sub": "(age!risk-agent)"\n}\n'
        "info  stamping"
    )
    assert "✓ stamped" in outcome_html(stamped)


def test_says_how_long_it_took_only_when_asked(stamped: ScriptOutcome) -> None:
    assert "ms" not in outcome_text(stamped)
    assert "12.3 ms" in outcome_text(stamped, timing=True)
    assert "12.3 ms" in outcome_html(stamped, timing=True)


def test_points_at_the_place_of_an_error(failed: ScriptOutcome) -> None:
    assert failed.error is not None
    assert where(failed.error) == (
        "ReferenceError: mayAct is not defined\n"
        "line 2, column 18\n"
        "   2 |  token.setMayAct(mayAct);\n"
        "                        ^"
    )
    assert "✗ failed" in outcome_html(failed)
    assert where(failed.error) in outcome_text(failed)


def test_shows_an_error_without_a_place() -> None:
    assert where(ScriptError("ran out of time")) == "ran out of time"
    assert where(ScriptError("x", line=3)) == "x\nline 3"


def test_says_that_a_returned_value_is_ignored(stamped: ScriptOutcome) -> None:
    forgot = replace(stamped, stamped=False, may_act=None, returned={"sub": "x"})

    assert "✗ nothing stamped" in outcome_text(forgot)
    assert "returned, and ignored by AM" in outcome_html(forgot)


def test_numbers_the_lines_of_the_source(script: MayActScript) -> None:
    assert script_text(script) == (
        "may-act: JAVASCRIPT, next generation (evaluator version 2.0), "
        "OAUTH2_MAY_ACT_NEXT_GEN\n"
        "  1  (function () {\n"
        "  2      token.setMayAct(mayAct);\n"
        "  3  }());"
    )
    assert "  3  }());" in script_html(script)


def test_shows_a_source_line_without_a_column() -> None:
    error = ScriptError("x", line=3, source_line="y;")

    assert where(error) == "x\nline 3\n   3 | y;"
