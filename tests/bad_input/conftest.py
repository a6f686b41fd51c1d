"""A bench, a good request for every endpoint and grant, and how to spoil one."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_from_bytes, quote_plus, urlsplit

import pytest
from werkzeug.test import Client, TestResponse

from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.course.use_cases.use_case import CALLBACK

SECRET = "s3cr3t-of-the-agent"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
URN = "urn:ietf:params:oauth:token-type:access_token"
VERIFIER = "a-verifier-that-is-long-enough-for-RFC-7636"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """A request, with its parameters as octets where they are odd."""

    path: str
    sent: dict[str, Any]
    method: str = "POST"
    where: str = "form"  # or query or headers
    headers: dict[str, str] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Request":
        sent = {**self.sent, **changes}
        return replace(
            self, sent={name: v for name, v in sent.items() if v is not None}
        )

    def renamed(self, name: str, new: str) -> "Request":
        sent = {new if each == name else each: v for each, v in self.sent.items()}
        return replace(self, sent=sent)

    def encoded(self, *more: tuple[str, Any]) -> str:
        return "&".join(
            f"{quote_plus(name)}={_quoted(value)}"
            for name, value in [*self.sent.items(), *more]
        )


def _quoted(value: str | bytes) -> str:
    return quote_from_bytes(value) if isinstance(value, bytes) else quote_plus(value)


class Peer:
    """Sends requests to a bench, and knows what it must never hear or leave behind."""

    def __init__(self, wb: Workbench) -> None:
        self.wb = wb
        self.http = Client(wb.app, use_cookies=False)
        self.renew()

    def renew(self) -> None:
        """Good requests that nobody has sent yet."""
        self.good = good_requests(self.wb)
        self.tokens = tokens_in(self.good)

    def send(self, request: Request, *more: tuple[str, Any]) -> TestResponse:
        base = self.wb.realm.json_url if request.where == "headers" else None
        path = urlsplit(base or self.wb.realm.oauth2_url).path + request.path
        if request.where == "headers":
            headers = [*request.sent.items(), *request.headers.items(), *more]
            return self.http.open(path, method="POST", headers=headers)
        query, form = request.encoded(*more), ""
        if request.where == "form":
            query, form = form, query
        return self.http.open(
            path,
            method=request.method,
            query_string=query,
            data=form,
            content_type=FORM,
            headers=request.headers,
        )

    def state(self) -> Any:
        """What is stored, but for the trail."""
        realm = self.wb.realm
        return (
            *map(len, realm.tokens.tables),
            [(value, code.used) for value, code in realm.codes.tables[0].items()],
            sorted(realm.sessions.tables[0]),
            dict(realm.clients),
            dict(realm.users),
        )

    def refuses(self, request: Request, *more: tuple[str, Any]) -> tuple[int, str, str]:
        """Status, error and text; having checked that nothing was stored or leaked."""
        before, events = self.state(), len(self.wb.audit)

        answer = self.send(request, *more)

        new = self.wb.audit[events:]
        assert answer.status_code in (400, 401, 403), answer.text
        assert self.state() == before
        assert not any(event.issued for event in new)
        for text in (answer.text, str(answer.headers), repr(new)):
            self.is_clean(text)
        assert len(answer.data) < 2000
        assert len(repr(new)) < 50_000
        body = answer.get_json()
        return (
            answer.status_code,
            body.get("error", body.get("reason")),
            body.get("error_description", body.get("message")),
        )

    def is_clean(self, text: str) -> None:
        for secret in (SECRET, "mySecret", USER_PASSWORD, *self.tokens):
            assert secret not in text


def good_requests(wb: Workbench) -> dict[str, Request]:
    """One for each endpoint and grant."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    asked = {
        "client_id": "hr-client",
        "response_type": "code",
        "scope": "openid read",
        "redirect_uri": CALLBACK,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
        "decision": "allow",
        "csrf": session,
    }
    cookie = {"Cookie": f"iPlanetDirectoryPro={session}"}
    authorize = Request("/authorize", asked, headers=cookie)
    web = {"client_id": "hr-client", "client_secret": "mySecret"}
    agent = {"client_id": "hr-agent", "client_secret": SECRET}
    user = wb.client.password(
        "hr-client", "mySecret", USER, USER_PASSWORD, scope="openid read"
    )
    own = wb.client.client_credentials("hr-agent", SECRET, scope="read").access_token

    def token(grant_type: str, **more: str) -> Request:
        return Request("/access_token", {"grant_type": grant_type, **more})

    return {
        "client credentials": token("client_credentials", **agent, scope="read"),
        "password": token(
            "password", **web, username=USER, password=USER_PASSWORD, scope="read"
        ),
        "code": token(
            "authorization_code",
            **web,
            code=wb.client.authorize(
                "hr-client",
                session,
                redirect_uri=CALLBACK,
                scope="openid read",
                code_challenge=asked["code_challenge"],
                code_challenge_method="S256",
            ).code,
            redirect_uri=CALLBACK,
            code_verifier=VERIFIER,
        ),
        "refresh": token("refresh_token", **web, refresh_token=user.refresh_token),
        "exchange": token(
            EXCHANGE,
            **agent,
            subject_token=user.access_token,
            subject_token_type=URN,
            actor_token=own,
            actor_token_type=URN,
            scope="read",
        ),
        "introspect": Request("/introspect", {**agent, "token": own}),
        "revoke": Request("/token/revoke", {**agent, "token": own}),
        "authorize": authorize,
        "authorize by query": replace(authorize, where="query"),
        "tokeninfo": Request(
            "/tokeninfo", {"access_token": own}, method="GET", where="query"
        ),
        "userinfo": Request("/userinfo", {"access_token": user.access_token}),
        "authenticate": Request(
            "/authenticate",
            {"X-OpenAM-Username": USER, "X-OpenAM-Password": USER_PASSWORD},
            where="headers",
        ),
    }


def tokens_in(good: dict[str, Request]) -> set[str]:
    names = {"code", "refresh_token", "subject_token", "actor_token", "token", "csrf"}
    return {
        value
        for request in good.values()
        for name, value in request.sent.items()
        if name in names | {"access_token"}
    }


def prepared() -> Workbench:
    wb = Workbench(now=1_790_000_000, seed="bad input")
    wb.prepare("agent-for-user")
    wb.realm.update(
        "hr-client", grant_types=["authorization_code", "refresh_token", "password"]
    )
    wb.realm.update("hr-agent", secret=SECRET)
    return wb


@pytest.fixture(scope="package")
def peer() -> Iterator[Peer]:
    """For requests that change nothing, and so may share a bench."""
    with prepared() as wb:
        yield Peer(wb)


@pytest.fixture
def new_peer() -> Iterator[Peer]:
    """For requests that change something."""
    with prepared() as wb:
        yield Peer(wb)
