"""Who may ask, so that a page on the web that a browser has open cannot.

A browser says in ``Host`` which name it was sent to, and in ``Origin`` whose page it
sends for. A foreign name in the first is a page that pointed its own name at loopback
(DNS rebinding); one in the second is a form or a script of another's page.
"""

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{0,5})?", re.IGNORECASE)
"""A host, and a port or none (RFC 3986, 3.2)."""

ORIGIN = re.compile(rf"https?://{AUTHORITY.pattern}", re.IGNORECASE)
"""A page's own (RFC 6454, 6.1); one that may not be told is ``null``."""


class OwnHosts:
    """An application that answers under its own names, to programs and own pages.

    Args:
        app: The application.
        names: The hosts that count, whatever the port.
    """

    def __init__(self, app: "WSGIApplication", names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333), or refuse it with 403."""
        host, origin = environ.get("HTTP_HOST"), environ.get("HTTP_ORIGIN")
        if host is not None and not self._is_own(AUTHORITY, host):
            return self._refuse("The Host", start_response)
        if origin is not None and not self._is_own(ORIGIN, origin):
            return self._refuse("The Origin", start_response)
        return self._app(environ, start_response)

    def _is_own(self, form: re.Pattern[str], text: str) -> bool:
        found = form.fullmatch(text)
        return found is not None and found[1].lower() in self._names

    def _refuse(self, what: str, start_response: "StartResponse") -> list[bytes]:
        """What was sent is not repeated: it is a stranger's text."""
        names = ", ".join(sorted(self._names))
        reason = (
            f"{what} is not this server's, so a page on the web may have sent this. "
            f"It answers to {names}; for another name start it with --base-url."
        )
        error = {"error_description": reason, "error": "access_denied"}
        body = json.dumps(error, separators=(",", ":")).encode()
        headers = [
            ("Content-Type", "application/json;charset=UTF-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        start_response("403 Forbidden", headers)
        return [body]
