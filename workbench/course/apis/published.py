"""What an API learns of tokens from their issuer: published keys, and introspection."""

import threading
from typing import Any

import httpx
import jwt

DISCOVERY = "/.well-known/openid-configuration"


class IssuerUnavailable(Exception):
    """The authorization server did not answer as it must; says how, and no token."""


class PublishedIssuer:
    """An authorization server as its metadata, keys and introspection show it.

    What it publishes is fetched when it is first needed, and kept.

    Args:
        issuer: Its ``iss``; the metadata stand below it.
        http: Reaches it.
        client_id: The API's own client, which may introspect every token.
        secret: Its secret.
    """

    def __init__(
        self, issuer: str, http: httpx.Client, client_id: str, secret: str
    ) -> None:
        self.issuer = issuer
        self._http = http
        self._credentials = (client_id, secret)
        self._metadata: dict[str, Any] | None = None
        self._keys: dict[str, jwt.PyJWK] = {}
        self._one = threading.Lock()  # a thread that fetches

    def key(self, kid: str) -> jwt.PyJWK | None:
        """The public key of this id; None where it is published nowhere.

        For an id that is not known yet the keys are fetched once more, since the
        server may have a new one.

        Raises:
            IssuerUnavailable: The keys cannot be had.
        """
        with self._one:
            if kid not in self._keys:
                self._keys = self._published_keys()
            return self._keys.get(kid)

    def introspected(self, token: str) -> dict[str, Any]:
        """What the server says of a token (RFC 7662).

        Raises:
            IssuerUnavailable: It says nothing.
        """
        with self._one:
            url = self._endpoint("introspection_endpoint")
        client_id, secret = self._credentials
        form = {"client_id": client_id, "client_secret": secret, "token": token}
        return self._object("POST", url, data=form)

    def _published_keys(self) -> dict[str, jwt.PyJWK]:
        document = self._object("GET", self._endpoint("jwks_uri"))
        try:
            keys = jwt.PyJWKSet.from_dict(document).keys
        except jwt.PyJWTError as problem:
            raise IssuerUnavailable(f"The issuer's keys are none: {problem}") from None
        return {key.key_id: key for key in keys if key.key_id}

    def _endpoint(self, name: str) -> str:
        """A URL out of the metadata, which must be this issuer's (RFC 8414, 3.3)."""
        if self._metadata is None:
            metadata = self._object("GET", f"{self.issuer}{DISCOVERY}")
            if metadata.get("issuer") != self.issuer:
                raise IssuerUnavailable("The metadata are another issuer's.")
            self._metadata = metadata
        url = self._metadata.get(name)
        if not isinstance(url, str):
            raise IssuerUnavailable(f"The issuer's metadata have no {name}.")
        return url

    def _object(self, method: str, url: str, **sent: Any) -> dict[str, Any]:
        try:
            response = self._http.request(method, url, **sent)
        except httpx.HTTPError as problem:
            kind = type(problem).__name__
            raise IssuerUnavailable(f"No answer from {url} ({kind}).") from None
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if response.status_code != 200 or not isinstance(answer, dict):
            raise IssuerUnavailable(f"{url} answered {response.status_code}.")
        return answer
