"""What there is to do: exercises by lesson, the labs, and a trainer's own."""

import json
from dataclasses import dataclass
from pathlib import Path

from workbench.course.exercises.by_number import exercises
from workbench.course.labs.by_name import LABS
from workbench.course.lessons import shipped_lessons

THE_LABS, OWN = "labs", "own"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to solve.

    Attributes:
        key: What the record calls it, such as ``3.2`` or ``chain-splicing``.
        title: In a few words.
    """

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class CoursePart:
    """A lesson, the labs, or a trainer's own exercises.

    Attributes:
        name: The lesson's number in two digits, ``labs`` or ``own``.
        title: What it asks.
        tasks: What there is to solve, in order.
    """

    name: str
    title: str
    tasks: tuple[Task, ...]


def parts() -> tuple[CoursePart, ...]:
    """The shipped lessons by number, then the labs, then a trainer's own."""
    by_lesson: dict[str, list[Task]] = {}
    for each in exercises().values():
        by_lesson.setdefault(each.lesson, []).append(Task(each.number, each.title))
    titles = lesson_titles()
    found = [
        CoursePart(name, title, tuple(by_lesson.pop(name, ())))
        for name, title in titles.items()
    ]
    labs = tuple(Task(slug, each.title) for slug, each in LABS.items())
    found.append(CoursePart(THE_LABS, "Attack labs", labs))
    rest = tuple(task for tasks in by_lesson.values() for task in tasks)
    found += [CoursePart(OWN, "Your trainer's exercises", rest)] if rest else []
    return tuple(found)


def lesson_titles() -> dict[str, str]:
    """The title of each shipped lesson, by its number in two digits."""
    paths = sorted(shipped_lessons().glob("[0-9][0-9]_*.ipynb"))
    return {path.name[:2]: _title(path) for path in paths}


def _title(path: Path) -> str:
    """The first heading of a notebook; its file name where it has none."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line.removeprefix("# ").strip()
    return path.stem
