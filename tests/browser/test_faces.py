"""What the values of the bench show of themselves, looked at by axe-core."""

import pytest

from .conftest import Notebook, Opened

pytestmark = pytest.mark.browser

STORY = """\
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="doc")
case = wb.prepare("agent-for-agent")
actor, subject, issued = case.send(wb.client)
refused = wb.client.exchange(
    "data-agent", "mySecret", scope="read", subject_token=subject.access_token)"""
FACES = """\
display(
    wb.inspect(issued), wb.compare(subject, actor, issued), wb.decision, wb.audit,
    issued, wb.curl(issued), wb.chain(subject, issued), wb.sequence("agent-for-agent"),
    wb.profile, wb.provider, wb.timeline(), wb.dry_run("risk-agent may act"),
    wb.realm.script("risk-agent may act"))"""


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook with the face of each value."""
    made = opened(STORY, FACES)
    made.run_all()
    made.page.wait_for_selector(".wb")
    assert made.failures() == []
    return made


def test_no_face_offends_wcag_in_either_theme(notebook: Notebook) -> None:
    light = notebook.violations()
    with notebook.dark():
        dark = notebook.violations()

    assert (light, dark) == ([], [])


def test_nothing_was_fetched_from_outside_and_nothing_failed(
    notebook: Notebook,
) -> None:
    assert (notebook.outside, notebook.problems) == ([], [])
