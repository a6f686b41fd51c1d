"""``$'…'``: text with the escapes of C, as browsers copy a request for a shell."""

import re

_WHOLE = re.compile(r"\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})"
    r"|([0-7]{1,3})|([abeEfnrtv\\'\"?]))"
)
_LETTERS = dict(zip("abeEfnrtv\\'\"?", "\a\b\x1b\x1b\f\n\r\t\v\\'\"?", strict=True))


def ansi_c(text: str, at: int) -> tuple[str, int] | None:
    """What such a piece at this place says, and its length; None where there is none.

    Octets given by their numbers are read as UTF-8.
    """
    found = _WHOLE.match(text, at)
    if found is None:
        return None
    octets = _ESCAPE.sub(_plain, found[1]).encode("utf-8", "surrogateescape")
    return octets.decode("utf-8", "surrogateescape"), len(found[0])


def _plain(escape: re.Match[str]) -> str:
    octet, four, eight, octal, letter = escape.groups()
    if letter:
        return _LETTERS[letter]
    if octet or octal:
        number = int(octet, 16) if octet else int(octal, 8) & 0xFF
        return bytes([number]).decode("utf-8", "surrogateescape")
    number = int(four or eight, 16)
    return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"
