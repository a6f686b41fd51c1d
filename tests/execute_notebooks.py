"""Re-execute the committed lessons and drop what varies between runs.

``python tests/execute_notebooks.py`` rewrites them; the suite compares them cell
by cell with a fresh run. What is dropped: execution times, widget state, the
random model id of a widget, and the Python version.

Cells of exercises are written from the exercises' data: whoever writes a lesson puts
empty cells with the ids ``task-1-2``, ``answer-1-2`` (none for a prediction) and
``check-1-2`` where the exercise 1.2 shall stand.
"""

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from workbench.course.exercises.by_number import exercises
from workbench.course.exercises.exercise import Exercise, Practice

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
"""No version of Python: JupyterLab adds the reader's own, and calls it no change."""


def execute(path: Path) -> None:
    """Run a lesson from top to bottom and write it back, clean."""
    notebook = nbformat.read(path, as_version=4)
    write_exercises(notebook)
    NotebookClient(
        notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    path.write_text(cleaned(notebook), encoding="utf-8")


def write_exercises(notebook: Any) -> None:
    """Let the cells of exercises say what the data says."""
    sources = {
        f"{part}-{number.replace('.', '-')}": source
        for number, each in exercises().items()
        for part, source in cells_of(each).items()
    }
    for cell in notebook.cells:
        if cell.id in sources:
            cell.source = sources[cell.id]
            if cell.id.startswith("answer-"):
                cell.metadata["tags"] = ["answer"]


def cells_of(each: Exercise) -> dict[str, str]:
    """The sources of an exercise's cells: task, answer and check."""
    title = f"**Exercise {each.number}** · {each.form} · {each.title}"
    cells = {
        "task": f"{title}\n\n{each.task}",
        "check": f'check("{each.number}")',
    }
    if isinstance(each, Practice):
        cells["answer"] = each.cell()
    return cells


def cleaned(notebook: Any) -> str:
    """The lesson as text, without what varies."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        outputs = cell.get("outputs", [])
        for output in outputs:
            output.get("data", {}).pop(WIDGET, None)
        outputs[:] = [each for each in outputs if each.get("data", ...)]
    return str(nbformat.writes(notebook)) + "\n"


if __name__ == "__main__":
    for each in sys.argv[1:] or sorted(map(str, NOTEBOOKS.rglob("*.ipynb"))):
        execute(Path(each))
