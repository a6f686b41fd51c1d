"""Which URIs a client can have people sent back to, and which name its sector.

A native app listens on whatever port is free (RFC 8252 section 7.3), or has a scheme of
its own (section 7.1). AM has wildcards for the first: each ``*`` in the port of a
loopback URI, as in ``http://localhost:*/``, ``https://127.0.0.1:80*/`` and
``https://[::1]:*443/`` (AM, client settings).
"""

import re
from urllib.parse import urlsplit

from workbench.errors import RegistrationError

WILDCARD = "*"

LOOPBACK = re.compile(
    r"(?P<before>https?://(?:localhost|127\.0\.0\.1|\[::1\])):(?P<port>[0-9*]+)"
    r"(?P<after>(?:[/?].*)?)\Z"
)
"""A loopback URI with a port."""

NOT_SENT_TO = frozenset(
    {
        *("about", "blob", "data", "file", "filesystem", "javascript", "vbscript"),
        *("livescript", "mocha", "jar", "mhtml", "mk", "ms-its", "res", "resource"),
        *("chrome", "edge", "opera", "feed", "intent", "view-source", "wyciwyg"),
        *("cid", "mid", "mailto", "sms", "tel", "callto", "news", "nntp", "irc"),
        *("ftp", "ftps", "gopher", "magnet", "ws", "wss"),
    }
)
"""Schemes that a browser runs, opens by itself, or that no client answers at.

That AM refuses them is inferred; it knows of no list.
"""

WEB = ("http", "https")

PORT = re.compile(r"[1-9][0-9]{0,4}\Z")
HIGHEST_PORT = 65535


def is_redirection_uri(text: str) -> bool:
    """Whether it is absolute and has no fragment (RFC 6749 section 3.1.2).

    A wildcard stands in the port of a loopback URI or nowhere in an authority; that AM
    refuses any other at once is inferred. In a path ``*`` is itself. Some schemes
    lead to no client, and a web address names a host.
    """
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an IPv6 address without its end
        return False
    if WILDCARD in parts.netloc and not _has_wildcard(text):
        return False
    if parts.scheme in NOT_SENT_TO or (parts.scheme in WEB and not parts.hostname):
        return False
    whole = bool(parts.scheme) and "#" not in text
    return whole and " " not in text and text.isprintable()


def _has_wildcard(uri: str) -> bool:
    found = LOOPBACK.match(uri)
    return found is not None and WILDCARD in found["port"]


def redirects_to(registered: str, sent: str, *, wildcards: bool) -> bool:
    """Whether a request may name this URI, where that one is registered.

    Args:
        registered: One of the client's.
        sent: The ``redirect_uri`` of the request.
        wildcards: Whether the client's setting for them is on; without it, one
            that is registered stands for nothing.
    """
    if not _has_wildcard(registered):
        return sent == registered
    pattern, found = LOOPBACK.match(registered), LOOPBACK.match(sent)
    if not wildcards or pattern is None or found is None:
        return False
    if (pattern["before"], pattern["after"]) != (found["before"], found["after"]):
        return False
    port = found["port"]
    digits = re.sub(r"\*+", "[0-9]*", pattern["port"])
    whole = PORT.match(port) is not None and int(port) <= HIGHEST_PORT
    return whole and re.fullmatch(digits, port) is not None


def only_uri(registered: tuple[str, ...]) -> str | None:
    """Where people go if a request does not say: the one URI that there is, if any."""
    if len(registered) != 1 or _has_wildcard(registered[0]):
        return None
    return registered[0]


def is_sector_uri(text: str) -> bool:
    """Whether it has the scheme https and a host, as a sector identifier needs."""
    if not is_redirection_uri(text):
        return False
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname)


def check_uris(redirection_uris: tuple[str, ...], sector: str) -> None:
    """Refuse what nobody can be sent back to, and what names no sector.

    Raises:
        RegistrationError: A redirection URI is none, or the sector's is none.
    """
    for uri in redirection_uris:
        _check_redirection_uri(uri)
    if sector:
        _check_sector_uri(sector)


def _check_redirection_uri(uri: str) -> None:
    if not is_redirection_uri(uri):
        raise RegistrationError(
            f"{uri!r} is not a redirection URI: it needs a scheme that leads to a "
            "client, such as https:// with a host, no fragment (RFC 6749 section "
            "3.1.2), and a * at most in the port of localhost, 127.0.0.1 or [::1].",
            about="redirection_uris",
        )


def _check_sector_uri(uri: str) -> None:
    if not is_sector_uri(uri):
        raise RegistrationError(
            f"{uri!r} is not a sector identifier URI: it "
            "needs https:// and a host (OpenID Connect Core section 8.1).",
            about="sector_identifier_uri",
        )
