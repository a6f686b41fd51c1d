"""The form of an exercise: an answer, hints, the solution, a tick that stays."""

from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from workbench.course.exercises.check import check, hint
from workbench.course.exercises.session import start
from workbench.forms.exercises.exercise import ExerciseForm

RIGHT, WRONG = "act names risk-agent", "there is no act"
FITS = "An actor token was sent, so somebody acts, and is named."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody has, in a kernel that has told and kept nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workbench.course.learner.record._here", set())
    monkeypatch.setattr("workbench.course.exercises.check._hints_given", {})
    return tmp_path


def form(number: str = "1.1") -> ExerciseForm:
    return ExerciseForm(check(number))


def test_a_prediction_offers_its_choices_and_chooses_none() -> None:
    asked = form()

    assert asked.answer is None
    assert asked.fields["answer"].value is None
    assert RIGHT in asked.fields["answer"].options


def test_a_check_without_an_answer_asks_for_one() -> None:
    asked = form()

    asked.button.click()

    assert asked.said == "✗ Choose an answer first."


def test_a_wrong_answer_is_told_what_speaks_against_it() -> None:
    asked = form()
    asked.fields["answer"].value = WRONG

    asked.button.click()

    assert asked.said == "✗ Exercise 1.1: not yet."
    assert FITS in asked.findings.value
    assert "act names whoever" not in asked.findings.value


def test_the_right_answer_is_ticked_in_words_and_by_a_sign() -> None:
    asked = form()
    asked.fields["answer"].value = RIGHT

    asked.button.click()

    assert "who acts: ✓ solved" in asked.heading.value
    assert asked.value.solved


def test_the_tick_stays_when_the_cell_runs_again() -> None:
    check("1.1", RIGHT)

    assert "✓ solved" in form().heading.value


def test_each_hint_stands_below_those_before() -> None:
    asked = form()

    asked.hint.click()
    asked.hint.click()

    assert "Hint 1 of 3" in asked.told.value and "Hint 2 of 3" in asked.told.value
    assert "Hint 3 of 3" not in asked.told.value
    assert "Hint 2 of 3" in form().told.value, "another form of it knows them"
    assert hint("1.1").title.startswith("Hint 3 of 3")


def test_once_all_hints_are_told_there_is_none_to_ask_for() -> None:
    asked = form()

    asked.hint.click()
    asked.hint.click()
    assert not asked.hint.disabled
    asked.hint.click()

    assert asked.hint.disabled
    assert form().hint.disabled


def test_a_line_that_repeats_what_is_seen_is_only_read_out() -> None:
    asked = form()

    asked.button.click()
    assert "wb-heard" not in asked.status._dom_classes, "choose first"
    asked.hint.click()
    assert "wb-heard" in asked.status._dom_classes, "the hint is seen below"
    asked.ask.click()
    assert "wb-heard" not in asked.status._dom_classes, "press once more"
    asked.fields["answer"].value = WRONG
    asked.button.click()
    assert "wb-heard" in asked.status._dom_classes, "why not is seen below"


def test_what_a_press_brought_stands_next_to_the_buttons() -> None:
    asked = form("1.3")

    _heading, _buttons, *below = asked.children

    assert below == [asked.status, asked.findings, asked.told]


def test_the_solution_is_asked_for_twice_and_then_seen() -> None:
    asked = form("1.3")

    asked.ask.click()
    assert "wb.realm.update" not in asked.told.value
    assert asked.ask.description == "Show the answer now"
    asked.ask.click()

    assert "<details open><summary>One answer</summary>" in asked.told.value
    assert "<pre>wb = start(&quot;1.3&quot;)\n#" in asked.told.value, "its lines stay"
    assert "wb.realm.update(&quot;data-agent&quot;" in asked.told.value
    assert asked.ask.disabled


def test_what_is_practised_is_looked_at_again_on_the_bench() -> None:
    wb = start("1.3")
    asked = form("1.3")
    wb.realm.update("data-agent", may_act_script="risk-agent may act")

    asked.button.click()

    assert not asked.fields
    assert asked.said == "✓ Exercise 1.3: solved."


def test_where_no_kernel_runs_the_form_reads_as_the_check_does() -> None:
    outcome: Any = check("1.1")
    asked = ExerciseForm(outcome)

    assert asked.face_html() == outcome._repr_html_()
    assert asked.face_text() == outcome._repr_mimebundle_()["text/plain"]


def test_a_cell_shows_the_form_and_a_number_that_is_not_there_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shell = InteractiveShell()

    shell.run_cell("from workbench.course import check\ncheck('1.1')")
    shell.run_cell("check('99.1')")

    said = capsys.readouterr().out
    assert "Exercise 1.1, who acts: not yet" in said
    assert "There is no exercise '99.1'" in said
    assert "Traceback" not in said
