"""A request as it travels."""

from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import parse_qsl

import httpx

from workbench.server.request.json_body import JSON
from workbench.server.request.parameters import FORM

Headers: TypeAlias = list[tuple[bytes, bytes]]


class Draft:
    """A request as it travels. Tokens and secrets stay out of the repr.

    Keeps the octets; what is shown is worked out when asked.

    Args:
        request: As httpx built it.
    """

    __slots__ = ("_content", "_sent", "method", "url")

    def __init__(self, request: httpx.Request) -> None:
        self.method: str = request.method
        self.url: str = str(request.url)
        self._sent = request.headers.raw
        self._content = request.content

    @property
    def request_headers(self) -> tuple[tuple[str, str], ...]:
        """The request's headers in the order sent."""
        return as_text(self._sent)

    @property
    def sent(self) -> Headers:
        """The same as the octets that they are."""
        return list(self._sent)

    @property
    def content(self) -> bytes:
        """The body as octets."""
        return self._content

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """The form fields in the order sent; empty where there was no form."""
        kind = dict(self.request_headers).get("content-type", "")
        if not kind.startswith(FORM):
            return ()
        body = self._content.decode("utf-8", "replace")
        return tuple(parse_qsl(body, keep_blank_values=True))

    @property
    def sent_json(self) -> str:
        """The body that was sent, where it says that it is JSON; else ""."""
        kind = dict(self.request_headers).get("content-type", "")
        return self._content.decode("utf-8", "replace") if kind == JSON else ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.method} {self.url.partition('?')[0]}>"


def as_text(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as one reads them, their names in lower case."""
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in headers
    )
