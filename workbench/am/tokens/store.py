"""The tokens of a realm: made in any form, read again, revoked.

The claims are those of PingAM 8.1's client-based access tokens. A server-side
token has the same claims; its value is 27 random characters. Either can travel as a
macaroon, whose identifier it is then (PingAM 8.1, "Macaroons: sharable tokens").

What the server keeps of a token it forgets a day after the token's end, and it keeps
no more than ``most`` server-side tokens. Who sends a forgotten one is told what whoever
sends any text is told; a forgotten token never opens anything again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workbench.am.basics.bounded import whole_most
from workbench.am.basics.clock import Clock, Ids
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
from workbench.am.tokens.fates import Fates
from workbench.am.tokens.kept_claims import MOST, KeptClaims, end_of
from workbench.am.tokens.keys import KeyRing
from workbench.am.tokens.limits import CaveatLimits, limits_of, together
from workbench.am.tokens.macaroon import Macaroon, looks_like_macaroon, parse
from workbench.am.tokens.token import Making, Reading, Token, is_id_token
from workbench.errors import MacaroonError

CLIENT_SIDE, SERVER_SIDE = "client-side", "server-side"
"""The forms of a token: a JWT, or an opaque value that the server keeps."""


class TokenStore:
    """Makes tokens, finds them again, and remembers which were revoked.

    Args:
        realm: The realm's path.
        clock: Gives the time.
        ids: Gives values, and the bytes of keys.

    Attributes:
        keys: What tokens are signed with.
        tell: Called with a sentence when live tokens are left out for the first time.
    """

    def __init__(self, realm: str, clock: Clock, ids: Ids) -> None:
        self.keys = KeyRing(ids)
        self._realm = realm
        self._clock = clock
        self._ids = ids
        self._stored = KeptClaims("tokens", MOST)
        self._beneath = KeptClaims("tokens in macaroons", MOST)  # by its identifier
        self._most = MOST
        self._fates = Fates(clock)
        self.tell: Callable[[str], None] = _nobody
        self._stored.full = self._beneath.full = self._say_once

    @property
    def most(self) -> int:
        """How many server-side tokens are kept, and as many beneath macaroons.

        Beyond it go those that have expired, and then the oldest. It can be set at any
        time, and counts from the next token on.

        Raises:
            SettingError: It is set to something else than a whole number from 1 on.
        """
        return self._most

    @most.setter
    def most(self, most: int) -> None:
        self._most = self._stored.most = self._beneath.most = whole_most(most)

    @property
    def left_out(self) -> int:
        """How many live tokens went, since there were too many."""
        return self._stored.left_out + self._beneath.left_out

    def _say_once(self) -> None:
        text = (
            f"More than {self.most} server-side tokens are live, or fewer that are "
            "long: the oldest are kept no longer. realm.tokens.most says how many are."
        )
        tell, self.tell = self.tell, _nobody
        tell(text)

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """All that it keeps, but for the keys; every value is one of JSON's."""
        return (self._stored, self._beneath, *self._fates.tables)

    def make(self, claims: Claims, making: Making) -> Token:
        """Sign or encrypt the claims, or store them under an opaque value.

        Whoever holds a macaroon, however narrow, can take out what is beneath it. So
        that alone opens nothing here: a stored value is kept apart, and a JWT has a
        ``typ`` of its own and is signed with HS256, which nobody else can check. What
        AM does of this is unknown.
        """
        self._fates.outlast(claims)
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

    def _read_stored(self, value: str, stored: KeptClaims, issuer: str) -> Reading:
        if not stored.has(value):
            return _foreign(SERVER_SIDE, _unknown(stored))
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
        if self._fates.is_discarded(claims):
            return _foreign(form, "a script changed its tokenName")
        if claims.get("iss") not in issuers(issuer):
            return _foreign(form, f"it was issued by {safe_text(claims.get('iss'))}")
        if claims.get("realm") != self._realm:
            return _foreign(form, f"it is of realm {safe_text(claims.get('realm'))}")
        now = self._clock.now()
        return Reading(
            form=form,
            claims=claims,
            ends=end_of(claims),
            expired=_has_ended(claims, now),
            early=claims.get("nbf", now) > now,
            revoked=self._fates.is_revoked(claims, now),
            limits=self._fates.limits_of(claims),
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
        self._fates.revoke_grant(grant_id)

    def limit(self, token: Token, limits: CaveatLimits) -> None:
        """Hold what comes of a token to the caveats of those that it came from.

        It is remembered here, since not every token can carry a caveat.
        """
        self._fates.limit(token.claims, limits)

    def discard(self, claims: Claims) -> None:
        """Let a token be good for nothing that a script gave another ``tokenName``.

        AM relies on such claims of its own; that it takes the token for none of its
        kinds is inferred.
        """
        self._fates.discard(claims)

    def retire(self, reading: Reading, grace: int = 0) -> None:
        """Forget one token alone, whatever its kind; its grant lives on.

        Args:
            reading: What a token of this realm was read as.
            grace: Seconds that it is still good for, counted from the first time.
        """
        since = self._clock.now() + grace
        self._fates.revoke((reading.claims or {})["jti"], since, reading.ends)


def _has_ended(claims: Claims, now: int) -> bool:
    """Whether the token's time is over; some refresh tokens have no end."""
    return "exp" in claims and bool(now >= claims["exp"])


def _unknown(stored: KeptClaims) -> str:
    """That there is no such token, and that there may have been one."""
    text = "no token of this realm has this value"
    if stored.left_out:
        return f"{text}, or it was left out: no more than {stored.most} are kept"
    if stored.collected:
        return f"{text}, or it is forgotten, a day after it expired"
    return text


def _nobody(text: str) -> None:
    """Nobody asks what becomes of tokens."""


def _foreign(form: str, fault: str) -> Reading:
    return Reading(form=form, claims=None, fault=fault)
