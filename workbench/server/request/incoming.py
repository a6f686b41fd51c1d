"""A request at one of the realm's endpoints, read but not yet believed."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Request

from workbench.am.admin.audit import Event
from workbench.am.basics.secrets import (
    HIDDEN_HEADERS,
    HIDDEN_PARAMETERS,
    safe_text,
)
from workbench.am.clients.client import Client
from workbench.am.people.session import COOKIE, Session
from workbench.am.realm import Realm
from workbench.errors import InvalidRequest, OAuthError
from workbench.server.request.client_auth import authenticate
from workbench.server.request.credentials import credentials
from workbench.server.request.json_body import read_json
from workbench.server.request.parameters import (
    LARGEST,
    RequestParameters,
    form_and_query,
    from_pairs,
    read_form,
    read_query,
)

LENGTH = re.compile(r"[0-9]{1,18}\Z")
"""What a Content-Length may look like; a longer one no body has."""

EVENTS = "workbench.events"
"""Where a caller in this process puts a list into the environ, to be told what was
recorded of its request. No header can have this name, so nobody outside can ask."""

CREDENTIALS = frozenset({"client_id", "client_secret"})
"""What an administrator can let count in the query of a token request."""


class Incoming:
    """One request: its parameters, its client, and what scripts see of it.

    The body is received at once, so that nobody waits on a slow sender later.

    Args:
        realm: Whom it asks, with the URLs of the form that it came by.
        request: As it came.
        below: Its path below the realm's.

    Attributes:
        events: What was recorded of it so far.
    """

    def __init__(self, realm: Realm, request: Request, below: str) -> None:
        self.realm = realm
        self.request = request
        self.events: list[Event] = []
        self._below = below
        self._body = _receive(request)

    @cached_property
    def parameters(self) -> RequestParameters:
        """The form.

        Raises:
            InvalidRequest: It cannot be read.
        """
        return read_form(self._content_type, self._readable_body)

    @cached_property
    def query(self) -> RequestParameters:
        """What follows the question mark; raises as above."""
        return read_query(self.request.query_string)

    @cached_property
    def form_and_query(self) -> RequestParameters:
        """Both, for the endpoint that takes either; raises as above."""
        if self.request.method != "POST":
            return self.query
        query = self.request.query_string
        return form_and_query(self._content_type, self._readable_body, query)

    @cached_property
    def json(self) -> dict[str, Any]:
        """The JSON object of the body; raises as above."""
        return read_json(self._content_type, self._readable_body)

    @property
    def session(self) -> Session | None:
        """The live session whose cookie came along, or None."""
        token = self.session_token
        return self.realm.sessions.find(token, self.realm.users) if token else None

    @property
    def session_token(self) -> str:
        """What the session cookie carries; "" where none came along."""
        if COOKIE not in self.request.headers.get("Cookie", ""):
            return ""
        return self.request.cookies.get(COOKIE, "")

    @property
    def has_body(self) -> bool:
        """Whether there is a body, or one that cannot be read."""
        return self._body != b""

    def mentions(self, text: bytes) -> bool:
        """Whether the body holds this text, be it a form or not."""
        return isinstance(self._body, bytes) and text in self._body

    def authenticated_client(self) -> Client:
        """The client that sent it; raises as ``authenticate`` does."""
        return authenticate(
            self.realm, self._with_query, self._authorization, self._url
        )

    @property
    def client_id(self) -> str:
        """The client that it names, for the audit trail; "" where unreadable."""
        with suppress(OAuthError):
            sent = credentials(self._with_query, self._authorization)
            return safe_text(sent.client_ids[0])
        with suppress(OAuthError):
            return safe_text(self.query.get("client_id") or "")
        return ""

    @property
    def summary(self) -> str:
        """What it is, in a few words."""
        return f"{safe_text(self.request.method, 40)} {safe_text(self._below, 200)}"

    def properties(self) -> Mapping[str, Any]:
        """What a script sees as ``requestProperties`` (PingAM 8.1 scripting API)."""
        return self._properties(self.parameters)

    def properties_with_query(self) -> Mapping[str, Any]:
        """The same of a request whose parameters may stand in the URL."""
        return self._properties(self.form_and_query)

    def registration_properties(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same for a registration script, which sees the JSON body as well."""
        shown_body = {
            name: value for name, value in body.items() if name not in HIDDEN_PARAMETERS
        }
        return {**self._properties(self.query), "requestBody": shown_body}

    def _properties(self, parameters: RequestParameters) -> dict[str, Any]:
        headers: dict[str, list[str]] = {}
        for name, value in self.request.headers:
            if name not in HIDDEN_HEADERS:
                headers.setdefault(name, []).append(value)
        return {
            "requestUri": self.request.base_url,
            "realm": self.realm.path,
            "requestParams": {
                name: list(values)
                for name, values in parameters.lists.items()
                if name not in HIDDEN_PARAMETERS
            },
            "requestHeaders": headers,
        }

    def record(
        self, kind: str, client_id: str, summary: str, *, status: int = 200, **more: Any
    ) -> None:
        """Add what was answered to the audit trail; ``more`` as Event has it."""
        event = Event(
            time=self.realm.clock.now(),
            kind=kind,
            client_id=client_id,
            summary=summary,
            status=status,
            realm=self.realm.path,
            **more,
        )
        self.events.append(event)
        self.realm.recorder.record(event)

    @property
    def _with_query(self) -> RequestParameters:
        """The form, and client credentials of the query where the provider says so.

        By default those do not count (PingAM 8.1,
        ``allowClientCredentialsInTokenRequestQueryParameters``).
        """
        allowed = (
            self.realm.provider.allowClientCredentialsInTokenRequestQueryParameters
        )
        if not allowed or not self.request.path.endswith("/access_token"):
            return self.parameters
        named = [pair for pair in self.query.pairs() if pair[0] in CREDENTIALS]
        return from_pairs([*self.parameters.pairs(), *named])

    @property
    def _url(self) -> str:
        """The endpoint as the realm publishes it, however it was reached."""
        return f"{self.realm.oauth2_url}{self._below}"

    @property
    def _content_type(self) -> str:
        return self.request.headers.get("Content-Type", "")

    @property
    def _readable_body(self) -> bytes:
        if isinstance(self._body, InvalidRequest):
            raise self._body
        return self._body

    @property
    def _authorization(self) -> str | None:
        return self.request.headers.get("Authorization")


def _receive(request: Request) -> bytes | InvalidRequest:
    """The whole body, or why there is none."""
    length = request.environ.get("CONTENT_LENGTH") or ""
    if length and not LENGTH.match(length):
        return InvalidRequest("Invalid Content-Length")
    request.max_content_length = LARGEST
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return InvalidRequest(f"The request is larger than {LARGEST} bytes")
    except (HTTPException, OSError, ValueError):
        return InvalidRequest("The request could not be read to its end")
    if length and len(body) != int(length):
        return InvalidRequest("The request is shorter than its Content-Length")
    return body
