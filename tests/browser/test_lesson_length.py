"""How long a lesson is on a screen, once all of it has run."""

from typing import TYPE_CHECKING

import pytest

from workbench.course.lessons import shipped_names

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDE, HIGH, MOST = 1280, 800, 12
"""Pixels of a screen, and how many of them the first use case may take."""

ALL = 24_000
"""Pixels of a window in which no cell is out of sight, and so left undrawn."""

FROM_FIRST_TO_LAST = """() => {
    const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')]
        .map(cell => cell.getBoundingClientRect());
    return Math.max(...cells.map(box => box.bottom))
        - Math.min(...cells.map(box => box.top));
}"""


def screens(notebook: Notebook) -> float:
    """How many screens a notebook takes from its first cell to its last."""
    page: Page = notebook.page
    page.set_viewport_size({"width": WIDE, "height": ALL})
    page.wait_for_timeout(2000)  # in which every cell is drawn
    high: float = page.evaluate(FROM_FIRST_TO_LAST)
    return high / HIGH


def test_the_first_use_case_takes_at_most_twelve_screens(opened: Opened) -> None:
    name = next(name for name in shipped_names() if name.startswith("01_"))
    notebook = opened(name, width=WIDE)
    notebook.run_all()

    assert notebook.failures() == []
    assert screens(notebook) <= MOST
