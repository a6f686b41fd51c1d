"""What axe-core says of everything the workbench puts into a page (WCAG 2.1 AA)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
case = wb.prepare("agent-for-agent")
actor, subject, issued = case.send(wb.client)
wb.realm.add_user("bjensen", password="Secret12!")
refused = wb.client.exchange(
    "data-agent", "mySecret", scope="read", subject_token=subject.access_token)
wb"""
FACES = """\
display(
    wb.inspect(issued), wb.compare(subject, actor, issued), wb.decision, wb.audit,
    issued, wb.curl(issued), wb.chain(subject, issued), wb.sequence("agent-for-agent"),
    wb.profile, wb.provider, wb.timeline(), wb.dry_run("risk-agent may act"),
    wb.realm.script("risk-agent may act"))"""
TABS = ("Agents", "Scripts", "Provider", "Request", "Tokens", "Chain", "Audit")


@pytest.fixture(scope="module")
def notebook(opened: Callable[..., Any]) -> Any:
    """A notebook that shows the whole bench, and the faces of what it holds."""
    made = opened(STORY, FACES)
    made.run_all()
    made.page.wait_for_selector(".wb-BenchForm")
    assert made.failures() == []
    return made


@pytest.fixture(scope="module")
def page(notebook: Any) -> "Page":
    page: Page = notebook.page
    return page


def go_to(page: "Page", name: str) -> None:
    page.locator(".wb-BenchForm").get_by_role("tab", name=name, exact=True).click()
    page.wait_for_timeout(600)


@pytest.mark.parametrize("name", TABS)
def test_a_tab_in_the_light_theme(notebook: Any, page: "Page", name: str) -> None:
    go_to(page, name)
    notebook.picture(f"tab-{name.lower()}")

    assert notebook.violations() == []


def test_every_tab_in_the_dark_theme(notebook: Any, page: "Page") -> None:
    found = {}
    with notebook.dark():
        for name in TABS:
            go_to(page, name)
            notebook.picture(f"tab-{name.lower()}-dark")
            found[name] = notebook.violations()

    assert found == {name: [] for name in TABS}


def test_nothing_was_fetched_from_outside_and_nothing_failed(notebook: Any) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
