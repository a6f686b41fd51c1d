"""What was laid out in a folder of lessons, as digests, in a file of that folder."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.errors import WorkbenchError

MANIFEST = ".workbench-lessons.json"
VERSION = 1


class LessonFolderError(WorkbenchError):
    """Lessons cannot be laid out in a folder."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A lesson as it was laid out.

    Attributes:
        sources: The digest of what its cells said; "" where the learner's own file
            was there first.
        whole: The digest of all of the file.
        beside: The digest of the cells of a renewed one that lies beside it, or "".
    """

    sources: str = ""
    whole: str = ""
    beside: str = ""


def read_manifest(folder: Path) -> dict[str, LaidOut]:
    """What was laid out there, by name; nothing where there is no manifest.

    Raises:
        LessonFolderError: The manifest cannot be read as one.
    """
    path = folder / MANIFEST
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as problem:
        raise _damaged(path, f"it is no JSON ({problem})") from problem
    if not isinstance(kept, dict) or kept.get("version") != VERSION:
        raise _damaged(path, f"it is not of version {VERSION}")
    try:
        return {name: _read(each) for name, each in kept["lessons"].items()}
    except (AttributeError, KeyError, TypeError) as problem:
        raise _damaged(path, "it does not list lessons with their digests") from problem


def _read(each: Mapping[str, str]) -> LaidOut:
    found = LaidOut(**each)
    if not all(isinstance(value, str) for value in asdict(found).values()):
        raise TypeError("A digest is a text.")
    return found


def _damaged(path: Path, why: str) -> LessonFolderError:
    return LessonFolderError(
        f"{path} cannot be used: {why}. Delete it: lessons that you changed stay as "
        "they are."
    )


def manifest_text(lessons: Mapping[str, LaidOut]) -> str:
    """The manifest as it is written."""
    listed = {name: asdict(each) for name, each in sorted(lessons.items())}
    return json.dumps({"version": VERSION, "lessons": listed}, indent=1) + "\n"
