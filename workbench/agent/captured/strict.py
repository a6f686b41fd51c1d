"""JSON that somebody pasted, with the place of what is wrong in it."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from workbench.agent.captured.exchange import PasteError
from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.strict_json import RepeatedMember, read_strictly
from workbench.am.basics.words import with_article

LARGEST = 32 * 1024 * 1024
"""Characters of a HAR; a browser's whole session is rarely longer."""

SHORT = 1024 * 1024
"""Characters of a request, an answer, or claims."""

T = TypeVar("T")

_SAID = {dict: "object", list: "list", str: "text", int: "number"}


def bounded(text: str, what: str, most: int = SHORT) -> str:
    """The text without white space around it.

    Raises:
        PasteError: It is no text, empty, or too long.
    """
    if not isinstance(text, str):
        raise PasteError(f"{what} is pasted as text; not {_named(text)}.")
    if len(text) > most:
        raise PasteError(f"{what} has more than {most} characters.")
    found = text.strip().lstrip("\ufeff")
    if not found:
        raise PasteError(f"{what} is empty; paste it whole.")
    return found


def read_json(text: str, what: str) -> Any:
    """The value of a JSON text.

    Raises:
        PasteError: It is none, or can be read in two ways.
    """
    try:
        value = read_strictly(text.encode())
    except RepeatedMember as problem:
        name = safe_text(problem.name, 40)
        fault = f"the member {name} stands twice in one object"
    except RecursionError:
        fault = "it is nested too deep"
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        fault = f"it is no JSON at {where}: {problem.msg}"
    except ValueError:
        fault = "it holds what is no text in UTF-8, or a number that is none"
    else:
        if all_whole(value):
            return value
        fault = f"it {HALF}"
    raise PasteError(f"{what} cannot be read: {fault}.")


def member(value: Any, name: str, kind: type[T], place: str) -> T:
    """A member of an object that has to be there.

    Args:
        value: The object.
        name: The member's.
        kind: What it is.
        place: Where the object stands, such as ``$.log``.

    Raises:
        PasteError: It is not there, or something else.
    """
    if not isinstance(value, Mapping):
        raise PasteError(f"{place} is {_named(value)}, and should be an object.")
    if name not in value:
        raise PasteError(f"{place} has no member {name}.")
    found = value[name]
    if not isinstance(found, kind) or isinstance(found, bool):
        wanted = with_article(_SAID[kind])
        raise PasteError(f"{place}.{name} is {_named(found)}, and should be {wanted}.")
    return found


def _named(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true or false"
    said = _SAID.get(type(value), type(value).__name__)
    return with_article(said)
