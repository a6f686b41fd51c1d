"""Settings refuse unknown names and unfit values, and say what would fit."""

from collections.abc import Iterable
from typing import Any

from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.pointing import close_to
from workbench.am.basics.setting import Setting, settings_of
from workbench.errors import RegistrationError, SettingError

LARGEST = 2**53
"""No number that is set is larger, so that a time to which it is added can be kept."""

MOST_NAMES = 100
"""How many names an error lists."""


def check_value(owner: type, name: str, value: Any) -> Any:
    """The value as the field keeps it.

    Args:
        owner: The dataclass whose field is set.
        name: The field.
        value: What it shall be; a list becomes a tuple.

    Raises:
        SettingError: No such field, or not a value for it.
    """
    known = settings_of(owner)
    if name not in known:
        raise SettingError(
            f"{owner.__name__} has no {name!r}. {name_instead(name, known)}"
        )
    said = known[name]
    if said.choices:
        _require_choice(said, value)
    if value is None and said.optional:
        return value
    if said.kind is tuple:
        value = _texts(said, value)
    if said.kind in (str, tuple) and not all_whole(value):
        raise SettingError(f"{name} {HALF}.", about=name)
    if said.kind is tuple:
        return value
    fits = type(value) is said.kind
    if not fits:
        raise SettingError(f"{name} is {said.takes}; not {value!r}.", about=name)
    if said.kind is int and value < said.lowest:
        raise SettingError(f"{name} cannot be negative; {value} is.", about=name)
    if said.kind is int and value > LARGEST:
        raise SettingError(f"{name} is {LARGEST} at most.", about=name)
    return value


def _require_choice(said: Setting, value: Any) -> None:
    each_one = value if isinstance(value, list | tuple) else (value,)
    if any(each not in said.choices for each in each_one):
        raise SettingError(
            f"{said.name} is one of {', '.join(said.choices)}; not {value!r}.",
            about=said.name,
        )


def _texts(said: Setting, value: Any) -> tuple[str, ...]:
    given = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    items = tuple(value) if given else (None,)
    if not all(isinstance(item, str) for item in items):
        raise SettingError(
            f"{said.name} is {said.takes}; not {value!r}.", about=said.name
        )
    return items


def check_fields(described: Any, but: tuple[str, ...]) -> None:
    """Hold each field of a frozen value to its description.

    Args:
        described: A dataclass of settings.
        but: The fields that are checked elsewhere.

    Raises:
        RegistrationError: A value does not fit.
    """
    owner = type(described)
    for name in settings_of(owner):
        if name in but:
            continue
        try:
            check_value(owner, name, getattr(described, name))
        except SettingError as problem:
            raise RegistrationError(str(problem), about=name) from None


def name_instead(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or those there are, as far as one reads a list."""
    names = sorted(known)
    close = close_to(name, names)
    if close:
        return f"Did you mean {close}?"
    more = len(names) - MOST_NAMES
    rest = f", and {more:,} more" if more > 0 else ""
    return f"It has: {', '.join(names[:MOST_NAMES])}{rest}."
