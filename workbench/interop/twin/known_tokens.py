"""What is known of a token that was sent: by the bench, by itself, by what was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.basics.realm_path import issuers
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm
from workbench.am.tokens.caveats import caveat_members
from workbench.am.tokens.limits import CaveatLimits, limits_of
from workbench.am.tokens.macaroon import looks_like_macaroon, parse
from workbench.am.tokens.token import TOKEN_NAMES, Reading
from workbench.am.tokens.unverified import decode_unverified
from workbench.errors import MacaroonError

HOUR = 3600

BENCH, GIVEN, ITSELF, NOTHING = (
    "this bench issued it",
    "by the claims that were given",
    "by its own claims, whose signature nobody checked",
    "not at all: it is opaque, and no claims were given",
)
INACTIVE = "introspection told that it is not active, and nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKnowledge:
    """One token, as far as it is known.

    Attributes:
        role: ``subject`` or ``actor``.
        reading: As the server would read it, where all that is not known is well.
        told: How it is known.
        genuine: Whether it is known to be one of the realm, unchanged.
        claims: Whether its claims are known.
        live: Whether it is known that it had not been revoked.
        now_ended: Whether it has ended by now, where nobody knows when it was sent.
        inactive: Whether introspection said that it is not active.
        elsewhere: What it says of itself that is not of the realm asked, or "".
    """

    role: str
    reading: Reading
    told: str
    genuine: bool = False
    claims: bool = False
    live: bool = False
    now_ended: bool = False
    inactive: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A token as it was sent, and when.

    Attributes:
        role: ``subject`` or ``actor``.
        value: The token.
        kind: The type that was declared, or "".
        issuer: The realm's URL that it was sent to.
        at: When; now, where nobody knows.
        dated: Whether that is known.
        hoped: The claims that would pass, where none are known.
    """

    role: str
    value: str
    kind: str
    issuer: str
    at: int
    dated: bool
    hoped: Mapping[str, Any]


def known_token(
    sent: Sent, given: Mapping[str, Any] | None, realm: Realm | None
) -> TokenKnowledge:
    """What is known of a token: by a bench, else by claims given, else by itself."""
    if realm is not None and given is None:
        reading = read_token(realm, sent.value)
        if reading.claims is not None:
            return TokenKnowledge(
                role=sent.role,
                reading=reading,
                told=BENCH,
                genuine=True,
                claims=True,
                live=True,
            )
    if given is not None and "active" in given and given["active"] is not True:
        return TokenKnowledge(
            role=sent.role, reading=_hoped(sent), told=INACTIVE, inactive=True
        )
    if given is not None:
        introspected = given.get("active") is True
        return _by_claims(sent, given, GIVEN, active=introspected)
    read = decode_unverified(sent.value)
    if read is not None:
        return _by_claims(sent, read[1], ITSELF, active=False)
    return TokenKnowledge(role=sent.role, reading=_hoped(sent), told=NOTHING)


def _by_claims(
    sent: Sent, told: Mapping[str, Any], how: str, *, active: bool
) -> TokenKnowledge:
    claims = _sound(sent, told)
    ended, early = claims["exp"] <= sent.at, claims.get("nbf", sent.at) > sent.at
    return TokenKnowledge(
        role=sent.role,
        reading=Reading(
            form="client-side" if how == ITSELF else "server-side",
            claims=claims,
            expired=ended and sent.dated and not active,
            early=early and sent.dated and not active,
            limits=_limits(sent.value),
        ),
        told=how,
        genuine=active,
        claims=True,
        live=active,
        now_ended=ended and not sent.dated and not active,
        elsewhere=_elsewhere(sent, told),
    )


def _hoped(sent: Sent) -> Reading:
    """A token of which nothing is known, as it would have to be."""
    hoped = {
        "sub": "",
        "scope": [],
        "exp": sent.at + HOUR,
        "tokenName": TOKEN_NAMES.get(sent.kind, "access_token"),
    }
    limits = _limits(sent.value)
    return Reading(form="server-side", claims={**hoped, **sent.hoped}, limits=limits)


def _sound(sent: Sent, told: Mapping[str, Any]) -> dict[str, Any]:
    """The claims with those types that rules rely on; others are left out."""
    claims = dict(told)
    claims["sub"] = str(told.get("sub") or told.get("subname") or "")
    scope = told.get("scope")
    if isinstance(scope, str):
        scope = scope.split()
    known = isinstance(scope, list) and all(isinstance(each, str) for each in scope)
    claims["scope"] = scope if known else []
    for name in ("exp", "nbf", "auth_level"):
        if type(told.get(name)) not in (int, float):
            claims.pop(name, None)
    claims.setdefault("exp", sent.at + HOUR)
    claims.setdefault("tokenName", TOKEN_NAMES.get(sent.kind, "access_token"))
    return claims


def _elsewhere(sent: Sent, told: Mapping[str, Any]) -> str:
    issuer = told.get("iss")
    if not isinstance(issuer, str) or issuer in issuers(sent.issuer):
        return ""
    return "its iss is another than the realm that was asked"


def _limits(value: str) -> CaveatLimits | None:
    """What the caveats of a macaroon leave, which anybody can read."""
    if not looks_like_macaroon(value):
        return None
    try:
        caveats = parse(value).caveats
        return limits_of(caveat_members(each.identifier) or {} for each in caveats)
    except (MacaroonError, AttributeError, TypeError):
        return None
