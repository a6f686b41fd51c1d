"""From a whole request to the WSGI application, and back to what goes over the wire."""

import logging
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import HTTPScope

log = logging.getLogger(__name__)

WITHOUT_PREFIX = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
"""The headers that CGI names otherwise (RFC 3875, 4.1)."""

HEADERS = re.compile(r"(?:[!#-'*+.^_`|~0-9a-z-]+: [^\x00-\x08\x0a-\x1f\x7f]*\r\n)*")
"""What headers look like (RFC 9110, 5.5), so that no value makes two of one."""

BODILESS = (204, 304)
"""The statuses that have no content, and no length of it (RFC 9110, 8.6)."""


class Reply(NamedTuple):
    """Status, headers as they go over the wire, and body."""

    status: int
    headers: bytes
    body: bytes
    last: bool = False


FAULT = b"Internal Server Error"
FAULTY = Reply(
    500,
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n" % len(FAULT),
    FAULT,
    last=True,
)


def environ_of(scope: "HTTPScope", body: bytes) -> "WSGIEnvironment":
    """A request as WSGI has it (PEP 3333); a header that came twice is joined."""
    host, port = scope["server"] or ("", 0)
    path = scope["raw_path"]
    if b"%" in path:
        path = unquote_to_bytes(path)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for header, raw_value in scope["headers"]:
        name, value = _variable(header), raw_value.decode("latin-1")
        if name in environ:
            value = f"{environ[name]}{'; ' if header == b'cookie' else ','}{value}"
        environ[name] = value
    return environ


@lru_cache(256)
def _variable(header: bytes) -> str:
    """What CGI calls a header."""
    name = WITHOUT_PREFIX.get(header)
    return name or "HTTP_" + header.decode("latin-1").upper().replace("-", "_")


def answered(app: "WSGIApplication", scope: "HTTPScope", body: bytes) -> Reply:
    """Call the application; a fault of it is logged and answered with 500."""
    try:
        return _called(app, environ_of(scope, body))
    except Exception:
        log.exception("The server failed; this is a bug in the workbench.")
        return FAULTY


def _called(app: "WSGIApplication", environ: "WSGIEnvironment") -> Reply:
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Any:
        begun.append((status, headers))

    content: Iterable[bytes] = app(environ, start_response)
    body = b"".join(content)
    status, headers = begun[-1]
    number = int(status[:3])
    lines = [f"{name.lower()}: {value}\r\n" for name, value in headers]
    head = "".join(lines)
    if HEADERS.fullmatch(head) is None:
        raise ValueError("A header of the answer is none.")
    if environ["REQUEST_METHOD"] == "HEAD" or number in BODILESS:
        body = b""
    elif not any(line.startswith("content-length:") for line in lines):
        head += f"content-length: {len(body)}\r\n"
    return Reply(number, head.encode("latin-1"), body)
