"""Texts from outside, without the tokens in them: for errors, logs and pictures."""

import json
import re
from typing import Any

TOKEN_SHAPED = re.compile(
    r"(?<![\w-])(?:(?=[\w-]*eyJ)[\w-]++\.[\w-]*+\.[\w-]*+(?:\.[\w-]++\.[\w-]++)?+"
    r"|(?=[\w-]*Ag[E-L])[\w-]{65,}+|[\w-]{27}(?:[\w-]{27})?(?![\w-]))",
    re.ASCII,
)
"""A JWT, a macaroon, or as many characters as an opaque token or session has.

No word is looked at from more than one start, so that a long one costs no more
than its length.
"""


def hide_tokens(text: str) -> str:
    """The text with everything that has the shape of a token cut short."""
    if len(text) < 27:
        return text
    return TOKEN_SHAPED.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    text = found[0]
    random = not text.islower() and not text.isupper()  # a scope's name rarely is
    return f"{text[:6]}…" if random else text


def shown(value: Any, limit: int = 120) -> str:
    """A value from outside as short text on one line, tokens hidden."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    text = hide_tokens(text)
    if not text.isprintable():
        text = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
        )
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
