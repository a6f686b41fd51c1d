"""What became of tokens, whether the server keeps them or not.

Each is remembered until a day after the token's own end: then nobody can use the token,
whatever became of it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from workbench.am.basics.clock import Clock
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.table import Table
from workbench.am.basics.types import Claims
from workbench.am.tokens.kept_claims import MOST, end_of
from workbench.am.tokens.limits import CaveatLimits

HOUR = 60 * 60

HOURS = "hours"
"""Under which key the latest end is kept."""

ENDLESS = 2**53
"""The second at which a token without an end may be forgotten."""

Value = TypeVar("Value")

Revoked: TypeAlias = tuple[int, int | None]
"""From when on, and until when that matters."""

Limited: TypeAlias = tuple[tuple[Any, ...], int | None]
"""The members of the limits, and until when they matter."""


class Fates:
    """Remembers which tokens were revoked, discarded, or held to caveats.

    Args:
        clock: Gives the time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._revoked: Expiring[Revoked] = _kept("revoked tokens", _second)  # by jti
        self._grants: Expiring[int | None] = _kept("revoked grants", _itself)
        self._discarded: Expiring[int | None] = _kept("discarded tokens", _itself)
        # By jti, an ID token's by tracking id.
        self._limits: Expiring[Limited] = _kept("token limits", _second)
        self._latest: Table[int] = Table("latest end of a token")
        self._known = 0  # seconds that the latest end is known to reach

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """All that it keeps; every value is one of JSON's."""
        return (
            self._revoked,
            self._grants,
            self._discarded,
            self._limits,
            self._latest,
        )

    def outlast(self, claims: Claims) -> None:
        """Remember to the hour how long tokens live, for what ends with the last."""
        end = end_of(claims)
        if end is None:
            end = ENDLESS
        if end <= self._known:
            return
        hours = -(-end // HOUR)
        if hours > self._latest.get(HOURS, 0):
            self._latest[HOURS] = hours
        self._known = self._latest[HOURS] * HOUR

    def revoke(self, jti: str, since: int, until: int | None) -> None:
        """Let a token be revoked from a second on; what was said before may be sooner.

        Args:
            jti: The token's.
            since: Seconds since the epoch.
            until: The token's own end; None where it has none.
        """
        if jti in self._revoked:
            since = min(since, self._revoked[jti][0])
        self._revoked.add(jti, (since, until), self._clock.now())

    def revoke_grant(self, grant_id: str) -> None:
        """Let every token of a grant be revoked, however long it lives."""
        end = self._latest.get(HOURS, 0) * HOUR
        self._grants.add(grant_id, end, self._clock.now())

    def is_revoked(self, claims: Claims, now: int) -> bool:
        """Whether the token was, or its grant."""
        jti: Any = claims.get("jti")
        grant_id = claims.get("authGrantId")
        alone = isinstance(jti, str) and self._revoked.has(jti)
        if alone and now >= self._revoked[jti][0]:
            return True
        return isinstance(grant_id, str) and self._grants.has(grant_id)

    def discard(self, claims: Claims) -> None:
        """Let a token be good for nothing."""
        self._discarded.add(str(claims.get("jti")), end_of(claims), self._clock.now())

    def is_discarded(self, claims: Claims) -> bool:
        """Whether it is good for nothing."""
        jti = claims.get("jti")
        return isinstance(jti, str) and self._discarded.has(jti)

    def limit(self, claims: Claims, limits: CaveatLimits) -> None:
        """Hold what comes of a token to these limits."""
        kept = tuple(limits), end_of(claims)
        self._limits.add(_identifier(claims), kept, self._clock.now())

    def limits_of(self, claims: Claims) -> CaveatLimits | None:
        """What comes of a token is held to these; None where it is to none."""
        key = _identifier(claims)
        if not self._limits.has(key):
            return None
        scope, ends, audience = self._limits[key][0]
        return CaveatLimits(_tuple(scope), ends, _tuple(audience))


def _kept(name: str, ends: Callable[[Value], int | None]) -> Expiring[Value]:
    """Nothing that still matters is forgotten, whatever else is to be kept."""
    return Expiring(name, ends, most=MOST, gives_up=False)


def _second(value: tuple[Any, int | None]) -> int | None:
    return value[1]


def _itself(end: int | None) -> int | None:
    return end


def _tuple(values: list[str] | tuple[str, ...] | None) -> tuple[str, ...] | None:
    """A file has lists."""
    return None if values is None else tuple(values)


def _identifier(claims: Claims) -> str:
    """What a token is told from others by; an ID token has no ``jti``."""
    return str(claims.get("jti") or claims.get("auditTrackingId"))
