"""Macaroons: tokens that whoever holds one can narrow, without asking anybody.

Birgisson et al., "Macaroons: Cookies with Contextual Caveats for Decentralized
Authorization in the Cloud"; keys and the binary format, version 2, are those of
libmacaroons. A macaroon is an identifier and a row of caveats under one HMAC chain:
to add a caveat takes only the last link, to take one off takes the root key.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.tokens.macaroon_format import (
    EOS,
    SIGNATURE,
    VERSION,
    decode,
    encode,
    fields,
    header,
    pack,
    section,
)
from workbench.errors import MacaroonError

SIGNATURE_OCTETS = 32

MOST_CAVEATS = 256
"""Of one macaroon; every one costs time, and no chain of holders needs more."""

PREFIXES = ("AgE", "AgF", "AgG", "AgH", "AgI", "AgJ", "AgK", "AgL")
"""How a macaroon starts in Base64url: the version, then a location or identifier."""

SHORTEST = 64
"""Characters; opaque tokens are shorter, and every macaroon of ours is longer."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """One caveat. A third party's has what only that party can read.

    Attributes:
        identifier: The condition; for AM, a JSON object as octets.
        location: Where the third party is, or "".
        verifier: The third party's key, encrypted; None for a first-party caveat.
    """

    identifier: bytes
    location: str = ""
    verifier: bytes | None = None


@dataclass(frozen=True, slots=True)
class Macaroon:
    """A macaroon, read but not yet believed. Its parts never show in the repr.

    Attributes:
        identifier: What the issuer knows it by.
        signature: The last link of the chain, 32 octets.
        caveats: In the order in which they were added.
        location: A hint that nothing protects; AM leaves it empty.
    """

    identifier: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    caveats: tuple[Caveat, ...] = field(default=(), repr=False)
    location: str = ""

    @property
    def value(self) -> str:
        """As it travels: the binary format, version 2, in Base64url."""
        octets = [bytes([VERSION]), section(self.location, self.identifier)]
        for each in self.caveats:
            octets.append(section(each.location, each.identifier, each.verifier))
        octets += [bytes([EOS]), pack(SIGNATURE, self.signature)]
        return encode(b"".join(octets))

    def with_caveat(self, identifier: bytes) -> "Macaroon":
        """The same with one more first-party caveat."""
        return replace(
            self,
            caveats=(*self.caveats, Caveat(identifier)),
            signature=_hmac(self.signature, identifier),
        )

    def is_made_with(self, root_key: bytes) -> bool:
        """Whether it was made with this key and only added to since."""
        link = _hmac(_first_key(root_key), self.identifier)
        for caveat in self.caveats:
            link = _next_link(link, caveat)
        return hmac.compare_digest(link, self.signature)


def new_macaroon(root_key: bytes, identifier: bytes) -> Macaroon:
    """A fresh macaroon without caveats."""
    return Macaroon(identifier, _hmac(_first_key(root_key), identifier))


def restrict(value: str, caveat: Mapping[str, Any]) -> str:
    """A narrower copy of a macaroon, made by whoever holds it.

    Args:
        value: The macaroon, such as an access token.
        caveat: What must hold, such as ``{"scope": "read"}`` or
            ``{"exp": 1790000060}``. What the server does not know, it refuses.

    Raises:
        MacaroonError: The value is not a macaroon.
    """
    text = json.dumps(caveat, separators=(",", ":"))
    return parse(value).with_caveat(text.encode()).value


def looks_like_macaroon(value: str) -> bool:
    """Whether a value can be a macaroon, and is no opaque token and no JWT."""
    return value.startswith(PREFIXES) and len(value) > SHORTEST and "." not in value


def parse(value: str) -> Macaroon:
    """Read a macaroon as it travels. Nothing of it is believed yet.

    Raises:
        MacaroonError: It is not one in Base64url without padding and version 2, or
            has more caveats than are looked at.
    """
    rest = fields(decode(value))
    location, identifier, verifier = header(rest, next(rest, (EOS, b"")))
    if verifier is not None:
        raise MacaroonError("its fields are not those of a macaroon, in order")
    caveats = []
    while (first := next(rest, (SIGNATURE, b"")))[0] != EOS:
        caveats.append(_caveat(*header(rest, first)))
        if len(caveats) > MOST_CAVEATS:
            raise MacaroonError(f"it has more than {MOST_CAVEATS} caveats")
    kind, signature = next(rest, (EOS, b""))
    if (kind, len(signature)) != (SIGNATURE, SIGNATURE_OCTETS) or any(rest):
        raise MacaroonError("its signature is missing, or not the last of it")
    return Macaroon(identifier, signature, tuple(caveats), location)


def _caveat(location: str, identifier: bytes, verifier: bytes | None) -> Caveat:
    return Caveat(identifier, location, verifier)


def _next_link(link: bytes, caveat: Caveat) -> bytes:
    if caveat.verifier is None:
        return _hmac(link, caveat.identifier)
    return _hmac(link, _hmac(link, caveat.verifier) + _hmac(link, caveat.identifier))


def _first_key(root_key: bytes) -> bytes:
    return _hmac(b"macaroons-key-generator", root_key)


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")
