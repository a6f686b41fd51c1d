"""A token laid open for a person: what it says and whether it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.am.basics.types import Claims
from workbench.am.tokens.introspection import introspection
from workbench.am.tokens.macaroon import Caveat
from workbench.am.tokens.token import Reading
from workbench.am.tokens.unverified import decode_unverified, header_unverified


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
            is inactive``, ``its person is gone``, ``from elsewhere`` or ``not of this
            realm``.
        now: Seconds since the epoch at which this was found.
        caveats: Those of the macaroon around it, each as it stands; None where there
            is no macaroon. The claims are what they leave.
        notes: What was taken off of what a person pasted, and what it looks like.
        opaque: Which setting made it opaque, and what to set; "" where none did.
    """

    label: str
    form: str
    header: Mapping[str, Any] | None
    claims: Claims | None
    introspection: Mapping[str, Any] | None
    genuine: bool
    signature: str
    state: str
    now: int
    caveats: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    opaque: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The notes, and what made it opaque."""
        return (*self.notes, self.opaque) if self.opaque else self.notes

    @property
    def sub(self) -> str:
        """The subject, or "" where the token cannot be read."""
        return str((self.claims or {}).get("sub", ""))


def inspection(value: str, reading: Reading, label: str, now: int) -> Inspection:
    """Lay a token open, given what the realm read of it; a macaroon's with it."""
    macaroon = reading.macaroon
    if macaroon is not None:
        value = macaroon.identifier.decode("ascii", "replace")
    unverified = decode_unverified(value) if reading.form == "client-side" else None
    header, claims = unverified or (header_unverified(value), None)
    opaque = reading.form == "server-side" and reading.claims is not None
    return Inspection(
        label=label,
        form=reading.form,
        header=header,
        claims=reading.claims if reading.claims is not None else claims,
        introspection=_introspection(reading, now) if opaque else None,
        genuine=reading.claims is not None,
        signature=_signature(reading, header),
        state=_state(reading),
        now=now,
        caveats=None
        if macaroon is None
        else tuple(map(_caveat_text, macaroon.caveats)),
    )


def _introspection(reading: Reading, now: int) -> Mapping[str, Any]:
    """What introspection says, but for the macaroon's value."""
    return introspection(replace(reading, macaroon=None), now=now)


def _caveat_text(caveat: Caveat) -> str:
    """A caveat as text; of a third party's, where that party is."""
    if caveat.verifier is not None:
        return f"third party: {caveat.location}"
    return caveat.identifier.decode(errors="replace")


def _signature(reading: Reading, header: Mapping[str, Any] | None) -> str:
    if reading.elsewhere:
        return f"A token from elsewhere: {reading.fault}. Nothing in it was checked."
    if reading.claims is None:
        what = "Not a token" if reading.macaroon is None else "No good macaroon"
        return f"{what} of this realm: {reading.fault}."
    if reading.macaroon is not None:
        return f"A macaroon of this realm. Beneath it: {_beneath(reading, header)}"
    return _beneath(reading, header)


def _beneath(reading: Reading, header: Mapping[str, Any] | None) -> str:
    if reading.form == "server-side":
        return "Opaque: a random value; the server keeps what it stands for."
    if (header or {}).get("enc"):
        return "Encrypted: with a key of this realm, which alone can read it."
    return f"Verified: signed by this realm with {(header or {}).get('alg')}."


def _state(reading: Reading) -> str:
    if reading.claims is None:
        return "from elsewhere" if reading.elsewhere else "not of this realm"
    if reading.revoked:
        return "revoked"
    if reading.expired:
        return "expired"
    if reading.orphaned:
        return "its client is inactive"
    if reading.bereft:
        return "its person is gone"
    return "not valid yet" if reading.early else "active"
