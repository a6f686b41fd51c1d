"""JupyterLab in a real browser: one server, one Chromium, a page a test."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
ERRORS = ", ".join(
    f'.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.{kind}"]'
    for kind in ("stderr", "error")
)
OWN = (".wb-form", ".wb", ".wb-editor", ".cm-tooltip", ".wb-graph")
"""What the workbench puts into a page; the rest is JupyterLab's."""

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
}
ALL_RAN = """() => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
        .map(prompt => prompt.textContent);
    return prompts.some(text => /[0-9]/.test(text))
        && !prompts.some(text => text.includes('*'));
}"""

SHOTS = os.environ.get("WORKBENCH_SCREENSHOTS")
"""The folder in which the tests leave pictures; without it they leave none."""


@dataclass
class Lab:
    """A running ``workbench lab`` and the folder of its lessons."""

    url: str
    token: str
    folder: Path

    def address(self, name: str) -> str:
        return f"{self.url}/lab/tree/{name}?reset&token={self.token}"

    def stop_kernels(self) -> None:
        """Shut every kernel down, as the menu "Shut Down All Kernels" does."""
        for session in httpx.get(f"{self.url}/api/sessions?token={self.token}").json():
            url = f"{self.url}/api/sessions/{session['id']}?token={self.token}"
            httpx.delete(url)

    def wait_for_kernel(self, name: str) -> None:
        """Until the page is connected to a kernel that has nothing to do."""
        url = f"{self.url}/api/sessions?token={self.token}"
        for _ in range(240):
            kernels = [
                session["kernel"]
                for session in httpx.get(url).json()
                if session["path"] == name
            ]
            if any(
                k["connections"] and k["execution_state"] == "idle" for k in kernels
            ):
                return
            time.sleep(0.25)
        raise AssertionError(f"{name} has no kernel.")


@dataclass
class Notebook:
    """A notebook open in a page, with what its page did that it should not."""

    page: "Page"
    outside: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("request", lambda request: self.note(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self.note_console)

    def note(self, url: str) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", url):
            self.outside.append(url)

    def note_console(self, message: Any) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url')})")

    def idle(self) -> None:
        self.page.wait_for_selector(
            '.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000
        )

    def run_all(self) -> None:
        self.page.click('.lm-MenuBar-itemLabel:text-is("Run")')
        self.page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
        self.page.wait_for_function(ALL_RAN, timeout=60_000)
        self.idle()

    def failures(self) -> list[str]:
        """What cells wrote to stderr, and the exceptions they ended with."""
        return list(self.page.locator(ERRORS).all_inner_texts())

    @contextmanager
    def dark(self) -> Iterator[None]:
        """The dark theme for a while; JupyterLab keeps what is chosen."""
        self.theme("JupyterLab Dark")
        yield
        self.theme("JupyterLab Light")

    def theme(self, name: str) -> None:
        self.page.click('.lm-MenuBar-itemLabel:text-is("Settings")')
        self.page.hover('.lm-Menu-itemLabel:text-is("Theme")')
        self.page.click(f'.lm-Menu-itemLabel:text-is("{name}")')
        chosen = f'body[data-jp-theme-name="{name}"]'
        self.page.wait_for_selector(chosen, state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.1 AA in the workbench's own DOM."""
        from axe_playwright_python.sync_playwright import Axe

        present = [s for s in OWN if self.page.locator(s).count()]
        found = Axe().run(self.page, {"include": [[s] for s in present]}, WCAG)
        assert found.response["passes"], "axe-core looked at nothing"
        return [
            f"{each['id']}: {node['html'][:300]} {node['failureSummary']}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]

    def picture(self, name: str, selector: str = "") -> None:
        if SHOTS:
            path = Path(SHOTS) / f"{name}.png"
            shown = self.page.locator(selector).first if selector else self.page
            shown.screenshot(path=path)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """``workbench lab`` in an empty folder, with settings of its own."""
    with running(tmp_path_factory.mktemp("lab")) as made:
        yield made


@contextmanager
def running(home: Path) -> Iterator[Lab]:
    """``workbench lab`` for a while, with everything that it keeps in one folder."""
    token, port = secrets.token_hex(8), free()
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
        made = Lab(f"http://127.0.0.1:{port}", token, home / "workbench-lessons")
        try:
            wait_for(made, home / "log")
            yield made
        finally:
            process.terminate()
            stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(lab: Lab, log: Path) -> None:
    for _ in range(120):
        try:
            status = httpx.get(f"{lab.url}/api/status?token={lab.token}")
            if status.status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One Chromium for all tests."""
    with launched() as browser:
        yield browser


@contextmanager
def launched() -> Iterator["Browser"]:
    """Debian's Chromium for a while."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "the browser tests need Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        yield browser
        browser.close()


Opened = Callable[..., Notebook]


@pytest.fixture(scope="module")
def opened(lab: Lab, chromium: "Browser") -> Iterator[Opened]:
    """Opens a notebook: a lesson by its file name, or cells given one by one."""
    pages: list[Page] = []

    def open_notebook(*cells: str, width: int = 1280) -> Notebook:
        page = chromium.new_page(viewport={"width": width, "height": 1000})
        pages.append(page)
        return shown(lab, page, *cells)

    yield open_notebook
    for page in pages:
        page.close()


def shown(lab: Lab, page: "Page", *cells: str) -> Notebook:
    """A notebook in a page: a lesson by its file name, or cells given one by one."""
    name = cells[0] if cells[0].endswith(".ipynb") else written(lab, cells)
    page.set_default_timeout(20_000)
    notebook = Notebook(page)
    notebook.listen()
    page.goto(lab.address(name))
    lab.wait_for_kernel(name)
    notebook.idle()
    return notebook


def written(lab: Lab, cells: tuple[str, ...]) -> str:
    name = f"{secrets.token_hex(4)}.ipynb"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = new_notebook(
        cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
    )
    nbformat.write(notebook, lab.folder / name)
    return name


@pytest.fixture(scope="module")
def page(notebook: Notebook) -> "Page":
    """The page of the module's own notebook."""
    return notebook.page
