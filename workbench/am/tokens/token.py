"""A token as issued, and what the server knows of one that somebody sent."""

import json
from dataclasses import dataclass, field

from workbench.am.basics.types import Claims
from workbench.am.tokens.limits import CaveatLimits
from workbench.am.tokens.macaroon import Macaroon

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"


TOKEN_NAMES = {ACCESS_TOKEN: "access_token", ID_TOKEN: "id_token"}
"""What ``tokenName`` says in a token of each exchangeable type."""


PERSON_GONE = "Its person was deactivated or deleted."


compact = json.JSONEncoder(separators=(",", ":")).encode
"""JSON without a space, as it is signed and sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a token is made.

    Attributes:
        client_side: As a JWT; otherwise as an opaque value that the server keeps.
        algorithm: What signs a JWT.
        encrypted: Whether it is encrypted instead of signed.
        compressed: Whether its claims are deflated before.
        value: The opaque value; "" for a fresh one. Beneath a macaroon it is always
            fresh, since that is what says which token it is (inferred).
        macaroon: Whether a macaroon is laid around it.
    """

    client_side: bool
    algorithm: str
    encrypted: bool = False
    compressed: bool = False
    value: str = field(default="", repr=False)
    macaroon: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A token as issued. Its value never shows in the repr."""

    value: str = field(repr=False)
    claims: Claims
    client_side: bool


def seconds_left(claims: Claims, now: int) -> int:
    """Whole seconds that a token has left when an answer about it is written.

    AM counts in milliseconds and rounds down, hence 3599 for a token of an hour
    that was issued just now.
    """
    return max(0, int(claims["exp"]) - now - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the server knows of a token that somebody sent.

    Attributes:
        form: ``client-side`` (a signed JWT) or ``server-side`` (a stored value).
        claims: The claims, or None where the token is not one of ours.
        fault: Why it is not one of ours, or "".
        elsewhere: Whether it is one of another realm or server, as it says of itself.
        ends: When the token itself ends, whatever its caveats say; None for never.
        expired: Whether its ``exp`` has passed.
        early: Whether its ``nbf`` is yet to come.
        revoked: Whether it was revoked.
        orphaned: Whether its client is inactive or gone, where the profile minds.
        bereft: The same of the person whom it is about.
        macaroon: What is laid around it, with its caveats, or None.
        limits: What caveats allow to whatever comes of it, its own or those of the
            tokens that it came from; None where there are none.
    """

    form: str
    claims: Claims | None
    fault: str = ""
    elsewhere: bool = False
    ends: int | None = None
    expired: bool = False
    early: bool = False
    revoked: bool = False
    orphaned: bool = False
    bereft: bool = False
    macaroon: Macaroon | None = None
    limits: CaveatLimits | None = None

    @property
    def active(self) -> bool:
        """Whether the token can be used."""
        return self.claims is not None and not (
            self.expired or self.early or self.revoked or self.orphaned or self.bereft
        )

    @property
    def why_inactive(self) -> str:
        """Why it cannot be used, of a token of this realm; "" where it can."""
        reasons = {
            "It was revoked.": self.revoked,
            "Its client is inactive or deleted.": self.orphaned,
            PERSON_GONE: self.bereft,
            "It has expired.": self.expired,
            "It is not valid yet.": self.early,
        }
        return next((reason for reason, holds in reasons.items() if holds), "")


def is_id_token(claims: Claims) -> bool:
    """Whether these are the claims of an ID token, which opens nothing."""
    return claims.get("tokenName") == "id_token"


def auth_level(claims: Claims) -> int | None:
    """How strongly the subject authenticated; None for a client.

    An ID token says it as ``acr``, the authentication level in a fresh AM.
    """
    acr = claims.get("acr")
    level = int(acr) if isinstance(acr, str) and acr.isdecimal() else None
    found: int | None = claims.get("auth_level", level)
    return found
