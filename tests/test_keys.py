"""Keys and signatures: reproducible with a seed, random without, never confused."""

import base64
import hmac
import json
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from workbench.am.basics.clock import Ids
from workbench.am.tokens.keys import KeyRing

ALGORITHMS = ["HS256", "RS256", "ES256"]
PAYLOAD = b'{"sub":"(age!a)"}'


@pytest.fixture(scope="module")
def ring() -> KeyRing:
    return KeyRing(Ids("keys"))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_seed_makes_the_same_key_and_signature_again(
    ring: KeyRing, algorithm: str
) -> None:
    again = KeyRing(Ids("keys"))

    assert again.sign(PAYLOAD, algorithm) == ring.sign(PAYLOAD, algorithm)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_another_seed_makes_another_key(ring: KeyRing, algorithm: str) -> None:
    value = KeyRing(Ids("other")).sign(PAYLOAD, algorithm)

    with pytest.raises(jwt.PyJWTError):
        ring.verify(value)


def test_without_a_seed_keys_are_random() -> None:
    first, second = KeyRing(Ids()), KeyRing(Ids())

    assert first.sign(PAYLOAD, "HS256") != second.sign(PAYLOAD, "HS256")
    assert first.key("RS256").kid != second.key("RS256").kid


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_verifies_what_it_signed(ring: KeyRing, algorithm: str) -> None:
    assert ring.verify(ring.sign(PAYLOAD, algorithm)) == PAYLOAD


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_an_independent_check_with_the_published_key_agrees(
    ring: KeyRing, algorithm: str
) -> None:
    kid = ring.key(algorithm).kid
    assert kid is not None
    key = jwt.PyJWKSet.from_dict(ring.jwks())[kid]

    claims = jwt.decode(ring.sign(PAYLOAD, algorithm), key, [algorithm])

    assert claims == json.loads(PAYLOAD)


def test_a_public_key_is_never_taken_for_a_shared_secret(ring: KeyRing) -> None:
    """The confusion of RS256 and HS256, built by hand."""
    pem = ring.key("RS256").public.public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    signed = ring.sign(PAYLOAD, "HS256").rpartition(".")[0]
    digest = hmac.new(pem, signed.encode(), "sha256").digest()
    signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")

    with pytest.raises(jwt.InvalidSignatureError):
        ring.verify(f"{signed}.{signature}")


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS512"},
        {"alg": ["HS256"]},
        {"alg": None},
        {},
        [],
        {"alg": "RS256", "kid": "other"},
        {"alg": "HS256", "crit": ["exp"], "exp": 1},
        {"alg": "HS256", "b64": False},
        {"alg": "HS256", "kid": 5},
    ],
)
def test_refuses_a_header_that_is_not_its_own(ring: KeyRing, header: object) -> None:
    _, payload, signature = ring.sign(PAYLOAD, "HS256").split(".")
    first = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")

    with pytest.raises((jwt.PyJWTError, ValueError)):
        ring.verify(f"{first}.{payload}.{signature}")


@pytest.mark.parametrize(
    "changed",
    [
        lambda value: f"{value}=",
        lambda value: f" {value}",
        lambda value: value.replace(".", ".\n", 1),
        lambda value: value.replace(".", "..", 1),
        lambda value: value.rpartition(".")[0],
        lambda value: f"{value[:-1]}{chr(ord(value[-1]) + 1)}",
        lambda value: f"é{value}",
    ],
)
def test_refuses_what_is_not_written_as_it_writes(
    ring: KeyRing, changed: Callable[[str], str]
) -> None:
    """The last one but one differs in bits that no octet has."""
    with pytest.raises((jwt.PyJWTError, ValueError)):
        ring.verify(changed(ring.sign(PAYLOAD, "HS256")))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_it_signs_another_library_reads(ring: KeyRing, algorithm: str) -> None:
    key = ring.key(algorithm)

    found = jwt.PyJWS().decode_complete(
        ring.sign(PAYLOAD, algorithm, zip="NONE"), key.public, [algorithm]
    )

    kid = {"kid": key.kid} if key.kid else {}
    assert found["payload"] == PAYLOAD
    assert found["header"] == {"alg": algorithm, "typ": "JWT", "zip": "NONE", **kid}


def test_identifiers_do_not_depend_on_which_keys_were_used() -> None:
    early, late = Ids("s"), Ids("s")
    KeyRing(early).sign(PAYLOAD, "ES256")

    assert early.token() == late.token()
    assert len(late.token()) == 27
