"""What a terminal gets that a file does not: colour, and a line that says what goes on.

Colour is there where a person looks at it: never in what is piped, unless
``FORCE_COLOR`` asks for it; not where ``NO_COLOR`` is set (no-color.org) or the
terminal is ``dumb``.
"""

import contextlib
import os
import re
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    GRANTED,
    REFUSED,
    RESOURCE_SERVER,
    SCRIPT,
    SERVER,
    SUBJECT,
)

RED, GREEN, YELLOW, BLUE, PURPLE, CYAN = range(31, 37)
BOLD, FAINT = 1, 2

AFTER = 1.0
"""Seconds that something may take before a line says what it is."""

_COLOURS = {
    SUBJECT: BLUE,
    ACTOR: YELLOW,
    CLIENT: PURPLE,
    RESOURCE_SERVER: CYAN,
    SCRIPT: CYAN,
    SERVER: FAINT,
    GRANTED: GREEN,
    REFUSED: RED,
}
"""Of a terminal's own palette, so that they can be read on its ground."""

_SIGNS = {role.sign: colour for role, colour in _COLOURS.items()}
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_RULE = re.compile(r"([=-])\1{3,}\Z")
_LABEL = re.compile(r"Why: ")


def has_colour(stream: TextIO) -> bool:
    """Whether what is written there may be coloured."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced not in ("", "0"):
        return True
    return forced != "0" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at it, on something that can be steered."""
    return (
        stream is not None and stream.isatty() and os.environ.get("TERM", "") != "dumb"
    )


def painted(text: str) -> str:
    """Text with the roles' signs, headings and reasons in colour; words stay as is."""
    lines = text.split("\n")
    shown = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if _RULE.match(line):
            shown.append(in_colour(line, FAINT))
        elif _RULE.match(below) and len(below) == len(line):
            shown.append(in_colour(line, BOLD))
        elif _LABEL.match(line):
            shown.append(in_colour(line, YELLOW))
        else:
            shown.append(_SIGN.sub(_sign, line))
    return "\n".join(shown)


def in_colour(text: str, number: int) -> str:
    """The text in a colour of the terminal's own palette (ECMA-48, SGR)."""
    return f"\x1b[{number}m{text}\x1b[0m"


def shown(text: str, stream: TextIO) -> str:
    """The text as it is written there: in colour where that may be."""
    return painted(text) if has_colour(stream) else text


@contextlib.contextmanager
def meanwhile(doing: str, stream: TextIO | None = None) -> Iterator[None]:
    """Say on standard error what goes on, while it takes more than a second.

    Nothing is said where nobody looks; the line is gone once it is done.
    """
    out = sys.stderr if stream is None else stream
    if out is None or not is_terminal(out):
        yield
        return
    line = f"{doing} …"
    done = threading.Event()

    def say() -> None:
        if not done.wait(AFTER):
            out.write(f"\r{line}")
            out.flush()
            done.wait()
            out.write(f"\r{' ' * len(line)}\r")
            out.flush()

    saying = threading.Thread(target=say, daemon=True)
    saying.start()
    try:
        yield
    finally:
        done.set()
        saying.join()


def _sign(found: re.Match[str]) -> str:
    return in_colour(found[0], _SIGNS[found[0]])
