"""Every exercise, found by its number; those of a trainer beside the course's own."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from workbench.am.basics.validation import name_instead
from workbench.course.exercises import lessons
from workbench.course.exercises.exercise import Exercise
from workbench.errors import SettingError

_more: dict[str, Exercise] = {}


def exercises() -> dict[str, Exercise]:
    """All exercises by number, in the order of the lessons."""
    found = {
        each.number: each
        for module in pkgutil.iter_modules(lessons.__path__)
        for each in import_module(f"{lessons.__name__}.{module.name}").EXERCISES
    }
    return found | _more


def exercise(number: str) -> Exercise:
    """The exercise of this number.

    Raises:
        SettingError: There is none; the message says which there are.
    """
    known = exercises()
    if number in known:
        return known[number]
    lesson = str(number).partition(".")[0]
    near = [each for each in known if each.partition(".")[0] == lesson]
    instead = name_instead(str(number), near) if near else "progress() lists them all."
    raise SettingError(f"There is no exercise {number!r}. {instead}")


def add(more: Iterable[Exercise]) -> None:
    """Let there be further exercises, such as a trainer's own.

    Raises:
        SettingError: A number is taken already by one of the course; none is added.
    """
    new = {each.number: each for each in more}
    taken = [each for each in exercises() if each in new and each not in _more]
    if taken:
        raise SettingError(
            f"The course has an exercise {taken[0]} already; "
            "give yours a number such as T.1.",
            about="number",
        )
    _more.update(new)
