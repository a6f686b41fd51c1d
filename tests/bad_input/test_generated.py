"""Whatever is sent to any endpoint, these things hold (hypothesis).

Never a 500; never a token, code or session unless each value that it takes was the
right one; never a token or secret in an answer, the trail or a log, but where one is
issued; nothing stored by a refusal.
"""

import base64
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import event as hypothesis_event
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.am.settings.profile import PROFILES

from .conftest import Peer

ENDPOINTS = (
    "client credentials",
    "password",
    "code",
    "refresh",
    "exchange",
    "introspect",
    "revoke",
    "authorize",
    "authorize by query",
    "tokeninfo",
    "userinfo",
    "authenticate",
)
ODD = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=30),
    st.sampled_from(
        ["", " ", "\x00", "a.b.c", "..", "null", "[]", "9" * 400, "é", "*"]
    ),
)
PUBLIC = (
    "client_id",
    "grant_type",
    "scope",
    "code",
    "refresh_token",
    "subject_token",
    "actor_token",
    "token",
    "access_token",
    "csrf",
    "subject_token_type",
    "decision",
    "username",
)
"""Whose good values may be sent under any name; secrets only under their own."""

NAMES = (
    *PUBLIC,
    "client_secret",
    "password",
    "redirect_uri",
    "code_verifier",
    "response_type",
    "code_challenge",
    "code_challenge_method",
    "actor_token_type",
    "requested_token_type",
    "audience",
    "resource",
    "state",
    "nonce",
    "prompt",
    "client_assertion",
    "client_assertion_type",
    "X-OpenAM-Username",
)
OWN, FROM = "own", "from"
NAME = st.one_of(st.integers(0, 8), st.integers(0, 8), st.sampled_from(NAMES))
"""One of the request's own parameters by its place, or any."""

VALUE = st.one_of(
    ODD,
    st.none(),
    st.tuples(st.just(FROM), st.sampled_from(ENDPOINTS), st.sampled_from(PUBLIC)),
    st.tuples(st.just(OWN), st.sampled_from(ENDPOINTS)),
)
CHANGES = st.lists(st.tuples(NAME, VALUE), max_size=2)
MORE: st.SearchStrategy[list[Any]] = st.one_of(
    st.just([]), st.just([]), st.tuples(st.sampled_from(NAMES), ODD).map(lambda x: [x])
)
HEADER = st.sampled_from(
    [None] * 9 + ["basic", "swapped", "bearer", "Basic !!!", "Bearer", "\xff"]
)
COOKIE = st.sampled_from(
    [True, True, True, True, False, "iPlanetDirectoryPro=x", "=;;\xff"]
)


@pytest.fixture(scope="module")
def logged() -> Iterator[list[str]]:
    """Whatever was logged, by anybody."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module", autouse=True)
def as_it_was(peer: Peer) -> Iterator[None]:
    """The bench goes on to others with PingAM's profile and fresh tokens."""
    yield
    peer.wb.profile = "pingam-8.1"
    peer.renew()


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    endpoint=st.sampled_from(ENDPOINTS),
    changes=CHANGES,
    more=MORE,
    header=HEADER,
    cookie=COOKIE,
    profile=st.sampled_from(["pingam-8.1", "pingam-8.1", *PROFILES]),
)
def test_every_endpoint_keeps_its_promises(
    peer: Peer,
    logged: list[str],
    endpoint: str,
    changes: list[tuple[Any, Any]],
    more: list[tuple[str, Any]],
    header: str | None,
    cookie: Any,
    profile: str,
) -> None:
    peer.wb.profile = profile
    peer.renew()
    request = spoiled(peer, endpoint, changes, header, cookie)
    if request.where == "headers":  # a client sends no odd octets in a header
        more = []
    before, events = peer.state(), len(peer.wb.audit)

    answer = peer.send(request, *more)

    hypothesis_event(f"{endpoint} {answer.status_code}")
    new = peer.wb.audit[events:]
    peer.is_clean(repr(new) + "".join(logged))
    assert answer.status_code in (200, 302, 400, 401, 403), answer.text
    if answer.status_code >= 400:
        assert peer.state() == before
        assert not any(event.issued for event in new)
        peer.is_clean(answer.text + str(answer.headers))
    elif gave_something(answer):
        assert_earned(peer, request, answer)
        assert all(c.passed for e in new if e.decision for c in e.decision.checks)
    elif "/tokeninfo" not in request.path and "<form" not in answer.text:
        peer.is_clean(answer.text)


def spoiled(
    peer: Peer, endpoint: str, changes: list[tuple[Any, Any]], header: Any, cookie: Any
) -> Any:
    """A good request with some values changed, left out, or swapped with others."""
    request = peer.good[endpoint]
    own = list(request.sent)
    for which, value in changes:
        name = own[which % len(own)] if isinstance(which, int) else which
        if isinstance(value, tuple) and value[0] == OWN:
            value = peer.good[value[1]].sent.get(name)
        elif isinstance(value, tuple):
            value = peer.good[value[1]].sent.get(value[2])
        if request.where == "headers" and isinstance(value, bytes):
            value = value.decode("latin-1")
        if request.where == "headers" and value is not None:
            value = "".join(filter(str.isprintable, value)).encode().decode("latin-1")
        request = request.but(**{name: value})
    headers = {**request.headers, **_header(peer, header)}
    if cookie is not True:
        headers.pop("Cookie", None)
    if isinstance(cookie, str):
        headers["Cookie"] = cookie
    return replace(request, headers=headers)


def _header(peer: Peer, kind: str | None) -> dict[str, str]:
    agent = peer.good["client credentials"].sent
    pairs = {"basic": agent["client_secret"], "swapped": "mySecret"}
    if kind in pairs:
        pair = f"{agent['client_id']}:{pairs[kind]}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if kind == "bearer":
        return {
            "Authorization": f"Bearer {peer.good['tokeninfo'].sent['access_token']}"
        }
    return {} if kind is None else {"Authorization": kind}


def gave_something(answer: Any) -> bool:
    """Whether there is a token, a code or a session in it."""
    if answer.status_code == 302:
        return True
    body = answer.get_json(silent=True) or {}
    return (
        "access_token" in body and "token_type" in body and "tokenName" not in body
    ) or ("tokenId" in body)


def assert_earned(peer: Peer, request: Any, answer: Any) -> None:
    """What was given was asked for with the right values, judged anew."""
    sent = request.sent
    if request.where == "headers":
        assert sent == {**peer.good["authenticate"].sent, **sent}
        return
    if answer.status_code == 302:
        good = peer.good["authorize"].sent
        for name in ("client_id", "response_type", "csrf"):
            assert sent[name] == good[name]
        assert sent["decision"].lower() == "allow"
        assert request.headers["Cookie"].endswith(good["csrf"])
        assert answer.headers["Location"].startswith("https://www.example.com")
        return
    assert_client(peer, request)
    grant = sent["grant_type"]
    good = next(r.sent for r in peer.good.values() if r.sent.get("grant_type") == grant)
    for name in WORTH[grant]:
        assert sent[name] == good[name], name
    body = answer.get_json()
    allowed = peer.wb.realm.clients[sent.get("client_id", "hr-agent")].scopes
    assert set(body.get("scope", "").split()) <= set(allowed)


WORTH = {
    "client_credentials": (),
    "password": ("username", "password"),
    "authorization_code": ("code", "redirect_uri", "code_verifier"),
    "refresh_token": ("refresh_token",),
    "urn:ietf:params:oauth:grant-type:token-exchange": ("subject_token",),
}
"""What a grant gives a token for, beside the client's secret."""


def assert_client(peer: Peer, request: Any) -> None:
    sent = request.sent
    secrets = {
        r.sent["client_id"]: r.sent["client_secret"]
        for r in peer.good.values()
        if "client_secret" in r.sent
    }
    header = request.headers.get("Authorization", "")
    if header.startswith("Basic"):
        assert _header(peer, "basic")["Authorization"] == header
        assert sent.get("client_id") in (None, "", "hr-agent")
        return
    assert secrets[sent["client_id"]] == sent["client_secret"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    path=st.sampled_from(["access_token", "introspect", "token/revoke", "authorize"]),
    body=st.binary(max_size=300),
    query=st.binary(max_size=60),
)
def test_no_octets_break_an_endpoint(
    peer: Peer, path: str, body: bytes, query: bytes
) -> None:
    whole = f"{urlsplit(peer.wb.realm.oauth2_url).path}/{path}"

    answer = peer.http.post(
        whole,
        data=body,
        query_string=query.decode("latin-1"),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 400
    assert answer.get_json()["error"]
