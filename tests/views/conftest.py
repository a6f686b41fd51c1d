"""One exchange in values: tokens, calls, decisions, events, scripts."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.clients.client import AIAgent
from workbench.am.exchange.decision import Check, Decision, Grant, Granted, Refused
from workbench.am.scripts.script import LogLine, MayActScript, ScriptOutcome
from workbench.am.tokens.inspection import Inspection
from workbench.errors import ScriptError

NOW = 1_790_000_000
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
URL = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token"

Tokens = Callable[..., Inspection]
Calls = Callable[..., SimpleNamespace]


@pytest.fixture
def token() -> Tokens:
    """Makes a token as laid open; keyword arguments are its claims."""

    def make(
        label: str = "token", /, state: str = "active", **claims: Any
    ) -> Inspection:
        return Inspection(
            label=label,
            form="client-side",
            header={"typ": "JWT", "alg": "HS256"},
            claims={"exp": NOW + 3600, "iat": NOW, **claims},
            introspection=None,
            genuine=True,
            signature="Verified: signed by this realm with HS256.",
            state=state,
            now=NOW,
        )

    return make


@pytest.fixture
def actor(token: Tokens) -> Inspection:
    """risk-agent's own token."""
    return token(
        "actor token",
        sub="(age!risk-agent)",
        client_id="risk-agent",
        grant_type="client_credentials",
        scope=["read"],
        jti="b" * 27,
    )


@pytest.fixture
def subject(token: Tokens) -> Inspection:
    """data-agent's token, in which may_act names risk-agent."""
    return token(
        "subject token",
        sub="(age!data-agent)",
        client_id="data-agent",
        grant_type="client_credentials",
        scope=["read"],
        jti="a" * 27,
        may_act={"client_id": "risk-agent", "sub": "(age!risk-agent)"},
    )


@pytest.fixture
def issued(token: Tokens) -> Inspection:
    """What the exchange gave."""
    return token(
        "issued token",
        sub="(age!data-agent)",
        client_id="risk-agent",
        grant_type=EXCHANGE,
        scope=["read"],
        jti="c" * 27,
        act={"sub": "(age!risk-agent)"},
    )


@pytest.fixture
def call() -> Calls:
    """Makes a call: the vendor page's exchange, with some fields changed."""

    def make(**changes: Any) -> SimpleNamespace:
        fields: dict[str, Any] = {
            "method": "POST",
            "url": URL,
            "request_headers": (
                ("host", "am.example.com:8443"),
                ("accept", "*/*"),
                ("user-agent", "python-httpx/0.28.1"),
                ("content-type", "application/x-www-form-urlencoded"),
            ),
            "form": (
                ("client_id", "risk-agent"),
                ("client_secret", "mySecret"),
                ("grant_type", EXCHANGE),
                ("scope", "read"),
                ("subject_token", JWT),
                ("subject_token_type", ACCESS_TOKEN),
            ),
            "sent_json": "",
            "status": 200,
            "response_headers": (
                ("content-type", "application/json"),
                ("date", "today"),
            ),
            "body": f'{{"access_token":"{JWT}","scope":"read","expires_in":3599}}',
        }
        return SimpleNamespace(**{**fields, **changes})

    return make


def _check(rule: str, **changes: Any) -> Check:
    fields: dict[str, Any] = {
        "rule": rule,
        "passed": True,
        "expected": "this",
        "found": "this",
        "source": "PingAM 8.1, Token exchange; RFC 8693 section 2.1",
        "decided_by": "request",
    }
    return Check(**{**fields, **changes})


@pytest.fixture
def granted() -> Decision:
    """A decision in which every rule passed."""
    return Granted(
        checks=(_check("The client authenticated"), _check("The token is valid")),
        client_id="risk-agent",
        client=AIAgent(client_id="risk-agent", secret="s"),
        subject={"sub": "(age!data-agent)"},
        given=Grant(scope=("read",), audience=(), act={"sub": "(age!risk-agent)"}),
    )


@pytest.fixture
def refused() -> Decision:
    """A decision that the second of three rules refuses."""
    return Refused(
        checks=(
            _check("The client authenticated"),
            _check("may_act is there", passed=False, found="no may_act"),
            _check("A scope is asked for", passed=False),
        ),
        not_evaluated=("may_act names the client",),
        client_id="risk-agent",
    )


@pytest.fixture
def events(refused: Decision) -> AuditTrail:
    """A registration and a refused exchange."""
    return AuditTrail(
        [
            Event(time=NOW, kind="register", summary="AI agent was registered."),
            Event(
                time=NOW + 5,
                kind="exchange",
                client_id="risk-agent",
                summary="The exchange was refused.",
                status=400,
                error="invalid_request",
                description="Invalid token exchange.",
                decision=refused,
            ),
        ]
    )


@pytest.fixture
def script() -> MayActScript:
    """A script of three lines."""
    source = "(function () {\n\ttoken.setMayAct(mayAct);\n}());\n"
    return MayActScript(id="1", name="may-act", source=source)


@pytest.fixture
def stamped(script: MayActScript) -> ScriptOutcome:
    """A run that stamped a claim."""
    return ScriptOutcome(
        script=script,
        stamped=True,
        may_act={"sub": "(age!risk-agent)"},
        log=(LogLine("info", "stamping"),),
        seconds=0.0123,
    )


@pytest.fixture
def failed(script: MayActScript) -> ScriptOutcome:
    """A run that failed in line 2."""
    error = ScriptError(
        "ReferenceError: mayAct is not defined",
        line=2,
        column=18,
        source_line="\ttoken.setMayAct(mayAct);",
    )
    return ScriptOutcome(script=script, error=error)
