"""The APIs' form and the use case's drawing in a page: measured, read, looked at."""

import pytest

from .conftest import Notebook, Opened
from .pictures import THEMES
from .test_measures import BROKEN, TOO_WIDE, WIDTHS

pytestmark = pytest.mark.browser

SETTING = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
actor, subject, issued = wb.prepare("agent-for-agent").send(wb.client)
apis = wb.open_apis()
more = wb.client.exchange("risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token,
    audience=[apis["ledger"].url, apis["market"].url])
for name in apis:
    call = apis.ask(name, more.access_token)"""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """The form after three requests, the log, a call and the drawing."""
    drawn = 'wb.sequence("agent-for-agent", apis=True)'
    made = opened(SETTING, "wb.apis_form()", "apis.log", "call", drawn)
    made.run_all()
    made.page.locator(".wb-ApisForm").wait_for()
    return made


def test_nothing_is_wider_than_its_box_and_no_word_is_broken(
    notebook: Notebook,
) -> None:
    form, found = notebook.page.locator(".wb-ApisForm"), {}
    for width in WIDTHS:
        notebook.page.set_viewport_size({"width": width, "height": 1000})
        found[width] = form.evaluate(TOO_WIDE) + form.evaluate(BROKEN)
        notebook.picture(f"apis-{width}", ".wb-ApisForm")

    assert {width: seen for width, seen in found.items() if seen} == {}


def test_nothing_offends_wcag_in_three_themes(notebook: Notebook) -> None:
    notebook.page.set_viewport_size({"width": 1280, "height": 2600})
    found = {}
    for theme, name in THEMES.items():
        notebook.theme(name)
        found[theme] = notebook.violations()
        notebook.picture(f"apis-{theme}")
    notebook.theme(THEMES["light"])

    assert {theme: seen for theme, seen in found.items() if seen} == {}


def test_a_policy_is_changed_by_hand(notebook: Notebook) -> None:
    form = notebook.page.locator(".wb-ApisForm")
    form.get_by_label("Current actors").fill("")
    form.get_by_role("button", name="Apply").click()

    form.get_by_text("ledger decides so from now on.").wait_for()
    assert form.locator("table").first.get_by_text("nobody").count() == 1
    assert notebook.failures() == []
