"""A refusal mended with one button, and a script started, compared and saved."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

REFUSED = """
from workbench import Workbench

def refused():
    wb = Workbench(now=1_790_000_000, seed="doc")
    wb.prepare("agent-for-agent")
    subject, actor = (
        wb.client.client_credentials(each, "mySecret", scope="read").access_token
        for each in ("data-agent", "risk-agent")
    )
    wb.client.exchange(
        "risk-agent", "mySecret", scope="read admin",
        subject_token=subject, actor_token=actor,
    )
    return wb

first, second = refused(), refused()
"""
CELLS = (
    REFUSED,
    "first.decision_form()",
    "second.decision_form()",
    'first.script_form(name="risk-agent may act")',
)


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """Two refused exchanges, and a script that is saved."""
    made = opened(*CELLS)
    made.run_all()
    made.page.wait_for_selector(".wb-editor .cm-content")
    return made


def form(notebook: Notebook, number: int) -> "Locator":
    """The form of a cell, scrolled to."""
    found = notebook.page.locator(".jp-Cell").nth(number).locator(".wb-form")
    found.scroll_into_view_if_needed()
    return found


def test_one_button_mends_a_refusal(notebook: Notebook) -> None:
    decision = form(notebook, 1)
    notebook.picture("one-fix")

    decision.get_by_role("button", name="Do this and send again").click()

    said = decision.get_by_role("status")
    said.get_by_text("Only read was asked for. Sent again: granted, 200 OK.").wait_for()
    assert decision.get_by_role("button", name="Do this").count() == 0


def test_another_way_is_found_by_keyboard(notebook: Notebook) -> None:
    decision, keyboard = form(notebook, 2), notebook.page.keyboard
    decision.get_by_role("button", name="Do this and send again").focus()

    keyboard.press("Tab")
    keyboard.press("Space")
    decision.get_by_text("Add admin to the scopes of risk-agent.").wait_for()
    notebook.picture("other-ways")
    keyboard.press("Tab")
    keyboard.press("Space")

    said = decision.get_by_role("status")
    said.get_by_text("risk-agent may now have admin. Sent again: granted").wait_for()


def test_a_template_is_compared_with_what_is_saved_and_then_saved(
    notebook: Notebook,
) -> None:
    script = form(notebook, 3)
    script.get_by_text("Nothing has changed since it was saved.").wait_for()

    script.get_by_label("Start from").select_option("One named agent may act")

    script.locator("ins").first.wait_for()
    assert script.locator("ins").first.inner_text().startswith("+ ")
    assert script.locator("del").first.inner_text().startswith("- ")
    notebook.picture("script-diff")
    assert notebook.violations() == []
    script.get_by_role("button", name="Save").click()
    script.get_by_text("Script risk-agent may act was saved.").wait_for()
    script.get_by_text("Nothing has changed since it was saved.").wait_for()
