"""Client-side tokens: claims as a JWT, signed (RFC 7515) or encrypted (RFC 7516)."""

import json
from functools import lru_cache
from typing import Any

import jwt
from jwt.utils import base64url_decode

from workbench.am.basics.types import Claims
from workbench.am.tokens.jose.jwe import DEFLATED, PLAIN, deflate
from workbench.am.tokens.keys import KeyRing
from workbench.am.tokens.token import Making, compact, is_id_token

SIGNED_PARTS, ENCRYPTED_PARTS = 3, 5
"""What the dots of a client-side token divide."""

LARGEST = 1024 * 1024
"""Characters; a longer value is not looked at, as no request is longer."""

BENEATH = "macaroon+jwt"
"""``typ`` of a JWT that counts in a macaroon alone; see ``TokenStore.make``."""


def make_jwt(claims: Claims, making: Making, keys: KeyRing) -> str:
    """Sign or encrypt claims.

    In AM's own samples access and refresh tokens say in their header that they
    are not compressed; ID tokens do not, as is best: no standard has ``zip``
    in a signed JWT, and strict clients refuse a header that they do not know.
    """
    payload = compact(claims).encode()
    header = {} if is_id_token(claims) else {"zip": PLAIN}
    if making.compressed:
        payload, header = deflate(payload), {"zip": DEFLATED}
    if making.macaroon:
        header["typ"] = BENEATH
    if making.encrypted:
        return keys.encrypt(payload, **header)
    return keys.sign(payload, making.algorithm, **header)


def looks_like_jwt(value: str) -> bool:
    """Whether it has the parts of a signed or an encrypted JWT."""
    return value.count(".") + 1 in (SIGNED_PARTS, ENCRYPTED_PARTS)


def open_jwt(value: str, keys: KeyRing) -> Any:
    """What a JWT of these keys says.

    Raises:
        ValueError: It is none; the text says why, for people.
    """
    if len(value) > LARGEST:
        raise ValueError(f"it is longer than {LARGEST} characters")
    signed = value.count(".") + 1 == SIGNED_PARTS
    try:
        return json.loads(keys.verify(value) if signed else keys.decrypt(value))
    except (jwt.PyJWTError, ValueError, RecursionError) as problem:
        raise ValueError(_fault(problem)) from None


def belongs_in_macaroon(value: str) -> bool:
    """Whether the header of a JWT of ours says that a macaroon belongs around it."""
    return bool(_header(value.partition(".")[0]).get("typ") == BENEATH)


@lru_cache(maxsize=64)
def _header(part: str) -> dict[str, Any]:
    """A header, which holds no secret and is the same in many tokens."""
    header: dict[str, Any] = json.loads(base64url_decode(part))
    return header


def _fault(problem: Exception) -> str:
    if isinstance(problem, jwt.InvalidSignatureError):
        return "its signature is not one of this server's keys: forged or changed"
    if isinstance(problem, jwt.InvalidKeyError | jwt.InvalidAlgorithmError):
        return str(problem)
    if isinstance(problem, jwt.DecodeError | ValueError | RecursionError):
        return "it is not a well-formed JWT"
    return "its header asks for what this server does not do"
