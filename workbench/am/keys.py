"""The realm's signing keys, and JWS with nothing random in it.

HS256 is PingAM's default; RS256 and ES256 can be chosen. With seeded ids the
keys are derived from the seed and ES256 is signed as RFC 6979 says, so that a
token is the same on every run. Keys are made when they are first needed.
"""

import base64
import hashlib
import json
from functools import cached_property
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, HMACAlgorithm, RSAAlgorithm
from jwt.utils import base64url_decode, der_to_raw_signature

from workbench.am.clock import Ids
from workbench.am.primes import rsa_key

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class DeterministicES256(ECAlgorithm):
    """ES256 whose signature depends on nothing but key and message (RFC 6979)."""

    def sign(self, msg: bytes, key: Any) -> bytes:
        """Sign without a random number."""
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        return der_to_raw_signature(key.sign(msg, algorithm), key.curve)


def _signer() -> jwt.PyJWS:
    signer = jwt.PyJWS(algorithms=[])
    signer.register_algorithm("HS256", HMACAlgorithm(HMACAlgorithm.SHA256))
    signer.register_algorithm("RS256", RSAAlgorithm(RSAAlgorithm.SHA256))
    signer.register_algorithm("ES256", DeterministicES256(ECAlgorithm.SHA256))
    return signer


class KeyRing:
    """The keys of one realm."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._signer = _signer()

    @cached_property
    def hs256(self) -> bytes:
        """The shared secret."""
        return self._ids.key_octets("HS256", 32)

    @cached_property
    def es256(self) -> ec.EllipticCurvePrivateKey:
        """The P-256 key."""
        number = int.from_bytes(self._ids.key_octets("ES256", 40), "big")
        return ec.derive_private_key(number % (P256_ORDER - 1) + 1, ec.SECP256R1())

    @cached_property
    def rs256(self) -> rsa.RSAPrivateKey:
        """The 2048-bit RSA key."""
        if not self._ids.seeded:
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return rsa_key(lambda label: self._ids.key_octets(f"RS256 {label}", 128))

    def sign(self, payload: bytes, algorithm: str) -> str:
        """Sign a payload as a compact JWS.

        Args:
            payload: The claims as JSON.
            algorithm: ``HS256``, ``RS256`` or ``ES256``.
        """
        # RFC 7515 section 4.1.9; zip as AM's own JWTs have it.
        header: dict[str, Any] = {"typ": "JWT", "zip": "NONE"}
        if algorithm != "HS256":
            header["kid"] = self.kid(algorithm)
        return self._signer.encode(payload, self._private(algorithm), algorithm, header)

    def verify(self, value: str) -> bytes:
        """The payload of a JWS that one of our keys signed.

        The header's ``alg`` only picks among our own keys, and a key serves its
        own algorithm alone, so one cannot be taken for another.

        Raises:
            jwt.PyJWTError: It is not one of ours, or was changed.
            ValueError: It is not a JWT.
        """
        if "=" in value:
            raise jwt.DecodeError("Base64 padding")  # RFC 7515 section 2
        header = json.loads(base64url_decode(value.partition(".")[0]))
        if not isinstance(header, dict):
            raise jwt.DecodeError("The header is not an object")
        algorithm = header.get("alg")
        if algorithm not in ("HS256", "RS256", "ES256"):
            raise jwt.InvalidAlgorithmError("its algorithm is not one of this server's")
        if algorithm != "HS256" and header.get("kid") != self.kid(algorithm):
            raise jwt.InvalidKeyError("its kid names no key of this server")
        return self._signer.decode(value, self._public(algorithm), [algorithm])  # type: ignore[no-any-return]

    def kid(self, algorithm: str) -> str:
        """The identifier of a public key: the hash of it (RFC 7638)."""
        return str(self._jwk(algorithm)["kid"])

    def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517). A shared secret is never published."""
        return {"keys": [dict(self._jwk("RS256")), dict(self._jwk("ES256"))]}

    def _private(self, algorithm: str) -> Any:
        return getattr(self, algorithm.lower())

    def _public(self, algorithm: str) -> Any:
        return self.hs256 if algorithm == "HS256" else self._publics[algorithm]

    @cached_property
    def _publics(self) -> "_Lazily":
        return _Lazily(lambda algorithm: self._private(algorithm).public_key())

    def _jwk(self, algorithm: str) -> dict[str, Any]:
        return self._jwk_cache[algorithm]  # type: ignore[no-any-return]

    @cached_property
    def _jwk_cache(self) -> "_Lazily":
        return _Lazily(self._make_jwk)

    def _make_jwk(self, algorithm: str) -> dict[str, Any]:
        public = self._publics[algorithm]
        kind: Any = RSAAlgorithm if algorithm == "RS256" else ECAlgorithm
        jwk = kind.to_jwk(public, as_dict=True)
        jwk.pop("key_ops", None)
        members = ("crv", "kty", "x", "y") if "crv" in jwk else ("e", "kty", "n")
        canonical = ",".join(f'"{name}":"{jwk[name]}"' for name in members)
        digest = hashlib.sha256(f"{{{canonical}}}".encode()).digest()
        kid = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return {**jwk, "kid": kid, "use": "sig", "alg": algorithm}


class _Lazily(dict[str, Any]):
    """Values made on first use, by key."""

    def __init__(self, make: Any) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Any:
        self[key] = self._make(key)
        return self[key]
