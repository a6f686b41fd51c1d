"""The realm's signing keys, and JWS with nothing random in it.

HS256 is PingAM's default; RS256 and ES256 can be chosen. With seeded ids the
keys are derived from the seed and ES256 is signed as RFC 6979 says, so that a
token is the same on every run. Keys are made when they are first needed.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import Algorithm, ECAlgorithm, HMACAlgorithm, RSAAlgorithm
from jwt.utils import der_to_raw_signature

from workbench.am.basics.clock import Ids
from workbench.am.basics.table import Table
from workbench.am.settings.values import PUBLISHED_ALGORITHMS, SIGNING_ALGORITHMS
from workbench.am.tokens.jose.base64url import decode, encode
from workbench.am.tokens.jose.jwe import (
    DEFLATED,
    IV_OCTETS,
    KEY_OCTETS,
    METHOD,
    decrypt,
    encrypt,
    inflate,
)
from workbench.am.tokens.jose.jws import read_jws, write_jws
from workbench.am.tokens.jose.seeded_rsa import rsa_key
from workbench.am.tokens.macaroon import Macaroon, new_macaroon

KEY_TYPES = {"HS256": "oct", "RS256": "RSA", "ES256": "EC"}
"""What a JWK calls the keys for each algorithm."""

_FAMILIES: dict[str, Any] = {"RSA": RSAAlgorithm, "EC": ECAlgorithm}

LONGEST = 700
"""Characters of a number in a JWK: RSA keys of 4096 bits."""

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class DeterministicES256(ECAlgorithm):
    """ES256 whose signature depends on nothing but key and message (RFC 6979)."""

    def sign(self, msg: bytes, key: Any) -> bytes:
        """Sign without a random number."""
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        return der_to_raw_signature(key.sign(msg, algorithm), key.curve)


_ALGORITHMS: Mapping[str, Algorithm] = {
    "HS256": HMACAlgorithm(HMACAlgorithm.SHA256),
    "RS256": RSAAlgorithm(RSAAlgorithm.SHA256),
    "ES256": DeterministicES256(ECAlgorithm.SHA256),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what signs, what checks, and what is published (None: a secret)."""

    private: Any = field(repr=False)
    public: Any = field(repr=False)
    jwk: dict[str, Any] | None

    @property
    def kid(self) -> str | None:
        """The identifier of a public key."""
        return self.jwk["kid"] if self.jwk else None


def private_jwk(key: Key) -> dict[str, Any]:
    """The key that signs, as a JWK (RFC 7517): whoever has it signs like the realm."""
    if key.jwk is None:
        octets = encode(key.private)
        return {"kty": "oct", "k": octets}
    family = _FAMILIES[key.jwk["kty"]]
    jwk: dict[str, Any] = family.to_jwk(key.private, as_dict=True)
    jwk.pop("key_ops", None)
    return jwk


def key_of(jwk: Mapping[str, Any], algorithm: str) -> Key:
    """The key whose private JWK this is.

    Raises:
        ValueError: It is none for this algorithm.
    """
    known = all(type(each) is str and len(each) <= LONGEST for each in jwk.values())
    if not known or jwk.get("kty") != KEY_TYPES[algorithm]:
        raise ValueError(f"it is no key for {algorithm}")
    if algorithm == "HS256":
        octets = decode(jwk.get("k", ""))
        return Key(octets, octets, None)
    family = _FAMILIES[jwk["kty"]]
    try:
        private: Any = family.from_jwk(dict(jwk))
        public = family.to_jwk(private.public_key(), as_dict=True)
    except (jwt.PyJWTError, AttributeError, ValueError):
        raise ValueError(f"it is no private key for {algorithm}") from None
    return _with_thumbprint(private, public, algorithm)


class KeyRing:
    """The keys of one realm: for each algorithm the one that signs, and earlier ones.

    Earlier keys sign no more, but are published and checked with for as long as
    they are kept, so that a rotation breaks no token.
    """

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._making = threading.RLock()
        self._keys: Table[list[Key]] = Table("keys")  # the one that signs first
        self._made: Table[int] = Table("keys made")
        self._octets: Table[bytes] = Table("further keys")

    def key(self, algorithm: str) -> Key:
        """The key that signs with ``HS256``, ``RS256`` or ``ES256``."""
        with self._making:
            if algorithm not in self._keys:
                self._keys[algorithm] = [self._new(algorithm)]
            return self._keys[algorithm][0]

    def rotate(self, algorithm: str, *, keep: bool = True) -> Key:
        """Sign with a new key from now on.

        Args:
            algorithm: ``HS256``, ``RS256`` or ``ES256``.
            keep: Whether what earlier keys signed still counts.
        """
        with self._making:
            self.key(algorithm)
            earlier = self._keys[algorithm] if keep else []
            self._keys[algorithm] = [self._new(algorithm), *earlier]
            return self._keys[algorithm][0]

    def _new(self, algorithm: str) -> Key:
        number = self._made.get(algorithm, 0)
        self._made[algorithm] = number + 1
        label = algorithm if number == 0 else f"{algorithm} {number}"
        return _MAKERS[algorithm](self._ids, label)

    def _checking(self, algorithm: str, kid: Any) -> list[Key]:
        """The keys that a signature may be checked with."""
        self.key(algorithm)
        keys = self._keys[algorithm]
        return [key for key in keys if key.kid is None or key.kid == kid]

    def encrypt(self, payload: bytes, **header: str) -> str:
        """Encrypt a payload as a compact JWE that only this ring can read."""
        iv = self._ids.octets(IV_OCTETS)
        return encrypt(payload, self._encryption_key(), iv, {"typ": "JWT", **header})

    def decrypt(self, value: str) -> bytes:
        """The payload of a JWE of this ring; raises as ``verify`` does."""
        return decrypt(value, self._encryption_key())

    def _encryption_key(self) -> bytes:
        return self._further(METHOD)

    def macaroon(self, identifier: str) -> str:
        """A macaroon of this ring without caveats, around an identifier."""
        return new_macaroon(self._root_key(), identifier.encode()).value

    def has_made(self, macaroon: Macaroon) -> bool:
        """Whether a macaroon is of this ring, and was only added to since."""
        return macaroon.is_made_with(self._root_key())

    def _root_key(self) -> bytes:
        return self._further("macaroons")

    def _further(self, label: str) -> bytes:
        """A key that signs no JWT, made when it is first needed."""
        with self._making:
            if label not in self._octets:
                self._octets[label] = self._ids.key_octets(label, KEY_OCTETS)
            return self._octets[label]

    def sign(self, payload: bytes, algorithm: str, **more: str) -> str:
        """Sign a payload as a compact JWS.

        Args:
            payload: The claims as JSON.
            algorithm: ``HS256``, ``RS256`` or ``ES256``.
            more: Further members of the header.
        """
        key = self.key(algorithm)
        header: dict[str, Any] = {"alg": algorithm, "typ": "JWT", **more}
        if key.kid is not None:
            header["kid"] = key.kid  # RFC 7515 section 4.1.4
        return write_jws(payload, header, _ALGORITHMS[algorithm], key.private)

    def verify(self, value: str) -> bytes:
        """The payload of a JWS that one of our keys signed.

        The header's ``alg`` only picks among our own keys, and a key serves its
        own algorithm alone, so one cannot be taken for another.

        Raises:
            jwt.PyJWTError: It is not one of ours, or was changed.
            ValueError: It is not a JWT.
        """
        signed = read_jws(value)
        header, algorithm = signed.header, signed.header.get("alg")
        if algorithm not in SIGNING_ALGORITHMS:
            raise jwt.InvalidAlgorithmError("its algorithm is not one of this server's")
        keys = self._checking(algorithm, header.get("kid"))
        if not keys:
            raise jwt.InvalidKeyError("its kid names no key of this server")
        checks = _ALGORITHMS[algorithm]
        if not any(signed.is_signed(checks, key.public) for key in keys):
            raise jwt.InvalidSignatureError("no key of this server signed it")
        zipped = header.get("zip") == DEFLATED
        return inflate(signed.payload) if zipped else signed.payload

    def lacks_key_of(self, header: Mapping[str, Any]) -> bool:
        """Whether a header names a key that is none of these."""
        made = (key.kid for keys in self._keys.values() for key in keys)
        return header.get("kid") is not None and header["kid"] not in made

    def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517). A shared secret is never published."""
        published = []
        for algorithm in PUBLISHED_ALGORITHMS:
            self.key(algorithm)
            published += [key.jwk for key in self._keys[algorithm]]
        return {"keys": [dict(jwk) for jwk in published if jwk is not None]}


def _secret(ids: Ids, label: str) -> Key:
    octets = ids.key_octets(label, 32)
    return Key(octets, octets, None)


def _rsa(ids: Ids, label: str) -> Key:
    if ids.seeded:
        private = rsa_key(lambda prime: ids.key_octets(f"{label} {prime}", 128))
    else:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return _with_thumbprint(private, jwk, "RS256")


def _ec(ids: Ids, label: str) -> Key:
    number = int.from_bytes(ids.key_octets(label, 40), "big") % (P256_ORDER - 1) + 1
    private = ec.derive_private_key(number, ec.SECP256R1())
    jwk = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return _with_thumbprint(private, jwk, "ES256")


def _with_thumbprint(private: Any, jwk: dict[str, Any], algorithm: str) -> Key:
    """The key with its thumbprint as ``kid`` (RFC 7638)."""
    jwk.pop("key_ops", None)
    canonical = json.dumps(jwk, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(canonical).digest()
    published = {**jwk, "kid": encode(digest), "use": "sig", "alg": algorithm}
    return Key(private, private.public_key(), published)


_MAKERS = {"HS256": _secret, "RS256": _rsa, "ES256": _ec}
