"""Which cell shows which form: a cell that runs again frees what it showed before.

ipywidgets keeps every widget, and the page a model of each, until it is closed. So a
form that no cell shows any more is closed; shown again, it opens again.
"""

from collections.abc import Iterator
from typing import Any

import ipywidgets

_shown: dict[str, list[Any]] = {}
"""The forms on show, by the identifier that JupyterLab gives a cell."""

_running: list[Any] = []
"""Those that the running cell has shown by now."""


def show_in_cell(form: Any) -> None:
    """Note that the running cell shows a form; open it where it was closed.

    Args:
        form: What is displayed; nothing is noted where no notebook runs.
    """
    open_again(form)
    shell = _shell()
    if shell is None or not _cell(shell):
        return
    if _ended not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _ended)
    _running.append(form)


def free(form: Any) -> None:
    """Close a form and every widget in it; what is closed looks at nothing."""
    for widget in _widgets(form):
        widget.close()


def open_again(form: Any) -> None:
    """Undo :func:`free`; a form that is open stays as it is."""
    if form.comm is not None:
        return
    parts = list(_widgets(form))
    for widget in parts:
        vars(widget).pop("_repr_mimebundle_", None)
        widget.open()
    for widget in parts:
        if hasattr(widget, "refresh"):
            widget.refresh()


def _ended(_result: Any) -> None:
    """A cell has run: what it showed before, and shows no longer, is freed."""
    cell, shown = _cell(_shell()), list(_running)
    _running.clear()
    before = _shown.pop(cell, [])
    if shown:
        _shown[cell] = shown
    still = {id(form) for forms in _shown.values() for form in forms}
    for form in before:
        if id(form) not in still:
            free(form)


def _shell() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()


def _cell(shell: Any) -> str:
    """The identifier of the running cell; "" where its page gives it none."""
    kernel = getattr(shell, "kernel", None)
    request = kernel.get_parent("shell") if kernel else {}
    return str(request.get("metadata", {}).get("cellId", ""))


def _widgets(root: Any) -> Iterator[Any]:
    """A widget's parts, however deep, each before what it is a part of."""
    seen: set[int] = set()

    def walk(part: Any) -> Iterator[Any]:
        if isinstance(part, ipywidgets.Widget):
            if id(part) in seen:
                return
            seen.add(id(part))
            yield from walk(vars(part))
            yield part
        elif isinstance(part, dict):
            for each in part.values():
                yield from walk(each)
        elif isinstance(part, list | tuple):
            for each in part:
                yield from walk(each)

    yield from walk(root)
