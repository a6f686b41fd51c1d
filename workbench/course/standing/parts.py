"""What there is to do: exercises by lesson, the labs, and a trainer's own."""

from dataclasses import dataclass

from workbench.course.exercises.by_number import exercises
from workbench.course.labs.by_name import LABS
from workbench.course.lesson_map import LESSONS

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
    found = [
        CoursePart(each.number, each.question, tuple(by_lesson.pop(each.number, ())))
        for each in LESSONS
    ]
    labs = tuple(Task(slug, each.title) for slug, each in LABS.items())
    found.append(CoursePart(THE_LABS, "Attack labs", labs))
    rest = tuple(task for tasks in by_lesson.values() for task in tasks)
    found += [CoursePart(OWN, "Your trainer's exercises", rest)] if rest else []
    return tuple(found)
