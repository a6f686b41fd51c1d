"""One member of AM's JSON: plain, or wrapped with whether a group hands it on.

Sources: recordings of AM 8.0.1's and AIC's REST API. A query answers plain values, a
single GET wraps each as ``{"inherited": false, "value": V}`` without ``value`` where
nothing is set; both are taken, also side by side.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workbench.am.basics.characters import HALF, is_whole
from workbench.am.basics.secrets import SECRETS, safe_text
from workbench.errors import WorkbenchError

DEEPEST = 40
"""Objects and lists within one another; AM's own JSON has six."""

LONGEST = 300
"""Characters of a sentence about a value."""

META = frozenset({"_id", "_rev", "_type", "_provider"})
"""Members of an answer or a file itself; ``_provider`` is frodo's."""

Json = dict[str, Any]

Further = Mapping[str, Mapping[str, Any]]
"""What JSON says beside what the bench acts on: values by section and name; "" is the
section of those that stand in none."""

NOTHING: Further = {}


class AmJsonError(WorkbenchError):
    """JSON of AM that cannot be taken.

    Args:
        place: Where, as a path such as ``coreOAuth2ClientConfig.scopes``.
        why: What is wrong, in a sentence without its full stop.
    """

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}." if place else f"{why}.")
        self.place, self.why = place, why

    def within(self, place: str) -> "AmJsonError":
        """The same of what stands at a place of something larger."""
        return AmJsonError(joined(place, self.place), self.why)


class NotActedOn(NamedTuple):
    """What was read, is kept, and has no effect here: where, the value, and why."""

    place: str
    value: Any
    because: str


def joined(*parts: str) -> str:
    """A place within a place."""
    return ".".join(part for part in parts if part)


def because(problem: Exception) -> str:
    """What an error says, short and safe, without its full stop."""
    return safe_text(str(problem).rstrip("."), LONGEST)


def unwrapped(leaf: Any) -> tuple[bool, Any]:
    """Whether a value is the group's, and the value, None where nothing is set."""
    if is_wrapper(leaf):
        return leaf["inherited"], leaf.get("value")
    return False, leaf


def is_wrapper(leaf: Any) -> bool:
    """Whether this is a value with word of whether it is inherited."""
    return (
        type(leaf) is dict
        and type(leaf.get("inherited")) is bool
        and leaf.keys() <= {"inherited", "value"}
    )


def wrapped(value: Any, *, inherited: bool = False) -> Json:
    """A value with word of whether it is inherited."""
    return {"inherited": inherited} | ({} if value is None else {"value": value})


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; for Python 1, 1.0 and True are."""
    return one is other or _text(one) == _text(other)


_text = json.JSONEncoder(sort_keys=True).encode


def is_hidden(name: str) -> bool:
    """Whether a member's value is never told and never kept."""
    return name.lower() in SECRETS or name.endswith("-encrypted")


def without_secrets(value: Any) -> Any:
    """A value without the members that are never kept, however deep."""
    if isinstance(value, dict):
        return {
            name: without_secrets(each)
            for name, each in value.items()
            if not is_hidden(name)
        }
    return [without_secrets(each) for each in value] if type(value) is list else value


def require_object(value: Any, place: str = "") -> Json:
    """The object that a value is, and that all in it can be kept.

    Raises:
        AmJsonError: It is none, nested too deep, or has text that is half a character.
    """
    if type(value) is not dict:
        raise AmJsonError(place, "an object belongs here")
    left: list[tuple[str, Json | list[Any], int]] = [(place, value, 1)]
    while left:
        where, each, depth = left.pop()
        if depth > DEEPEST:
            raise AmJsonError(where, "it is nested too deep")
        for name, inner in _members(each):
            if not is_whole(name) or (type(inner) is str and not is_whole(inner)):
                raise AmJsonError(where, f"a text {HALF}")
            if isinstance(inner, dict | list):
                left.append((joined(where, safe_text(name, 60)), inner, depth + 1))
    return value


def _members(value: Json | list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        yield from ((f"[{number}]", each) for number, each in enumerate(value))
