"""Takes pictures of every tab of the bench, to be looked at by a person.

``python -m tests.browser.pictures OUT [--width 800 1280] [--theme light dark]``
"""

import argparse
import tempfile
from pathlib import Path

from .conftest import Notebook, launched, running, shown

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
case = wb.prepare("agent-for-agent")
actor, subject, issued = case.send(wb.client)
refused = wb.client.exchange(
    "data-agent", "mySecret", scope="read", subject_token=subject.access_token)"""
THEMES = {
    "light": "JupyterLab Light",
    "dark": "JupyterLab Dark",
    "contrast": "JupyterLab Dark High Contrast",
}
TALLEST = 4000
"""Pixels; what is longer is cut."""


def main() -> None:
    """Take the pictures that were asked for."""
    asked = arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        running(Path(home)) as lab,
        launched() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        notebook = shown(lab, page, STORY, "wb")
        notebook.run_all()
        page.wait_for_selector(".wb-BenchForm")
        for theme in asked.theme:
            page.set_viewport_size({"width": 1280, "height": 1000})
            notebook.theme(THEMES[theme])
            for width in asked.width:
                tabs(notebook, width, asked.out, theme)


def tabs(notebook: Notebook, width: int, out: Path, theme: str) -> None:
    """A picture of each tab at one width."""
    page = notebook.page
    bench = page.locator(".wb-BenchForm")
    names = bench.locator(".lm-TabBar").first.get_by_role("tab").all_inner_texts()
    for number, name in enumerate(names, 1):
        page.set_viewport_size({"width": width, "height": 1000})
        bench.get_by_role("tab", name=name, exact=True).first.click()
        bench.locator(".wb-form:visible").first.wait_for()
        page.wait_for_timeout(700)  # pictures drawn by the page itself
        height = int(bench.evaluate("each => each.offsetHeight")) + 300
        page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
        page.wait_for_timeout(200)
        bench.scroll_into_view_if_needed()
        path = out / f"{number:02}-{name.lower()}-{theme}-{width}.png"
        page.locator("#jp-main-dock-panel").screenshot(path=path)


def arguments() -> argparse.Namespace:
    """The folder, the widths and the themes."""
    parser = argparse.ArgumentParser(description="Pictures of every tab of the bench.")
    parser.add_argument("out", type=Path, help="the folder for the pictures")
    parser.add_argument("--width", type=int, nargs="+", default=[1280])
    parser.add_argument("--theme", nargs="+", choices=THEMES, default=["light", "dark"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
