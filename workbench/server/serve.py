"""The same application on a loopback port, for curl and other programs."""

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import trustme
from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter

from workbench.errors import WorkbenchError
from workbench.server.request.parameters import LARGEST

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOPBACK = "127.0.0.1"
NAMES = ("localhost", LOOPBACK, "am.example.com")
"""What the certificate is for; the last so that the vendor's commands run unchanged."""


log = logging.getLogger(__name__)

THREADS = 64
"""Connections that may be waited for at once: a request whose sender stalls keeps a
thread for ten seconds, and so does a connection that a browser opened to spare."""


class Server(wsgi.Server):
    """cheroot's server, with bounds. What is over them is refused unread.

    A body over a megabyte but within them is read, and refused as AM refuses.
    """

    max_request_body_size = 8 * LARGEST  # bytes
    max_request_header_size = 64 * 1024  # bytes, of the first line and the headers

    def error_log(
        self, msg: str = "", level: int = 20, traceback: bool = False
    ) -> None:
        """Log what befell a connection as one line."""
        log.log(level, "%s", msg)


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound port that does not answer yet.

    Attributes:
        url: Scheme, address and port.
        ca_file: The certificate authority to trust, or None without TLS.
        curl_home: A folder whose ``.curlrc`` lets curl reach the server under the
            vendor's URL (set ``CURL_HOME`` to it); None without TLS.
    """

    server: wsgi.Server
    url: str
    ca_file: Path | None
    curl_home: Path | None

    @contextmanager
    def serving(self, app: "WSGIApplication") -> Iterator[None]:
        """Answer requests for as long as the context lasts.

        The server never runs in the caller's thread: an interrupt that arrives
        between two of its steps would leave its threads without an end.
        """
        self.server.wsgi_app = app
        thread = threading.Thread(target=self.server.serve, name="serve")
        thread.start()
        try:
            yield
        finally:
            self.server.stop()
            thread.join()


@contextmanager
def listen(port: int, *, tls: bool) -> Iterator[Listener]:
    """Bind a loopback port; 0 picks a free one.

    Raises:
        WorkbenchError: The port cannot be had.
    """
    server = Server(
        (LOOPBACK, port),
        _not_ready,
        numthreads=THREADS,
        request_queue_size=THREADS,
        shutdown_timeout=2,  # seconds for those who are still being answered
    )
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        ca_file = _secure(server, Path(folder)) if tls else None
        try:
            server.prepare()
        except (OSError, OverflowError) as problem:
            raise WorkbenchError(
                f"Port {port} cannot be had ({problem}). --port 0 picks a free one."
            ) from None
        bound = server.bind_addr[1]
        curl_home = _curl_home(Path(folder), bound, ca_file) if ca_file else None
        scheme = "https" if tls else "http"
        listener = Listener(
            server, f"{scheme}://{LOOPBACK}:{bound}", ca_file, curl_home
        )
        try:
            yield listener
        finally:
            server.stop()


def _secure(server: wsgi.Server, folder: Path) -> Path:
    authority = trustme.CA()
    certificate = authority.issue_cert(*NAMES)
    ca_file, chain, key = (
        folder / name for name in ("ca.pem", "server.pem", "key.pem")
    )
    authority.cert_pem.write_to_path(ca_file)
    certificate.private_key_pem.write_to_path(key)
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(chain, append=number > 0)
    server.ssl_adapter = BuiltinSSLAdapter(str(chain), str(key))
    return ca_file


def _curl_home(folder: Path, port: int, ca_file: Path) -> Path:
    (folder / ".curlrc").write_text(
        f'cacert = "{ca_file}"\nconnect-to = "am.example.com:8443:{LOOPBACK}:{port}"\n',
        encoding="utf-8",
    )
    return folder


def _not_ready(
    environ: "WSGIEnvironment", start_response: "StartResponse"
) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return []
