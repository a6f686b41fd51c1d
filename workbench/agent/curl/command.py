"""The request that a curl command sends, header by header (curl(1), curl 7.88)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from workbench.agent.curl.headers import headers
from workbench.agent.curl.options import (
    Option,
    last,
    left_aside,
    options,
    reads_a_file,
    set_flags,
)
from workbench.agent.curl.url import check_url, one_url
from workbench.agent.curl.words import Variables, no_variables, read_words
from workbench.errors import CommandError

_SHOWN = ("-", "%", "/dev/stdout", "/dev/stderr")
"""The files of -D that are no files."""

_DATA = ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json")


@dataclass(frozen=True, slots=True)
class CurlRequest:
    """What curl sends, and what it would print. The repr shows no secret."""

    method: str
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    content: bytes | None = field(repr=False)
    include: bool = False  # -i: the answer's headers are shown
    verbose: bool = False  # -v: those of the request too
    location: bool = False  # -L: an answer that points elsewhere is followed
    fail: bool = False  # -f: a refusal ends curl with an error
    write_out: str | None = None  # -w: what is printed at the end
    notes: tuple[str, ...] = ()  # what was left aside, or mended in the text


def curl_request(text: str, variables: Variables = no_variables) -> CurlRequest:
    """Read a command such as the vendor's pages print, prompt and all.

    Args:
        text: One command, over as many lines as need be.
        variables: Gives the value of ``$NAME``.

    Raises:
        CommandError: It is no curl command, or curl would do something that is
            not done here. The message names the option and shows no value of a
            field, a header or a secret.
    """
    read, notes = read_words(text, variables)
    if read[:1] not in (["curl"], ["curl.exe"]):
        raise CommandError("The cell holds one command, and it begins with curl.")
    return _request(list(options(read[1:])), notes)


def _request(given: Sequence[Option], notes: Sequence[str]) -> CurlRequest:
    flags = set_flags(given)
    data = _data(given)
    url = _url(given, flags, data)
    if "get" in flags:
        data = None
    dumped = last(given, "dump-header")
    notes = [*notes, *left_aside(given), *_not_dumped(dumped)]
    return CurlRequest(
        method=_method(given, flags, data),
        url=url,
        headers=tuple(headers(given, body=data is not None)),
        content=None if data is None else data.encode("utf-8", "surrogatepass"),
        include=bool({"include", "head"} & flags) or dumped in _SHOWN,
        verbose="verbose" in flags,
        location=bool({"location", "location-trusted", "follow"} & flags),
        fail=bool({"fail", "fail-with-body"} & flags),
        write_out=last(given, "write-out"),
        notes=tuple(notes),
    )


def _url(given: Sequence[Option], flags: set[str], data: str | None) -> str:
    """The URL, with what --url-query and -G put into its query."""
    urls = [option.value for option in given if option.name == "url"]
    url = one_url(urls, globs="globoff" not in flags)
    added = [_queried(option) for option in given if option.name == "url-query"]
    if "get" in flags and data:
        added = [data]  # curl forgets --url-query then
    for piece in filter(None, added):
        url = f"{url}{'&' if '?' in url else '?'}{piece}"
    check_url(url)
    return url


def _not_dumped(dumped: str | None) -> list[str]:
    if dumped is None or dumped in _SHOWN:
        return []
    return ["Left aside: -D into a file (none is written); -D - shows the headers."]


def _method(given: Sequence[Option], flags: set[str], data: str | None) -> str:
    if "head" in flags and data is not None:
        raise CommandError("-I and a body exclude each other, as curl says too.")
    method = last(given, "request")
    if method is None:
        own = "GET" if data is None else "POST"
        return "HEAD" if "head" in flags else own
    if not re.fullmatch(r"[A-Z]+", method):
        raise CommandError("-X takes an HTTP method in capitals, such as POST.")
    return method


# ---- The body ---------------------------------------------------------------


def _data(given: Sequence[Option]) -> str | None:
    """All pieces joined by &, or None where there is no body."""
    pieces = [_piece(option) for option in given if option.name in _DATA]
    if len(pieces) > 1 and any(option.name == "json" for option in given):
        raise CommandError("--json stands alone here: give it once, without -d.")
    return "&".join(pieces) if pieces else None


def _piece(option: Option) -> str:
    """One piece as it is sent; curl would read what follows @ from a file."""
    value = option.value
    if option.name == "data-urlencode":
        return _urlencoded(option)
    if option.name != "data-raw" and value.startswith("@"):
        raise reads_a_file(option)
    return value


def _queried(option: Option) -> str:
    """As --data-urlencode has it, or as it stands after a +."""
    if option.value.startswith("+"):
        return option.value[1:]
    return _urlencoded(option)


def _urlencoded(option: Option) -> str:
    """``content``, ``=content`` or ``name=content``; the name stays as it is."""
    name, equals, content = option.value.partition("=")
    if equals:
        return (f"{name}=" if name else "") + _encoded(content)
    if "@" in option.value:
        raise reads_a_file(option)
    return _encoded(option.value)


def _encoded(text: str) -> str:
    return quote_plus(text, safe="~", errors="surrogatepass")
