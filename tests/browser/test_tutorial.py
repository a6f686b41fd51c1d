"""The tutorial as its reader meets it: JupyterLab in a real browser."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CELLS = ".jp-Notebook .jp-Cell"
ERRORS = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of ``workbench lab`` in an empty folder, with settings of its own."""
    home, token, port = (
        tmp_path_factory.mktemp("lab"),
        secrets.token_hex(8),
        free_port(),
    )
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
    }
    command = [sys.executable, "-m", "workbench", "lab", "--no-browser"]
    with (
        (home / "log").open("w") as log,
        subprocess.Popen(
            [*command, "--port", str(port)], cwd=home, env=environment, stderr=log
        ) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(url, token, home / "log")
            yield f"{url}/lab/tree/01_agent_for_agent.ipynb?reset&token={token}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


def wait_for(url: str, token: str, log: Path) -> None:
    for _ in range(120):
        try:
            if httpx.get(f"{url}/api/status?token={token}").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator["Page"]:
    """The tutorial, open, its kernel idle. No request may leave the machine."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "the browser tests need Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.outside, page.problems = [], []  # type: ignore[attr-defined]
        page.on("request", lambda r: note_outside(page, r.url))
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.goto(lab)
        idle(page)
        yield page
        browser.close()


def note_outside(page: "Page", url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", url):
        page.outside.append(url)  # type: ignore[attr-defined]


def idle(page: "Page") -> None:
    page.wait_for_selector(
        '.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000
    )


def run_all(page: "Page") -> None:
    page.click('.lm-MenuBar-itemLabel:text-is("Run")')
    page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll(
                '.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent);
            return prompts.length && !prompts.some(p => p.includes('*'));
        }""",
        timeout=60_000,
    )
    idle(page)


def test_the_committed_lesson_shows_its_pictures_before_it_is_run(page: "Page") -> None:
    page.wait_for_selector(".jp-OutputArea-output svg[role=img]")

    label = page.get_attribute(".jp-OutputArea-output svg[role=img]", "aria-label")

    assert label


def test_runs_from_top_to_bottom_without_an_error(page: "Page") -> None:
    run_all(page)

    assert page.locator(ERRORS).count() == 0
    assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    page.wait_for_selector(".wb-AgentForm")
    assert page.problems == []  # type: ignore[attr-defined]


def test_a_form_answers_a_click(page: "Page") -> None:
    form = page.locator(".wb-ScriptForm").first
    form.scroll_into_view_if_needed()

    form.get_by_role("button", name="Dry run").click()

    page.wait_for_selector(".wb-ScriptForm >> text=The dry run ended")
    assert form.get_by_text("(age!risk-agent)").first.is_visible()


def test_nothing_was_fetched_from_outside(page: "Page") -> None:
    assert page.outside == []  # type: ignore[attr-defined]
