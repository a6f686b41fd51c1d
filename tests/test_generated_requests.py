"""Whatever is sent to the token endpoint, three things hold (hypothesis).

Never a 500; never a token without every rule passed; never a token or a secret
in a refusal, the trail or a repr.
"""

import base64
import hmac
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import event as hypothesis_event
from hypothesis import strategies as st

from workbench import Workbench

SECRET = "s3cr3t-of-the-risk-agent"
TYPE = "urn:ietf:params:oauth:token-type:access_token"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


@pytest.fixture(scope="module")
def bench() -> Iterator[tuple[Workbench, dict[str, str]]]:
    """A prepared bench, and the good values that requests are made from."""
    with Workbench(now=1_790_000_000, seed="generated") as wb:
        wb.prepare("agent-for-agent")
        wb.realm.update("risk-agent", secret=SECRET, default_scopes=["write"])
        actor = wb.client.client_credentials("risk-agent", SECRET, scope="read")
        subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
        yield wb, {"actor": actor.access_token, "subject": subject.access_token}


ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", "\x00", "a b", "..", "a.b.c", "null", "é", "\u202e"]),
)
NAMES = (
    "grant_type",
    "client_id",
    "client_secret",
    "scope",
    "subject_token",
    "subject_token_type",
    "actor_token",
    "actor_token_type",
    "requested_token_type",
    "audience",
    "resource",
    "client_assertion",
    "client_assertion_type",
    "custom",
)
GOOD: dict[str, list[str]] = {
    "grant_type": [EXCHANGE, "client_credentials"],
    "client_id": ["risk-agent", "data-agent"],
    "client_secret": [SECRET, "mySecret"],
    "scope": ["read", "write delete", "admin"],
    "subject_token": ["<subject>", "<actor>"],
    "subject_token_type": [TYPE, "urn:ietf:params:oauth:token-type:id_token"],
    "actor_token": ["<actor>", "<subject>"],
    "actor_token_type": [TYPE],
    "requested_token_type": [TYPE, "urn:ietf:params:oauth:token-type:jwt"],
    "audience": ["https://api.example"],
    "resource": ["https://api.example"],
    "client_assertion": [
        "e30.e30.x",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyaXNrLWFnZW50In0.x",
    ],
    "client_assertion_type": [ASSERTION],
    "custom": ["x"],
}


def value_for(name: str) -> st.SearchStrategy[str]:
    good = st.sampled_from(GOOD[name])
    return st.one_of(good, good, good, ODD)


FIELD = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), value_for(name))
)
BASE = {name: GOOD[name][0] for name in NAMES[:8]}


def changed(changes: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    form: dict[str, str | None] = {**BASE, **dict(changes)}
    return [(name, value) for name, value in form.items() if value is not None]


LEFT_OUT = st.sampled_from(NAMES).map(lambda name: (name, None))
FORM = st.one_of(
    st.lists(st.one_of(FIELD, FIELD, LEFT_OUT), max_size=3).map(changed),
    st.lists(FIELD, max_size=12),
)


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(form=FORM)
def test_the_token_endpoint_keeps_its_promises(
    bench: tuple[Workbench, dict[str, str]], form: list[tuple[str, str]]
) -> None:
    wb, tokens = bench
    sent = [(name, filled(value, tokens)) for name, value in form]

    answer = post(wb, sent)

    event = wb.audit[-1]
    hypothesis_event(f"{event.kind} {answer.status_code}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert event.decision is None or all(c.passed for c in event.decision.checks)
    else:
        assert set(answer.json()) == {"error", "error_description"}
        assert not leaks(answer.text, tokens)
    assert not leaks(repr(event), tokens)


def filled(value: str, tokens: dict[str, str]) -> str:
    return tokens.get(value.strip("<>"), value) if value.startswith("<") else value


def post(wb: Workbench, form: list[tuple[str, str]]) -> Any:
    from urllib.parse import urlencode

    return wb.http.post(
        f"{wb.realm.oauth2_url}/access_token",
        content=urlencode(form),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )


def leaks(text: str, tokens: dict[str, str]) -> bool:
    return any(secret in text for secret in (SECRET, *tokens.values()))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(body=st.binary(max_size=400), kind=st.sampled_from(["form", "text", "none"]))
def test_no_octets_break_the_token_endpoint(
    bench: tuple[Workbench, dict[str, str]], body: bytes, kind: str
) -> None:
    wb, _ = bench
    types = {"form": "application/x-www-form-urlencoded", "text": "text/plain"}
    headers = {"Content-Type": types[kind]} if kind in types else {}

    answer = wb.http.post(
        f"{wb.realm.oauth2_url}/access_token", content=body, headers=headers
    )

    assert answer.status_code == 400
    assert answer.json()["error"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(value=st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_authorization_header_breaks_it(
    bench: tuple[Workbench, dict[str, str]], value: str | bytes
) -> None:
    import base64

    wb, _ = bench
    octets = value.encode("utf-8", "replace") if isinstance(value, str) else value
    header = f"Basic {base64.b64encode(octets).decode()}"

    answer = wb.http.post(
        f"{wb.realm.oauth2_url}/access_token",
        data={"grant_type": "client_credentials", "scope": "read"},
        headers={"Authorization": header},
    )

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


ODD_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
CLAIMS = st.dictionaries(
    st.sampled_from(["exp", "aud", "iss", "sub", "jti", "nbf", "iat"]),
    ODD_JSON,
    max_size=3,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(changes=CLAIMS, header=st.dictionaries(st.text(max_size=5), ODD_JSON))
def test_no_client_assertion_breaks_the_token_endpoint(
    bench: tuple[Workbench, dict[str, str]], changes: Any, header: Any
) -> None:
    wb, tokens = bench
    issuer, now = wb.realm.oauth2_url, wb.clock.now()
    good = {
        "iss": "a",
        "sub": "a",
        "aud": issuer,
        "exp": now + 60,
        "jti": wb.realm.ids.uuid(),
    }
    claims, secret = {**good, **changes}, SECRET * 2
    if "a" not in wb.realm.clients:
        wb.realm.register_client(
            "a",
            secret=secret,
            scopes=["read"],
            grant_types=["client_credentials"],
            token_endpoint_auth_signing_alg="HS256",
        )
    assertion = signed(claims, secret, {**header, "alg": "HS256"})

    answer = post(
        wb,
        [
            ("grant_type", "client_credentials"),
            ("scope", "read"),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", assertion),
        ],
    )

    hypothesis_event(answer.json().get("error_description", "granted"))
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert (claims["sub"], isinstance(claims["iss"], str)) == ("a", True)
        assert now < claims["exp"] <= now + 1800
    assert assertion not in answer.text + repr(wb.audit[-1])
    assert not leaks(answer.text + repr(wb.audit[-1]), tokens)


def signed(claims: Any, secret: str, header: Any) -> str:
    parts = (json.dumps(part).encode() for part in (header, claims))
    body = ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts)
    mac = hmac.digest(secret.encode(), body.encode(), "sha256")
    return f"{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
