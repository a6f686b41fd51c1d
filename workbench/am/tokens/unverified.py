"""JWTs as they stand, for a person to look at: nothing here is believed."""

import json
from typing import Any

import jwt
from jwt.utils import base64url_decode

from workbench.am.tokens.client_side import ENCRYPTED_PARTS
from workbench.am.tokens.jose.jwe import DEFLATED, inflate


def decode_unverified(value: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Header and claims of a JWT as they stand; None for one that nobody can read."""
    try:
        decoded = jwt.PyJWS().decode_complete(
            value, options={"verify_signature": False}
        )
        header, payload = decoded["header"], decoded["payload"]
        if header.get("zip") == DEFLATED:
            payload = inflate(payload)
        claims = json.loads(payload)
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    return (header, claims) if isinstance(claims, dict) else None


def header_unverified(value: str) -> dict[str, Any] | None:
    """The header of an encrypted token as it stands, or None where there is none."""
    if value.count(".") + 1 != ENCRYPTED_PARTS:
        return None
    try:
        header = json.loads(base64url_decode(value.partition(".")[0]))
    except (ValueError, RecursionError):
        return None
    return header if isinstance(header, dict) else None
