"""Whatever a client says of itself, these things hold (hypothesis).

Never a 500; a refusal keeps nothing; what is registered is told as it was asked for;
no secret is in a refusal, the trail or a repr.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import Workbench
from workbench.am.registration.metadata import KINDS

REALM = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with Workbench(now=1_790_000_000, seed="generated") as wb:
        wb.prepare("autonomous-agent")
        yield wb


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
GOOD: dict[str, list[Any]] = {
    "client_name": ["a", ""],
    "client_type": ["Public", "Confidential"],
    "token_endpoint_auth_method": ["none", "client_secret_post"],
    "grant_types": [["client_credentials"], []],
    "response_types": [["code"]],
    "redirect_uris": [["https://a.example/"]],
    "scopes": [["read"], ["write", "read"]],
    "scope": ["read", ""],
    "default_scopes": [["read"]],
    "access_token_lifetime": [0, 60],
}


def value_for(name: str) -> st.SearchStrategy[Any]:
    good = st.sampled_from(GOOD[name]) if name in GOOD else ANY
    return st.one_of(good, good, good, ANY)


MEMBER = st.sampled_from([*GOOD, *GOOD, *KINDS]).flatmap(
    lambda name: st.tuples(st.just(name), value_for(name))
)


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(members=st.lists(MEMBER, max_size=4))
def test_the_registration_endpoint_keeps_its_promises(
    bench: Workbench, members: list[tuple[str, Any]]
) -> None:
    sent = dict(members)
    known = dict(bench.realm.clients)

    answer = bench.http.post(
        f"{REALM}/aiagent/register", content=as_json(sent), headers=JSON
    )

    body = answer.json()
    if answer.status_code == 201:
        asked = {name: value for name, value in sent.items() if value not in ("", [])}
        told = {n: v for n, v in asked.items() if v is not None and n != "scope"}
        assert {name: body.get(name) for name in told} == told
        assert body["client_id"] not in known
        event = repr(bench.audit[-1])
        assert body["registration_access_token"] not in event
        assert body.get("client_secret", "\0") not in event
    else:
        assert answer.status_code == 400
        assert set(body) == {"error", "error_description"}
        assert bench.realm.clients == known


def as_json(value: Any) -> bytes:
    """Also NaN, and half characters, which no client may send."""
    return json.dumps(value).encode()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(body=st.binary(max_size=200))
def test_no_octets_break_the_registration_endpoint(
    bench: Workbench, body: bytes
) -> None:
    answer = bench.http.post(f"{REALM}/register", content=body, headers=JSON)

    assert answer.status_code in (201, 400)
