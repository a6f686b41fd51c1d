"""Pointing at the tokens of a chain, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from .conftest import Notebook, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
case = wb.prepare("agent-for-agent")
actor, subject, issued = case.send(wb.client)
stolen = wb.client.exchange(
    "data-agent", "mySecret", scope="read", subject_token=subject.access_token)
again = [*case.send(wb.client)]
wb.forms().go_to("Chain")[0]
"""
STATIC = "wb.chain(subject, issued)"
WIDTHS = (800, 1280, 1920)
OUTSIDE = """frame => {
    const room = frame.getBoundingClientRect();
    return [...frame.querySelectorAll('text, path, polygon')]
        .filter(each => !each.matches('.wb-ring'))
        .map(each => [each, each.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.left < room.left - 1
            || box.right > room.right + 1 || box.top < room.top - 1
            || box.bottom > room.bottom + 1))
        .map(([each]) => each.outerHTML.slice(0, 80));
}"""
"""What of a picture is cut off by the frame around it."""
SCROLLS = """frame => {
    const wide = [];
    for (let each = frame; each; each = each.parentElement) {
        if (each.scrollWidth > each.clientWidth + 1) wide.push(each.className);
        if (each.matches('.jp-OutputArea')) break;
    }
    return wide;
}"""
SMALLEST = """frame => Math.min(...[...frame.querySelectorAll('text')]
    .filter(each => each.getBoundingClientRect().width)
    .map(each => parseFloat(each.getAttribute('font-size'))
        * each.getScreenCTM().a))"""
"""Pixels that letters are high on the screen."""
LONG = """\
from dataclasses import replace
from workbench.forms.graph import chain_graph
act, hops = None, [wb.inspect(issued)]
for number in range(1, 26):
    act = {"sub": f"(age!agent-{number})", **({"act": act} if act else {})}
    hops.append(replace(hops[0], claims={**hops[0].claims, "act": act}))
graph = chain_graph()
graph.show(hops[1:])
graph
"""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook with the chain of an exchange, and one of twenty-five hops."""
    made = opened(STORY, LONG, STATIC, "wb")
    made.run_all()
    made.page.wait_for_selector(".wb-graph .wb-token")
    return made


@pytest.fixture
def graph(page: "Page") -> "Locator":
    return page.locator(".wb-graph").first


@pytest.fixture
def long(page: "Page") -> "Locator":
    found = page.locator(".wb-graph").nth(1)
    found.scroll_into_view_if_needed()
    return found


def seen(graph: "Locator") -> list[float]:
    box = graph.locator("svg").get_attribute("viewBox") or ""
    return [float(number) for number in box.split()]


def test_hover_shows_the_token(notebook: Notebook, graph: "Locator") -> None:
    graph.locator("[data-part=e1] text").first.hover()

    graph.locator(".wb-graph-shown").get_by_text("token 2: subject token").wait_for()
    notebook.picture("graph-hover")


def test_a_click_chooses_it(notebook: Notebook, graph: "Locator") -> None:
    graph.locator("[data-part=e2] text").first.click()

    graph.locator("[data-part=e2][aria-pressed=true]").wait_for()
    assert "exchanged token" in graph.locator(".wb-graph-shown").inner_text()


def test_the_keyboard_walks_along_the_chain_and_chooses(graph: "Locator") -> None:
    graph.get_by_role("button", name="whole chain").focus()
    keyboard = graph.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Home")
    keyboard.press("ArrowRight")
    graph.locator(".wb-graph-shown").get_by_text("token 2: subject token").wait_for()
    keyboard.press("Enter")

    graph.locator("[data-part=e1][aria-pressed=true]").wait_for()


def test_refused_attempts_appear_on_request(
    notebook: Notebook, page: "Page", graph: "Locator"
) -> None:
    page.get_by_label("Show all attempts that were refused").first.check()

    graph.locator("svg", has_text="refused by the rule").wait_for()
    notebook.picture("graph-refused")


@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width_the_whole_chain_is_seen_and_legible(
    notebook: Notebook, page: "Page", width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    shown = page.locator(".wb-graph-frame, .wb-fit")
    page.wait_for_timeout(200)
    measured = [
        (each.evaluate(OUTSIDE), each.evaluate(SCROLLS), each.evaluate(SMALLEST))
        for each in shown.all()
        if each.is_visible()
    ]
    notebook.picture(f"graph-{width}")
    page.set_viewport_size({"width": 1280, "height": 1000})

    assert len(measured) == 3
    assert [each[:2] for each in measured] == [([], [])] * 3
    assert min(letters for _, _, letters in measured) >= 10.9


def test_zoom_in_and_the_whole_chain_again(notebook: Notebook, long: "Locator") -> None:
    start = seen(long)
    long.get_by_role("button", name="Zoom in").click()
    closer = seen(long)
    long.get_by_role("button", name="whole chain").click()
    notebook.picture("graph-whole")

    assert closer[3] < start[3]
    assert seen(long) == start


def test_dragging_moves_the_chain_and_chooses_nothing(long: "Locator") -> None:
    for _ in range(6):
        long.get_by_role("button", name="Zoom in").click()
    before, mouse = seen(long), long.page.mouse
    frame = long.locator(".wb-graph-frame").bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2

    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 40, steps=4)
    mouse.up()

    assert seen(long)[1] > before[1]
    assert long.locator("[aria-pressed=true]").count() == 0


def test_walking_by_keyboard_keeps_the_token_in_view(long: "Locator") -> None:
    long.get_by_role("button", name="whole chain").focus()
    keyboard = long.page.keyboard
    keyboard.press("Tab")
    keyboard.press("End")
    keyboard.press("Home")
    frame = long.locator(".wb-graph-frame").bounding_box()
    first = long.locator("[data-part=n0]").bounding_box()

    assert frame is not None
    assert first is not None
    assert frame["y"] - 1 <= first["y"]
    assert first["y"] + first["height"] <= frame["y"] + frame["height"] + 1


def test_in_the_bench_the_token_chosen_opens_among_the_tokens(
    notebook: Notebook, page: "Page"
) -> None:
    bench = page.locator(".wb-BenchForm").first
    bench.scroll_into_view_if_needed()
    bench.get_by_role("tab", name="Chain").click()
    bench.get_by_label("Exchange").select_option(index=2)
    bench.locator(".wb-graph svg", has_text="refused by the rule").wait_for()
    bench.get_by_label("Exchange").select_option(index=0)
    bench.locator(".wb-graph svg", has_text="current actor").wait_for()
    chosen = bench.locator(".wb-graph [data-part=e1] text").first
    chosen.click()
    notebook.picture("graph-bench")
    bench.get_by_role("button", name="Open in Tokens").click()

    bench.locator(".wb-TokenForm").get_by_text("May act", exact=True).first.wait_for()


def test_nothing_of_it_offends_wcag_in_either_theme(
    notebook: Notebook, page: "Page"
) -> None:
    light = notebook.violations()
    with notebook.dark():
        page.locator(".wb-graph").first.scroll_into_view_if_needed()
        notebook.picture("graph-dark")
        dark = notebook.violations()

    assert (light, dark) == ([], [])


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    notebook: Notebook,
) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
