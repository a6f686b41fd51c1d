"""Words in a sentence: nouns with their article, or counted; values of settings."""

import re
from typing import Any

_ONLY_LETTERS = re.compile(r"(?:[A-Z](?:[A-Z\d]|s?$)|[A-Z]$)[A-Z\d]*s?")
_SPELT_WITH_AN = frozenset("AEFHILMNORSX")
_READ_AS_WORDS = {"JSON": "a", "JOSE": "a", "REST": "a", "PEM": "a", "NUL": "a"}
_VOWEL = re.compile(r"[aeio]|u(?!ni(?:[^mn]|$)|r[eiy]|s[eu]|t[ei]|ma|dp)|ho(?:ur|ne)")
_LIKE_W = re.compile(r"one?\b|once|eu|ew")
_NUMBER_WITH_AN = re.compile(r"8|1[18](?!\d)")


def with_article(noun: str) -> str:
    """``an access token``, ``a user``, ``an RSA key``: as the noun is said.

    Args:
        noun: In the singular; quotes around it are passed over.
    """
    said = noun.lstrip("'\"`([{<\u201c\u2018")
    return f"{'an' if _said_with_an(said) else 'a'} {noun}"


def _said_with_an(said: str) -> bool:
    first = re.split(r"[\s_\-/.(]", said, maxsplit=1)[0]
    if first in _READ_AS_WORDS:
        return False
    if _ONLY_LETTERS.fullmatch(first):
        return first[0] in _SPELT_WITH_AN
    if first[:1].isdecimal():
        return bool(_NUMBER_WITH_AN.match(first))
    lower = said.lower()
    return bool(_VOWEL.match(lower)) and not _LIKE_W.match(lower)


def in_words(value: Any) -> str:
    """A setting's value as people say it: on, off, no limit, or what it is."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "no limit" if value is None else str(value)


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 token``, ``2 tokens`` and ``no tokens``.

    Args:
        number: How many there are.
        noun: In the singular.
        plural: Where it is not the noun with an s; a y at the end is known.
    """
    if number == 1:
        return f"1 {noun}"
    ending = re.sub(r"(?<=[^aeiou])y$", "ie", noun) + "s"
    return f"{number or 'no'} {plural or ending}"
