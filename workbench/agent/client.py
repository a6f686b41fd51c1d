"""Sends what an agent sends, and keeps every request with its answer."""

from collections.abc import Mapping
from typing import Any

import httpx

from workbench.agent.calls import Call, Transcript, kept
from workbench.agent.draft import Draft
from workbench.agent.edited import edited_request
from workbench.agent.plain import is_plain, plain_request
from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CIBA,
    CLIENT_CREDENTIALS,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.am.people.session import COOKIE
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.errors import SettingError

__all__ = ["AgentClient", "Call", "Draft", "Transcript"]


class AgentClient:
    """Sends token requests as the vendor's pages print them.

    Credentials and parameters go into the form, in the order of the pages.

    Args:
        http: Reaches the server; its answers are kept by ``transcript``.
        realm_url: The realm's OAuth2 base, ending in ``/realms/alpha``.
        transcript: Where calls are kept.
    """

    def __init__(
        self, http: httpx.Client, realm_url: str, transcript: Transcript
    ) -> None:
        self._http = http
        self.realm_url = realm_url
        self.transcript = transcript
        self._urls: dict[str, httpx.URL] = {}

    def client_credentials(
        self, client_id: str, secret: str, *, scope: str | None = None
    ) -> Call:
        """Ask for a token as the client itself (RFC 6749 section 4.4)."""
        form = {
            "grant_type": CLIENT_CREDENTIALS,
            "client_id": client_id,
            "client_secret": secret,
        }
        return self.post("access_token", _with(form, scope=scope))

    def exchange(
        self,
        client_id: str,
        secret: str,
        *,
        subject_token: str,
        actor_token: str | None = None,
        scope: str | None = None,
        **more: str | list[str],
    ) -> Call:
        """Exchange a token (RFC 8693 section 2.1).

        Args:
            client_id: The acting client.
            secret: Its secret.
            subject_token: Whom the new token shall be about.
            actor_token: Who acts; left out for impersonation.
            scope: Space-separated, or None to leave it out.
            more: Any further parameter, or another value for one above; a list is
                sent as a repeated parameter, such as ``audience``.
        """
        form = {
            "client_id": client_id,
            "client_secret": secret,
            "grant_type": TOKEN_EXCHANGE,
        }
        form = _with(form, scope=scope)
        form |= {"subject_token": subject_token, "subject_token_type": ACCESS_TOKEN}
        if actor_token is not None:
            form |= {"actor_token": actor_token, "actor_token_type": ACCESS_TOKEN}
        return self.post("access_token", form | more)

    def refresh(
        self,
        client_id: str,
        secret: str,
        refresh_token: str,
        *,
        scope: str | None = None,
    ) -> Call:
        """Ask for a fresh token of the same grant (RFC 6749 section 6)."""
        form = {
            "grant_type": REFRESH_TOKEN,
            "client_id": client_id,
            "client_secret": secret,
            "refresh_token": refresh_token,
        }
        return self.post("access_token", _with(form, scope=scope))

    def authenticate(self, username: str, password: str) -> Call:
        """Log a person in, as the vendor's pages do (``token_id`` is the session)."""
        headers = {
            "X-OpenAM-Username": username,
            "X-OpenAM-Password": password,
            "Accept-API-Version": "resource=2.0, protocol=1.0",
        }
        url = f"{self.realm_url}/authenticate".replace("/oauth2/", "/json/", 1)
        return self.send(self._built("POST", url, headers=headers))

    def authorize(
        self,
        client_id: str,
        session: str,
        *,
        redirect_uri: str,
        scope: str | None = None,
        **more: str,
    ) -> Call:
        """Consent as the person whose session it is (RFC 6749 section 4.1.1).

        Args:
            client_id: The client that the person lets in.
            session: The session token, which is the ``csrf`` value as well.
            redirect_uri: Where the code goes.
            scope: Space-separated, or None to leave it out.
            more: Such as ``state``, ``nonce`` and ``code_challenge``.
        """
        form = {} if scope is None else {"scope": scope}
        form |= {"response_type": "code", "client_id": client_id, "csrf": session}
        form |= {"redirect_uri": redirect_uri, "decision": "allow"}
        cookie = {"Cookie": f"{COOKIE}={session}"}
        return self.post("authorize", form | more, cookie)

    def authorization_code(
        self, client_id: str, secret: str, code: str, *, redirect_uri: str, **more: str
    ) -> Call:
        """Turn a code into tokens (RFC 6749 section 4.1.3)."""
        form = {
            "grant_type": AUTHORIZATION_CODE,
            "client_id": client_id,
            "client_secret": secret,
            "code": code,
            "redirect_uri": redirect_uri,
        }
        return self.post("access_token", form | more)

    def password(
        self,
        client_id: str,
        secret: str,
        username: str,
        password: str,
        *,
        scope: str | None = None,
    ) -> Call:
        """Ask for tokens with a person's password (RFC 6749 section 4.3)."""
        form = {
            "grant_type": PASSWORD,
            "client_id": client_id,
            "client_secret": secret,
            "username": username,
            "password": password,
        }
        return self.post("access_token", _with(form, scope=scope))

    def backchannel(
        self, client_id: str, secret: str, request: str, **more: str
    ) -> Call:
        """Ask a person for approval (OpenID CIBA Core section 7.1.1).

        Args:
            client_id: Who asks.
            secret: Its secret.
            request: What it wants, as a JWT that it signed; see
                :meth:`~workbench.agent.client_key.ClientKey.request`.
            more: Any further parameter; PingAM reads none.
        """
        form = {"client_id": client_id, "client_secret": secret, "request": request}
        return self.post("bc-authorize", form | more)

    def poll(self, client_id: str, secret: str, auth_req_id: str) -> Call:
        """Ask whether the person has approved (OpenID CIBA Core section 10.1)."""
        form = {
            "grant_type": CIBA,
            "client_id": client_id,
            "client_secret": secret,
            "auth_req_id": auth_req_id,
        }
        return self.post("access_token", form)

    def register(
        self,
        metadata: Mapping[str, Any],
        *,
        path: str = "aiagent/register",
        access_token: str | None = None,
    ) -> Call:
        """Register as a client that is not known yet (RFC 7591 section 3.1).

        Args:
            metadata: The JSON body, such as ``{"client_name": "…", "scopes": […]}``.
            path: ``aiagent/register`` for an AI agent, ``register`` for a client.
            access_token: What is sent as bearer token where open registration is off.
        """
        headers = {} if access_token is None else _bearer(access_token)
        url = self._url(path)
        return self.send(self._built("POST", url, json=dict(metadata), headers=headers))

    def read_registration(self, registered: Call) -> Call:
        """Read what the server keeps of a client (RFC 7592 section 2.1).

        Args:
            registered: The answer to its registration.
        """
        return self._manage("GET", registered)

    def update_registration(
        self, registered: Call, metadata: Mapping[str, Any]
    ) -> Call:
        """Change a registration (RFC 7592 section 2.2).

        What the metadata leave out becomes the default.
        """
        named = {"client_id": registered.client_id, **metadata}
        return self._manage("PUT", registered, json=named)

    def delete_registration(self, registered: Call) -> Call:
        """Delete a registration (RFC 7592 section 2.3)."""
        return self._manage("DELETE", registered)

    def _manage(self, method: str, registered: Call, **body: Any) -> Call:
        headers = _bearer(registered.registration_access_token)
        uri = registered.registration_client_uri
        return self.send(self._built(method, uri, headers=headers, **body))

    def introspect(self, client_id: str, secret: str, token: str) -> Call:
        """Ask what the server knows of a token (RFC 7662)."""
        form = {"client_id": client_id, "client_secret": secret, "token": token}
        return self.post("introspect", form)

    def revoke(self, client_id: str, secret: str, token: str) -> Call:
        """Give a token back (RFC 7009)."""
        form = {"client_id": client_id, "client_secret": secret, "token": token}
        return self.post("token/revoke", form)

    def post(
        self,
        path: str,
        form: Mapping[str, str | list[str]],
        headers: Mapping[str, str] | None = None,
    ) -> Call:
        """POST any form to a path below the realm's OAuth2 base.

        Args:
            path: Such as ``access_token``.
            form: The parameters; a list is sent as a repeated parameter.
            headers: Further headers.
        """
        return self.send(self.draft(path, form, headers))

    def draft(
        self,
        path: str,
        form: Mapping[str, str | list[str]],
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        """The same request, not sent yet."""
        url = self._url(path)
        if headers or not is_plain(form):
            return self._built("POST", url, data=dict(form), headers=headers)
        return plain_request(self._http, url, form)

    def send(self, request: httpx.Request) -> Call:
        """Send a request and return the call."""
        return kept(self._http.send(request))

    def again(self, call: Call, changes: Mapping[str, str | None]) -> Call:
        """Send a call's form once more.

        Args:
            call: A POST of a form.
            changes: Other values by parameter; None leaves a parameter out.
        """
        return self.send(edited_request(call, changes))

    def _built(self, method: str, url: httpx.URL | str, **what: Any) -> httpx.Request:
        """A request, unless it has a character that cannot travel where it stands."""
        try:
            return self._http.build_request(method, url, **what)
        except UnicodeEncodeError as problem:
            found = ascii(problem.object[problem.start])
            raise SettingError(
                f"The request has the character {found}: a header has ASCII alone, and "
                "nothing half of a surrogate pair."
            ) from None

    def _url(self, path: str) -> httpx.URL:
        """The full URL; parsed once a path, since an agent sends many requests."""
        if path not in self._urls:
            self._urls[path] = httpx.URL(f"{self.realm_url}/{path}")
        return self._urls[path]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _with(form: dict[str, str], *, scope: str | None) -> dict[str, str]:
    return form if scope is None else {**form, "scope": scope}
