"""What something looks like that is no token of a realm, in a sentence without it."""

import json
import re
from collections.abc import Callable

from workbench.am.realm import Realm
from workbench.am.tokens.unverified import decode_unverified, header_unverified

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d+)?", re.I)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S*|/[\w./-]*\?\S*", re.I)
_OPAQUE = re.compile(r"[A-Za-z0-9._~+/=-]{12,}")
_PLACEHOLDER = re.compile(r"[<{\[(]+[\w .-]+[>}\])]+|\$\{?\w+\}?|%\w+%")

Test = Callable[[str, Realm], bool]


def looks_like(text: str, realm: Realm) -> str:
    """A sentence about it; "" where what is said of the token already is enough.

    Args:
        text: What should have been a token; no part of it is in the sentence.
        realm: Knows the names of those who are registered, and who is logged in.
    """
    return next((words for test, words in _LIKENESSES if test(text, realm)), "")


def _is_named(text: str, realm: Realm) -> bool:
    return text in realm.clients or text in realm.users


def _is_identifier(text: str, _realm: Realm) -> bool:
    return bool(_UUID.fullmatch(text))


def _is_json(text: str, _realm: Realm) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return text.startswith("{")


def _is_jwe(text: str, _realm: Realm) -> bool:
    return "enc" in (header_unverified(text) or {})


def _is_part(text: str, _realm: Realm) -> bool:
    return text.startswith("eyJ") and decode_unverified(text) is None


_LIKENESSES: tuple[tuple[Test, str], ...] = (
    (lambda text, _: not text, "Nothing was pasted."),
    (
        lambda text, _: "…" in text or "..." in text or "•" in text,
        "It looks like a token that was cut short where it was shown; the whole one is "
        "in the call that brought it, such as call.access_token.",
    ),
    (
        lambda text, _: bool(_PLACEHOLDER.fullmatch(text)),
        "It looks like a placeholder: put the token in its place.",
    ),
    (
        lambda text, _: "-----BEGIN" in text,
        "It looks like a key or a certificate (PEM), and no token.",
    ),
    (
        lambda text, _: bool(_URL.fullmatch(text)),
        "It looks like a URL without a token in it; a code there is no token yet.",
    ),
    (
        _is_json,
        "It looks like JSON without a token in it; claims laid open are not the token.",
    ),
    (
        _is_jwe,
        "It looks like a JWE: an encrypted token, for whoever has its key.",
    ),
    (_is_part, "It looks like a JWT of which a part is missing or was changed."),
    (_is_named, "It looks like the name of somebody here, and no token."),
    (_is_identifier, "It looks like an ID, such as a token's jti, and no token."),
    (
        lambda text, _: text.startswith("AQIC") or text.endswith("*"),
        "It looks like the token of a session (tokenId), which is no OAuth 2.0 token.",
    ),
    (
        lambda text, _: (
            bool(_OPAQUE.fullmatch(text)) and decode_unverified(text) is None
        ),
        "It looks like an opaque token of another server or bench, or a code.",
    ),
    (
        lambda text, _: decode_unverified(text) is None,
        "It looks like text, and no token.",
    ),
)
"""In this order; a JWT that can be read is none of them, for its claims say more."""
