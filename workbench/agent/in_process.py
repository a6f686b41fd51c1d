"""Requests to an application in this process: real ones, with no socket in between."""

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import httpx

from workbench.am.admin.audit import Event
from workbench.server.request.incoming import EVENTS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PORTS = {"http": 80, "https": 443}


class LocalTransport(httpx.BaseTransport):
    """Hands each request to a WSGI application (PEP 3333) as a server would.

    Path and headers go over as the octets that they are, one a character.

    Args:
        app: Who answers.

    Attributes:
        beside: Who answers instead, by the origin of the URL.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self.beside: dict[str, WSGIApplication] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The application's answer.

        Raises:
            httpx.UnsupportedProtocol: The URL is no whole one, as of any client.
        """
        if request.url.scheme not in PORTS:
            raise httpx.UnsupportedProtocol(
                "The URL of a request begins with http:// or https://, and a host."
            )
        status, headers = "", []

        def start_response(line: str, sent: list[tuple[str, str]], *_: Any) -> Any:
            nonlocal status, headers
            status, headers = line, sent

        events: list[Event] = []
        app = self._asked(request.url) if self.beside else self._app
        chunks = app(_environ(request) | {EVENTS: events}, start_response)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        received = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return httpx.Response(
            int(status[:3]),
            headers=received,
            stream=httpx.ByteStream(body),
            extensions={EVENTS: events},
        )

    def _asked(self, url: httpx.URL) -> "WSGIApplication":
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        return self.beside.get(origin, self._app)


class CookiesAsSaid(httpx.Cookies):
    """Cookies that somebody set; none that came with an answer.

    As with curl, a session goes along only where a request says so.
    """

    def extract_cookies(self, response: httpx.Response) -> None:
        """Keep none."""


class LocalClient(httpx.Client):
    """An HTTP client whose every URL is the application's, or of one beside it.

    Args:
        app: Who answers.
        keep: Is told of each answer.
    """

    def __init__(
        self, app: "WSGIApplication", keep: Callable[[httpx.Response], None]
    ) -> None:
        self._local = LocalTransport(app)
        super().__init__(
            transport=self._local,
            event_hooks={"response": [keep]},
            trust_env=False,
        )
        self._said = CookiesAsSaid()

    def reach(self, origin: str, app: "WSGIApplication") -> None:
        """Let another application answer from now on at an origin of its own.

        Args:
            origin: Scheme and host, such as ``https://ledger.example.com``.
            app: Who answers there.
        """
        self._local.beside[origin] = app

    @property
    def cookies(self) -> httpx.Cookies:
        """Those that go along with every request."""
        return self._said

    @cookies.setter
    def cookies(self, cookies: Any) -> None:
        self._said = CookiesAsSaid(cookies)


def _environ(request: httpx.Request) -> dict[str, Any]:
    url = request.url
    path, _, query = url.raw_path.partition(b"?")
    environ = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(request.read()),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": url.host,
        "SERVER_PORT": str(url.port or PORTS[url.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
    }
    for name, value in request.headers.raw:
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        environ[key] = value.decode("latin-1")
    return environ
