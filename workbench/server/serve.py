"""The same application on a loopback port, for curl and other programs."""

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import trustme

from workbench.errors import WorkbenchError
from workbench.server.loopback.bounds import BOUNDS, Bounds
from workbench.server.loopback.front import Front
from workbench.server.loopback.own_hosts import OwnHosts

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"
NAMES = ("localhost", LOOPBACK, "am.example.com")
"""What the certificate is for; the last so that the vendor's commands run unchanged."""

HOSTS = (*NAMES, "[::1]")
"""What the server may be called, in a Host header and as the origin of a page."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound port that does not answer yet.

    Attributes:
        bound: Its socket.
        url: Scheme, address and port.
        bounds: What a connection may take.
        certificate: Its chain and its key; None without TLS.
        ca_file: The certificate authority to trust, or None without TLS.
        curl_home: A folder whose ``.curlrc`` lets curl reach the server under the
            vendor's URL (set ``CURL_HOME`` to it); None without TLS.
    """

    bound: socket.socket
    url: str
    bounds: Bounds
    certificate: tuple[Path, Path] | None = None
    ca_file: Path | None = None
    curl_home: Path | None = None

    @contextmanager
    def serving(self, app: "WSGIApplication", *hosts: str) -> Iterator[None]:
        """Answer requests for as long as the context lasts.

        The server never runs in the caller's thread: an interrupt that arrives
        between two of its steps would leave its threads without an end.

        Args:
            app: The application; several threads call it.
            hosts: What the server is called besides ``HOSTS``.
        """
        front = Front(OwnHosts(app, (*HOSTS, *hosts)), self.bounds, self.certificate)
        thread = threading.Thread(target=front.answer, args=[self.bound], name="serve")
        thread.start()
        try:
            yield
        finally:
            front.stop()
            thread.join()

    @contextmanager
    def beside(self) -> "Iterator[Listener]":
        """Another port that is free, with the same certificate and bounds."""
        bound = socket.create_server((LOOPBACK, 0), backlog=self.bounds.connections)
        scheme = self.url.partition(":")[0]
        url = f"{scheme}://{LOOPBACK}:{bound.getsockname()[1]}"
        with bound:
            yield replace(self, bound=bound, url=url, curl_home=None)


@contextmanager
def listen(port: int, *, tls: bool, bounds: Bounds = BOUNDS) -> Iterator[Listener]:
    """Bind a loopback port; 0 picks a free one.

    Raises:
        WorkbenchError: The port cannot be had.
    """
    try:
        bound = socket.create_server((LOOPBACK, port), backlog=bounds.connections)
    except (OSError, OverflowError) as problem:
        raise WorkbenchError(
            f"Port {port} cannot be had ({problem}). --port 0 picks a free one."
        ) from None
    number = bound.getsockname()[1]
    with bound, tempfile.TemporaryDirectory(prefix="workbench-") as name:
        if not tls:
            yield Listener(bound, f"http://{LOOPBACK}:{number}", bounds)
            return
        folder = Path(name)
        ca_file, chain, key = _certificate(folder)
        yield Listener(
            bound,
            f"https://{LOOPBACK}:{number}",
            bounds,
            (chain, key),
            ca_file,
            _curl_home(folder, number, ca_file),
        )


def own_port(base_url: str, *, tls: bool) -> int | None:
    """The port of a base URL that a listener of here may have had, or None."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        return None
    loopback = parts.hostname in ("localhost", LOOPBACK) and parts.path == "/am"
    same = loopback and parts.scheme == ("https" if tls else "http")
    return port if same else None


def _certificate(folder: Path) -> tuple[Path, Path, Path]:
    """The authority's certificate, the server's chain and its key."""
    authority = trustme.CA()
    certificate = authority.issue_cert(*NAMES)
    ca_file, chain, key = (
        folder / name for name in ("ca.pem", "server.pem", "key.pem")
    )
    authority.cert_pem.write_to_path(ca_file)
    certificate.private_key_pem.write_to_path(key)
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(chain, append=number > 0)
    return ca_file, chain, key


def _curl_home(folder: Path, port: int, ca_file: Path) -> Path:
    (folder / ".curlrc").write_text(
        f'cacert = "{ca_file}"\nconnect-to = "am.example.com:8443:{LOOPBACK}:{port}"\n',
        encoding="utf-8",
    )
    return folder
