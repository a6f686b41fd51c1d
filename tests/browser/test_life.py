"""The life of a notebook: opened, run, its kernel restarted, died and shut down."""

import json
import os
import signal
from typing import TYPE_CHECKING

import pytest

from workbench.course.lessons import first_lesson, shipped_names

from .conftest import Lab, Notebook, Opened, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELLS = (
    "import os\nfrom workbench import Workbench\n"
    'wb = Workbench(now=1_790_000_000, seed="doc")\nprint(os.getpid())',
    "wb",
)
ASLEEP = "This form sleeps: run its cell to wake it."


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook that shows a fresh bench."""
    made = opened(*CELLS)
    wake(made)
    return made


def wake(notebook: Notebook) -> None:
    notebook.run_all()
    notebook.page.wait_for_selector(".wb-BenchForm")
    assert notebook.page.get_by_text(ASLEEP).is_hidden()


def asleep(page: "Page") -> None:
    page.get_by_text(ASLEEP).wait_for()
    page.locator(".wb-BenchForm").wait_for(state="hidden")
    assert page.get_by_text("Error displaying widget").count() == 0


def kernel_menu(page: "Page", item: str) -> None:
    page.click('.lm-MenuBar-itemLabel:text-is("Kernel")')
    page.click(f'.lm-Menu-itemLabel:text-is("{item}")')


def test_a_restarted_kernel_leaves_the_face_below_one_line(notebook: Notebook) -> None:
    kernel_menu(notebook.page, "Restart Kernel…")
    notebook.page.click(".jp-Dialog .jp-mod-warn")

    asleep(notebook.page)
    assert notebook.violations() == []
    notebook.picture("life-asleep")
    wake(notebook)


def test_a_kernel_that_died_does_too(notebook: Notebook) -> None:
    page = notebook.page
    os.kill(
        int(page.locator(".jp-OutputArea-output").first.inner_text()), signal.SIGKILL
    )
    page.click(".jp-Dialog button")

    asleep(page)
    notebook.idle()
    page.locator(".jp-CodeCell .jp-InputPrompt").first.click()
    wake(notebook)


def test_a_kernel_that_was_shut_down_does_too(notebook: Notebook) -> None:
    kernel_menu(notebook.page, "Shut Down Kernel")

    asleep(notebook.page)


def test_a_saved_notebook_keeps_no_state_of_widgets(
    lab: Lab, notebook: Notebook
) -> None:
    page = notebook.page
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-mod-current:not(.jp-mod-dirty)")

    (path,) = [each for each in lab.folder.glob("*.ipynb") if each.name in page.url]
    saved = path.read_text(encoding="utf-8")
    assert "widgets" not in json.loads(saved)["metadata"]
    assert len(saved) < 50_000


@pytest.mark.parametrize(
    "name",
    [first_lesson(), shipped_names()[3], "reference/rules.ipynb"],
)
def test_a_laid_out_lesson_is_not_unsaved_when_it_is_opened(
    lab: Lab, notebook: Notebook, name: str
) -> None:
    page = notebook.page
    before = (lab.folder / name).read_bytes()
    shown(lab, page, name)

    page.wait_for_timeout(1000)  # in which JupyterLab is told of the kernel
    tab = page.locator(".lm-TabBar-tab.jp-mod-current")
    assert tab.get_by_text(name.rpartition("/")[2]).is_visible()
    assert page.locator(".jp-mod-dirty").count() == 0
    assert (lab.folder / name).read_bytes() == before


def test_a_lesson_opens_as_nobody_has_run_it(lab: Lab, notebook: Notebook) -> None:
    shown(lab, notebook.page, first_lesson())

    assert notebook.page.locator(".jp-CodeCell").count() > 0
    assert notebook.page.locator(".jp-OutputArea-output").count() == 0
