"""Settings refuse unknown names and unfit values, and say what would fit."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from workbench.errors import SettingError

WORDS: dict[type, str] = {
    bool: "True or False",
    int: "a whole number",
    str: "a text",
}


LOWEST = {"refreshTokenLifetime": -1, "refresh_token_lifetime": -1}
"""Settings that can be negative: AM's refresh tokens can live for ever."""


def checked(
    owner: type, name: str, value: Any, choices: Mapping[str, tuple[str, ...]]
) -> Any:
    """The value as the field keeps it.

    Args:
        owner: The dataclass whose field is set.
        name: The field.
        value: What it shall be; a list becomes a tuple.
        choices: For some fields, the only values, or those of a list's members.

    Raises:
        SettingError: No such field, or not a value for it.
    """
    known = _known(owner)
    if name not in known:
        raise SettingError(f"{owner.__name__} has no {name!r}. {instead(name, known)}")
    each_one = value if isinstance(value, list | tuple) else (value,)
    if name in choices and any(each not in choices[name] for each in each_one):
        raise SettingError(
            f"{name} is one of {', '.join(choices[name])}; not {value!r}.", about=name
        )
    return _of_type(name, known[name], value)


@cache
def _known(owner: type) -> dict[str, str]:
    """The fields of a dataclass, with their types as text."""
    return {item.name: str(item.type) for item in fields(owner)}


def _of_type(name: str, kind: str, value: Any) -> Any:
    if "tuple" in kind:
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise SettingError(f"{name} is a list of texts; not {value!r}.", about=name)
        items = tuple(value)
        if not all(isinstance(item, str) for item in items):
            raise SettingError(f"{name} is a list of texts; not {value!r}.", about=name)
        return items
    if value is None and "None" in kind:
        return value
    wanted = next(each for each in WORDS if each.__name__ in kind)
    if type(value) is not wanted:
        raise SettingError(f"{name} is {WORDS[wanted]}; not {value!r}.", about=name)
    if type(value) is int and value < LOWEST.get(name, 0):
        raise SettingError(f"{name} cannot be negative; {value} is.", about=name)
    return value


def instead(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"Did you mean {close[0]}?"
    return f"It has: {', '.join(names)}."
