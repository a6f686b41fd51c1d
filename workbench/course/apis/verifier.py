"""Whether a bearer token is good at this API: signature, issuer, audience, expiry."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeGuard

import jwt

from workbench.course.apis.published import PublishedIssuer

if TYPE_CHECKING:
    from jwt.types import Options

ALGORITHMS = ("RS256", "ES256")
"""Those that a published key can check; never what a token says of itself."""

UNCHECKED: "Options" = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
"""What is checked here, by the API's own clock, and not by the library."""


class TokenUnfit(Exception):
    """A token that counts for nothing here.

    Args:
        reason: For the log: what is wrong, in a sentence; no part of the token.
        told: For the caller, as ``error_description``.

    Attributes:
        claims: What the token says, for the log; None unless its issuer says so.
    """

    def __init__(self, reason: str, told: str = "The access token is invalid") -> None:
        super().__init__(reason)
        self.reason, self.told = reason, told
        self.claims: Mapping[str, Any] | None = None


class TokenVerifier:
    """Checks tokens for one API.

    A signed token (JWT) is checked with the issuer's published keys, any other by
    introspection.

    Args:
        issuer: Whose tokens count.
        audience: What ``aud`` must name; None: it is not looked at.
        now: The time in seconds since the epoch.
    """

    def __init__(
        self, issuer: PublishedIssuer, audience: str | None, now: Callable[[], float]
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._now = now

    def verify(self, token: str) -> dict[str, Any]:
        """The claims of a token that is good here; whether it may is another question.

        Raises:
            TokenUnfit: It is not.
            IssuerUnavailable: That cannot be found out.
        """
        claims = self._signed(token) if token.count(".") == 2 else self._told(token)
        try:
            self._check(claims)
        except TokenUnfit as problem:
            problem.claims = claims
            raise
        return claims

    def _check(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer.issuer:
            raise TokenUnfit("The token is of another issuer.")
        self._check_time(claims)
        if claims.get("tokenName", "access_token") != "access_token":
            raise TokenUnfit("The token is no access token.")
        if self._audience is not None:
            _check_audience(claims.get("aud"), self._audience)

    def _signed(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise TokenUnfit("The token is no JWT, though it looks like one.") from None
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS:
            raise TokenUnfit(
                "The token is not signed with a key that is published "
                f"({' or '.join(ALGORITHMS)})."
            )
        key = self._issuer.key(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenUnfit("The issuer has not published the token's key.")
        try:
            return jwt.decode(token, key, algorithms=ALGORITHMS, options=UNCHECKED)
        except (jwt.PyJWTError, TypeError, ValueError):
            raise TokenUnfit("The token's signature does not hold.") from None

    def _told(self, token: str) -> dict[str, Any]:
        """The claims that introspection tells."""
        told = self._issuer.introspected(token)
        if told.get("active") is not True:
            raise TokenUnfit(
                "The issuer says that the token is not active: expired, revoked or "
                "never issued."
            )
        return told

    def _check_time(self, claims: Mapping[str, Any]) -> None:
        now = self._now()
        expires, begins = claims.get("exp"), claims.get("nbf", 0)
        if not _is_time(expires) or not _is_time(begins):
            raise TokenUnfit("The token does not say until when it counts.")
        if expires <= now:
            raise TokenUnfit("The token has expired.", "The access token expired")
        if begins > now:
            raise TokenUnfit("The token does not count yet.")


def _check_audience(aud: Any, wanted: str) -> None:
    """RFC 7519, section 4.1.3: a name, or a list of names."""
    named = [aud] if isinstance(aud, str) else aud
    if not isinstance(named, list) or not named:
        raise TokenUnfit(f"The token does not say whom it is for; this is {wanted}.")
    if wanted not in named:
        told = ", ".join(map(str, named))
        raise TokenUnfit(f"The token is for {told}, and this is {wanted}.")


def _is_time(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
