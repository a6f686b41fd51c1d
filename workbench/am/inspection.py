"""A token laid open for a person: what it says and whether it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.introspection import introspection
from workbench.am.tokens import Reading, decode_unverified, header_unverified


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What the bench can say of one token. Never holds its value.

    Attributes:
        label: What to call it, such as ``subject token``.
        form: ``client-side`` (a signed JWT) or ``server-side`` (opaque).
        header: The JOSE header, or None for an opaque token.
        claims: The claims; for a token that is not of this realm, as they stand
            unverified, or None where it cannot be read.
        introspection: What the introspection endpoint says of an opaque token;
            None for a JWT.
        genuine: Whether this realm issued it, unchanged.
        signature: One sentence on the signature, or on the stored value.
        state: ``active``, ``expired``, ``not valid yet``, ``revoked``, ``its client
            is inactive`` or ``not of this realm``.
        now: Seconds since the epoch at which this was found.
    """

    label: str
    form: str
    header: Mapping[str, Any] | None
    claims: Mapping[str, Any] | None
    introspection: Mapping[str, Any] | None
    genuine: bool
    signature: str
    state: str
    now: int

    @property
    def sub(self) -> str:
        """The subject, or "" where the token cannot be read."""
        return str((self.claims or {}).get("sub", ""))


def inspection(value: str, reading: Reading, label: str, now: int) -> Inspection:
    """Lay a token open, given what the realm read of it."""
    unverified = decode_unverified(value) if reading.form == "client-side" else None
    header, claims = unverified or (header_unverified(value), None)
    opaque = reading.form == "server-side" and reading.claims is not None
    return Inspection(
        label=label,
        form=reading.form,
        header=header,
        claims=reading.claims if reading.claims is not None else claims,
        introspection=introspection(reading, now=now) if opaque else None,
        genuine=reading.claims is not None,
        signature=_signature(reading, header),
        state=_state(reading),
        now=now,
    )


def _signature(reading: Reading, header: Mapping[str, Any] | None) -> str:
    if reading.claims is None:
        return f"Not a token of this realm: {reading.fault}."
    if reading.form == "server-side":
        return "Opaque: a random value; the server keeps what it stands for."
    if (header or {}).get("enc"):
        return "Encrypted: with a key of this realm, which alone can read it."
    return f"Verified: signed by this realm with {(header or {}).get('alg')}."


def _state(reading: Reading) -> str:
    if reading.claims is None:
        return "not of this realm"
    if reading.revoked:
        return "revoked"
    if reading.expired:
        return "expired"
    if reading.orphaned:
        return "its client is inactive"
    return "not valid yet" if reading.early else "active"
