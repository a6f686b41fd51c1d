"""A token laid open for a person: what it says and whether it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
        state: ``active``, ``expired``, ``not valid yet``, ``revoked`` or
            ``not of this realm``.
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
