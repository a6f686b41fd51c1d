"""AM's menu path above the forms, as it is seen and as it is read out."""

import pytest

from .conftest import Notebook, Opened

pytestmark = pytest.mark.browser

CELLS = (
    'from workbench import Workbench\nwb = Workbench(now=1_790_000_000, seed="doc")',
    "wb.agent_form()",
    "wb.agents_form()",
    "wb.profile_form()",
)
AGENTS = "Realms > alpha > Applications > OAuth 2.0 > AI Agents"
FORMS = ("AgentForm", "AgentsForm", "SwitchesForm", "ProfileForm")


@pytest.fixture(scope="module")
def notebook(opened: Opened) -> Notebook:
    """A notebook with a form for each kind of path."""
    made = opened(*CELLS)
    made.run_all()
    made.page.wait_for_selector(".wb-ProfileForm")
    return made


def test_the_path_is_a_landmark_that_is_read_out(notebook: Notebook) -> None:
    name = "AM's menu path to: Register an AI agent"

    path = notebook.page.get_by_role("navigation", name=name).first

    path.wait_for()
    assert path.inner_text().strip() == AGENTS
    assert path.locator('[aria-current="page"]').inner_text() == "AI Agents"
    assert notebook.failures() == []


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_path_is_seen_whole_and_can_be_read(
    notebook: Notebook, theme: str, width: int
) -> None:
    page = notebook.page
    page.set_viewport_size({"width": 1280, "height": 1000})
    notebook.theme(f"JupyterLab {theme}")
    page.set_viewport_size({"width": width, "height": 1000})

    for name in FORMS:
        path, form = (
            page.locator(f".wb-{name}{part}").first for part in (" .wb-menu", "")
        )
        path.scroll_into_view_if_needed()
        inner, outer = path.bounding_box(), form.bounding_box()
        assert inner is not None
        assert outer is not None
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
        notebook.picture(f"menu-{name}-{theme}-{width}", f".wb-{name}")
    assert notebook.violations() == []
