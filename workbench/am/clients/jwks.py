"""A client's own public keys, as an administrator registers them (RFC 7517)."""

import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from workbench.errors import RegistrationError

SHORTEST_RSA = 2048
"""Bits (RFC 7518 section 3.3)."""

KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
"""What ``kty`` says of a key for algorithms that begin so."""

PRIVATE_MEMBERS = frozenset({"d", "p", "q", "k"})


def check_jwks(text: str) -> None:
    """Refuse a key set that could not be used.

    Raises:
        RegistrationError: It is no JWK set of public RSA or EC keys.
    """
    keys = _keys(text)
    if not keys:
        raise RegistrationError(
            'jwks is a JWK set: {"keys": [...]} with at least one public key.',
            about="jwks",
        )
    for key in keys:
        if not PRIVATE_MEMBERS.isdisjoint(key):
            raise RegistrationError(
                "jwks holds a private or shared key; register the public key alone. "
                "A shared secret is the client secret.",
                about="jwks",
            )
        if key.get("kty") not in KEY_TYPES.values():
            raise RegistrationError(
                "jwks has keys of kty RSA and EC only.", about="jwks"
            )
        _check_usable(key)


def keys_for(text: str, algorithm: str, kid: str | None) -> list[Any]:
    """The keys of a set that may have signed with this algorithm under this ``kid``.

    Args:
        text: A key set that was checked.
        algorithm: Such as ``RS256``.
        kid: As the JWT names it, or None for any key.
    """
    return [
        _public(key, algorithm)
        for key in _keys(text)
        if key["kty"] == KEY_TYPES[algorithm[:2]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid", kid) == kid)
    ]


def _keys(text: str) -> list[dict[str, Any]]:
    try:
        keys = json.loads(text)["keys"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return []
    listed = isinstance(keys, list) and all(isinstance(each, dict) for each in keys)
    return keys if listed else []


def _check_usable(key: dict[str, Any]) -> None:
    try:
        public = _public(key, "RS256" if key["kty"] == "RSA" else "ES256")
    except (jwt.PyJWTError, ValueError, TypeError, LookupError):
        raise RegistrationError(
            "jwks holds a key that cannot be read.", about="jwks"
        ) from None
    if isinstance(public, RSAPublicKey) and public.key_size < SHORTEST_RSA:
        raise RegistrationError(
            f"jwks holds an RSA key of {public.key_size} bits; "
            f"it needs {SHORTEST_RSA} (RFC 7518 section 3.3).",
            about="jwks",
        )


def _public(key: dict[str, Any], algorithm: str) -> Any:
    return jwt.get_algorithm_by_name(algorithm).from_jwk(key)
