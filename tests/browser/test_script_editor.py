"""Writing a may act script by the keyboard alone, in a real browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELLS = (
    "from workbench import Workbench\n"
    'wb = Workbench(now=1_790_000_000, seed="doc")\n'
    'wb.prepare("agent-for-agent");',
    "form = wb.script_form()\nform",
    "print('kept:', [s.source for s in wb.realm.scripts.values()][1:])",
)
UNDERLINE = ".wb-editor .cm-lintRange-error"


@pytest.fixture(scope="module")
def notebook(opened: Callable[..., Any]) -> Any:
    """A notebook that shows an empty script form."""
    made = opened(*CELLS)
    made.run_all()
    made.picture("editor-start")
    made.page.wait_for_selector(".wb-editor .cm-content")
    return made


@pytest.fixture(scope="module")
def page(notebook: Any) -> "Page":
    page: Page = notebook.page
    return page


def test_a_mistake_is_underlined_where_it_is(notebook: Any, page: "Page") -> None:
    page.get_by_role("textbox", name="Script").click()
    page.keyboard.type("var actor = 'risk-agent';\ntoken.setMayAct({client_id: acto});")

    page.wait_for_selector(UNDERLINE)

    assert page.text_content(UNDERLINE) == "acto"
    assert "Line 2" in (page.text_content(".wb-findings") or "")
    page.hover(UNDERLINE)
    page.wait_for_selector(".cm-tooltip >> text=acto is not defined")
    notebook.picture("editor-mistake")


def test_undo_dev(notebook: Any, page: "Page") -> None:
    page.wait_for_timeout(200)
    print(notebook.problems, notebook.outside)
    print(page.inner_html(".wb-editor")[:6000])
