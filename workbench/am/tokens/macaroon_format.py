"""The binary format of macaroons, version 2, as libmacaroons writes it.

A version octet, then fields: what it is, how long it is (a varint), what it holds.
An octet 0 ends a section; what travels is the whole in Base64url without padding.
"""

import base64
import binascii
from collections.abc import Iterator

from workbench.errors import MacaroonError

VERSION = 2
EOS, LOCATION, IDENTIFIER, VERIFIER, SIGNATURE = 0, 1, 2, 4, 6
"""What a field is, by the octet before it; EOS ends a section."""

Field = tuple[int, bytes]

LENGTH_OCTETS = 4
"""Of a length, at most; nothing that travels is as long as 256 MB."""


def pack(kind: int, octets: bytes) -> bytes:
    """A field."""
    left, length = len(octets), bytearray()
    while left > 0x7F:
        length.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([kind, *length, left]) + octets


def section(location: str, identifier: bytes, verifier: bytes | None = None) -> bytes:
    """A section with its end; a location that is empty is left out."""
    parts = [pack(LOCATION, location.encode())] if location else []
    parts.append(pack(IDENTIFIER, identifier))
    if verifier is not None:
        parts.append(pack(VERIFIER, verifier))
    return b"".join((*parts, bytes([EOS])))


def fields(octets: bytes) -> Iterator[Field]:
    """Every field after the version: what it is, and what it holds.

    Raises:
        MacaroonError: The version is another, or a field has no end.
    """
    if octets[:1] != bytes([VERSION]):
        raise MacaroonError("it is not a macaroon of version 2")
    place = 1
    while place < len(octets):
        kind, place = octets[place], place + 1
        if kind == EOS:
            yield EOS, b""
            continue
        length, place = _number(octets, place)
        if place + length > len(octets):
            raise MacaroonError("it ends too early")
        yield kind, octets[place : place + length]
        place += length


def _number(octets: bytes, place: int) -> tuple[int, int]:
    """A length, seven bits an octet, the lowest first; and where it ends."""
    number = 0
    for index, octet in enumerate(octets[place : place + LENGTH_OCTETS]):
        number |= (octet & 0x7F) << (7 * index)
        if octet < 0x80:
            return number, place + index + 1
    raise MacaroonError("it has a length that cannot be")


def header(rest: Iterator[Field], first: Field) -> tuple[str, bytes, bytes | None]:
    """The section that starts with this field, read to its end.

    Returns:
        Its location, identifier and verifier (None: it has none).

    Raises:
        MacaroonError: It has no identifier, or a field twice or out of order.
    """
    found: dict[int, bytes] = {}
    last, (kind, octets) = EOS, first
    while kind != EOS:
        if kind <= last or kind not in (LOCATION, IDENTIFIER, VERIFIER):
            raise MacaroonError("its fields are not those of a macaroon, in order")
        found[kind], last = octets, kind
        kind, octets = next(rest, (SIGNATURE, b""))
    if IDENTIFIER not in found:
        raise MacaroonError("it has a section without an identifier")
    return _text(found.get(LOCATION, b"")), found[IDENTIFIER], found.get(VERIFIER)


def _text(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        raise MacaroonError("its location is not UTF-8") from None


def encode(octets: bytes) -> str:
    """Octets in Base64url without padding."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def decode(value: str) -> bytes:
    """The octets of Base64url that is written in the one right way.

    Raises:
        MacaroonError: It is not.
    """
    try:
        octets = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        octets = b""
    if encode(octets) != value:
        raise MacaroonError("it is not Base64url without padding")
    return octets
