"""A request with its answer, and the list of them."""

import json
import weakref
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from workbench.agent.draft import Draft, Headers, as_text
from workbench.agent.not_json import NotJson, not_json
from workbench.am.admin.audit import Event
from workbench.am.basics.bounded import Bounded
from workbench.am.basics.watching import Watchers
from workbench.errors import NotYet
from workbench.server.request.incoming import EVENTS

CALL = "workbench.call"
"""Where a response has the call that it became."""

MOST = 1_000
"""How many calls a transcript keeps, unless it is told otherwise: about 5 MB."""


class Travelled(NamedTuple):
    """A call as octets: all that it was made of, and what the audit trail has of it."""

    method: str
    url: str
    sent: Headers
    content: bytes
    status: int
    received: Headers
    answer: bytes
    reason: str = ""
    event: Event | None = None


class Call(Draft):
    """One request and its answer. Tokens and secrets stay out of the repr.

    Args:
        response: As httpx received it.
        about_refresh_token: Says what is good to know of one, out of its value.

    Attributes:
        status: The answer's.
        octets: How long the two bodies are together.
        reason: Why the answer is what it is, as the audit trail has it: for a refusal
            of every endpoint more than goes over the wire. "" where there is none, and
            for a server that is another process.
    """

    __slots__ = (
        "_about_refresh_token",
        "_answer",
        "_event",
        "_received",
        "octets",
        "reason",
        "status",
    )

    def __init__(
        self,
        response: httpx.Response,
        about_refresh_token: Callable[[str], str] = lambda value: "",
    ) -> None:
        super().__init__(response.request)
        self._about_refresh_token = about_refresh_token
        self.status: int = response.status_code
        self._received = response.headers.raw
        self._answer = response.content
        self.octets = len(self._content) + len(self._answer)
        events: list[Event] = response.extensions.pop(EVENTS, [])
        reasons = [event.reason for event in reversed(events) if event.reason]
        self.reason: str = reasons[0] if reasons else ""
        self._event = _weakly(events[-1] if events else None)

    @property
    def event(self) -> Event | None:
        """What the audit trail keeps of it; None where it keeps nothing, or no longer.

        The trail alone says how long: a call does not keep the texts that scripts log.
        """
        return self._event() if self._event else None

    @property
    def travelled(self) -> Travelled:
        """All of it as octets, tokens and secrets too."""
        return Travelled(
            self.method,
            self.url,
            self._sent,
            self._content,
            self.status,
            self._received,
            self._answer,
            self.reason,
            self.event,
        )

    @classmethod
    def again(
        cls, travelled: Travelled, about_refresh_token: Callable[[str], str]
    ) -> Self:
        """The same call once more, without sending anything."""
        call = object.__new__(cls)
        call.method, call.url, call._sent, call._content = travelled[:4]
        call.status, call._received, call._answer = travelled[4:7]
        call.reason, call._event = travelled.reason, _weakly(travelled.event)
        call.octets = len(call._content) + len(call._answer)
        call._about_refresh_token = about_refresh_token
        return call

    @property
    def response_headers(self) -> tuple[tuple[str, str], ...]:
        """The answer's headers in the order received."""
        return as_text(self._received)

    @property
    def body(self) -> str:
        """The answer's body as text."""
        return self._answer.decode("utf-8", "replace")

    @property
    def remark(self) -> str:
        """What is good to know beside the answer, and is not in it; or ""."""
        body = self.json_or_none
        value = body.get("refresh_token") if isinstance(body, dict) else None
        return self._about_refresh_token(value) if isinstance(value, str) else ""

    @property
    def json(self) -> Any:
        """The answer's body read as JSON.

        Raises:
            NotJson: It is none, as of a redirect; the message says what it is.
        """
        try:
            return json.loads(self._answer)
        except (ValueError, RecursionError):
            raise not_json(
                self.status, dict(self.response_headers), self.body
            ) from None

    @property
    def access_token(self) -> str:
        """The token that the answer carries.

        Raises:
            NotYet: The answer carries none; the message says what it says.
        """
        return self._member("access_token")

    @property
    def refresh_token(self) -> str:
        """The refresh token that the answer carries; raises as above."""
        return self._member("refresh_token")

    @property
    def token_id(self) -> str:
        """The session token that the answer carries; raises as above."""
        return self._member("tokenId")

    @property
    def id_token(self) -> str:
        """The ID token that the answer carries; raises as above."""
        return self._member("id_token")

    @property
    def auth_req_id(self) -> str:
        """What a backchannel request is polled with; raises as above."""
        return self._member("auth_req_id")

    @property
    def client_id(self) -> str:
        """The id of the client that registered itself; raises as above."""
        return self._member("client_id")

    @property
    def client_secret(self) -> str:
        """Its secret; raises as above."""
        return self._member("client_secret")

    @property
    def registration_client_uri(self) -> str:
        """Where it manages its registration; raises as above."""
        return self._member("registration_client_uri")

    @property
    def registration_access_token(self) -> str:
        """What opens its registration; raises as above."""
        return self._member("registration_access_token")

    @property
    def code(self) -> str:
        """The authorization code that the answer redirects with.

        Raises:
            NotYet: The answer redirects nowhere, or without a code.
        """
        location = dict(self.response_headers).get("location", "")
        query = dict(parse_qsl(urlsplit(location).query))
        if "code" not in query:
            raise NotYet(f"The answer ({self.status}) has no code. {self._reason()}")
        return query["code"]

    @property
    def json_or_none(self) -> Any:
        """The same, or None where it is not JSON, as of a redirect."""
        try:
            return self.json
        except ValueError:
            return None

    def _reason(self) -> str:
        body = self.json_or_none
        return str(body.get("error_description", "")) if isinstance(body, dict) else ""

    def _member(self, name: str) -> str:
        try:
            body, reason = self.json, self._reason()
        except NotJson as problem:
            body, reason = None, str(problem)
        if isinstance(body, dict) and body.get(name) is not None:
            return str(body[name])
        raise NotYet(f"The answer ({self.status}) has no {name}. {reason}".strip())

    def __repr__(self) -> str:
        return f"<Call {self.method} {self.url.partition('?')[0]} {self.status}>"


class Transcript(Bounded[Call]):
    """The calls in the order they were made: the latest ``most`` of them.

    A list for whoever reads it; ``most`` can be set at any time. Where bodies are long
    it keeps fewer: ``most_weight`` octets of them together, ten million unless it is
    set.

    Args:
        calls: Those that it begins with.
        most: How many it keeps.

    Attributes:
        watchers: Whoever shows the calls, or what came in them.
        about_refresh_token: Says what is good to know of one that came.
        memory: What was last worked out of the calls, and at which state.
    """

    def __init__(self, calls: Iterable[Call] = (), *, most: int = MOST) -> None:
        super().__init__(calls, most=most)
        self.watchers = Watchers()
        self.memory: tuple[Any, Any] = (None, None)
        self.about_refresh_token: Callable[[str], str] = lambda value: ""

    def weight_of(self, call: Call) -> int:
        """The octets of its two bodies."""
        return call.octets

    def keep(self, response: httpx.Response) -> None:
        """Add a finished call; meant as an httpx response hook."""
        response.read()
        call = Call(response, self.about_refresh_token)
        response.extensions[CALL] = call
        self.append(call)
        self.watchers.refresh()


def kept(response: httpx.Response) -> Call:
    """The call that a response became, whoever else sends requests meanwhile."""
    call: Call = response.extensions[CALL]
    return call


def _weakly(event: Event | None) -> "weakref.ref[Event] | None":
    return None if event is None else weakref.ref(event)
