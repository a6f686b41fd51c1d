"""The whole bench in tabs, driven as a person would: mouse and keyboard only."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Lab, Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

CELLS = (
    'from workbench import Workbench\nwb = Workbench(now=1_790_000_000, seed="doc")',
    "wb",
)
MISTAKEN = 'token.setMayAct({client_id: actor, sub: "(age!risk-agent)"});'


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook that shows a fresh bench."""
    made = opened(*CELLS)
    made.run_all()
    made.page.wait_for_selector(".wb-BenchForm")
    return made


def tab(page: "Page", name: str) -> None:
    page.locator(".wb-BenchForm").get_by_role("tab", name=name, exact=True).click()


def form(page: "Page", name: str) -> "Locator":
    return page.locator(f".wb-{name}").first


def press(where: "Locator", name: str) -> None:
    where.get_by_role("button", name=name, exact=True).first.click()


def says(where: "Locator", text: str) -> None:
    where.get_by_text(text).first.wait_for()


def register(page: "Page", name: str) -> None:
    """As AM's page "Add AI Agent" asks; Tab leads from field to field."""
    press(form(page, "AgentsForm"), "Add AI Agent")
    create = form(page, "AgentForm")
    create.get_by_label("Client ID").fill(name)
    create.get_by_label("Client secret").fill("mySecret")
    create.get_by_label("Scope(s)", exact=True).fill("read write")
    press(create, "Create")


def send(page: "Page", client: str, **more: str) -> "Locator":
    builder = form(page, "RequestForm")
    builder.get_by_label("Client", exact=True).fill(client)
    builder.get_by_label("Scope", exact=True).fill(more.get("scope", "read"))
    page.keyboard.press("Tab")
    press(builder, "Send")
    return builder


def choose(builder: "Locator", label: str, containing: str) -> None:
    """An option by a part of its text, as a person would look for it."""
    field = builder.get_by_label(label, exact=True)
    option = field.locator("option", has_text=containing).first
    option.wait_for(state="attached")
    field.select_option(label=option.text_content())


def test_a_script_is_written_with_a_mistake_and_mended_where_it_is_underlined(
    notebook: Notebook, page: "Page"
) -> None:
    tab(page, "Scripts")
    script = form(page, "ScriptForm")
    script.get_by_label("Name", exact=True).fill("risk may act")
    script.get_by_role("textbox", name="Script").click()
    page.keyboard.type(MISTAKEN)
    wrong = script.locator(".cm-lintRange-error").first
    wrong.wait_for()
    assert wrong.text_content() == "actor"
    notebook.picture("bench-mistake")

    wrong.dblclick()
    page.keyboard.type('"risk-agent"')
    wrong.wait_for(state="detached")
    press(script, "Dry run")
    says(script, "The dry run ended")
    press(script, "Save")

    says(script, "risk may act was saved")
    notebook.picture("bench-script")
    tab(page, "Agents")


def test_a_disabled_feature_names_the_switch_and_offers_to_set_it(
    notebook: Notebook, page: "Page"
) -> None:
    register(page, "data-agent")
    says(form(page, "AgentForm"), "the server property")
    notebook.picture("bench-switches")

    agents = form(page, "AgentsForm")
    press(agents, "Set the property to true")
    says(agents, "aiagents.enabled is true")
    press(agents, "Switch AI Agents on")

    says(agents, "Enable AI Agents is on")


def test_the_subject_is_registered_and_gets_its_script(
    notebook: Notebook, page: "Page"
) -> None:
    press(form(page, "AgentForm"), "Create")
    edit = form(page, "ClientForm")
    edit.get_by_role("tab", name="OAuth2 Provider Overrides").click()
    edit.get_by_label("Enable OAuth2 Provider Overrides").check()
    edit.get_by_label("Use Client-Side Access & Refresh Tokens").check()
    edit.get_by_label("OAuth2 Access Token May Act Script").select_option(
        label="risk may act"
    )
    press(edit, "Save Changes")

    says(edit, "AI agent data-agent was saved")
    notebook.picture("bench-overrides")


def test_the_actor_is_registered(page: "Page") -> None:
    register(page, "risk-agent")

    says(form(page, "AgentsForm"), "AI agent risk-agent was registered")


def test_the_tabs_can_be_reached_by_the_keyboard(page: "Page") -> None:
    bar = page.locator(".wb-BenchForm").get_by_role("tab", name="Agents", exact=True)
    bar.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    form(page, "ProviderForm").wait_for()


def test_both_agents_get_a_token(page: "Page") -> None:
    tab(page, "Request")
    for client in ("risk-agent", "data-agent"):
        says(send(page, client), "✓ Sent. 200 OK")
        says(form(page, "RequestForm"), f"client_id={client}")


def test_an_exchange_that_asks_too_much_is_refused(
    notebook: Notebook, page: "Page"
) -> None:
    builder = form(page, "RequestForm")
    builder.get_by_label("Grant").select_option(label="Token Exchange")
    choose(builder, "Subject token", "(age!data-agent)")
    choose(builder, "Actor token", "(age!risk-agent)")
    send(page, "risk-agent", scope="read admin")

    decision = form(page, "DecisionForm")
    says(decision, "Refused by rule")
    says(decision, "Ask only for read.")
    notebook.picture("bench-refusal")


def test_a_button_repairs_it_and_sends_it_again(
    notebook: Notebook, page: "Page"
) -> None:
    decision = form(page, "DecisionForm")
    press(decision, "Do this and send again")

    says(decision, "Granted to risk-agent: delegation, scope read")
    says(decision, "Sent again: granted, 200 OK")
    says(form(page, "RequestForm"), "issued_token_type")
    notebook.picture("bench-repaired")


def test_the_new_token_names_its_actor(notebook: Notebook, page: "Page") -> None:
    tab(page, "Tokens")

    says(form(page, "TokenForm"), "acted for by")
    notebook.picture("bench-token")


def test_the_chain_is_drawn(notebook: Notebook, page: "Page") -> None:
    tab(page, "Chain")

    picture = form(page, "ChainForm").locator("svg")
    picture.wait_for()
    assert "risk-agent" in (picture.get_attribute("aria-label") or "")
    notebook.picture("bench-chain")


def test_advancing_the_clock_ends_the_tokens(notebook: Notebook, page: "Page") -> None:
    tab(page, "Audit")
    timeline = form(page, "TimelineForm")
    timeline.get_by_label("By").fill("2")
    timeline.get_by_label("Unit").select_option(label="hours")
    press(timeline, "Advance the clock")

    says(timeline, "It is 2026-09-21 16:13:20 UTC")
    name = timeline.get_by_role("img").get_attribute("aria-label") or ""
    assert "access token of call 1 expired 1 h ago" in name
    notebook.picture("bench-timeline")


def test_a_cell_run_again_shows_the_bench_as_it_is(page: "Page") -> None:
    page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "() => document.querySelectorAll('.wb-BenchForm').length == 1"
    )

    listed = form(page, "AgentsForm").get_by_role("grid", name="Registered")
    listed.get_by_role("rowheader").nth(1).wait_for()
    names = listed.get_by_role("rowheader").all_inner_texts()
    assert names == ["data-agent", "risk-agent"]


def test_a_notebook_opened_without_its_kernel_shows_what_was_done(
    lab: Lab, notebook: Notebook, page: "Page"
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    tab(page, "Agents")
    press(form(page, "AgentsForm"), "Add Client")
    create = form(page, "NewClientForm")
    create.get_by_label("Client ID").fill("late-client")
    create.get_by_label("Client secret").fill("mySecret")
    press(create, "Create")
    says(form(page, "AgentsForm"), "late-client was registered")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-mod-current:not(.jp-mod-dirty)")
    assert notebook.problems == []

    lab.stop_kernels()
    page.reload()

    page.wait_for_selector(".wb-static >> text=late-client")
    message = page.locator(".jp-OutputArea-output", has_text="widget").first
    message.wait_for(state="attached")
    assert message.is_hidden()
    assert "mySecret" not in page.inner_text(".jp-Notebook")
    notebook.picture("bench-static")
    notebook.problems.clear()  # the widgets' manager says that their models are gone


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    notebook: Notebook,
) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
