r"""Texts that no file, page or request can carry: half of a surrogate pair is no text.

JSON and JavaScript can write one, as in ``"\ud800"``; UTF-8 cannot.
"""

from collections.abc import Iterable, Mapping
from typing import Any

HALF = "holds half a character, such as \\ud800, which no file, page or request can"
"""What is wrong with such a text, to begin a sentence with its name."""


def is_whole(text: str) -> bool:
    """Whether a text can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def all_whole(value: Any) -> bool:
    """The same of every text in a value, however deep; what is no text is whole."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            if not is_whole(each):
                return False
        elif isinstance(each, Mapping):
            left += [*each, *each.values()]
        elif isinstance(each, Iterable) and not isinstance(each, bytes):
            left += each
    return True
