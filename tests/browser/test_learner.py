"""A learner takes lessons 00, 01 and 05 from an empty folder on, as a person would.

Cells are run one by one with Shift+Enter; what is predicted is answered with the mouse,
and what is practised is typed into its answer cell.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from workbench.course.lessons import first_lesson, shipped_names

from .conftest import Lab, Notebook, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
"""The notebook in front; the one that one came from stays open behind it."""

IDLE = f'{SHOWN} .jp-Notebook-ExecutionIndicator[data-status="idle"]'
DIRTY = ".lm-TabBar-tab.jp-mod-current.jp-mod-dirty"
"""The mark of unsaved changes on the tab of the notebook in front."""

TOKEN = f"{SHOWN} .jp-OutputArea-output svg"
CHOSEN = {
    "0.1": "it is granted, and the new token names no actor",
    "0.2": "it is refused: the token names another client",
    "1.1": "act names risk-agent",
    "1.2": "write delete",
    "5.1": "The subject token carries may_act",
}
"""What the learner says will happen, at the end."""

SENT = (
    'wb.client.exchange("{}", "mySecret", scope="read", '
    "subject_token={}.access_token, actor_token={}.access_token)"
)
TYPED = {
    "0.3": SENT.format("risk-agent", "subject", "actor"),
    "1.3": 'wb.realm.update("data-agent", may_act_script="risk-agent may act")',
    "5.4": "wb.realm.update_script('risk-agent may act', 'token.setMayAct({"
    'client_id: ["risk-agent", "audit-agent"], '
    'sub: ["(age!risk-agent)", "(age!audit-agent)"]});\')',
}
"""What the learner writes into answer cells; the rest is left for another day."""


@dataclass
class Learner:
    """Somebody in front of ``workbench lab`` who works through lessons."""

    lab: Lab
    notebook: Notebook
    started: float
    cells: list[dict[str, Any]] = field(default_factory=list)

    @property
    def page(self) -> "Page":
        return self.notebook.page

    def arrive(self, name: str) -> None:
        """Be in a lesson that is ready, and see that it asks for nothing."""
        self.page.wait_for_url(f"**/lab/tree/{name}*")
        self.lab.wait_for_kernel(name)
        self.page.locator(IDLE).wait_for()
        shown = json.loads((self.lab.folder / name).read_text(encoding="utf-8"))
        self.cells = shown["cells"]
        assert self.page.locator(".jp-Dialog").all_inner_texts() == []
        assert self.page.locator(DIRTY).count() == 0

    def number(self, name: str) -> int:
        """Where the cell of a name stands, such as ``check-0-1``."""
        return next(n for n, each in enumerate(self.cells) if each["id"] == name)

    def cell(self, name: str) -> "Locator":
        at = f'[data-windowed-list-index="{self.number(name)}"]'
        return self.page.locator(f"{SHOWN} .jp-Cell{at}")

    def run(self, name: str) -> None:
        """Run a cell with Shift+Enter, and wait for what comes of it."""
        cell = self.cell(name)
        cell.scroll_into_view_if_needed()
        cell.locator(".jp-InputArea-editor").click()
        before = cell.locator(".jp-InputPrompt").inner_text()
        self.page.keyboard.press("Shift+Enter")
        ran = cell.locator(".jp-InputPrompt").filter(has_text="]:")
        ran.filter(has_not_text="*").filter(has_not_text=before).wait_for()

    def work_through(self, first: str = "", last: str = "") -> None:
        """Run each code cell from one to another, and answer what is asked."""
        names = [each["id"] for each in self.cells if each["cell_type"] == "code"]
        start = names.index(first) if first else 0
        stop = names.index(last) if last else len(names)
        for name in names[start:stop]:
            kind, _, number = name.partition("-")
            number = number.replace("-", ".")
            if kind == "answer" and number in TYPED:
                self.write(name, TYPED[number])
            self.run(name)
            if kind == "check" and number in CHOSEN:
                self.choose(number, CHOSEN[number])

    def write(self, name: str, line: str) -> None:
        """Type a line of code in place of the last one of a cell."""
        self.cell(name).locator(".cm-line").last.click(click_count=3)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.press("Shift+Home")
        self.page.keyboard.type(line)

    def follow(self, link: str) -> None:
        """Click the last link of a name, once the page has stopped moving."""
        found = self.page.locator(f"{SHOWN} .jp-MarkdownCell").get_by_role(
            "link", name=link
        )
        found.last.scroll_into_view_if_needed()
        before = None
        while before != (before := found.last.bounding_box()):
            self.page.wait_for_timeout(500)
        found.last.click()

    def form(self, number: str) -> "Locator":
        name = f"check-{number.replace('.', '-')}"
        return self.cell(name).locator(".wb-ExerciseForm")

    def choose(self, number: str, answer: str) -> None:
        """Answer a prediction by mouse."""
        form = self.form(number)
        form.get_by_label(answer, exact=True).check()
        self.press(number, "Check")

    def press(self, number: str, button: str) -> None:
        self.form(number).get_by_role("button", name=button, exact=True).click()

    def has_solved(self, number: str) -> None:
        """See the tick in the form's heading."""
        self.form(number).locator("h3").filter(has_text="✓ solved").wait_for()

    def picture(self, name: str) -> None:
        self.notebook.picture(f"learner-{name}")


@pytest.fixture(scope="module")
def learner(
    tmp_path_factory: pytest.TempPathFactory, chromium: "Browser"
) -> Iterator[Learner]:
    """A learner, who has started ``workbench lab`` in an empty folder."""
    started = time.monotonic()
    with running(tmp_path_factory.mktemp("learner")) as lab:
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(20_000)
        notebook = Notebook(page)
        notebook.listen()
        page.goto(f"{lab.url}/?token={lab.token}")
        yield Learner(lab, notebook, started)
        page.close()


def test_the_first_delegated_token_comes_with_the_second_cell(
    learner: Learner,
) -> None:
    learner.arrive(first_lesson())
    first, second = (c["id"] for c in learner.cells[:4] if c["cell_type"] == "code")
    learner.run(first)
    learner.run(second)
    learner.page.locator(TOKEN).first.wait_for()

    taken = time.monotonic() - learner.started
    print(f"From workbench lab to the first delegated token: {taken:.1f} s")
    learner.picture("token")
    assert learner.notebook.failures() == []


def test_a_wrong_prediction_is_told_why_and_a_right_one_gets_its_tick(
    learner: Learner,
) -> None:
    learner.work_through("cell-05", "check-0-1")
    learner.run("check-0-1")
    learner.picture("asked")
    learner.choose("0.1", "it is refused: an actor token is missing")
    learner.form("0.1").get_by_text("PingAM asks for less.").wait_for()
    learner.picture("wrong")

    learner.choose("0.1", CHOSEN["0.1"])
    learner.has_solved("0.1")


def test_an_answer_typed_by_hand_is_refused_with_a_hint_that_fits_then_solved(
    learner: Learner,
) -> None:
    learner.work_through("check-0-2", "answer-0-3")
    learner.has_solved("0.2")
    learner.write("answer-0-3", SENT.format("risk-agent", "actor", "subject"))
    learner.run("answer-0-3")
    learner.run("check-0-3")
    form = learner.form("0.3")
    form.get_by_text("“The subject token carries may_act” failed.").wait_for()
    learner.press("0.3", "Hint")
    form.get_by_text("Hint 1 of 3 for exercise 0.3", exact=True).wait_for()
    learner.picture("refused")

    learner.write("answer-0-3", TYPED["0.3"])
    learner.run("answer-0-3")
    learner.press("0.3", "Check")
    learner.has_solved("0.3")
    learner.picture("solved")


def test_the_tick_is_there_after_the_page_was_loaded_again(learner: Learner) -> None:
    learner.run("cell-10")
    learner.page.keyboard.press("Control+s")
    learner.page.locator(DIRTY).wait_for(state="detached")

    learner.page.reload()

    learner.arrive(first_lesson())
    for number in ("0.1", "0.2", "0.3"):
        learner.form(number).scroll_into_view_if_needed()
        learner.has_solved(number)
    learner.picture("again")
    assert learner.notebook.failures() == []


@pytest.mark.parametrize(
    ("link", "number", "solved"),
    [
        ("Who may act for data-agent?", "01", ("1.1", "1.2", "1.3")),
        ("Why was it refused?", "05", ("5.1", "5.4")),
    ],
)
def test_a_lesson_is_reached_by_its_link_and_worked_through(
    learner: Learner, link: str, number: str, solved: tuple[str, ...]
) -> None:
    learner.follow(link)
    learner.arrive(next(n for n in shipped_names() if n.startswith(number)))

    learner.work_through()

    for each in solved:
        learner.form(each).scroll_into_view_if_needed()
        learner.has_solved(each)
    learner.picture(f"lesson-{number}")
    assert learner.notebook.failures() == []


def test_progress_counts_what_was_solved(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.keyboard.press("b")
    learner.page.keyboard.press("Enter")
    learner.page.keyboard.type("from workbench.course import progress; progress()")
    learner.page.keyboard.press("Shift+Enter")

    shown = learner.page.locator(f"{SHOWN} .jp-OutputArea-output table").last
    shown.get_by_text("Solved: 8 of").wait_for()
    for lesson, count in (("00", "3 of 3"), ("01", "3 of 5"), ("05", "2 of 4")):
        row = shown.get_by_role("row", name=f"{lesson} ")
        row.get_by_role("cell", name=count, exact=True).wait_for()
    learner.picture("progress")


def test_nothing_came_from_outside_and_nothing_failed(learner: Learner) -> None:
    assert (learner.notebook.outside, learner.notebook.problems) == ([], [])
