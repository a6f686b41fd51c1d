"""Each role has a colour of its own that can be read, and more than a colour."""

import re

import pytest

from workbench.views.page.card import card, facts, folded
from workbench.views.page.html import PAGE_CSS
from workbench.views.page.roles import ROLES, SUBJECT, Role, badge, who

CSS = PAGE_CSS.read_text("utf-8")
LIGHT, DARK = "#ffffff", "#212121"  # JupyterLab's --jp-layout-color2 in the dark
READABLE = 4.5  # WCAG 2.1, 1.4.3


def luminance(colour: str) -> float:
    """As WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(role: Role) -> list[str]:
    """In the light theme and in the dark."""
    return re.findall(rf"--wb-{role.name}:(#[0-9a-f]{{6}})", CSS)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.word)
def test_a_role_can_be_read_in_both_themes(role: Role) -> None:
    light, dark = colours(role)

    assert (light, dark) == (role.light, role.dark)
    assert contrast(light, LIGHT) >= READABLE
    assert contrast(dark, DARK) >= READABLE


@pytest.mark.parametrize("what", ["name", "word", "sign", "shape", "light", "dark"])
def test_no_two_roles_share_anything(what: str) -> None:
    assert len({getattr(role, what) for role in ROLES}) == len(ROLES)


def test_a_badge_says_the_role_in_a_word_beside_its_shape() -> None:
    assert badge(SUBJECT) == (
        '<span class="wb-badge wb-subject"><svg viewBox="0 0 10 10" aria-hidden="true">'
        '<circle cx="5" cy="5" r="5"/></svg>subject</span>'
    )
    assert who(SUBJECT, "<x>", "earlier").endswith(
        "earlier</span> <code>&lt;x&gt;</code>"
    )


def test_a_card_a_fold_and_facts_escape_what_they_show() -> None:
    assert card(SUBJECT, "<i>", "<p>x</p>") == (
        '<div class="wb-card wb-subject"><p class="wb-title">&lt;i&gt;</p>'
        "<p>x</p></div>"
    )
    assert folded("<i>", "<p>x</p>") == (
        "<details><summary>&lt;i&gt;</summary><p>x</p></details>"
    )
    assert folded("a", "b", shut=False).startswith("<details open>")
    assert facts([("<", ">")]) == "<dl><dt>&lt;</dt><dd>&gt;</dd></dl>"
