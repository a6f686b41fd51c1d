"""Playing an exchange step by step, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
actor, subject, issued = wb.prepare("agent-for-agent").send(wb.client)
wb.player()
"""
REFUSED = """\
stolen = wb.client.exchange(
    "data-agent", "mySecret", scope="read", subject_token=subject.access_token)
wb.player(stolen)
"""
CASE = 'wb.player("agent-for-user")'
STEPS = 27


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook that plays an exchange, a refusal and a use case."""
    made = opened(STORY, REFUSED, CASE)
    made.run_all()
    made.page.wait_for_selector(".wb-p .wb-card")
    return made


@pytest.fixture(scope="module")
def page(notebook: Notebook) -> "Page":
    page: Page = notebook.page
    return page


@pytest.fixture
def player(page: "Page") -> "Locator":
    found = page.locator(".wb-p").first
    found.scroll_into_view_if_needed()
    return found


def test_shots(notebook: Notebook, page: "Page") -> None:
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 1000})
        for theme in ("light", "dark"):
            if theme == "dark":
                notebook.theme("JupyterLab Dark")
            for n in range(3):
                p = page.locator(".wb-p").nth(n)
                p.scroll_into_view_if_needed()
                page.wait_for_timeout(200)
                for step in (0, 2, 20, 21, 25):
                    s = p.locator("input[type=range]")
                    s.evaluate(
                        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }",
                        step + 1,
                    )
                    page.wait_for_timeout(100)
                    notebook.page.locator(".wb-PlayerForm").nth(n).screenshot(
                        path=f"/work/wt/notes/c/try-{width}-{theme}-{n}-{step}.png"
                    )
            if theme == "dark":
                notebook.theme("JupyterLab Light")
    print(
        [
            (f"{e}")
            for e in page.evaluate(
                "[...document.querySelectorAll('.wb-p')].map(e => e.getBoundingClientRect().width + 'x' + e.getBoundingClientRect().height)"
            )
        ]
    )
    print(notebook.problems, notebook.failures())
