"""A token as a person pastes it: taken out of what came along, and that is told.

Nothing here is on the wire: a server takes a token as it was sent, or not at all.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote

from workbench.agent.likeness import looks_like
from workbench.am.clients.why import why_opaque
from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection

NAMES = (
    "access_token", "id_token", "refresh_token", "token", "tokenId",
    "subject_token", "actor_token", "id_token_hint", "registration_access_token",
)  # fmt: skip
"""Under what a token stands in answers, requests and URLs; the first is taken."""

JWTS_BY_NOW = "It was issued as an opaque one; what its client gets by now are JWTs."

_CLEAN = re.compile(r"[A-Za-z0-9._~+/=*-]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HEADER = re.compile(
    r"\s*(?:-H|--header)?[\s'\"]*(?:proxy-)?authorization['\"]?\s*[:=](.*)",
    re.IGNORECASE | re.DOTALL,
)
_BEARER = re.compile(r"(?:bearer|dpop)[\s:]+(.*)", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(rf"(?:^|[?&#\s'\"])({'|'.join(NAMES)})=([^&\s'\"#]+)")
_CODE = re.compile(r"(?:^|[?&\s'\"])code=([^&\s'\"#]+)")
_MEMBER = re.compile(rf"""(['"])({"|".join(NAMES)})\1\s*:\s*(['"])([^'"]*)\3""")
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*(?:\.[\w-]+\.[\w-]+)?")
_BREAKS = re.compile(r"\\?[\r\n]\s*(?:>\s)?|\\[rn]")
_QUOTES = "'\"`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f,;\\"


class Pasted(NamedTuple):
    """What was found.

    Attributes:
        token: The token itself; never shown.
        notes: What was taken off, in a sentence; empty where nothing was.
    """

    token: str
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Pasted {' '.join(self.notes)}>"


def token_in(text: str) -> Pasted:
    """The token in a text; the text itself where nothing had to be taken off."""
    taken: list[str] = []
    for _ in _STEPS:
        before = text
        for what, step in _STEPS:
            if _CLEAN.fullmatch(text) and step not in _EVEN_THEN:
                continue
            found = step(text)
            if found is None or found[0] == text:
                continue
            text = found[0]
            taken.append(found[1] or what)
        if text == before:
            break
    note = f"Taken off before reading: {', '.join(dict.fromkeys(taken))}."
    return Pasted(text, (note,) if taken else ())


def code_in(text: str) -> Pasted:
    """The same of an authorization code, which may come as a whole redirection."""
    found = _CODE.search(text)
    if found is None:
        return Pasted(text.strip(), ())
    return Pasted(unquote(found[1]), ("Taken off: what stood around its code=.",))


def inspect_pasted(realm: Realm, text: str, label: str = "token") -> Inspection:
    """Lay open what a person pasted, and say what was taken off or what it looks like.

    Args:
        realm: Reads the token.
        text: What was pasted.
        label: What to call it.
    """
    found = token_in(text)
    opened = inspect_token(realm, found.token, label)
    notes = found.notes
    if not opened.genuine and (likeness := looks_like(found.token, realm)):
        notes = (*notes, likeness)
    opaque = _why_opaque(realm, opened)
    return replace(opened, notes=notes, opaque=opaque) if notes or opaque else opened


def _why_opaque(realm: Realm, opened: Inspection) -> str:
    """Which setting made it opaque; "" where none did or its client is gone."""
    client = realm.clients.get(str((opened.claims or {}).get("client_id")))
    if opened.form != "server-side" or client is None:
        return ""
    return why_opaque(realm.provider, client) or JWTS_BY_NOW


# ---- What is taken off; each step gives what is left and, where it knows, what went


Found = tuple[str, str] | None
Step = Callable[[str], Found]


def _unseen(text: str) -> Found:
    return _UNSEEN.sub("", text), ""


def _blanks(text: str) -> Found:
    return text.strip(), ""


def _json(text: str) -> Found:
    """Out of a whole answer, or out of a line of one."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, str):
        return read, "quotes around it"
    members = {**_members(text), **(read if isinstance(read, dict) else {})}
    name = next((n for n in NAMES if isinstance(members.get(n), str)), None)
    if name is None:
        return None
    return members[name], f"the JSON around its {name}"


def _members(text: str) -> dict[str, Any]:
    return {name: value for _, name, _, value in reversed(_MEMBER.findall(text))}


def _header(text: str) -> Found:
    read = _HEADER.fullmatch(text)
    return (read[1].strip(), "") if read else None


def _bearer(text: str) -> Found:
    read = _BEARER.fullmatch(text)
    return (read[1].strip(), "") if read else None


def _parameter(text: str) -> Found:
    """Out of a form, a redirection's URL, or a line of a command."""
    values = {name: value for name, value in reversed(_PARAMETER.findall(text))}
    name = next((n for n in NAMES if n in values), None)
    return None if name is None else (values[name], f"what stood around its {name}=")


def _quotes(text: str) -> Found:
    return text.strip(_QUOTES + " \t\r\n"), ""


def _broken(text: str) -> Found:
    """A token that was wrapped; words of a sentence are left alone."""
    joined = _BREAKS.sub("", text)
    if text.startswith("eyJ"):
        joined = re.sub(r"\s", "", joined)
    return (joined, "") if _CLEAN.fullmatch(joined) else None


def _encoded(text: str) -> Found:
    plain = unquote(text)
    bare = _bearer(plain) or (plain, "")
    return (plain, "") if "%" in text and _CLEAN.fullmatch(bare[0]) else None


def _jwt(text: str) -> Found:
    """The only JWT in a text, such as that of a log."""
    found = set(_JWT.findall(text))
    return (found.pop(), "") if len(found) == 1 else None


_EVEN_THEN = (_parameter,)
"""What is looked for even in a text of a token's letters alone."""

_STEPS: tuple[tuple[str, Step], ...] = (
    ("characters that nobody sees", _unseen),
    ("white space around it", _blanks),
    ("the JSON around it", _json),
    ("the name of its header", _header),
    ("the word Bearer", _bearer),
    ("the name of its parameter", _parameter),
    ("quotes around it", _quotes),
    ("line breaks inside it", _broken),
    ("its URL encoding", _encoded),
    ("what stood around it", _jwt),
)
