"""Reading a JSON body: one object that nobody can read in two ways (RFC 8259).

What PingAM answers to a body that it cannot read is unknown; these texts are ours.
"""

import json
from typing import Any

from workbench.am.basics.characters import is_whole
from workbench.am.basics.strict_json import RepeatedMember, read_strictly
from workbench.errors import InvalidRequest

JSON = "application/json"
DEEPEST = 20
"""Levels of lists and objects; no metadata is nested so deep."""


def read_json(content_type: str, body: bytes) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        InvalidRequest: Another content type; not UTF-8, not JSON or not an object;
            a member twice, a number that is none, a NUL character or half of a
            surrogate pair in a text; nested too deep.
    """
    if content_type.partition(";")[0].strip().lower() != JSON:
        raise InvalidRequest("Invalid Content Type", hint=f"Send {JSON}.")
    try:
        value = read_strictly(body)
    except RepeatedMember as problem:
        raise InvalidRequest(
            f"Invalid Request, duplicate member found : {_plain(problem.name)}"
        ) from None
    except (ValueError, RecursionError) as problem:
        raise InvalidRequest(
            "The request body is not valid JSON", hint=_place(problem)
        ) from None
    if not isinstance(value, dict):
        raise InvalidRequest("The request body is not a JSON object")
    _check(value)
    return value


def _check(value: dict[str, Any]) -> None:
    """Look at every text and every level, without recursion."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        texts = [each for each in level if isinstance(each, str)]
        for each in level:
            if isinstance(each, dict):
                texts += each
        for text in texts:
            _check_text(text)
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return
    raise InvalidRequest(f"The request body is nested more than {DEEPEST} deep")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _check_text(text: str) -> None:
    if "\0" in text:
        raise InvalidRequest("The request body holds a NUL character")
    if not is_whole(text):
        raise InvalidRequest("The request body holds half a character")


def _plain(name: str) -> str:
    return name[:100].encode("ascii", "replace").decode()


def _place(problem: Exception) -> str:
    """Where it is, without a word of the body."""
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg}: line {problem.lineno}, column {problem.colno}."
    if isinstance(problem, UnicodeDecodeError):
        return "It is not UTF-8."
    return "It is nested too deep, or has a number that is too long."
