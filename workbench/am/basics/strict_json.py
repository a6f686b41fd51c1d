"""Reading JSON that nobody can read in two ways (RFC 8259)."""

import json
import math
from typing import Any


class RepeatedMember(ValueError):
    """A member stands twice in an object.

    Attributes:
        name: The member's.
    """

    def __init__(self, name: str) -> None:
        super().__init__("a member stands there twice")
        self.name = name


def read_strictly(text: bytes) -> Any:
    """The value that the text is.

    Raises:
        ValueError: It is not UTF-8 or not JSON, or has a number that is none.
        RepeatedMember: A member stands twice.
        RecursionError: It is nested too deep.
    """
    return json.loads(
        text.decode(),
        object_pairs_hook=_object,
        parse_float=_number,
        parse_constant=_number,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise RepeatedMember(name)
        members[name] = value
    return members


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large, or none at all")
    return number
