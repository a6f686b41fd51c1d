"""A compact JWS (RFC 7515): three parts, written once and read once.

The algorithms are PyJWT's. Its ``encode`` and ``decode`` are not used here: for each
token they ask anew what kind of key they were given, and look at every character in
Python, which took most of the time of an exchange.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import jwt
from jwt.algorithms import Algorithm

from workbench.am.tokens.jose.base64url import decode, encode

_compact = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


class SignedParts(NamedTuple):
    """A JWS taken apart, and not yet believed.

    Attributes:
        header: What it says of itself.
        payload: What was signed, as octets.
        message: Header and payload as the signature covers them.
        signature: The signature.
    """

    header: dict[str, Any]
    payload: bytes
    message: bytes
    signature: bytes

    def is_signed(self, algorithm: Algorithm, key: Any) -> bool:
        """Whether the signature is this key's."""
        return bool(algorithm.verify(self.message, key, self.signature))


def write_jws(
    payload: bytes, header: Mapping[str, Any], algorithm: Algorithm, key: Any
) -> str:
    """Sign a payload."""
    message = f"{encode(_compact(header).encode())}.{encode(payload)}"
    return f"{message}.{encode(algorithm.sign(message.encode(), key))}"


def read_jws(value: str) -> SignedParts:
    """Take a JWS apart.

    Raises:
        ValueError: It is not three parts of Base64url, or its header is no JSON.
        jwt.DecodeError: Its header is no object.
        jwt.InvalidTokenError: Its header asks for what nobody here does.
    """
    first, second, third = value.split(".")
    header = json.loads(decode(first))
    if not isinstance(header, dict):
        raise jwt.DecodeError("The header is not an object")
    if "crit" in header or "b64" in header:
        raise jwt.InvalidTokenError("no extension is understood here")
    if not isinstance(header.get("kid", ""), str):
        raise jwt.InvalidTokenError("its kid is no text")
    message = f"{first}.{second}".encode()
    return SignedParts(header, decode(second), message, decode(third))
