"""Writing a may act script by the keyboard alone, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELLS = (
    "from workbench import Workbench\n"
    'wb = Workbench(now=1_790_000_000, seed="doc")\n'
    'wb.prepare("agent-for-agent");',
    "form = wb.script_form()\nform",
)
UNDERLINE = ".wb-editor .cm-lintRange-error"
MISTAKEN = (
    "// Who may act.\nlet actor = 'risk-agent';\n"
    "token.setMayAct({client_id: acto, sub: '(age!' + actor + ')'});"
)


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook that shows an empty script form."""
    made = opened(*CELLS)
    made.run_all()
    made.page.wait_for_selector(".wb-editor .cm-content")
    return made


def text(page: "Page") -> str:
    return str(page.inner_text(".wb-editor .cm-content"))


def focused(page: "Page") -> str:
    script = "() => document.activeElement.className + document.activeElement.innerText"
    return str(page.evaluate(script))


def tab_to(page: "Page", name: str) -> None:
    for _ in range(12):
        if focused(page).endswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {name}.")


def test_a_mistake_is_underlined_where_it_is(notebook: Notebook, page: "Page") -> None:
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("typed")
    for _ in ("Start from", "Script Type", "Evaluator Version", "Script"):
        page.keyboard.press("Tab")
    assert "cm-content" in focused(page)
    page.keyboard.type(MISTAKEN)

    page.wait_for_selector(UNDERLINE)

    assert page.text_content(UNDERLINE) == "let"
    assert "Line 2" in (page.text_content(".wb-findings") or "")
    page.hover(UNDERLINE)
    page.wait_for_selector(".cm-tooltip >> text=Write var.")
    notebook.picture("editor-mistake")


def test_nothing_in_the_form_offends_wcag_in_the_light_theme(
    notebook: Notebook,
) -> None:
    assert notebook.violations() == []


def mend(page: "Page", text: str) -> None:
    """As the first finding says: go there, delete the word, write another."""
    page.locator(".wb-finding").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Delete")
    page.keyboard.type(text)


def test_the_finding_leads_to_the_place_where_it_is_mended(page: "Page") -> None:
    mend(page, "var")

    page.wait_for_selector(".wb-finding >> text=acto is not defined")
    assert page.text_content(UNDERLINE) == "acto"


def test_the_last_finding_goes_with_the_last_mistake(page: "Page") -> None:
    mend(page, "actor")

    page.wait_for_selector(".wb-finding", state="detached")
    assert "client_id: actor," in text(page)
    assert page.locator(UNDERLINE).count() == 0


def test_members_of_a_binding_are_offered(notebook: Notebook, page: "Page") -> None:
    page.keyboard.press("Control+End")
    page.keyboard.type("\nlogger.")

    page.wait_for_selector(".cm-tooltip-autocomplete >> text=info")
    notebook.picture("editor-completion")
    assert notebook.violations() == []
    page.keyboard.type("deb")
    page.wait_for_selector(".cm-tooltip-autocomplete >> text=debug")
    page.wait_for_timeout(150)  # the editor waits so long before Enter may choose
    page.keyboard.press("Enter")
    page.keyboard.type("('here');")

    assert "logger.debug('here');" in text(page)


def test_what_was_typed_can_be_undone(page: "Page") -> None:
    for _ in range(20):
        if "logger" in text(page):
            page.keyboard.press("Control+Z")

    assert "client_id: actor," in text(page)


def test_a_search_in_the_script_is_legible(notebook: Notebook, page: "Page") -> None:
    page.get_by_role("textbox", name="Script").click()
    page.keyboard.press("Control+F")
    page.wait_for_selector(".wb-editor .cm-search")
    page.keyboard.type("actor")
    with notebook.dark():
        notebook.picture("editor-search-dark")
        dark = notebook.violations()
    light = notebook.violations()
    page.get_by_role("textbox", name="Find").focus()
    page.keyboard.press("Escape")
    page.wait_for_selector(".wb-editor .cm-search", state="detached")

    assert (light, dark) == ([], [])


def test_tab_indents_and_after_escape_leaves(page: "Page") -> None:
    page.get_by_role("textbox", name="Script").click()
    page.keyboard.press("Tab")
    assert "cm-content" in focused(page)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert "cm-content" not in focused(page)


def test_the_script_is_tried_and_saved_by_the_keyboard(
    notebook: Notebook, page: "Page"
) -> None:
    for name in ("Save", "Dry run"):
        tab_to(page, name)
        page.keyboard.press("Enter")

    page.wait_for_selector(".wb-ScriptForm >> text=The dry run ended")
    assert page.get_by_text("risk-agent may now act for").first.is_visible()
    options = page.get_by_label("Open").locator("option").all_inner_texts()
    assert "typed" in options
    notebook.picture("editor-saved")


def test_what_the_dry_run_stands_for_is_folded_away(
    notebook: Notebook, page: "Page"
) -> None:
    page.get_by_text("What the dry run stands for").click()
    page.get_by_label("Dry run also sends").fill("audience=x")
    notebook.picture("editor-trial")
    found = notebook.violations()
    page.get_by_text("What the dry run stands for").click()

    assert found == []


def test_the_dark_theme_is_legible_too(notebook: Notebook, page: "Page") -> None:
    with notebook.dark():
        page.get_by_role("textbox", name="Script").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\nnope(1, null);")
        page.wait_for_selector(UNDERLINE)
        notebook.picture("editor-dark")
        found = notebook.violations()

    assert found == []


def test_a_narrow_page_shows_the_whole_form(notebook: Notebook, page: "Page") -> None:
    page.set_viewport_size({"width": 800, "height": 1000})
    notebook.picture("editor-narrow")

    overflow = page.evaluate(
        "() => { const f = document.querySelector('.wb-ScriptForm');"
        " return f.scrollWidth - f.clientWidth; }"
    )

    assert overflow <= 1


def test_a_script_of_another_type_has_its_own_names_and_dry_run(
    notebook: Notebook, page: "Page"
) -> None:
    page.get_by_label("Script Type").select_option("OAuth2 Access Token Modification")
    page.click(".wb-editor .cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("accessToken.setF")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete >> text=setField")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.type("accessToken.setField('colour', 'green');")
    page.wait_for_function("() => !document.querySelector('.wb-finding')")
    page.get_by_role("button", name="Dry run").click()

    page.wait_for_selector(".wb-ScriptForm >> text=The script set colour")

    notebook.picture("script-of-another-type")


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    notebook: Notebook,
) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
