"""What is secret, by name and by shape, and texts from outside without it.

For errors, logs and pictures, and for what scripts see. No other module lists names.
"""

import json
import re
from typing import Any

MASK = "••••••••"
"""What stands where a secret is."""

SECRETS = frozenset(
    {
        "client_secret",
        "password",
        "client_assertion",
        "code_verifier",
        "userpassword",
        "x-openam-password",
        "cookie",
        "set-cookie",
        "iplanetdirectorypro",  # the session as a header of its own
        "csrf",  # the session token once more
        "registration_access_token",
    }
)
"""Names, in lower case, whose values are never shown."""

TOKENS = frozenset(
    {
        "access_token",
        "refresh_token",
        "id_token",
        "subject_token",
        "actor_token",
        "token",
        "assertion",
        "id_token_hint",
        "tokenid",
        "code",
        "auth_req_id",
        "request",  # a JWT, in which an ID token may be
        "macaroon",
    }
)
"""Names, in lower case, whose values are only shown cut short."""

HIDDEN_PARAMETERS = frozenset(
    {
        "client_secret",
        "client_assertion",
        "csrf",
        "password",
        "registration_access_token",
    }
)
"""What no script sees of a request (measured; of the assertion and ``csrf``, which is
the session token, it is inferred)."""

HIDDEN_HEADERS = frozenset(
    {
        "Authorization",
        "Cookie",
        "Iplanetdirectorypro",
        "Proxy-Authorization",
        "X-Openam-Username",
        "X-Openam-Password",
    }
)
"""Headers kept from scripts here, so that no secret reaches a script's log."""

SCHEMES = frozenset({"basic", "bearer", "dpop"})
"""Of HTTP authentication, in lower case; another first word may be the secret."""

TOKEN_SHAPED = re.compile(
    r"(?<![\w-])(?:(?=[\w-]*eyJ)[\w-]++\.[\w-]*+\.[\w-]*+(?:\.[\w-]++\.[\w-]++)?+"
    r"|(?=[\w-]*Ag[E-L])[\w-]{65,}+|[\w-]{27}(?:[\w-]{27})?(?![\w-]))",
    re.ASCII,
)
"""A JWT, a macaroon, or as many characters as an opaque token or session has.

No word is looked at from more than one start, so that a long one costs no more
than its length.
"""


class HiddenText(str):
    """A secret: a text to whatever uses it, and a mask in every repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(MASK)


def hide_credentials(value: str) -> str:
    """Credentials of a header as a mask, behind the scheme where one is named."""
    scheme = value.partition(" ")[0]
    return f"{scheme} {MASK}" if scheme.lower() in SCHEMES else MASK


def hide_tokens(text: str) -> str:
    """The text with everything that has the shape of a token cut short."""
    if len(text) < 27:
        return text
    return TOKEN_SHAPED.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    text = found[0]
    random = not text.islower() and not text.isupper()  # a scope's name rarely is
    return f"{text[:6]}…" if random else text


_as_json = json.JSONEncoder(default=str).encode


def safe_text(value: Any, limit: int = 120) -> str:
    """A value from outside as short text on one line, tokens hidden."""
    text = value if isinstance(value, str) else _as_json(value)
    text = hide_tokens(text)
    if not text.isprintable():
        text = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
        )
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
