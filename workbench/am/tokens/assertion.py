"""Client assertions: a JWT in which a client proves who it is (RFC 7523).

Sources: RFC 7523 section 3; PingAM, "JWT profile" of client authentication, which
lists the claims that there must be, ``jti`` among them, and the half hour; the order
of the checks and their other texts are OpenAM's. That a ``jti`` is good once is
inferred (RFC 7523 lets a server ask for it).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

import jwt
from jwt.utils import base64url_decode

from workbench.am.basics.clock import Clock
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.table import Table
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.jwks import keys_for
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.client_side import LARGEST

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

FARTHEST = 30 * 60
"""Seconds ahead that ``exp`` may lie (PingAM, JWT profile)."""

NOT_VALID = "JWT is not valid"
EXPIRED = "JWT has expired"
UNREASONABLE = "JWT expiration time is unreasonable"
OTHER_AUDIENCE = "Audience validation failed"


class Fault(NamedTuple):
    """Why an assertion proves nothing.

    Attributes:
        description: What goes over the wire.
        hint: The reason, for the person at the bench.
        by_setting: Whether a setting of the client refuses.
    """

    description: str
    hint: str
    by_setting: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion as it came; nothing of it is believed yet.

    Attributes:
        value: The JWT.
        header: Its JOSE header.
        claims: Its claims.
    """

    value: str = field(repr=False)
    header: Mapping[str, Any] = field(repr=False)
    claims: Claims = field(repr=False)

    @property
    def client_id(self) -> str:
        """Whom it is about: the client, by RFC 7523; "" where it does not say."""
        sub = self.claims.get("sub")
        return sub if isinstance(sub, str) else ""

    @property
    def algorithm(self) -> str:
        """How it says that it is signed; "" where it does not."""
        algorithm = self.header.get("alg")
        return algorithm if isinstance(algorithm, str) else ""

    @property
    def is_shared(self) -> bool:
        """Whether it is signed with the client secret."""
        return self.algorithm.startswith("HS")


def read_assertion(value: str) -> Assertion | None:
    """Take a JWT apart; None where it is none."""
    if value.count(".") != 2 or len(value) > LARGEST:
        return None
    try:
        header, claims = (json.loads(base64url_decode(p)) for p in value.split(".")[:2])
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return None
    return Assertion(value, header, claims)


def assertion_fault(
    assertion: Assertion,
    client: Client,
    provider: ProviderSettings,
    *,
    audiences: tuple[str, ...],
    now: int,
) -> Fault | None:
    """Why the assertion does not prove that this client sent it, or None.

    Args:
        assertion: What was sent.
        client: Whom it names.
        provider: The realm's settings.
        audiences: What ``aud`` may say, any one of them.
        now: Seconds since the epoch.
    """
    return (
        time_fault(assertion.claims, now)
        or _signature_fault(assertion, client, provider)
        or _claims_fault(assertion.claims, audiences, now)
    )


def time_fault(claims: Claims, now: int) -> Fault | None:
    """Why a JWT of a client does not count now, or None."""
    exp = claims.get("exp")
    if not is_time(exp):
        return Fault(NOT_VALID, "It has no exp, in seconds since the epoch.")
    if now >= exp:
        return Fault(EXPIRED, f"exp is {safe_text(exp)}; the bench's clock says {now}.")
    if exp - now > FARTHEST:
        return Fault(
            UNREASONABLE,
            f"exp is {safe_text(exp)}; the bench's clock says {now}, and {FARTHEST} "
            "seconds ahead is the farthest.",
        )
    return None


def _signature_fault(
    assertion: Assertion, client: Client, provider: ProviderSettings
) -> Fault | None:
    """The algorithm is the client's own, so that one cannot be taken for another."""
    algorithm, expected = assertion.algorithm, client.token_endpoint_auth_signing_alg
    name = client.client_id
    if algorithm != expected:
        hint = f"It is signed with {safe_text(algorithm)}; {name} is set to {expected}."
        return Fault(NOT_VALID, hint, by_setting=True)
    if algorithm not in provider.supportedTokenEndpointAuthenticationSigningAlgorithms:
        return Fault(NOT_VALID, f"The provider does not take {algorithm}.")
    keys = signing_keys(assertion, client)
    if isinstance(keys, str):
        return Fault(NOT_VALID, keys, by_setting=True)
    if not any(signed_by(key, assertion) for key in keys):
        return Fault(NOT_VALID, f"It was not signed with a key of {name}.")
    return None


def signing_keys(assertion: Assertion, client: Client) -> list[Any] | str:
    """What of the client may have signed it, or why there is nothing."""
    name = client.client_id
    if assertion.is_shared:
        octets = int(assertion.algorithm[2:]) // 8
        secret = (client.secret or "").encode()
        if len(secret) < octets:
            return (
                f"The secret of {name} is too short for {assertion.algorithm}: it "
                f"needs {octets} octets (RFC 7518 section 3.2)."
            )
        return [secret]
    if client.jwks:
        kid = assertion.header.get("kid")
        return keys_for(client.jwks, assertion.algorithm, kid)
    if client.jwks_uri:
        return f"{name} has a jwks_uri, which the bench never fetches; give it jwks."
    return f"{name} has no jwks: no public key to check the signature with."


def signed_by(key: Any, assertion: Assertion) -> bool:
    """Whether this key signed it."""
    try:
        jwt.PyJWS().decode(assertion.value, key, algorithms=[assertion.algorithm])
    except (jwt.PyJWTError, ValueError):
        return False
    return True


def _claims_fault(claims: Claims, audiences: tuple[str, ...], now: int) -> Fault | None:
    aud = claims.get("aud")
    named = aud if isinstance(aud, list) else [aud]
    if not any(each in audiences for each in named):
        hint = f"aud is {safe_text(aud)}; it may be: {', '.join(audiences)}."
        return Fault(OTHER_AUDIENCE, hint)
    if claims.get("iss") != claims.get("sub"):
        hint = "iss and sub are both the client (RFC 7523 section 3)."
        return Fault(NOT_VALID, hint)
    if "nbf" in claims and not (is_time(claims["nbf"]) and claims["nbf"] <= now):
        return Fault(NOT_VALID, "The assertion is not valid yet (nbf).")
    if not isinstance(claims.get("jti"), str):
        return Fault(NOT_VALID, "The assertion has no jti.")
    return None


def is_time(value: Any) -> TypeGuard[int | float]:
    """Whether it is a NumericDate (RFC 7519 section 2)."""
    return type(value) is int or (type(value) is float and math.isfinite(value))


class SpentAssertions:
    """Remembers each ``jti`` as long as its assertion could come again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = Expiring[float]("spent assertions", lambda exp: exp, grace=0)

    @property
    def tables(self) -> tuple[Table[float]]:
        """All that it keeps: the ``exp`` by client and ``jti``."""
        return (self._until,)

    def spend(self, assertion: Assertion) -> bool:
        """Whether this is the first time that a verified assertion came."""
        key = json.dumps([assertion.client_id, assertion.claims["jti"]])
        now = self._clock.now()
        if self._until.get(key, now) > now:
            return False
        self._until.add(key, assertion.claims["exp"], now)
        return True
