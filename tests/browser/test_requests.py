"""Asking, and going back to what was asked: by mouse and by keyboard."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
case = wb.prepare("agent-for-agent")
for number in range(2_000):
    wb.realm.register_client(f"client-{number}", secret="s")
for client in ("risk-agent", "data-agent"):
    wb.client.client_credentials(client, "mySecret", scope="read")
bench = wb.forms()
bench.go_to("Request")
bench
"""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A bench with thousands of clients, two tokens, and the tab of requests."""
    made = opened(STORY)
    made.run_all()
    made.page.wait_for_selector(".wb-HistoryForm [role=rowheader]")
    return made


@pytest.fixture
def builder(page: "Page") -> "Locator":
    return page.locator(".wb-RequestForm").first


@pytest.fixture
def history(page: "Page") -> "Locator":
    return page.locator(".wb-HistoryForm").first


def press(where: "Locator", name: str) -> None:
    where.get_by_role("button", name=name, exact=True).first.click()


def says(where: "Locator", text: str) -> None:
    where.get_by_text(text).first.wait_for()


def test_token_exchange_is_proposed_and_sent(
    notebook: Notebook, builder: "Locator"
) -> None:
    builder.get_by_label("Grant").select_option(label="Token Exchange")

    says(builder, "Token 2 about data-agent is the latest whose may_act")
    assert builder.get_by_label("Client", exact=True).input_value() == "risk-agent"
    builder.get_by_label("Scope", exact=True).fill("read")
    notebook.picture("request-proposed")
    press(builder, "Send")

    says(builder, "Answer to request 3")
    says(builder, "issued_token_type")


def test_an_answer_dims_once_a_field_changes(
    notebook: Notebook, builder: "Locator"
) -> None:
    builder.get_by_label("Scope", exact=True).fill("read admin")

    says(builder, "Answer to the previous request, request 3")
    notebook.picture("request-old-answer")
    builder.get_by_label("Scope", exact=True).press("Tab")
    press(builder, "Send")

    says(builder, "Answer to request 4")
    says(builder, "Why:")


def test_a_client_is_found_among_ten_thousand_by_the_keyboard(
    notebook: Notebook, page: "Page", builder: "Locator"
) -> None:
    field = builder.get_by_label("Client", exact=True)
    field.fill("client-199")
    fitting = builder.get_by_role("listbox", name="Client: what fits")
    found = fitting.get_by_role("option")
    found.filter(has_text="client-1999").wait_for()
    assert found.count() == 11
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    notebook.picture("request-clients")
    page.keyboard.press("Enter")

    assert field.input_value() == "client-1990"
    assert found.first.is_hidden()
    says(builder, "client_id=client-1990")


def test_a_request_of_before_is_chosen_edited_and_sent_again(
    builder: "Locator", history: "Locator"
) -> None:
    history.get_by_role("row", name="3 ✓ 200 OK").click()
    says(history, "Request 3. Token Exchange, risk-agent")

    press(history, "Edit")
    says(history, "The request form has what request 3 sent")
    says(builder, "Answer to the previous request, request 4")
    press(history, "Repeat")

    says(history, "Request 5: 200 OK")
    says(builder, "Answer to request 5")


def test_the_history_is_newest_first_until_it_is_sorted(history: "Locator") -> None:
    number = history.get_by_role("button", name="#")
    first = history.get_by_role("rowheader").first
    assert first.inner_text() == "5"

    number.click()
    assert first.inner_text() == "1"

    number.click()
    assert first.inner_text() == "5"


def test_the_history_is_gone_through_and_compared_by_the_keyboard(
    notebook: Notebook, page: "Page", history: "Locator"
) -> None:
    history.get_by_role("row", name="5 ✓ 200 OK").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    says(history, "Request 4. Token Exchange, risk-agent")
    history.get_by_role("button", name="Compare", exact=True).focus()
    page.keyboard.press("Enter")

    says(history, "request: scope")
    says(history, "answer: status")
    notebook.picture("request-compared")


def test_nothing_went_wrong(notebook: Notebook) -> None:
    assert notebook.violations() == []
    assert (notebook.outside, notebook.problems, notebook.failures()) == ([], [], [])
