"""The cell magics as somebody meets them in JupyterLab."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

OPEN = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
wb.prepare("agent-for-agent")
wb"""
SCRIPT = """\
%%may_act "risk-agent may act" --client data-agent
// Whoever gets this token lets risk-agent act for it.
var actor = "risk-agent";
token.setMayAct({client_id: actor, sub: "(age!" + actor + ")", uses: 1});"""
ASK = """\
%%curl subject
$ curl \\
--request POST \\
--data 'grant_type=client_credentials' \\
--data 'client_id=data-agent' \\
--data 'client_secret=mySecret' \\
--data 'scope=read' \\
'https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token'"""
SHOW = 'wb.inspect(subject, "subject token")'
WRONG = ASK.replace("--request POST", "--proxy http://127.0.0.1:1")


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook with both magics, run to its mistake in the last cell."""
    made = opened(OPEN, SCRIPT, ASK, SHOW, WRONG)
    made.run_all()
    return made


def cell(page: "Page", number: int) -> "Locator":
    return page.locator(".jp-Notebook .jp-CodeCell").nth(number)


def colour(found: "Locator") -> str:
    return str(found.evaluate("each => getComputedStyle(each).color"))


def test_may_act_shows_what_the_dry_run_did(notebook: Notebook, page: "Page") -> None:
    shown = cell(page, 1).locator(".jp-OutputArea")
    shown.scroll_into_view_if_needed()
    notebook.picture("magics")

    assert "kept risk-agent may act" in shown.inner_text()
    assert '"sub": "(age!risk-agent)"' in shown.inner_text()


def test_the_script_in_the_cell_is_coloured_as_javascript(page: "Page") -> None:
    script = cell(page, 1).locator(".cm-content")
    comment = script.locator(".tok-comment")

    assert "".join(comment.all_inner_texts()).startswith("// Whoever gets")
    assert script.locator(".tok-keyword").all_inner_texts() == ["var"]
    assert colour(comment.first) != colour(script.locator(".tok-propertyName").first)


def test_a_cell_without_the_magic_is_left_alone(page: "Page") -> None:
    assert cell(page, 0).locator(".wb-js").count() == 0


def test_the_colours_follow_the_first_line(page: "Page") -> None:
    cell(page, 1).locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("#")
    cell(page, 1).locator(".wb-js").first.wait_for(state="detached")
    page.keyboard.press("Backspace")

    cell(page, 1).locator(".wb-js").first.wait_for()


def test_curl_shows_the_answer_and_no_secret(page: "Page") -> None:
    shown = cell(page, 2).locator(".jp-OutputArea")
    shown.scroll_into_view_if_needed()

    assert "200 OK" in shown.inner_text()
    assert "mySecret" not in shown.inner_text()


def test_the_call_is_there_under_its_name(page: "Page") -> None:
    assert "May act" in cell(page, 3).locator(".jp-OutputArea").inner_text()


def test_what_curl_would_do_and_the_magic_does_not_is_said(
    notebook: Notebook, page: "Page"
) -> None:
    shown = cell(page, 4).locator(".jp-OutputArea")
    shown.scroll_into_view_if_needed()
    notebook.picture("magics-refused")

    assert (
        "--proxy: in curl this sends the request to another server"
        in shown.inner_text()
    )
    assert "Traceback" not in shown.inner_text()


def test_the_dark_theme_colours_the_script_too(
    notebook: Notebook, page: "Page"
) -> None:
    with notebook.dark():
        cell(page, 1).scroll_into_view_if_needed()
        notebook.picture("magics-dark")
        found = notebook.violations()

    assert found == []


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    notebook: Notebook,
) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
