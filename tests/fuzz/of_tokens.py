"""Targets that take tokens apart: JWTs, macaroons, assertions, keys."""

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from jwt.algorithms import HMACAlgorithm

from tests.fuzz.target import NOW, Target, bench, shows_no_token, text_of
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.jwks import check_jwks, keys_for
from workbench.am.tokens.assertion import assertion_fault, read_assertion
from workbench.am.tokens.client_side import open_jwt
from workbench.am.tokens.inspection import inspection
from workbench.am.tokens.jose.jwe import deflate
from workbench.am.tokens.macaroon import Macaroon, new_macaroon, parse
from workbench.am.tokens.token import Making, Reading, Token, compact
from workbench.am.tokens.unverified import decode_unverified, header_unverified
from workbench.errors import MacaroonError, RegistrationError
from workbench.views.tokens.token import token_html, token_text

HS256 = HMACAlgorithm(HMACAlgorithm.SHA256)
SECRET = "a secret of forty-eight octets for every HMAC of HS"
ALGORITHMS = "HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512"

CLAIMS: Claims = {
    "sub": "(usr!bjensen)",
    "iss": bench().realm.oauth2_url,
    "tokenName": "access_token",
    "authGrantId": "grant",
    "client_id": "hr-client",
    "aud": ["hr-client", "api"],
    "nbf": NOW,
    "scope": ["read", "write"],
    "auth_time": NOW,
    "realm": "/alpha",
    "exp": NOW + 3600,
    "iat": NOW,
    "expires_in": 3600,
    "jti": "jti",
}
"""Of a live access token."""


@cache
def made(**making: Any) -> Token:
    """A live token of the bench, in a form."""
    usual = {"client_side": True, "algorithm": "HS256"}
    return bench().realm.tokens.make(CLAIMS, Making(**{**usual, **making}))


def read(value: str) -> Reading:
    """What the realm makes of a value, twice the same and without showing it."""
    tokens, issuer = bench().realm.tokens, bench().realm.oauth2_url
    reading = tokens.read(value, issuer=issuer)
    assert reading == tokens.read(value, issuer=issuer)
    assert (reading.claims is None) == bool(reading.fault)
    shows_no_token(reading.fault)
    return reading


def token(octets: bytes) -> None:
    """Whatever a token may be: what is believed was made here."""
    value = text_of(octets)
    reading = read(value)
    decode_unverified(value)
    header_unverified(value)
    if reading.claims is not None and reading.macaroon is None:
        assert reading.claims == CLAIMS


def _parts(value: str) -> list[str]:
    return value.split(".")


def encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def jose_header(octets: bytes) -> None:
    """Any header before a good payload, signed as the realm signs."""
    keys = bench().realm.tokens.keys
    beneath = f"{encoded(octets)}.{encoded(compact(CLAIMS).encode())}"
    signature = HS256.sign(beneath.encode(), keys.key("HS256").private)
    value = f"{beneath}.{encoded(signature)}"
    reading = read(value)
    decode_unverified(value)
    if reading.claims is not None:
        assert json.loads(octets)["alg"] == "HS256"


def claims(octets: bytes) -> None:
    """Any payload of a JWT that the realm itself signed, as a script can leave it."""
    value = bench().realm.tokens.keys.sign(octets, "HS256")
    reading = read(value)
    if reading.claims is not None:
        assert reading.claims["realm"] == "/alpha"
        assert isinstance(reading.active, bool)
    found = inspection(value, reading, "token", NOW)
    shown = token_html(found)
    assert "<script" not in shown.lower()
    token_text(found)


def encrypted(octets: bytes) -> None:
    """Any octets in a JWE that the realm itself encrypted, deflated or not."""
    keys = bench().realm.tokens.keys
    for value in (keys.encrypt(octets, zip="DEF"), keys.encrypt(octets)):
        read(value)
        try:
            open_jwt(value, keys)
        except ValueError as problem:
            shows_no_token(str(problem))


def macaroon(octets: bytes) -> None:
    """A macaroon in its binary form; what can be read is written the same way."""
    value = encoded(octets)
    try:
        found = parse(value)
    except MacaroonError as problem:
        shows_no_token(str(problem))
    else:
        again = parse(found.value)
        assert (again, found.value) == (found, again.value)
    read(value)


def caveat(octets: bytes) -> None:
    """Any caveat on a good macaroon: it narrows, or the token is refused."""
    value = parse(made(client_side=False, macaroon=True).value).with_caveat(octets)
    _is_narrower(value)
    _is_narrower(value.with_caveat(octets[::2]))


def _is_narrower(value: Macaroon) -> None:
    reading = read(value.value)
    if reading.claims is None:
        return
    narrowed = reading.claims
    assert set(narrowed["scope"]) <= set(CLAIMS["scope"])
    assert set(narrowed["aud"]) <= set(CLAIMS["aud"])
    assert narrowed["exp"] <= CLAIMS["exp"]
    assert narrowed["nbf"] >= CLAIMS["nbf"]
    changed = ("scope", "aud", "exp", "nbf")
    assert {n: v for n, v in narrowed.items() if n not in changed} == {
        n: v for n, v in CLAIMS.items() if n not in changed
    }


@cache
def _client(algorithm: str) -> Client:
    return Client(
        client_id="app", secret=SECRET, token_endpoint_auth_signing_alg=algorithm
    )


def assertion(octets: bytes) -> None:
    """Whatever is sent as a client assertion, unsigned."""
    _judged(text_of(octets))


def assertion_claims(octets: bytes) -> None:
    """Any claims of an assertion that the client itself signed."""
    header = encoded(b'{"alg":"HS256","kid":1}')
    beneath = f"{header}.{encoded(octets)}"
    _judged(f"{beneath}.{encoded(HS256.sign(beneath.encode(), SECRET.encode()))}")


def _judged(value: str) -> None:
    found = read_assertion(value)
    if found is None:
        return
    issuer = bench().realm.oauth2_url
    fault = assertion_fault(
        found,
        _client(found.algorithm if found.algorithm in ALGORITHMS.split() else "HS256"),
        bench().realm.provider,
        audiences=(issuer,),
        now=NOW,
    )
    if fault is None:
        assert (found.claims["iss"], found.algorithm[:2]) == (found.client_id, "HS")
        assert NOW < found.claims["exp"] <= NOW + 1800
        assert isinstance(found.claims["jti"], str)
    else:
        shows_no_token(fault.hint)


def jwks(octets: bytes) -> None:
    """A client's keys: what was let in can be used, whatever signs."""
    text = text_of(octets)
    try:
        check_jwks(text)
    except RegistrationError as problem:
        shows_no_token(str(problem))
        return
    for algorithm in ALGORITHMS.split()[3:]:
        for kid in (None, "a"):
            keys_for(text, algorithm, kid)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _values() -> tuple[bytes, ...]:
    forms: tuple[dict[str, Any], ...] = (
        {},
        {"algorithm": "ES256"},
        {"algorithm": "RS256"},
        {"compressed": True},
        {"encrypted": True},
        {"encrypted": True, "compressed": True},
        {"client_side": False},
        {"client_side": False, "macaroon": True},
        {"macaroon": True},
    )
    return tuple(made(**form).value.encode() for form in forms)


def _macaroons() -> tuple[bytes, ...]:
    plain = new_macaroon(b"key", b"identifier")
    third = parse(plain.value)
    values = (plain, plain.with_caveat(b'{"scope":"read"}'), third)
    return tuple(base64.urlsafe_b64decode(v.value + "==") for v in values)


_KEYS = bench().realm.tokens.keys.jwks()["keys"]
_GOOD_ASSERTION = {
    "iss": "app",
    "sub": "app",
    "aud": bench().realm.oauth2_url,
    "exp": NOW + 60,
    "jti": "1",
}


def _each(run: Callable[[bytes], None], *seeds: bytes) -> Target:
    return Target(run.__name__, run, seeds)


TARGETS = (
    _each(token, *_values()),
    _each(
        jose_header,
        b'{"alg":"HS256"}',
        b'{"typ":"macaroon+jwt","alg":"HS256","zip":"DEF","kid":"1"}',
        b'{"alg":"HS256","crit":["b64"],"b64":false}',
    ),
    _each(
        claims,
        _json(CLAIMS),
        _json({**CLAIMS, "act": {"sub": "a", "act": {"sub": "b"}}, "may_act": {}}),
        _json({"tokenName": "id_token", "sub": "", "aud": "a", "exp": 1, "azp": ""}),
    ),
    _each(encrypted, _json(CLAIMS), deflate(_json(CLAIMS)), deflate(b" " * 9999)),
    _each(macaroon, *_macaroons()),
    _each(
        caveat,
        b'{"scope":"read"}',
        b'{"exp":1790000060,"nbf":1790000000}',
        b'{"aud":["api"],"cnf":{"jkt":"x"}}',
    ),
    _each(assertion, _values()[0], b"eyJhbGciOiJSUzI1NiJ9.e30.", b"e30.e30.x"),
    _each(assertion_claims, _json(_GOOD_ASSERTION), _json({**CLAIMS, "nbf": 1.5})),
    _each(jwks, _json({"keys": _KEYS}), *(_json({"keys": [k]}) for k in _KEYS)),
)
