"""From a whole request to the WSGI application, in a thread of its own, and back."""

import asyncio
import logging
import sys
from collections.abc import Iterable
from concurrent.futures import Executor
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from workbench.server.request.parameters import LARGEST

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import (
        ASGIReceiveCallable,
        ASGISendCallable,
        HTTPScope,
        Scope,
    )

log = logging.getLogger(__name__)

Answered = tuple[int, list[tuple[bytes, bytes]], bytes]
"""Status, headers and body."""

LARGE, PAUSE = 32 * 1024, 0.002
"""From how many bytes on a body arrives by turns, and how many seconds one takes."""

WITHOUT_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
"""The headers that CGI names otherwise (RFC 3875, 4.1)."""


class Bridge:
    """The application for uvicorn.

    A request may run a script and so take seconds: each is answered in a thread, and
    the connections' thread goes on receiving.

    Args:
        app: The application; it may be called by several threads at once.
        threads: Where it is called.
    """

    def __init__(self, app: "WSGIApplication", threads: Executor) -> None:
        self._app = app
        self._threads = threads
        self._turn = asyncio.Lock()

    async def __call__(
        self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable"
    ) -> None:
        """Answer one request, unless its sender leaves before it is whole."""
        assert scope["type"] == "http"
        body = await self._whole(receive)
        if body is None:
            return
        environ = environ_of(scope, body)
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._threads, answered, self._app, environ)
        try:
            status, headers, content = await answer
        except Exception:
            log.exception("The server failed; this is a bug in the workbench.")
            raise  # which uvicorn answers with 500
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": headers,
                "trailers": False,
            }
        )
        await send({"type": "http.response.body", "body": content, "more_body": False})

    async def _whole(self, receive: "ASGIReceiveCallable") -> bytes | None:
        """The body, to one byte over what the application takes.

        What is over that is let go of, and large bodies take turns, so that many at
        once leave time for others.
        """
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message["body"][: LARGEST + 1 - len(body)]
            if not message["more_body"]:
                return bytes(body)
            if len(body) > LARGE:
                async with self._turn:
                    await asyncio.sleep(PAUSE)


def environ_of(scope: "HTTPScope", body: bytes) -> "WSGIEnvironment":
    """A request as WSGI has it (PEP 3333); a header that came twice is joined."""
    host, port = scope["server"] or ("", 0)
    path = unquote_to_bytes(scope["raw_path"]).decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
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
    for raw_name, raw_value in scope["headers"]:
        header, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        name = WITHOUT_PREFIX.get(header)
        if name is None:
            name = "HTTP_" + header.upper().replace("-", "_")
        if name in environ:
            value = f"{environ[name]}{'; ' if header == 'cookie' else ','}{value}"
        environ[name] = value
    return environ


def answered(app: "WSGIApplication", environ: "WSGIEnvironment") -> Answered:
    """Call the application."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Any:
        begun.append((status, headers))

    content: Iterable[bytes] = app(environ, start_response)
    body = b"".join(content)
    status, headers = begun[-1]
    encoded = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
    ]
    return int(status[:3]), encoded, body
