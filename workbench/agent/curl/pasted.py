"""A command as people paste it: off a web page, a terminal, or Windows.

What is mended here is told, because the command that is read is another then.
"""

import re
from collections.abc import Callable

from workbench.agent.curl.manual import LONG

_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_ENTITIES = {"&amp;": "&", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&nbsp;": " "} | {
    "&#39;": "'", "&#x27;": "'", "&#34;": '"', "&#x2F;": "/",
}  # fmt: skip
_ENTITY = re.compile("|".join(_ENTITIES))
_PROMPT = re.compile(
    r"\A\s*(?:(?:PS )?[\w@:~\[][^\s>$#%]*(?: [^\s>$#%]+)?[>$#%]|[>$%]"
    r"|#(?![\s\S]*\n[ \t]*[$>%]?[ \t]*curl\b))[ \t]*(?=curl(?:\.exe)?\s)"
)
"""A prompt of whatever shell; a # is one, unless the command stands below it."""
_SECOND_PROMPT = re.compile(r"(?<=[\\^`]\n)[ \t]*>[ \t]+(?=[-'\"h])")
_DASH = re.compile(r"(?<!\S)[\u2013\u2014\u2212](?=([A-Za-z][\w.-]*))")
_BLANK_AT_END = re.compile(r"(?<!\\)\\[ \t]+(?=\n)")
_CARETS = re.compile(r"\^[ \t]*\n|\^\"")
_CMD_VARIABLE = re.compile(r"%([A-Za-z_]\w*)%")
_BACKTICK = re.compile(r"(?<=\s)`[ \t]*\n")
_VIEWER = re.compile(
    r"(?:\|\s*(jq|python3?|json_pp|less|more|cat|head|tail|grep|sed|awk|tee|fx|bat)\b"
    r"[^\n]*|(?:;|&&)\s*(echo)?[ '\"]*)\s*\Z"
)

Mend = Callable[[str], str]


def _dashes(text: str) -> str:
    """Word processors make one long dash of ``--``, and sometimes of ``-``."""
    return _DASH.sub(lambda found: "--" if found[1] in LONG else "-", text)


def _without_carets(text: str) -> str:
    """A command for Windows' ``cmd``, as a shell would have it."""
    if not _CARETS.search(text):
        return text
    out, quoted, at = [], False, 0
    while at < len(text):
        character, after = text[at], text[at + 1 : at + 2]
        if character == "^" and not quoted:
            blank = re.match(r"\^[ \t]*\n", text[at:])
            out.append("\\\n" if blank else after)
            at += blank.end() if blank else 2
            continue
        if character == '"':
            quoted = not quoted
        out.append(character)
        at += 1
    return _CMD_VARIABLE.sub(r"${\1}", "".join(out))


_MENDED: tuple[tuple[str, Mend], ...] = (
    ("characters that nobody sees", lambda text: _UNSEEN.sub("", text)),
    ("blanks that are none to a shell", lambda text: _BLANKS.sub(" ", text)),
    (
        "the entities of a web page, such as &amp;",
        lambda text: _ENTITY.sub(lambda found: _ENTITIES[found[0]], text),
    ),
    ("a long dash in place of - or --", _dashes),
    (
        "a blank between a \\ and the end of its line",
        lambda text: _BLANK_AT_END.sub("\\\\", text),
    ),
    ("the ^ of Windows", _without_carets),
    ("the ` of PowerShell", lambda text: _BACKTICK.sub("\\\\\n", text)),
)
"""What a shell would have taken for something else, and how it is mended."""


def mended(text: str) -> tuple[str, list[str]]:
    """The command as it was meant, and a sentence for each thing that was mended."""
    text = text.replace("\r\n", "\n")
    notes = []
    for what, mend in _MENDED:
        better = mend(text)
        if better != text:
            notes.append(f"Mended in the command: {what}.")
        text = better
    return _SECOND_PROMPT.sub(" ", _PROMPT.sub("", text)), notes


def viewer_in(rest: str) -> str | None:
    """What only shows the answer, as in ``| jq .`` or ``; echo``; None for the rest.

    Args:
        rest: What follows the command, from its first character on.
    """
    read = _VIEWER.match(rest)
    return " ".join(filter(None, (rest[0], read[1] or read[2]))) if read else None
