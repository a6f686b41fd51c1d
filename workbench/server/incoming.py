"""A request at one of the realm's endpoints, read but not yet believed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from werkzeug.wrappers import Request

from workbench.am.identities import Client
from workbench.am.realm import Realm
from workbench.errors import InvalidRequest, OAuthError
from workbench.server.client_auth import authenticate, credentials
from workbench.server.parameters import LARGEST, Parameters, read_form

HIDDEN_PARAMETERS = frozenset({"client_secret", "password"})
"""Parameters that scripts never see (measured)."""

HIDDEN_HEADERS = frozenset({"Authorization", "Cookie", "Proxy-Authorization"})
"""Headers kept from scripts here, so that no secret reaches a script's log."""


class Incoming:
    """One request: its parameters, its client, and what scripts see of it."""

    def __init__(self, realm: Realm, request: Request) -> None:
        self.realm = realm
        self.request = request

    @cached_property
    def parameters(self) -> Parameters:
        """The form.

        Raises:
            InvalidRequest: It cannot be read.
        """
        length = self.request.content_length or 0
        if length > LARGEST:
            raise InvalidRequest("The request is too large")
        body = self.request.get_data(cache=True)
        return read_form(self.request.headers.get("Content-Type", ""), body)

    def authenticated(self) -> Client:
        """The client that sent it; raises as ``authenticate`` does."""
        return authenticate(self.realm, self.parameters, self._authorization)

    @property
    def client_id(self) -> str:
        """The client that it names, for the audit trail; "" where unreadable."""
        try:
            return credentials(self.parameters, self._authorization).client_id[:255]
        except OAuthError:
            return ""

    @property
    def summary(self) -> str:
        """What it is, in a few words."""
        return f"{self.request.method} {self.request.path[:200]}"

    def properties(self) -> Mapping[str, Any]:
        """What a script sees as ``requestProperties`` (PingAM 8.1 scripting API)."""
        headers: dict[str, list[str]] = {}
        for name, value in self.request.headers:
            if name not in HIDDEN_HEADERS:
                headers.setdefault(name, []).append(value)
        return {
            "requestUri": self.request.base_url,
            "realm": self.realm.path,
            "requestParams": {
                name: list(values)
                for name, values in self.parameters.lists.items()
                if name not in HIDDEN_PARAMETERS
            },
            "requestHeaders": headers,
        }

    @property
    def _authorization(self) -> str | None:
        return self.request.headers.get("Authorization")
