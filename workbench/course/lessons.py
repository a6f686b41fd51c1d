"""The lessons that come with the package, and a folder of one's own to run them in."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

PACKAGED = Path(__file__).parent.parent / "notebooks"
CHECKOUT = Path(__file__).parent.parent.parent / "notebooks"
FIRST = "01_agent_for_agent.ipynb"

NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}
"""JupyterLab settings: nothing is fetched, nothing pops up over a lesson."""


@dataclass(frozen=True, slots=True)
class LessonFolder:
    """A folder of lessons to work in.

    Attributes:
        path: The folder.
        kept: Lessons that were there already and differ from those shipped.
    """

    path: Path
    kept: tuple[str, ...]


def shipped_lessons() -> Path:
    """Where the package keeps its lessons: in the wheel, or beside it in a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def lesson_folder(path: Path) -> LessonFolder:
    """Copy the lessons and the reference; files that are there stay as they are.

    The copies are marked as trusted, so that JupyterLab shows their pictures.
    """
    path.mkdir(parents=True, exist_ok=True)
    kept = []
    for source in sorted(shipped_lessons().rglob("*.ipynb")):
        name = source.relative_to(shipped_lessons())
        if ".ipynb_checkpoints" in name.parts:
            continue
        target = path / name
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
            _trust(target)
        elif target.read_bytes() != source.read_bytes():
            kept.append(str(name))
    return LessonFolder(path, tuple(kept))


def lab_settings(path: Path) -> Path:
    """Write JupyterLab settings for a lesson into a folder."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "overrides.json").write_text(json.dumps(NO_NEWS), encoding="utf-8")
    return path


def _trust(path: Path) -> None:
    import nbformat
    from nbformat.sign import NotebookNotary

    notebook = nbformat.read(path, as_version=4)
    NotebookNotary().sign(notebook)
