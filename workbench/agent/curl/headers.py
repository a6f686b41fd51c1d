"""The headers that curl sends: its own, and those of -H in their place."""

import re
from base64 import b64encode
from collections.abc import Sequence

from workbench.agent.curl.options import Option, last, reads_a_file, set_flags
from workbench.errors import CommandError

AGENT = "curl"
"""The User-Agent; a real curl adds its version."""

COMPRESSED = "deflate, gzip, br, zstd"
"""What --compressed asks for, of a curl with every library."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

_HEADER = re.compile(r"([!#$%&'*+.^_`|~\w-]+)(?:([:;])(.*))?", re.ASCII | re.DOTALL)
_BY_CURL_ALONE = ("content-length", "transfer-encoding", "connection", "expect")


def headers(given: Sequence[Option], *, body: bool) -> list[tuple[str, str]]:
    """In curl's order. A header of -H takes the place of curl's own.

    Args:
        given: The options of the command.
        body: Whether the request has a body.

    Raises:
        CommandError: A header is malformed, or would be read from a file.
    """
    typed = [_header(option) for option in given if option.name == "header"]
    replaced = {name.lower() for name, _ in typed}
    own = [(n, v) for n, v in _own(given, body=body) if n.lower() not in replaced]
    return [*own, *((name, value) for name, value in typed if value is not None)]


def _own(given: Sequence[Option], *, body: bool) -> list[tuple[str, str]]:
    json = any(option.name == "json" for option in given)
    bearer, user = last(given, "oauth2-bearer"), last(given, "user")
    agent, referer = last(given, "user-agent"), last(given, "referer")
    squeezed = "compressed" in set_flags(given)
    cookies = [_cookie(option) for option in given if option.name == "cookie"]
    headers: list[tuple[str, str | None]] = [
        ("Authorization", None if user is None else _basic(user)),
        ("Authorization", None if bearer is None else f"Bearer {bearer}"),
        ("User-Agent", AGENT if agent is None else agent or None),
        ("Accept", JSON if json else "*/*"),
        ("Accept-Encoding", COMPRESSED if squeezed else None),
        ("Referer", _referer(referer) if referer else None),
        ("Cookie", ";".join(filter(None, cookies)) or None),
        ("Content-Type", (JSON if json else FORM) if body else None),
    ]
    if bearer is not None and user is not None:
        raise CommandError("-u and --oauth2-bearer exclude each other; give one.")
    return [(name, _line(value, name)) for name, value in headers if value is not None]


def _header(option: Option) -> tuple[str, str | None]:
    """Name and value; the value is None for ``Name:``, which takes a header away."""
    if option.value.startswith("@"):
        raise reads_a_file(option)
    read = _HEADER.fullmatch(option.value)
    if read is None or read[2] is None or (read[2] == ";" and read[3]):
        raise CommandError(f"{option.typed} takes a header such as 'Name: value'.")
    name, mark, value = read.groups()
    if name.lower() in _BY_CURL_ALONE or (name.lower() == "host" and not value):
        raise CommandError(f"{option.typed} '{name}: …' cannot be changed here.")
    if mark == ":" and not value.strip():
        return name, None
    return name, _line(value.strip(), name)


def _line(value: str, name: str) -> str:
    if any(character in value for character in "\r\n\0"):
        raise CommandError(f"The header {name} has a line break in its value.")
    return value


def _basic(user: str) -> str:
    if ":" not in user:
        raise CommandError("-u without a password makes curl ask; write NAME:PASSWORD.")
    return f"Basic {b64encode(user.encode('utf-8', 'surrogatepass')).decode()}"


def _cookie(option: Option) -> str:
    """What is sent; an empty one only has curl keep what it is sent."""
    if option.value and "=" not in option.value:
        raise reads_a_file(option)
    return option.value


def _referer(value: str) -> str:
    if value.endswith(";auto"):
        raise CommandError("-e with ;auto is not done here.")
    return value
