"""A bench is saved and opened by its form, and every form shows what was opened."""

import json

import pytest

from .conftest import Lab, Opened

pytestmark = pytest.mark.browser

CELLS = (
    "from workbench import Workbench\n"
    'wb = Workbench(now=1_790_000_000, seed="doc")\n'
    'wb.prepare("agent-for-agent")\nNone',
    "wb",
    "wb.agents_form()",
)


def test_a_bench_is_saved_and_opened_in_a_notebook(opened: Opened, lab: Lab) -> None:
    notebook = opened(*CELLS)
    page = notebook.page
    notebook.run_all()
    page.get_by_role("tab", name="File", exact=True).click()
    form = page.locator(".wb-FileForm").first

    form.get_by_role("button", name="Save").click()
    form.get_by_text("It holds secrets; only you can read it.").wait_for()
    notebook.picture("file-saved", ".wb-FileForm")
    saved = json.loads((lab.folder / "bench.json").read_text(encoding="utf-8"))
    assert saved["format"] == "delegation-workbench"

    form.get_by_label("File").fill("nowhere.json")
    form.get_by_role("button", name="Open").click()
    form.get_by_text("nowhere.json").last.wait_for()
    notebook.picture("file-refused", ".wb-FileForm")
    with notebook.dark():
        notebook.picture("file-dark", ".wb-FileForm")
        assert notebook.violations() == []

    form.get_by_label("File").fill("bench.json")
    form.get_by_role("button", name="Open").click()
    form.get_by_text("The bench is as it was saved in bench.json").wait_for()
    notebook.picture("file-opened", ".wb-FileForm")
    assert notebook.failures() == []
    assert notebook.violations() == []
