"""A bench on a loopback port, for the tests of an agent or of a resource server."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.am.admin.audit import AuditTrail
from workbench.am.basics.clock import Clock
from workbench.bench import Workbench
from workbench.course.use_cases.use_case import UseCase


@dataclass(frozen=True, slots=True)
class DelegationServer:
    """A bench that any program can reach.

    Attributes:
        workbench: The bench: its realm, settings and audit trail.
        ca_file: The authority to trust; None without TLS.
        curl_home: A folder for ``CURL_HOME``, with which curl reaches the server under
            the vendor's URL; None without TLS.
    """

    workbench: Workbench
    ca_file: Path | None
    curl_home: Path | None

    @property
    def url(self) -> str:
        """The base URL, ending in ``/am``, such as ``https://127.0.0.1:40123/am``."""
        return self.workbench.realm.base_url

    @property
    def issuer(self) -> str:
        """The realm's URL: ``iss`` of its tokens; the endpoints stand below it."""
        return self.workbench.realm.oauth2_url

    @property
    def token_endpoint(self) -> str:
        """Where tokens are asked for and exchanged."""
        return f"{self.issuer}/access_token"

    @property
    def ssl_context(self) -> ssl.SSLContext:
        """What trusts the server's certificate, such as ``httpx.Client(verify=…)``."""
        return ssl.create_default_context(cafile=self.ca_file)

    @property
    def clock(self) -> Clock:
        """The server's clock: the system's, until it is advanced or frozen."""
        return self.workbench.clock

    @property
    def audit(self) -> AuditTrail:
        """What happened, oldest first; an exchange's event has its decision."""
        return self.workbench.audit

    def prepare(self, use_case: str) -> UseCase:
        """Register what a use case needs, such as ``agent-for-agent``.

        Raises:
            WorkbenchError: There is no such use case.
        """
        return self.workbench.prepare(use_case)

    def __repr__(self) -> str:
        return f"<DelegationServer {self.url}>"


@contextmanager
def serving(
    use_case: str | None = None, *, tls: bool = True, **bench: Any
) -> Iterator[DelegationServer]:
    """Serve a bench of its own in a thread, at a free port, while the context lasts.

    AI agents are on. The clock is the system's, because whoever checks a token by
    itself looks at that one.

    Args:
        use_case: What is registered, such as ``agent-for-agent``; None: nothing.
        tls: Whether it is HTTPS, with a certificate made for the occasion.
        bench: What the bench is made with: ``now``, ``seed``, ``profile``, ``realm``,
            ``engine``.

    Raises:
        WorkbenchError: There is no such use case, profile or engine.
    """
    from workbench.server.serve import listen

    with (
        listen(0, tls=tls) as listener,
        Workbench(base_url=f"{listener.url}/am", **bench) as wb,
    ):
        wb.enable_ai_agents()
        if use_case is not None:
            wb.prepare(use_case)
        with listener.serving(wb.app):
            yield DelegationServer(wb, listener.ca_file, listener.curl_home)
