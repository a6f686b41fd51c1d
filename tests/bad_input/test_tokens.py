"""Tokens that are forged, foreign, of the wrong kind or of another time."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from workbench import Workbench

from .conftest import Peer

NOW = 1_790_000_000
ID = "urn:ietf:params:oauth:token-type:id_token"


def encoded(value: Any) -> str:
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def own(wb: Workbench, **changes: Any) -> dict[str, Any]:
    """The claims of a good token of hr-agent, changed; None leaves one out."""
    call = wb.client.client_credentials("hr-agent", SECRET, scope="read")
    may_act = {"client_id": "hr-agent", "sub": "(age!hr-agent)"}
    claims = {**(wb.inspect(call).claims or {}), "may_act": may_act, **changes}
    return {name: value for name, value in claims.items() if value is not None}


SECRET = "s3cr3t-of-the-agent"


def signed(wb: Workbench, claims: Any, key: bytes | None = None, **header: Any) -> str:
    """An HS256 token, with the server's own key unless another is given."""
    key = wb.realm.tokens.keys.key("HS256").private if key is None else key
    head = encoded({"typ": "JWT", "alg": "HS256", **header})
    signing_input = f"{head}.{encoded(claims)}"
    mac = hmac.new(key, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{encoded(mac)}"


def rs256(wb: Workbench, claims: Any, **header: Any) -> str:
    """An RS256 token of somebody else's key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256", header)


def kid(wb: Workbench) -> str:
    return str(wb.realm.tokens.keys.key("RS256").kid)


def public_key(wb: Workbench, encoding: Encoding, kind: PublicFormat) -> bytes:
    key = wb.realm.tokens.keys.key("RS256").public
    return bytes(key.public_bytes(encoding, kind))


def deep(depth: int) -> bytes:
    return b'{"act":' * depth + b"1" + b"}" * depth


def of(**more: Any) -> Callable[[Workbench], str]:
    """The same claims as another server or realm with the same keys has them."""

    def make(wb: Workbench) -> str:
        with Workbench(now=NOW, seed="bad input", **more) as other:
            other.prepare("agent-for-user")
            other.realm.update("hr-agent", secret=SECRET)
            return signed(other, own(other))

    return make


def unsigned(**header: str) -> Callable[[Workbench], str]:
    """Good claims below another header, and no signature."""
    return lambda wb: f"{encoded(header)}.{encoded(own(wb))}."


def told_of(wb: Workbench, kind: str) -> str:
    """The introspection answer about a good token as a JWT of this server's key."""
    call = wb.client.client_credentials("hr-agent", SECRET, scope="read")
    answer = wb.http.post(
        f"{wb.realm.oauth2_url}/introspect",
        data={
            "client_id": "hr-agent",
            "client_secret": SECRET,
            "token": call.access_token,
        },
        headers={"Accept": kind},
    )
    assert answer.text.startswith("eyJ")
    return answer.text


Vector = Callable[[Workbench], str]

FORGED: dict[str, Vector] = {
    **{
        f"alg {alg}": unsigned(typ="JWT", alg=alg)
        for alg in ("none", "None", "NONE", "nOnE", "", "HS256", "hs256", "HS512")
    },
    "no alg": unsigned(typ="JWT"),
    "alg none with a signature": lambda wb: signed(wb, own(wb), alg="none"),
    "alg a list": lambda wb: signed(wb, own(wb), alg=["HS256"]),
    "alg null": lambda wb: signed(wb, own(wb), alg=None),
    "HS256 with the RSA key as PEM": lambda wb: signed(
        wb,
        own(wb),
        public_key(wb, Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        kid=kid(wb),
    ),
    "HS256 with the RSA key as DER": lambda wb: signed(
        wb, own(wb), public_key(wb, Encoding.DER, PublicFormat.PKCS1)
    ),
    "HS256 with the JWK": lambda wb: signed(
        wb, own(wb), json.dumps(wb.realm.tokens.keys.jwks()["keys"][0]).encode()
    ),
    "HS256 with no key": lambda wb: signed(wb, own(wb), b""),
    "HS256 with a client's secret": lambda wb: signed(wb, own(wb), SECRET.encode()),
    "RS256 said of HS256": lambda wb: signed(wb, own(wb), alg="RS256", kid=kid(wb)),
    "a foreign key under our kid": lambda wb: rs256(wb, own(wb), kid=kid(wb)),
    "a foreign kid": lambda wb: rs256(wb, own(wb), kid="other"),
    "a kid that is a path": lambda wb: rs256(wb, own(wb), kid="../../dev/null"),
    "a key in the header": lambda wb: rs256(
        wb, own(wb), jwk=wb.realm.tokens.keys.jwks()["keys"][0]
    ),
    "a key at a URL": lambda wb: rs256(wb, own(wb), jku="https://evil.example/jwks"),
    "an unknown crit": lambda wb: signed(wb, own(wb), crit=["x"], x=1),
    "an empty crit": lambda wb: signed(wb, own(wb), crit=[]),
    "a crit that is no list": lambda wb: signed(wb, own(wb), crit="exp"),
    "an unencoded payload": lambda wb: signed(wb, own(wb), b64=False, crit=["b64"]),
    "a nested JWT": lambda wb: signed(wb, signed(wb, own(wb)).encode(), cty="JWT"),
    "five parts": lambda wb: f"{signed(wb, own(wb))}.a.b",
    "JSON serialization": lambda wb: json.dumps({"payload": encoded(own(wb))}),
    "claims that are a list": lambda wb: signed(wb, [own(wb)]),
    "claims that are a text": lambda wb: signed(wb, "x"),
    "claims that are no JSON": lambda wb: signed(wb, b"\xff"),
    "claims 100 deep": lambda wb: signed(wb, deep(100)),
    "claims 50,000 deep": lambda wb: signed(wb, deep(50_000)),
    "a header 50,000 deep": lambda wb: f"{encoded(deep(50_000))}.e30.e30",
    "a header that is a list": lambda wb: f"{encoded(['HS256'])}.e30.e30",
    "a number of 5,000 digits": lambda wb: signed(wb, b'{"exp":' + b"9" * 5000 + b"}"),
    "changed claims": lambda wb: changed(signed(wb, own(wb)), own(wb, sub="(usr!x)")),
    "padding": lambda wb: f"{signed(wb, own(wb))}=",
    "a line after it": lambda wb: f"{signed(wb, own(wb))}\n",
    "half of it": lambda wb: signed(wb, own(wb))[:-20],
}
FOREIGN: dict[str, Vector] = {
    "another realm, the same keys": of(realm="beta"),
    "another server, the same keys": of(base_url="https://other.example/am"),
    "a realm in other letters": lambda wb: signed(wb, own(wb, realm="/ALPHA")),
    "another server's keys": lambda wb: signed(wb, own(wb), b"k" * 32),
    "no issuer": lambda wb: signed(wb, own(wb, iss=None)),
    "two issuers": lambda wb: signed(wb, own(wb, iss=[wb.realm.oauth2_url])),
}
OF_ANOTHER_TIME: dict[str, Vector] = {
    "expired": lambda wb: signed(wb, own(wb, exp=NOW)),
    "long expired": lambda wb: signed(wb, own(wb, exp=-(10**30))),
    "not valid yet": lambda wb: signed(wb, own(wb, nbf=NOW + 1)),
    "never valid": lambda wb: signed(wb, own(wb, nbf=10**30)),
    "no expiry": lambda wb: signed(wb, own(wb, exp=None)),
    "expiry as text": lambda wb: signed(wb, own(wb, exp=str(NOW + 60))),
    "expiry as a fraction": lambda wb: signed(wb, own(wb, exp=1e300)),
    "expiry without end": lambda wb: signed(wb, own(wb, exp=float("inf"))),
    "expiry as yes": lambda wb: signed(wb, own(wb, exp=True)),
    "beginning as text": lambda wb: signed(wb, own(wb, nbf="0")),
}
KINDS: dict[str, Vector] = {
    "a session": lambda wb: str(
        wb.client.authenticate("bjensen", "Secret12!").token_id
    ),
    "a secret": lambda wb: "mySecret",
    "what introspection signed": lambda wb: told_of(wb, "application/jwt"),
    "what introspection signed in a claim": lambda wb: told_of(
        wb, "application/token-introspection+jwt"
    ),
    "a token of no kind": lambda wb: signed(wb, own(wb, tokenName=None)),
    "a token of a made-up kind": lambda wb: signed(wb, own(wb, tokenName="magic")),
}
VECTORS = {**FORGED, **FOREIGN, **OF_ANOTHER_TIME, **KINDS}


def changed(token: str, claims: dict[str, Any]) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{encoded(claims)}.{signature}"


TAKES = {
    "exchange subject_token": (400, "invalid_request", "Invalid token exchange."),
    "exchange actor_token": (400, "invalid_request", "Invalid token exchange."),
    "refresh refresh_token": (
        400,
        "invalid_grant",
        "The provided access grant is invalid, expired, or revoked.",
    ),
    **{
        f"{endpoint} access_token": (
            401,
            "invalid_token",
            "The access token provided is expired, revoked, malformed, or invalid for "
            "other reasons.",
        )
        for endpoint in ("tokeninfo", "userinfo")
    },
}
"""Every parameter that takes a token, and what PingAM answers to a bad one."""


@pytest.fixture(scope="module")
def vectors(peer: Peer) -> dict[str, str]:
    return {name: make(peer.wb) for name, make in VECTORS.items()}


def test_the_server_would_take_what_the_vectors_spoil(peer: Peer) -> None:
    value = signed(peer.wb, own(peer.wb))

    asked = peer.send(peer.good["introspect"].but(token=value))
    exchanged = peer.send(peer.good["exchange"].but(subject_token=value))

    assert asked.get_json()["active"]
    assert exchanged.status_code == 200


@pytest.mark.parametrize("place", TAKES)
@pytest.mark.parametrize("vector", VECTORS)
def test_a_bad_token_opens_nothing(
    peer: Peer, vectors: dict[str, str], vector: str, place: str
) -> None:
    endpoint, _, name = place.partition(" ")
    peer.tokens = {*peer.tokens, *(v for v in vectors.values() if len(v) > 20)}

    refusal = peer.refuses(peer.good[endpoint].but(**{name: vectors[vector]}))

    assert refusal == TAKES[place]


@pytest.mark.parametrize("vector", VECTORS)
def test_a_bad_token_is_inactive_and_cannot_be_revoked(
    peer: Peer, vectors: dict[str, str], vector: str
) -> None:
    before = peer.state()

    asked = peer.send(peer.good["introspect"].but(token=vectors[vector]))
    revoked = peer.send(peer.good["revoke"].but(token=vectors[vector]))

    assert (asked.status_code, asked.get_json()) == (200, {"active": False})
    assert (revoked.status_code, revoked.get_json()) == (200, {})
    if vector not in OF_ANOTHER_TIME:
        assert peer.state() == before


def kinds(peer: Peer) -> dict[str, str]:
    """One good token of each kind that the server makes."""
    refresh = peer.good["refresh"].sent["refresh_token"]
    access = peer.good["exchange"].sent["subject_token"]
    client = peer.wb.client
    login = client.authenticate("bjensen", "Secret12!").token_id
    consent = client.authorize(
        "hr-client",
        login,
        redirect_uri="https://www.example.com:443/callback",
        scope="openid",
    )
    answer = client.password(
        "hr-client", "mySecret", "bjensen", "Secret12!", scope="openid"
    )
    return {
        "access": access,
        "refresh": refresh,
        "id": answer.id_token,
        "code": consent.code,
    }


@pytest.mark.parametrize(
    ("place", "takes"),
    [
        ("exchange subject_token", "access"),
        ("exchange actor_token", "access"),
        ("refresh refresh_token", "refresh"),
        ("tokeninfo access_token", "access"),
        ("userinfo access_token", "access"),
        ("code code", "code"),
    ],
)
def test_one_kind_is_never_taken_for_another(
    peer: Peer, place: str, takes: str
) -> None:
    endpoint, _, name = place.partition(" ")
    refusal = TAKES.get(place, TAKES["refresh refresh_token"])
    for kind, value in kinds(peer).items():
        if kind != takes:
            spoiled = peer.good[endpoint].but(**{name: value})

            assert peer.refuses(spoiled) == refusal, kind


@pytest.mark.parametrize("role", ["subject", "actor"])
@pytest.mark.parametrize("vector", VECTORS)
def test_a_bad_token_is_no_id_token_either(
    peer: Peer, vectors: dict[str, str], vector: str, role: str
) -> None:
    spoiled = peer.good["exchange"].but(
        **{f"{role}_token": vectors[vector], f"{role}_token_type": ID}
    )

    assert peer.refuses(spoiled) == TAKES["exchange subject_token"]


@pytest.mark.parametrize("role", ["subject", "actor"])
@pytest.mark.parametrize("kind", ["access", "refresh", "code"])
def test_no_other_kind_is_an_id_token(peer: Peer, role: str, kind: str) -> None:
    spoiled = peer.good["exchange"].but(
        **{
            f"{role}_token": kinds(peer)[kind],
            f"{role}_token_type": ID,
        }
    )

    assert peer.refuses(spoiled) == TAKES["exchange subject_token"]
