"""What is kept of a client that registered itself (RFC 7591)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One client's registration, beside the client itself.

    Attributes:
        access_token: Opens the client's own registration; "" where none was
            generated. Never part of the repr.
        further: Metadata that was sent and is told as such; most has no effect here.
        attributes: What a script set of AM's store that no metadata tells, likewise.
    """

    access_token: str = field(default="", repr=False)
    further: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def opened_by(self, token: str) -> bool:
        """Whether this is the registration access token; constant time."""
        fits = hmac.compare_digest(token.encode(), self.access_token.encode())
        return fits and bool(self.access_token)
