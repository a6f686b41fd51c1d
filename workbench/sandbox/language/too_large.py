"""How much text a script may have, with its libraries and what it hands to eval."""

import re

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.sandbox.language.syntax import Text

MOST_TEXT = 256 * 1024  # characters
MOST_WORDS = 20_000
WORD = re.compile(r"[\w$]+|[^\w\s]")


def too_large(text: str, room: int = MOST_TEXT) -> Finding | None:
    """What is said of a script that is not read, for it would take too long.

    Args:
        text: The script.
        room: The characters that are left for it.
    """
    if len(text) > room:
        return _finding(text, room, f"{MOST_TEXT:,} characters with its libraries")
    if len(text) <= MOST_WORDS:
        return None
    for number, word in enumerate(WORD.finditer(text)):
        if number >= MOST_WORDS:
            return _finding(text, word.start(), f"{MOST_WORDS:,} words and signs")
    return None


def _finding(text: str, at: int, most: str) -> Finding:
    before = Text(text[:at])
    line, column = before.place(before.length)
    return Finding(
        code=NOT_EMULATED,
        severity="error",
        line=line,
        column=column,
        message=f"Not emulated: a script of more than {most}; here they end. "
        "AM takes larger ones.",
        fix="Make it shorter, or put a part of it into a library script.",
    )
