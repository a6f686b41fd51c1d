"""Playing an exchange step by step, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Lab, Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
actor, subject, issued = wb.prepare("agent-for-agent").send(wb.client)
wb.player(issued)
"""
LAST = 27
HEIGHT = 600
"""Pixels in which the whole player fits at 1280."""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook that plays an exchange."""
    made = opened(STORY)
    made.run_all()
    made.page.wait_for_selector(".wb-p .wb-card")
    return made


@pytest.fixture
def player(notebook: Notebook) -> "Locator":
    page: Page = notebook.page
    found = page.locator(".wb-p").first
    found.scroll_into_view_if_needed()
    return found


def at(player: "Locator", number: int) -> None:
    """Wait until a step is shown."""
    player.get_by_text(f"{number} of {LAST}", exact=True).wait_for()


def test_it_fits_and_shows_the_first_step(
    notebook: Notebook, player: "Locator"
) -> None:
    box = player.bounding_box()

    assert box is not None
    assert box["height"] <= HEIGHT
    assert "The request is parsed" in player.locator(".wb-p-card").inner_text()
    notebook.picture("player")


def test_the_mouse_steps_scrubs_and_plays(
    notebook: Notebook, player: "Locator"
) -> None:
    player.get_by_role("button", name="Next step").click()
    at(player, 2)
    player.locator(".wb-p-ticks span").nth(22).click()
    at(player, 23)
    looked = player.locator(".wb-p-looked").all_inner_texts()
    notebook.picture("player-rule")
    player.get_by_role("slider", name="Step").fill(str(LAST - 2))
    at(player, LAST - 2)
    player.get_by_label("Speed").select_option("4")
    player.get_by_role("button", name="Play").click()
    at(player, LAST)  # and stops there

    player.get_by_role("button", name="Play").wait_for()
    assert any("may_act" in text for text in looked)
    assert any("(age!risk-agent)" in text for text in looked)
    assert "new token" in player.locator(".wb-p-side").inner_text()


def test_the_keyboard_plays_pauses_and_steps(player: "Locator") -> None:
    player.focus()
    keyboard = player.page.keyboard
    keyboard.press("Home")
    at(player, 1)
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    at(player, 3)
    said = player.locator("[aria-live=polite]").inner_text()
    keyboard.press("ArrowLeft")
    at(player, 2)
    keyboard.press("Space")
    player.get_by_role("button", name="Pause").wait_for()
    keyboard.press("Space")
    player.get_by_role("button", name="Play").wait_for()
    keyboard.press("End")
    at(player, LAST)

    assert said == f"Step 3 of {LAST}. The subject token is opened: passed."


def test_a_part_is_one_click_away(player: "Locator") -> None:
    player.get_by_role("button", name="Actor token: passed").click()

    at(player, 4)
    chosen = player.locator(".wb-p-chapters [aria-current=step]").inner_text()
    assert "Actor token" in chosen


def test_what_if_shows_where_it_ends_now(notebook: Notebook, player: "Locator") -> None:
    form = notebook.page.locator(".wb-PlayerForm").first
    form.get_by_role("combobox", name="to", exact=True).fill("admin")
    form.get_by_role("button", name="What if").click()

    form.get_by_text("Now it ends at rule 22").wait_for()
    player.get_by_text("Rule 22: The client may have every scope").first.wait_for()
    notebook.picture("player-what-if", ".wb-PlayerForm")
    form.get_by_role("button", name="What really happened").click()
    at(player, 1)


def test_who_wants_calm_gets_no_animation(player: "Locator") -> None:
    player.get_by_role("button", name="First step").click()
    player.get_by_label("Speed").select_option("0.5")
    player.page.emulate_media(reduced_motion="reduce")
    player.get_by_role("button", name="Play").click()
    at(player, 2)
    moving = player.evaluate("el => el.getAnimations({subtree: true}).length")
    player.get_by_role("button", name="Pause").click()
    player.page.emulate_media(reduced_motion="no-preference")

    assert moving == 0


def test_nothing_of_it_offends_wcag_in_either_theme(
    notebook: Notebook, player: "Locator"
) -> None:
    light = notebook.violations()
    with notebook.dark():
        player.scroll_into_view_if_needed()
        notebook.picture("player-dark")
        dark = notebook.violations()

    assert (light, dark) == ([], [])
    assert notebook.problems == []


def test_on_a_narrow_page_nothing_is_wider_than_its_box(
    notebook: Notebook, player: "Locator"
) -> None:
    player.page.set_viewport_size({"width": 800, "height": 1000})
    player.scroll_into_view_if_needed()
    notebook.picture("player-narrow")

    wide = player.evaluate("el => el.scrollWidth > el.clientWidth + 1")
    assert not wide


def test_a_player_without_its_kernel_still_plays(lab: Lab, player: "Locator") -> None:
    lab.stop_kernels()
    player.focus()
    player.page.keyboard.press("Home")
    at(player, 1)
    player.page.keyboard.press("End")

    at(player, LAST)
