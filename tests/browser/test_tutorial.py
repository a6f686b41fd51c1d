"""The tutorial as its reader meets it: JupyterLab in a real browser."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tutorial(opened: Opened) -> Notebook:
    """The tutorial, open, its kernel idle."""
    return opened("01_agent_for_agent.ipynb")


@pytest.fixture(scope="module")
def page(tutorial: Notebook) -> "Page":
    page: Page = tutorial.page
    return page


def test_what_one_looks_up_is_there_before_it_is_run(opened: Opened) -> None:
    page = opened("reference/rules.ipynb").page

    page.wait_for_selector(".jp-OutputArea-output .wb table")
    assert page.locator(".jp-InputPrompt:text('[1]')").count() == 1


def test_runs_from_top_to_bottom_without_an_error(
    tutorial: Notebook, page: "Page"
) -> None:
    tutorial.run_all()

    assert tutorial.failures() == []
    page.wait_for_selector(".wb-AgentForm")


def test_a_form_answers_a_click(page: "Page") -> None:
    form = page.locator(".wb-ScriptForm").first
    form.scroll_into_view_if_needed()

    form.get_by_role("button", name="Dry run").click()

    page.wait_for_selector(".wb-ScriptForm >> text=The dry run ended")
    assert form.get_by_text("(age!risk-agent)").first.is_visible()


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    tutorial: Notebook,
) -> None:
    assert (tutorial.outside, tutorial.problems) == ([], [])
