"""The lessons that come with the package, and JupyterLab's settings for them."""

import json
from pathlib import Path

PACKAGED = Path(__file__).parent.parent / "notebooks"
CHECKOUT = Path(__file__).parent.parent.parent / "notebooks"

REFERENCE = "reference"
"""The folder of what one looks up, beside the lessons."""

NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}
"""JupyterLab settings: nothing is fetched, nothing pops up over a lesson."""


def shipped_lessons() -> Path:
    """Where the package keeps its lessons: in the wheel, or beside it in a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def shipped_names() -> list[str]:
    """Every lesson, then the reference with its data; ``/`` between folders."""
    folder = shipped_lessons()
    pages = (
        *sorted(folder.glob(f"{REFERENCE}/*.ipynb")),
        *sorted(folder.glob(f"{REFERENCE}/*.json")),
    )
    found = [*sorted(folder.glob("[0-9][0-9]_*.ipynb")), *pages]
    return [each.relative_to(folder).as_posix() for each in found]


def first_lesson() -> str:
    """The lesson to begin with: the one of the lowest number."""
    return shipped_names()[0]


def lab_settings(path: Path) -> Path:
    """Write JupyterLab settings for a lesson into a folder."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "overrides.json").write_text(json.dumps(NO_NEWS), encoding="utf-8")
    return path
