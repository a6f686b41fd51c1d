"""A form as a request, made as httpx makes it and in half the time."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from workbench.server.request.parameters import FORM


def is_plain(form: Mapping[str, Any]) -> bool:
    """Whether it has fields, each of one text, and that in ASCII."""
    return bool(form) and all(
        isinstance(value, str) and value.isascii() and name.isascii()
        for name, value in form.items()
    )


def plain_request(
    http: httpx.Client, url: httpx.URL, form: Mapping[str, Any]
) -> httpx.Request:
    """What ``http.build_request`` makes of a plain form, with its headers made once."""
    body = urlencode(form).encode()
    headers = (
        (b"Host", url.netloc),
        *http.headers.raw,
        (b"Content-Length", b"%d" % len(body)),
        (b"Content-Type", FORM.encode()),
    )
    request = httpx.Request("POST", url, headers=headers, stream=httpx.ByteStream(body))
    request.read()
    return request
