"""Base64url without padding (RFC 7515 section 2), read as strictly as it is written."""

import base64


def encode(octets: bytes) -> str:
    """Octets as text."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The octets of a text.

    Raises:
        ValueError: It is not what ``encode`` would have written.
    """
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(octets) != text:
        raise ValueError("not Base64url as RFC 7515 section 2 writes it")
    return octets
