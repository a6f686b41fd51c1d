"""Pictures for slides: each stands alone, in light and dark, and can be read."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from workbench import Workbench
from workbench.course.labs.by_name import LABS
from workbench.course.picture_book import (
    lab_slide,
    long_chain_slides,
    refusal_slide,
    use_case_slides,
)
from workbench.course.use_cases.by_name import USE_CASES
from workbench.course.use_cases.walk import walk
from workbench.views.page.roles import ROLES, SERVER, SUBJECT
from workbench.views.sequence.face import (
    sequence_html,
    sequence_mermaid,
    sequence_svg,
    sequence_text,
)
from workbench.views.sequence.steps import Message, Sequence
from workbench.views.slides.attack import AttackPicture, attack_slide
from workbench.views.slides.compared import comparison_slide
from workbench.views.slides.index import file_name, index_html
from workbench.views.slides.slide import ACROSS, DOWN, TOP, Slide, fitted, slide_svg
from workbench.views.slides.theme import DARK, LIGHT, THEMES, Theme

SVG = "{http://www.w3.org/2000/svg}"
RULE = "may_act.client_id names the client"
READABLE, LOWEST = 4.5, 20
"""WCAG 2.1, 1.4.3; the height of letters on a slide of 1080."""

STOLEN = AttackPicture(
    slug="made-up",
    title="Stolen <subject> token",
    story="Mallory & a token that is not hers.",
    sequence=Sequence(
        ("mallory", "data-agent", "PingAM"),
        (
            Message("data-agent", "PingAM", "client_credentials", "subject token"),
            Message("mallory", "PingAM", "token-exchange", stopped=RULE),
        ),
        "Stolen",
        {"data-agent": SUBJECT, "PingAM": SERVER},
    ),
    stopped_by=RULE,
    told=(("Answer", "400 invalid_request"), ("Without it", "She acts. " * 90)),
)


def all_slides() -> list[Slide]:
    made = [attack_slide(STOLEN), *map(lab_slide, LABS.values())]
    for name in USE_CASES:
        with Workbench(now=1_790_000_000, seed="doc") as wb:
            walked = walk(wb.realm, wb.client, wb.prepare(name))
            made += use_case_slides(walked)
    with Workbench(now=1_790_000_000, seed="doc") as wb:
        wb.prepare("agent-for-agent")
        made.append(refusal_slide(wb.realm, wb.client))
        made += long_chain_slides(wb.realm, wb.client)
    return made


SLIDES = all_slides()
EACH = [
    pytest.param(slide, theme, id=file_name(slide, theme.name))
    for slide in SLIDES
    for theme in THEMES.values()
]


def by_name(name: str) -> str:
    return next(slide_svg(each, LIGHT) for each in SLIDES if each.name == name)


def words(drawn: str) -> str:
    """The text of a picture in the order in which it is drawn."""
    root = ElementTree.fromstring(drawn)
    return " ".join(each.text or "" for each in root.iter(f"{SVG}text"))


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


def tinted(ground: str, colour: str, share: float = 0.122) -> str:
    """The ground below so much of a colour."""
    pairs = (
        (int(ground[i : i + 2], 16), int(colour[i : i + 2], 16)) for i in (1, 3, 5)
    )
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


# ---- Every picture


def test_the_book_has_flows_chains_decisions_comparisons_and_attacks() -> None:
    kinds = {each.name.partition("-")[0] for each in SLIDES}

    assert kinds == {"flow", "chain", "decision", "comparison", "attack"}
    assert len({each.name for each in SLIDES}) == len(SLIDES)


@pytest.mark.parametrize(("slide", "theme"), EACH)
def test_a_picture_is_svg_with_a_title_and_a_description(
    slide: Slide, theme: Theme
) -> None:
    root = ElementTree.fromstring(slide_svg(slide, theme))

    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 1920 1080"
    assert root[0].tag == f"{SVG}title" and root[0].text == slide.title
    assert root[1].tag == f"{SVG}desc" and root[1].text == slide.told
    labelled = (root.get("aria-labelledby"), root.get("aria-describedby"))
    assert labelled == (root[0].get("id"), root[1].get("id"))


@pytest.mark.parametrize(("slide", "theme"), EACH)
def test_a_picture_needs_nothing_but_itself(slide: Slide, theme: Theme) -> None:
    drawn = slide_svg(slide, theme)

    assert not re.search(r"var\(|currentColor|url\(|href|<style|<script|style=", drawn)
    root = ElementTree.fromstring(drawn)
    written = [value for each in root.iter() for value in each.attrib.values()]
    assert [value for value in written if "//" in value] == []


@pytest.mark.parametrize(("slide", "theme"), EACH)
def test_no_letters_are_too_small_for_a_slide(slide: Slide, theme: Theme) -> None:
    root = ElementTree.fromstring(slide_svg(slide, theme))
    sizes = []

    def look(element: ElementTree.Element, size: float, grown: float) -> None:
        view = element.get("viewBox", "").split()
        if element.tag == f"{SVG}svg" and view:
            grown *= float(element.get("width", view[2])) / float(view[2])
        size = float(element.get("font-size", size))
        if element.tag == f"{SVG}text":
            sizes.append(size * grown)
        for child in element:
            look(child, size, grown)

    look(root, 16, 1)
    assert min(sizes) >= LOWEST


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide.name)
def test_the_sentence_above_a_picture_keeps_off_it_and_ends_in_no_lone_word(
    slide: Slide,
) -> None:
    root = ElementTree.fromstring(slide_svg(slide, LIGHT))
    title, *below = root.findall(f"{SVG}text")

    assert title.text == slide.title
    assert all(float(each.get("y", 0)) + 20 <= TOP for each in below)
    assert len(below) < 2 or " " in (below[-1].text or "")


def test_the_themes_are_drawn_alike_in_other_colours() -> None:
    for slide in SLIDES:
        light, dark = (slide_svg(slide, theme) for theme in (LIGHT, DARK))
        assert light != dark
        without = [re.sub(r"#[0-9a-f]{6}", "#", each) for each in (light, dark)]
        assert without[0] == without[1]


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_role_can_be_read_on_the_ground_and_on_its_own_tint(theme: Theme) -> None:
    for role in ROLES:
        colour = theme.colour(role.name)
        tint = tinted(theme.ground, colour)
        assert contrast(colour, theme.ground) >= READABLE
        assert contrast(colour, tint) >= READABLE
        assert contrast(theme.ink, tint) >= READABLE


def test_every_run_draws_the_same_octets() -> None:
    again = all_slides()

    assert [slide_svg(each, LIGHT) for each in again] == [
        slide_svg(each, LIGHT) for each in SLIDES
    ]


# ---- What each says


def test_a_refusal_says_its_rule_what_was_found_and_what_went_over_the_wire() -> None:
    said = words(by_name("decision-refused-other-client"))

    for part in (
        f"✗ Refused by rule 12: {RULE}",
        "Expected data-agent Found risk-agent",
        'invalid_request "Invalid token exchange."',
        "13 rules passed, 1 failed",
        "12✗",
        "To make it pass",
    ):
        assert part in said


def test_a_grant_says_what_was_granted_and_every_rule() -> None:
    said = words(by_name("decision-granted-agent-for-agent"))

    assert "✓ Granted to risk-agent: delegation, scope read" in said
    assert all(f"{number}✓" in said for number in range(1, 23))
    assert "✗" not in said


def test_tokens_compared_show_what_changed_first_and_name_what_has_no_room() -> None:
    said = words(by_name("comparison-agent-for-agent"))

    assert said.index("+ added") < said.index("≠ changed") < said.index("= kept")
    assert '{"client_id": "risk-agent", "sub": "(age!risk-agent)"}' in said
    assert re.search(r"Not shown, 1\d claims: .*jti", said)


def test_tokens_compared_without_an_actor_have_two_columns() -> None:
    with Workbench(now=1_790_000_000, seed="doc") as wb:
        _, subject, issued = wb.prepare("agent-for-agent").send(wb.client)
        compared = wb.compare(subject, None, issued)

    said = words(slide_svg(comparison_slide("x", "x", compared), LIGHT))
    assert "◆" not in said
    assert "● " in said


def test_an_attack_says_where_it_is_stopped_by_what_and_what_if_not() -> None:
    drawn = by_name("attack-made-up")

    said = words(drawn)
    assert "Attack: Stolen <subject> token" in said
    assert f"✗ {RULE}" in said
    assert "Answer 400 invalid_request" in said
    assert "Without it" in said
    assert "…" in said  # what has no room


def test_what_stops_a_message_is_said_in_every_face_of_a_sequence() -> None:
    stop = f"✗ stopped by: {RULE}"

    assert stop in sequence_text(STOLEN.sequence)
    assert stop in sequence_html(STOLEN.sequence)
    assert "stopped by:" in sequence_svg(STOLEN.sequence)
    assert "p1-xp3: 2. token-exchange. ✗ stopped by#58;" in sequence_mermaid(
        STOLEN.sequence
    )
    assert "p2->>p3: 1. client_credentials\n" in sequence_mermaid(STOLEN.sequence)


@pytest.mark.parametrize("slug", LABS)
def test_every_lab_says_its_name_and_what_stops_it(slug: str) -> None:
    said = words(by_name(f"attack-{slug}"))

    assert f"Attack: {LABS[slug].title}" in said
    assert f"✗ {LABS[slug].stopped_by}"[:30] in said
    assert "The answer" in said


def test_a_lab_that_the_default_lets_through_says_so() -> None:
    assert "Stopped only by" in words(by_name("attack-scope-widening"))
    assert "Stopped by" in words(by_name("attack-chain-splicing"))


# ---- Placing, and the page of all


def test_a_drawing_is_made_as_large_as_there_is_room() -> None:
    drawing = '<svg xmlns="x" viewBox="0 0 900 100" style="width:9px"><g/></svg>'

    assert fitted(drawing) == (
        '<svg x="0.0" y="325.0" width="1800.0" height="200.0" '
        'viewBox="0 0 900 100"><g/></svg>'
    )
    assert (ACROSS, DOWN) == (1800, 850)
    assert 'width="900.0"' in fitted(drawing, 900)


def test_what_is_no_drawing_is_not_placed() -> None:
    with pytest.raises(ValueError, match="no inline SVG"):
        fitted("<p>none</p>")


def test_the_page_of_all_shows_each_and_escapes_what_it_says() -> None:
    odd = Slide("x", "<i>", 'a "b"', Markup())

    page = index_html([odd, *SLIDES], ["light", "dark"])

    assert "&lt;i&gt;" in page and "<i>" not in page
    assert 'alt="a &#34;b&#34;"' in page or 'alt="a &quot;b&quot;"' in page
    for slide in SLIDES:
        assert f'src="{slide.name}-light.svg"' in page
        assert f'href="{slide.name}-dark.svg"' in page
    assert "http" not in page and "<script" not in page
