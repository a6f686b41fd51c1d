"""The point of a decision and of a token fits on a screen, in a bare page."""

from typing import TYPE_CHECKING

import pytest

from tests.stories import Agents
from workbench.views.decision import decision_html
from workbench.views.tokens.compare import comparison_html
from workbench.views.tokens.token import token_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST = 600
"""Pixels of height that the whole of an answer may need on a laptop."""

WIDTHS = (800, 1280, 1920)

WIDER = """() => [...document.querySelectorAll('.wb *')]
    .filter(each => each.checkVisibility() && !each.closest('svg'))
    .filter(each => each.scrollWidth > each.clientWidth + 1
        && getComputedStyle(each).display !== 'inline'
        || each.getBoundingClientRect().right > innerWidth)
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def faces(agents: Agents) -> dict[str, str]:
    """What an exchange leaves to look at, granted and refused."""
    wb = agents.wb
    actor, subject = agents.token("risk-agent"), agents.token("data-agent")
    issued = agents.exchange(subject_token=subject, actor_token=actor)
    granted = decision_html(wb.decision)
    wb.client.exchange(
        "data-agent", "mySecret", scope="read admin", subject_token=subject
    )
    return {
        "granted": granted,
        "refused": decision_html(wb.decision),
        "subject": token_html(wb.inspect(subject)),
        "issued": token_html(wb.inspect(issued)),
        "compared": comparison_html(wb.compare(subject, actor, issued)),
    }


@pytest.fixture(scope="module")
def page(chromium: "Browser") -> "Page":
    return chromium.new_page()


def show(page: "Page", face: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": MOST})
    page.set_content(f'<!doctype html><body data-jp-theme-light="true">{face}')


def test_a_decision_and_a_token_fit_on_a_laptop(
    page: "Page", faces: dict[str, str]
) -> None:
    heights = {}
    for name, face in faces.items():
        show(page, face, 1280)
        box = page.locator(".wb").bounding_box()
        assert box is not None
        heights[name] = box["height"]

    assert [name for name, height in heights.items() if height > MOST] == []


def test_nothing_is_wider_than_its_box_folded_or_open(
    page: "Page", faces: dict[str, str]
) -> None:
    found = {}
    for name, face in faces.items():
        for width in WIDTHS:
            show(page, face, width)
            folded = page.evaluate(WIDER)
            page.locator("details").evaluate_all("all => all.map(d => d.open = true)")
            found[name, width] = folded + page.evaluate(WIDER)

    assert {where: wide for where, wide in found.items() if wide} == {}


def test_the_whole_is_one_press_of_a_key_away(
    page: "Page", faces: dict[str, str]
) -> None:
    for name, inside in (("refused", "The client authenticated"), ("issued", "jti")):
        show(page, faces[name], 1280)
        hidden = page.get_by_text(inside).first
        assert not hidden.is_visible()

        page.locator("summary").first.focus()
        page.keyboard.press("Enter")

        assert hidden.is_visible()
