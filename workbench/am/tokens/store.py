"""The tokens of a realm: made in any form, read again, revoked.

The claims are those of PingAM 8.1's client-based access tokens. A server-side
token has the same claims; its value is 27 random characters. Either can travel as a
macaroon, whose identifier it is then (PingAM 8.1, "Macaroons: sharable tokens").

What the server keeps of a token it forgets a day after the token's end, and it keeps
no more than ``most`` server-side tokens. Who sends a forgotten one is told what whoever
sends any text is told; a forgotten token never opens anything again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.realm_path import issuers
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.table import Table
from workbench.am.basics.types import Claims
from workbench.am.tokens.caveats import caveat_members, narrow
from workbench.am.tokens.claim_types import are_whole
from workbench.am.tokens.client_side import (
    LARGEST,
    belongs_in_macaroon,
    looks_like_jwt,
    make_jwt,
    open_jwt,
)
from workbench.am.tokens.kept_claims import KeptClaims, end_of
from workbench.am.tokens.keys import KeyRing
from workbench.am.tokens.limits import CaveatLimits, limits_of, together
from workbench.am.tokens.macaroon import Macaroon, looks_like_macaroon, parse
from workbench.am.tokens.token import Making, Reading, Token, is_id_token
from workbench.errors import MacaroonError

CLIENT_SIDE, SERVER_SIDE = "client-side", "server-side"
"""The forms of a token: a JWT, or an opaque value that the server keeps."""


MOST = 1_000_000
"""How many server-side tokens are kept, in about 300 MB."""

HOUR = 60 * 60


HOURS, ENDLESS = "hours", 2**53
"""Under which key the latest end is kept, and what it is of a token without one."""

Revoked: TypeAlias = tuple[int, int | None]
Limited: TypeAlias = tuple[tuple[Any, ...], int | None]


Value = TypeVar("Value")


class TokenStore:
    """Makes tokens, finds them again, and remembers which were revoked."""

    def __init__(self, realm: str, clock: Clock, ids: Ids) -> None:
        self.keys = KeyRing(ids)
        self._realm = realm
        self._clock = clock
        self._ids = ids
        self._stored = KeptClaims("tokens", MOST)
        self._beneath = KeptClaims("tokens in macaroons", MOST)  # by its identifier
        # By jti: from when on, and until when that matters.
        self._revoked: Expiring[Revoked] = _kept("revoked tokens", _second)
        self._revoked_grants: Expiring[int | None] = _kept("revoked grants", _itself)
        self._discarded: Expiring[int | None] = _kept("discarded tokens", _itself)
        # By jti, an ID token's by tracking id: the limits, and the token's end.
        self._limits: Expiring[Limited] = _kept("token limits", _second)
        self._latest: Table[int] = Table("latest end of a token")

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """All that it keeps, but for the keys; every value is one of JSON's."""
        return (
            self._stored,
            self._beneath,
            self._revoked,
            self._revoked_grants,
            self._discarded,
            self._limits,
            self._latest,
        )

    def make(self, claims: Claims, making: Making) -> Token:
        """Sign or encrypt the claims, or store them under an opaque value.

        Whoever holds a macaroon, however narrow, can take out what is beneath it. So
        that alone opens nothing here: a stored value is kept apart, and a JWT has a
        ``typ`` of its own and is signed with HS256, which nobody else can check. What
        AM does of this is unknown.
        """
        self._outlast(claims)
        if not making.macaroon:
            return self._make_plain(claims, making)
        if making.client_side:
            beneath = make_jwt(claims, replace(making, algorithm="HS256"), self.keys)
        else:
            beneath = self._ids.token()
            self._beneath.add(beneath, claims, self._clock.now())
        return Token(self.keys.macaroon(beneath), claims, making.client_side)

    def _make_plain(self, claims: Claims, making: Making) -> Token:
        """A token with nothing around it."""
        if making.client_side:
            return Token(make_jwt(claims, making, self.keys), claims, True)
        value = making.value or self._ids.token()
        self._stored.add(value, claims, self._clock.now())
        return Token(value, claims, False)

    def _outlast(self, claims: Claims) -> None:
        """Remember to the hour how long tokens live, for what ends with the last."""
        end = end_of(claims)
        hours = ENDLESS if end is None else -(-end // HOUR)
        if hours > self._latest.get(HOURS, 0):
            self._latest[HOURS] = hours

    def read(self, value: str, *, issuer: str) -> Reading:
        """Find out what a value is. Never raises for what somebody sent.

        Args:
            value: The token as it came.
            issuer: The realm's; ``iss`` is one of its issuers, by whichever form of
                URL the token was asked for.
        """
        if looks_like_jwt(value):
            reading = self._read_jwt(value, issuer)
            if reading.claims is not None and belongs_in_macaroon(value):
                return _foreign(CLIENT_SIDE, "it counts in its macaroon alone")
            return reading
        if looks_like_macaroon(value):
            return self._read_macaroon(value, issuer)
        return self._read_stored(value, self._stored, issuer)

    def _read_jwt(self, value: str, issuer: str) -> Reading:
        try:
            return self._judge(CLIENT_SIDE, open_jwt(value, self.keys), issuer)
        except ValueError as problem:
            return _foreign(CLIENT_SIDE, str(problem))

    def _read_stored(
        self, value: str, stored: Mapping[str, Claims], issuer: str
    ) -> Reading:
        if value not in stored:
            return _foreign(SERVER_SIDE, "no token of this realm has this value")
        return self._judge(SERVER_SIDE, stored[value], issuer)

    def _read_macaroon(self, value: str, issuer: str) -> Reading:
        """The token beneath, as its macaroon's caveats leave it."""
        if len(value) > LARGEST:
            return _foreign(SERVER_SIDE, f"it is longer than {LARGEST} characters")
        try:
            macaroon = parse(value)
        except MacaroonError as problem:
            return _foreign(SERVER_SIDE, str(problem))
        beneath = macaroon.identifier.decode("ascii", "replace")
        if not self.keys.has_made(macaroon):
            fault = "its signature is not one of this realm's key: forged or changed"
            form = CLIENT_SIDE if looks_like_jwt(beneath) else SERVER_SIDE
            return replace(_foreign(form, fault), macaroon=macaroon)
        if looks_like_jwt(beneath):
            reading = self._read_jwt(beneath, issuer)
        else:
            reading = self._read_stored(beneath, self._beneath, issuer)
        return self._narrow(reading, macaroon, issuer)

    def _narrow(self, reading: Reading, macaroon: Macaroon, issuer: str) -> Reading:
        reading = replace(reading, macaroon=macaroon)
        if reading.claims is None:
            return reading
        try:
            claims = narrow(reading.claims, macaroon.caveats, issuer)
        except MacaroonError as problem:
            return replace(reading, claims=None, fault=str(problem))
        now = self._clock.now()
        members = (caveat_members(each.identifier) or {} for each in macaroon.caveats)
        return replace(
            reading,
            claims=claims,
            expired=_has_ended(claims, now),
            early=claims.get("nbf", now) > now,
            limits=together(reading.limits, limits_of(members)),
        )

    def _judge(self, form: str, claims: Any, issuer: str) -> Reading:
        if not isinstance(claims, dict) or not are_whole(claims):
            return _foreign(form, "its claims are not those of a token")
        if claims.get("jti") in self._discarded:
            return _foreign(form, "a script changed its tokenName")
        if claims.get("iss") not in issuers(issuer):
            return _foreign(form, f"it was issued by {safe_text(claims.get('iss'))}")
        if claims.get("realm") != self._realm:
            return _foreign(form, f"it is of realm {safe_text(claims.get('realm'))}")
        now, jti = self._clock.now(), claims.get("jti", "")
        limited = _identifier(claims)
        return Reading(
            form=form,
            claims=claims,
            ends=end_of(claims),
            expired=_has_ended(claims, now),
            early=claims.get("nbf", now) > now,
            revoked=(jti in self._revoked and now >= self._revoked[jti][0])
            or claims.get("authGrantId") in self._revoked_grants,
            limits=_limits(self._limits[limited]) if limited in self._limits else None,
        )

    def revoke(self, reading: Reading) -> tuple[str, ...]:
        """Forget a token of this realm; a refresh token takes its whole grant along.

        An ID token stays: it opens nothing, and is checked without the server.

        Returns:
            What is gone: the token's ``jti``, and the grant where it went too.
        """
        claims = reading.claims or {}
        if is_id_token(claims):
            return ()
        if claims["tokenName"] == "refresh_token":
            self.revoke_grant(claims["authGrantId"])
            return claims["jti"], claims["authGrantId"]
        self.retire(reading)
        return (claims["jti"],)

    def revoke_grant(self, grant_id: str) -> None:
        """Forget every token of a grant."""
        hours = self._latest.get(HOURS, 0)
        end = None if hours >= ENDLESS else hours * HOUR
        self._revoked_grants.add(grant_id, end, self._clock.now())

    def limit(self, token: Token, limits: CaveatLimits) -> None:
        """Hold what comes of a token to the caveats of those that it came from.

        It is remembered here, since not every token can carry a caveat.
        """
        end = end_of(token.claims)
        self._limits.add(
            _identifier(token.claims), (tuple(limits), end), self._clock.now()
        )

    def discard(self, claims: Claims) -> None:
        """Let a token be good for nothing that a script gave another ``tokenName``.

        AM relies on such claims of its own; that it takes the token for none of its
        kinds is inferred.
        """
        self._discarded.add(str(claims.get("jti")), end_of(claims), self._clock.now())

    def retire(self, reading: Reading, grace: int = 0) -> None:
        """Forget one token alone, whatever its kind; its grant lives on.

        Args:
            reading: What a token of this realm was read as.
            grace: Seconds that it is still good for, counted from the first time.
        """
        now, jti = self._clock.now(), (reading.claims or {})["jti"]
        since, _ = self._revoked.get(jti, (now + grace, None))
        self._revoked.add(jti, (min(now + grace, since), reading.ends), now)


def _kept(name: str, ends: Callable[[Value], int | None]) -> Expiring[Value]:
    """What is kept of a token until that has ended, whatever else is to be kept."""
    return Expiring(name, ends, most=MOST, gives_up=False)


def _second(value: tuple[Any, int | None]) -> int | None:
    return value[1]


def _itself(end: int | None) -> int | None:
    return end


def _limits(limited: Limited) -> CaveatLimits:
    """Also where they come from a file, as lists."""
    scope, ends, audience = limited[0]
    return CaveatLimits(
        None if scope is None else tuple(scope),
        ends,
        None if audience is None else tuple(audience),
    )


def _has_ended(claims: Claims, now: int) -> bool:
    """Whether the token's time is over; some refresh tokens have no end."""
    return "exp" in claims and bool(now >= claims["exp"])


def _identifier(claims: Claims) -> str:
    """What a token is told from others by; an ID token has no ``jti``."""
    return str(claims.get("jti") or claims.get("auditTrackingId"))


def _foreign(form: str, fault: str) -> Reading:
    return Reading(form=form, claims=None, fault=fault)
