"""What the text faces share: visible characters, hidden secrets, lines, columns."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from textwrap import TextWrapper
from typing import Any
from urllib.parse import parse_qsl

from workbench.am.basics.secrets import MASK, SECRETS, TOKENS, hide_credentials

LONGEST = 12_000
"""Characters of one value; what is beyond is only counted."""


def visible_text(value: object, *, keep: str = "") -> str:
    """The value as text in which no character hides or turns others around.

    Args:
        value: Anything; what is not text is shown as ``str`` shows it.
        keep: Control characters to leave alone, such as a line feed.
    """
    text = value if isinstance(value, str) else str(value)
    if text.isprintable():
        return text
    return "".join(c if c in keep or c.isprintable() else _named(c) for c in text)


def _named(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    if unicodedata.category(character) == "Zs":
        return " "
    return f"⟨U+{code:04X}⟩"


def shorten(value: object, limit: int = 40) -> str:
    """The value on one line, at most ``limit`` characters."""
    text = visible_text(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def elide_token(value: object) -> str:
    """The first ten and the last six characters of a long token."""
    text = visible_text(value)
    return text if len(text) <= 20 else f"{text[:10]}…{text[-6:]}"


def disclosed_value(name: str, value: Any) -> Any:
    """The value as it may be shown under this name: secrets hidden, tokens elided."""
    name = name.lower()
    if name in SECRETS:
        return MASK
    if name.endswith("authorization"):
        return hide_credentials(str(value))
    if name == "location":
        return without_tokens(str(value))
    if name in TOKENS and isinstance(value, str):
        return elide_token(value)
    return value


def without_tokens(url: str) -> str:
    """A URL with the secrets and tokens in its query hidden."""
    base, mark, query = url.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    shown = "&".join(f"{name}={disclosed_value(name, value)}" for name, value in pairs)
    return f"{base}{mark}{shown or query}"


def pretty(value: Any) -> str:
    """A JSON value over several lines, with secrets hidden and tokens elided."""
    try:
        text = json.dumps(_safe(value), indent=2, ensure_ascii=False, default=str)
    except RecursionError:
        return "(nested too deeply to be shown)"
    return limit_text(visible_text(text, keep="\n"))


def inline(value: Any) -> str:
    """A JSON value on one line; text without its quotation marks."""
    if isinstance(value, str):
        return limit_text(visible_text(value))
    try:
        text = json.dumps(_safe(value), ensure_ascii=False, default=str)
    except RecursionError:
        return "(nested too deeply to be shown)"
    return limit_text(visible_text(text))


def limit_text(text: str) -> str:
    """The text, cut where it is longer than anybody reads."""
    beyond = len(text) - LONGEST
    return text if beyond <= 0 else f"{text[:LONGEST]}… ({beyond} more characters)"


def _safe(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _safe(disclosed_value(str(k), v)) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value]
    return value


def when(seconds: object) -> str:
    """Seconds since the epoch as a date, such as ``2026-09-21 13:33:20 UTC``."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return inline(seconds)
    try:
        date = datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, ValueError, OSError):
        return f"{seconds} (not a date)"
    return f"{date:%Y-%m-%d %H:%M:%S} UTC"


def set_lines(text: object, width: int) -> list[str]:
    """The text in lines, where nothing sets them: in a drawing.

    A last line of a lone word is avoided where the lines above it can be shorter, and
    a URL goes on behind a ``/``.

    Args:
        text: Anything.
        width: How many characters a line has at most.
    """
    setter = TextWrapper(width=max(width, 1), break_on_hyphens=False)
    setter.wordsep_simple_re = _GAPS
    shown = visible_text(text)
    found = setter.wrap(shown)
    longest = max(map(len, _GAPS.split(shown)))
    while len(found) > 1 and 3 * len(found[-1]) < width and setter.width > longest:
        setter.width -= 1
        tried = setter.wrap(shown)
        if len(tried) > len(found):
            break
        found = tried
    return found


_GAPS = re.compile(r"(\s+|(?<=\w/)(?=\w))")
"""Between words, and between the parts of a URL."""


def columns(rows: Iterable[Sequence[object]], *, indent: str = "") -> str:
    """Rows as aligned text; the first row is the heading."""
    cells = [[visible_text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        indent
        + "  ".join(
            f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )
