"""Tokens: their claims, client-side (signed) and server-side (stored).

The claims are those of PingAM 8.1's client-based access tokens. A server-side
token has the same claims; its value is 27 random characters. Either can travel as a
macaroon, whose identifier it is then (PingAM 8.1, "Macaroons: sharable tokens").
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import jwt
from jwt.utils import base64url_decode

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.secrets import shown
from workbench.am.tokens.caveats import narrowed
from workbench.am.tokens.jwe import DEFLATED, PLAIN, deflated
from workbench.am.tokens.keys import KeyRing
from workbench.am.tokens.macaroon import Macaroon, looks_like_one, parsed
from workbench.am.tokens.token import Making, Reading, Token, compact, is_id_token
from workbench.errors import MacaroonError

SIGNED_PARTS, ENCRYPTED_PARTS = 3, 5
"""Of a client-side token: a JWS (RFC 7515) or a JWE (RFC 7516)."""

LARGEST = 1024 * 1024
"""Characters; a longer value is not looked at, as no request is longer."""


BENEATH = "macaroon+jwt"
"""``typ`` of a JWT that counts in a macaroon alone; see ``TokenStore.make``."""


class TokenStore:
    """Makes tokens, finds them again, and remembers which were revoked."""

    def __init__(self, realm: str, clock: Clock, ids: Ids) -> None:
        self.keys = KeyRing(ids)
        self._realm = realm
        self._clock = clock
        self._ids = ids
        self._stored: dict[str, Mapping[str, Any]] = {}
        self._beneath: dict[str, Mapping[str, Any]] = {}  # by a macaroon's identifier
        self._revoked: dict[str, int] = {}  # by jti, from when on
        self._revoked_grants: set[str] = set()
        self._discarded: set[str] = set()  # by jti

    def make(self, claims: Mapping[str, Any], making: Making) -> Token:
        """Sign or encrypt the claims, or store them under an opaque value.

        Whoever holds a macaroon, however narrow, can take out what is beneath it. So
        that alone opens nothing here: a stored value is kept apart, and a JWT has a
        ``typ`` of its own and is signed with HS256, which nobody else can check. What
        AM does of this is unknown.
        """
        if not making.macaroon:
            return self._made(claims, making)
        token = self._made(claims, replace(making, algorithm="HS256"))
        return replace(token, value=self.keys.macaroon(token.value))

    def _made(self, claims: Mapping[str, Any], making: Making) -> Token:
        """A token by itself, or for a macaroon.

        In AM's own samples access and refresh tokens say in their header that they
        are not compressed; ID tokens do not, as is best: no standard has ``zip``
        in a signed JWT, and strict clients refuse a header that they do not know.
        """
        if not making.client_side:
            if making.macaroon:
                value = self._ids.token()
                self._beneath[value] = claims
            else:
                value = making.value or self._ids.token()
                self._stored[value] = claims
            return Token(value, claims, False)
        payload = compact(claims).encode()
        header = {} if is_id_token(claims) else {"zip": PLAIN}
        if making.compressed:
            payload, header = deflated(payload), {"zip": DEFLATED}
        if making.macaroon:
            header["typ"] = BENEATH
        if making.encrypted:
            return Token(self.keys.encrypt(payload, **header), claims, True)
        return Token(self.keys.sign(payload, making.algorithm, **header), claims, True)

    def read(self, value: str, *, issuer: str) -> Reading:
        """Find out what a value is. Never raises for what somebody sent.

        Args:
            value: The token as it came.
            issuer: What ``iss`` must say.
        """
        if looks_like_one(value):
            return self._read_macaroon(value, issuer)
        parts = value.count(".") + 1
        if parts not in (SIGNED_PARTS, ENCRYPTED_PARTS):
            return self._read_stored(value, self._stored, issuer)
        reading = self._read_jwt(value, issuer, parts)
        if reading.claims is not None and _is_beneath(value):
            return _foreign(reading.form, "it counts in its macaroon alone")
        return reading

    def _read_macaroon(self, value: str, issuer: str) -> Reading:
        """The token beneath, as its macaroon's caveats leave it."""
        if len(value) > LARGEST:
            return _foreign("server-side", f"it is longer than {LARGEST} characters")
        try:
            macaroon = parsed(value)
        except MacaroonError as problem:
            return _foreign("server-side", str(problem))
        beneath = macaroon.identifier.decode("ascii", "replace")
        parts = beneath.count(".") + 1
        client_side = parts in (SIGNED_PARTS, ENCRYPTED_PARTS)
        if not self.keys.made(macaroon):
            fault = "its signature is not one of this realm's key: forged or changed"
            form = "client-side" if client_side else "server-side"
            return replace(_foreign(form, fault), macaroon=macaroon)
        if client_side:
            reading = self._read_jwt(beneath, issuer, parts)
        else:
            reading = self._read_stored(beneath, self._beneath, issuer)
        return self._narrowed(reading, macaroon, issuer)

    def _narrowed(self, reading: Reading, macaroon: Macaroon, issuer: str) -> Reading:
        reading = replace(reading, macaroon=macaroon)
        if reading.claims is None:
            return reading
        try:
            claims = narrowed(reading.claims, macaroon.caveats, issuer)
        except MacaroonError as problem:
            return replace(reading, claims=None, fault=str(problem))
        now, ends = self._clock.now(), claims.get("exp")
        return replace(
            reading,
            claims=claims,
            expired=_ended(claims, now),
            early=claims.get("nbf", now) > now,
            ends=ends if ends != reading.claims.get("exp") else None,
        )

    def _read_jwt(self, value: str, issuer: str, parts: int) -> Reading:
        if len(value) > LARGEST:
            return _foreign("client-side", f"it is longer than {LARGEST} characters")
        try:
            opened = self.keys.verify if parts == SIGNED_PARTS else self.keys.decrypt
            claims = json.loads(opened(value))
        except (jwt.PyJWTError, ValueError, RecursionError) as problem:
            return _foreign("client-side", _fault(problem))
        return self._judge("client-side", claims, issuer)

    def _read_stored(
        self, value: str, kept: Mapping[str, Mapping[str, Any]], issuer: str
    ) -> Reading:
        claims = kept.get(value)
        if claims is None:
            return _foreign("server-side", "no token of this realm has this value")
        return self._judge("server-side", claims, issuer)

    def _judge(self, form: str, claims: Any, issuer: str) -> Reading:
        if not isinstance(claims, dict) or not _whole(claims):
            return _foreign(form, "its claims are not those of a token")
        if claims.get("jti") in self._discarded:
            return _foreign(form, "a script changed its tokenName")
        if claims.get("iss") != issuer:
            return _foreign(form, f"it was issued by {shown(claims.get('iss'))}")
        if claims.get("realm") != self._realm:
            return _foreign(form, f"it is of realm {shown(claims.get('realm'))}")
        now = self._clock.now()
        return Reading(
            form=form,
            claims=claims,
            expired=_ended(claims, now),
            early=claims.get("nbf", now) > now,
            revoked=now >= self._revoked.get(claims.get("jti", ""), now + 1)
            or claims.get("authGrantId") in self._revoked_grants,
        )

    def revoke(self, claims: Mapping[str, Any]) -> tuple[str, ...]:
        """Forget a token; a refresh token takes its whole grant along.

        An ID token stays: it opens nothing, and is checked without the server.

        Returns:
            What is gone: the token's ``jti``, and the grant where it went too.
        """
        if is_id_token(claims):
            return ()
        if claims["tokenName"] == "refresh_token":
            self.revoke_grant(claims["authGrantId"])
            return claims["jti"], claims["authGrantId"]
        self.retire(claims)
        return (claims["jti"],)

    def revoke_grant(self, grant_id: str) -> None:
        """Forget every token of a grant."""
        self._revoked_grants.add(grant_id)

    def discard(self, claims: Mapping[str, Any]) -> None:
        """Let a token be good for nothing that a script gave another ``tokenName``.

        AM relies on such claims of its own; that it takes the token for none of its
        kinds is inferred.
        """
        self._discarded.add(str(claims.get("jti")))

    def retire(self, claims: Mapping[str, Any], grace: int = 0) -> None:
        """Forget one token alone, whatever its kind; its grant lives on.

        Args:
            claims: The token's.
            grace: Seconds that it is still good for, counted from the first time.
        """
        ends, jti = self._clock.now() + grace, claims["jti"]
        self._revoked[jti] = min(ends, self._revoked.get(jti, ends))


def _is_beneath(value: str) -> bool:
    """Whether the header of a JWT of ours says that a macaroon belongs around it."""
    header = json.loads(base64url_decode(value.partition(".")[0]))
    return bool(header.get("typ") == BENEATH)


def _ended(claims: Mapping[str, Any], now: int) -> bool:
    """Whether the token's time is over; some refresh tokens have no end."""
    return "exp" in claims and bool(now >= claims["exp"])


def _whole(claims: Mapping[str, Any]) -> bool:
    """Whether the claims are those of a token of ours, each of its own type.

    A script may have set any of them to anything.
    """
    aud = claims.get("aud")
    endless = claims.get("tokenName") == "refresh_token" and "exp" not in claims
    common = (
        (endless or type(claims.get("exp")) is int)
        and isinstance(claims.get("sub"), str)
        and isinstance(claims.get("subname", ""), str)
        and type(claims.get("nbf", 0)) is int
        and type(claims.get("auth_level", 0)) in (int, float)
        and type(claims.get("auth_time", 0)) in (int, float)
        and (isinstance(aud, str) or (_texts(aud) and bool(aud)))
    )
    if is_id_token(claims):
        return common and isinstance(claims.get("azp"), str)
    return (
        common
        and claims.get("tokenName") in ("access_token", "refresh_token")
        and isinstance(claims.get("jti"), str)
        and isinstance(claims.get("authGrantId"), str)
        and isinstance(claims.get("client_id", ""), str)
        and _texts(claims.get("scope"))
    )


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)


def _foreign(form: str, fault: str) -> Reading:
    return Reading(form=form, claims=None, fault=fault)


def _fault(problem: Exception) -> str:
    if isinstance(problem, jwt.InvalidSignatureError):
        return "its signature is not one of this server's keys: forged or changed"
    if isinstance(problem, jwt.InvalidKeyError | jwt.InvalidAlgorithmError):
        return str(problem)
    if isinstance(problem, jwt.DecodeError | ValueError | RecursionError):
        return "it is not a well-formed JWT"
    return "its header asks for what this server does not do"
