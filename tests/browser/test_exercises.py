"""A learner answers an exercise in JupyterLab, by mouse and by keyboard."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Lab, Notebook, Opened, shown
from .test_measures import BROKEN, TOO_WIDE, WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

IMPORT = "from workbench.course import check, progress, start"
FITS = "An actor token was sent, so somebody acts, and is named."


def test_a_wrong_answer_a_hint_the_right_one_and_a_tick_that_stays(
    opened: Opened, lab: Lab, chromium: "Browser"
) -> None:
    notebook = opened(IMPORT, 'check("1.1")', "progress()")
    notebook.run_all()
    form = notebook.page.locator(".wb-ExerciseForm")
    form.wait_for()
    assert notebook.violations() == []
    notebook.picture("exercise-asked", ".wb-ExerciseForm")

    form.get_by_label("there is no act").check()
    press(form, "Check")
    form.get_by_text(FITS).wait_for()
    assert form.get_by_text("act names whoever").count() == 0
    press(form, "Hint")
    form.get_by_text("Hint 1 of 3 for exercise 1.1", exact=True).wait_for()
    assert notebook.violations() == []
    notebook.picture("exercise-wrong", ".wb-ExerciseForm")

    form.get_by_label("act names risk-agent").check()
    press(form, "Check")
    form.get_by_text("who acts: ✓ solved").wait_for()
    with notebook.dark():
        assert notebook.violations() == []
        notebook.picture("exercise-solved-dark", ".wb-ExerciseForm")
    notebook.run_all()
    notebook.page.get_by_text("✓ solved 1.1").wait_for(state="attached")
    notebook.picture("exercise-progress")

    lab.stop_kernels()
    again = shown(lab, chromium.new_page(), IMPORT, 'check("1.1")')
    again.run_all()
    again.page.get_by_text("who acts: ✓ solved").first.wait_for()
    again.picture("exercise-again", ".wb-ExerciseForm")
    assert notebook.failures() == again.failures() == []
    again.page.close()


def test_the_keyboard_reaches_the_answer_the_hint_and_the_solution(
    opened: Opened,
) -> None:
    notebook = opened(IMPORT, 'start("1.3"); None', 'check("1.3")')
    notebook.run_all()
    page, form = notebook.page, notebook.page.locator(".wb-ExerciseForm")
    form.get_by_role("button", name="Check").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form.get_by_text("Hint 1 of 3 for exercise 1.3", exact=True).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Show the answer now").wait_for()
    assert form.get_by_text("One answer", exact=True).count() == 0
    page.keyboard.press("Enter")
    form.locator("pre").wait_for()
    assert notebook.violations() == []
    notebook.picture("exercise-solution", ".wb-ExerciseForm")
    form.get_by_text("One answer", exact=True).press("Enter")
    form.locator("pre").wait_for(state="hidden")
    assert notebook.failures() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_each_choice_has_its_own_button_and_its_words_whole(
    asked: Notebook, width: int
) -> None:
    asked.page.set_viewport_size({"width": width, "height": 1000})
    form = asked.page.locator(".wb-ExerciseForm")

    tops = form.locator("input[type=radio]").evaluate_all(
        "each => each.map(radio => radio.getBoundingClientRect().top)"
    )
    labels = form.locator(".widget-radio-box label").evaluate_all(
        "each => each.map(label => label.getBoundingClientRect())"
    )

    assert len(tops) == len(labels) == 3
    for top, label in zip(tops, labels, strict=True):
        assert label["top"] <= top < label["bottom"]
    assert form.evaluate(TOO_WIDE) + form.evaluate(BROKEN) == []
    asked.picture(f"exercise-{width}", ".wb-ExerciseForm")


@pytest.fixture(scope="module")
def asked(opened: Opened) -> Notebook:
    """A notebook with a prediction that nobody has answered."""
    made = opened(IMPORT, 'check("0.1")')
    made.run_all()
    made.page.locator(".wb-ExerciseForm").wait_for()
    return made


def press(form: "Locator", name: str) -> None:
    form.get_by_role("button", name=name, exact=True).click()
