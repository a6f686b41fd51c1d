"""The table of agents and who can act for whom, by mouse and by keyboard."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

CELLS = (
    """from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
wb.prepare("agent-for-agent")
for n in range(500):
    wb.realm.register_agent(f"agent-{n}", secret="s", scopes=[f"s{n % 5}"])
wb.agents_form()""",
    'wb.realm.register_agent("agent-late", secret="s", scopes=["late"]);',
)


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    made = opened(*CELLS)
    made.page.locator(".jp-CodeCell").first.locator(".jp-InputPrompt").click()
    made.page.keyboard.press("Control+Enter")
    made.page.wait_for_selector(".wb-rows-body [role=row]")
    return made


@pytest.fixture
def page(notebook: Notebook) -> "Page":
    page: Page = notebook.page
    page.get_by_role("textbox", name="Search").fill("")
    return page


def grid(page: "Page") -> "Locator":
    return page.get_by_role("grid", name="Registered")


def first(page: "Page") -> str:
    text: str = grid(page).get_by_role("rowheader").first.inner_text()
    return text


def focused(page: "Page") -> str:
    text: str = page.evaluate("() => document.activeElement.firstChild.textContent")
    return text


def count(page: "Page", text: str) -> None:
    page.locator(".wb-rows-count").get_by_text(text, exact=True).wait_for()


def test_a_search_leaves_who_fits(page: "Page") -> None:
    search = page.get_by_role("textbox", name="Search")
    search.press_sequentially("agent-49")
    count(page, "11 of 502")

    search.fill("s3 agent-4")
    count(page, "22 of 502")
    search.fill("nobody at all")
    page.get_by_text("Nothing fits the search.").wait_for()


def test_columns_sort_and_say_so(page: "Page") -> None:
    heads = grid(page).get_by_role("columnheader")
    script = grid(page).get_by_role("button", name="May act script")
    assert heads.first.get_attribute("aria-sort") == "ascending"

    script.click()
    script.focus()
    page.keyboard.press("Enter")

    assert heads.nth(3).get_attribute("aria-sort") == "descending"
    assert heads.first.get_attribute("aria-sort") == "none"
    assert first(page) == "data-agent"
    grid(page).get_by_role("button", name="Name").click()
    assert first(page) == "agent-0"


def test_only_rows_that_are_seen_are_drawn(page: "Page") -> None:
    assert grid(page).get_attribute("aria-rowcount") == "503"
    assert grid(page).get_by_role("row").count() < 40


def test_keys_move_and_enter_opens(notebook: Notebook, page: "Page") -> None:
    page.get_by_role("textbox", name="Search").focus()
    while page.evaluate("() => document.activeElement.role") != "row":
        page.keyboard.press("Tab")
    assert focused(page) == "agent-0"
    for key, name in (
        ("ArrowDown", "agent-1"),
        ("PageDown", "agent-12"),
        ("End", "risk-agent"),
        ("ArrowUp", "data-agent"),
        ("Home", "agent-0"),
        ("End", "risk-agent"),
    ):
        page.keyboard.press(key)
        assert focused(page) == name

    page.keyboard.press("Enter")

    card = page.locator(".wb-card", has_text="risk-agent")
    card.get_by_text("May act for").wait_for()
    card.get_by_text("data-agent").wait_for()
    assert focused(page) == "risk-agent"
    notebook.picture("agents-risk")


def test_a_click_opens_and_the_card_says_who_may_act(page: "Page") -> None:
    page.get_by_role("textbox", name="Search").fill("data-agent")
    grid(page).get_by_role("row").nth(1).click()

    card = page.locator(".wb-card", has_text="May be acted for by")
    card.get_by_text("with an actor token of (age!risk-agent), or alone").wait_for()
    page.locator(".wb-ClientForm h3", has_text="data-agent").wait_for()
    assert grid(page).locator("[aria-selected=true]").count() == 1


def test_the_graph_of_the_realm_is_drawn(notebook: Notebook, page: "Page") -> None:
    page.get_by_role("button", name="Show who can act for whom").click()

    graph = page.locator(".wb-DelegationsForm").get_by_role("img").first
    graph.wait_for()
    said = graph.get_attribute("aria-label") or ""
    assert "◆ risk-agent may act for ● data-agent" in said
    notebook.picture("agents-graph")


def test_what_a_cell_does_is_in_the_table(page: "Page") -> None:
    page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")

    count(page, "503 of 503")
    page.get_by_role("textbox", name="Search").fill("late")
    count(page, "1 of 503")


def test_nothing_of_it_offends_wcag(notebook: Notebook, page: "Page") -> None:
    found = notebook.violations()
    with notebook.dark():
        found += notebook.violations()

    assert found == []
    assert notebook.problems == []
