"""A cell that runs again frees the form that it showed before; in a real kernel."""

import gc
from collections.abc import Callable, Iterator

import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import start_new_kernel

from workbench import Workbench
from workbench.forms.parts.cells import free

Run = Callable[..., str]

OPEN = """
import gc
from workbench import Workbench
from ipywidgets.widgets.widget import _instances
wb = Workbench(now=1_790_000_000, seed="doc")
wb.prepare("agent-for-agent")
def watching():
    gc.collect()
    return len(_instances), len(list(wb.realm.watchers._all))
"""


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs code as the cell of a notebook, and returns what it printed."""
    manager, client = start_new_kernel(kernel_name="python3")

    def run_cell(code: str, cell: str = "some cell") -> str:
        said: list[str] = []

        def listen(message: dict[str, object]) -> None:
            content = message["content"]
            assert isinstance(content, dict)
            assert message["msg_type"] != "error", content["traceback"]
            said.append(content.get("text", ""))

        request = client.session.msg(
            "execute_request", {"code": code, "silent": False, "store_history": True}
        )
        request["metadata"]["cellId"] = cell
        client.shell_channel.send(request)
        while True:
            message = client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                continue
            listen(message)
            if message["content"].get("execution_state") == "idle":
                client.get_shell_msg(timeout=30)
                return "".join(said)

    run_cell(OPEN)
    yield run_cell
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_thirty_runs_keep_one_bench(run: Run) -> None:
    run("wb", "bench")
    once = run("print(*watching())")
    for _ in range(29):
        run("wb", "bench")

    assert run("print(*watching())") == once
    run("'nothing is shown here any more'", "bench")
    assert run("print(*watching())") == "0 0\n"


def test_nothing_of_any_tab_stays_once_it_is_freed(story: Workbench) -> None:
    before = set(_instances)
    form = story.forms()
    for tab in form.makers:
        form.go_to(tab)
    assert set(_instances) > before

    free(form)
    del form
    gc.collect()

    assert set(_instances) - before == set()
    assert list(story.realm.watchers._all) == []


def test_two_cells_keep_a_form_each(run: Run) -> None:
    for cell in ("first", "second", "second"):
        run("wb.audit_form()", cell)

    shown = "print(sum(type(w).__name__ == 'AuditForm' for w in _instances.values()))"
    assert run(shown) == "2\n"


def test_a_form_that_is_shown_again_opens_again_and_works(run: Run) -> None:
    run("form = wb.agents_form()\nform", "shown")
    run("'nothing'", "shown")
    assert run("print(form.comm)") == "None\n"

    run("wb.realm.register_agent('late-agent', secret='mySecret')")
    run("form", "shown elsewhere")

    assert (
        run("print(form.comm is None, 'late-agent' in form.text())") == "False True\n"
    )
    run("form", "a third")
    run("'nothing'", "a third")
    assert run("print(form.comm is None)") == "False\n"
