"""Every tab of the bench is measured: in three themes, and at three widths."""

from collections.abc import Iterator

import pytest

from .conftest import Notebook, Opened
from .pictures import STORY, THEMES

pytestmark = pytest.mark.browser

WIDTHS = (1920, 1280, 800)

LONG_NAME = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
wb.realm.register_client("W" * 255, secret="s", scopes=["read"])
wb.client.exchange("W" * 255, "s", scope="s" * 300, subject_token="none")
wb.decision_form()
"""

TOO_WIDE = """form => {
    const own = 'svg, svg *, .cm-editor, .cm-editor *, select, option';
    const found = [];
    for (const each of form.querySelectorAll('*')) {
        if (!each.offsetParent || each.matches(own)) continue;
        const look = getComputedStyle(each);
        if (look.display === 'inline' || each.clientWidth < 3) continue;
        if (look.textOverflow === 'ellipsis' && each.title) continue;
        const beyond = each.scrollWidth - each.clientWidth;
        if (beyond > 1)
            found.push(`${each.className} by ${beyond}: ${each.innerText}`);
    }
    return found;
}"""
"""What is wider than the box that it stands in.

A picture or an editor scrolls, what is only spoken has no width, and what is cut short
visibly is whole in its title.
"""

BROKEN = """form => {
    const found = [], walk = document.createTreeWalker(form, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const around = node.parentElement;
        if (!around.offsetParent || around.clientWidth === 1) continue;
        if (around.closest('svg, style, .cm-editor')) continue;
        for (const word of node.data.matchAll(/[\\p{L}\\p{N}]{2,22}/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const tops = [...range.getClientRects()].map(each => Math.round(each.top));
            if (new Set(tops).size > 1) found.push(`${word[0]} in ${node.data}`);
        }
    }
    return found;
}"""
"""Words that go on in the next line; what is longer than any word may."""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A bench after one exchange that was granted and one that was refused."""
    made = opened(STORY, "wb", width=WIDTHS[0])
    made.run_all()
    made.page.wait_for_selector(".wb-BenchForm")
    return made


def tabs(notebook: Notebook) -> Iterator[str]:
    """Each tab that there is, opened."""
    bench = notebook.page.locator(".wb-BenchForm")
    bar = bench.get_by_role("tablist").first
    for name in bar.get_by_role("tab").all_inner_texts():
        bar.get_by_role("tab", name=name, exact=True).click()
        bench.locator(".wb-form:visible").first.wait_for()
        yield name


def test_nothing_is_wider_than_its_box_and_no_word_is_broken(
    notebook: Notebook,
) -> None:
    bench, found = notebook.page.locator(".wb-BenchForm"), {}
    for width in WIDTHS:
        notebook.page.set_viewport_size({"width": width, "height": 1000})
        for name in tabs(notebook):
            for what, measure in (("too wide", TOO_WIDE), ("broken", BROKEN)):
                found[f"{name} at {width}, {what}"] = bench.evaluate(measure)

    assert {place: seen for place, seen in found.items() if seen} == {}


def test_a_long_name_is_broken_and_makes_no_form_wider(opened: Opened) -> None:
    made = opened(LONG_NAME)
    made.run_all()
    form = made.page.locator(".wb-DecisionForm")
    form.get_by_text("Refused").first.wait_for()

    assert form.evaluate(TOO_WIDE) == []


def test_nothing_offends_wcag_in_three_themes(notebook: Notebook) -> None:
    notebook.page.set_viewport_size({"width": 1280, "height": 1000})
    found = {}
    for theme, name in THEMES.items():
        notebook.theme(name)
        for tab in tabs(notebook):
            found[f"{tab}, {theme}"] = notebook.violations()
    notebook.theme(THEMES["light"])

    assert {place: seen for place, seen in found.items() if seen} == {}
