"""The request that a curl command sends, header by header (curl(1), curl 7.88)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from workbench.agent.curl.headers import headers
from workbench.agent.curl.options import Option, last, options, reads_a_file
from workbench.agent.curl.url import check_url, one_url
from workbench.agent.curl.words import Variables, no_variables, words
from workbench.errors import CommandError

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
    read = words(text, variables)
    if read[:1] == ["$"]:  # the prompt
        read = read[1:]
    if read[:1] != ["curl"]:
        raise CommandError("The cell holds one command, and it begins with curl.")
    return _request(list(options(read[1:])))


def _request(given: Sequence[Option]) -> CurlRequest:
    flags = {option.name for option in given}
    data = _data(given)
    urls = [option.value for option in given if option.name == "url"]
    url = one_url(urls, globs="globoff" not in flags)
    if "get" in flags and data is not None:
        mark = "&" if "?" in url else "?"
        url, data = (f"{url}{mark}{data}" if data else url), None
    check_url(url)
    return CurlRequest(
        method=_method(given, flags, data),
        url=url,
        headers=tuple(headers(given, body=data is not None)),
        content=None if data is None else data.encode("utf-8", "surrogatepass"),
        include=bool({"include", "head"} & flags),
        verbose="verbose" in flags,
        location="location" in flags,
    )


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
