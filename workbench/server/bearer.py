"""Endpoints that an access token opens: userinfo and tokeninfo (RFC 6750)."""

from typing import Any

from workbench.am.introspection import issued_to
from workbench.am.scope_evaluation import evaluated
from workbench.am.tokens import Reading, seconds_left
from workbench.am.users import User, user_in
from workbench.errors import InsufficientScope, InvalidRequest, InvalidToken
from workbench.server.incoming import Incoming

CLAIMS_OF_SCOPE = {
    "profile": {
        "name": "cn",
        "given_name": "givenName",
        "family_name": "sn",
        "zoneinfo": "preferredtimezone",
        "locale": "preferredlocale",
    },
    "email": {"email": "mail"},
    "phone": {"phone_number": "telephoneNumber"},
}
"""Claims that a scope opens, and the attribute of each, as in AM's own script."""

CLAIMS = tuple(name for group in CLAIMS_OF_SCOPE.values() for name in group)


def userinfo(incoming: Incoming) -> dict[str, Any]:
    """Who the token is about (OpenID Connect Core section 5.3).

    Raises:
        InvalidToken: It opens nothing.
        InsufficientScope: It lacks ``openid``.
    """
    value = bearer(incoming)
    if value is None and incoming.request.method == "POST":
        value = incoming.parameters.get("access_token")
    claims = _opened(incoming, value).claims or {}
    if "openid" not in claims["scope"]:
        raise InsufficientScope("The resource requested requires scope: openid")
    answer: dict[str, Any] = {"sub": claims["sub"]}
    if "subname" in claims:
        answer["subname"] = claims["subname"]
    user = user_in(claims["sub"], incoming.realm.users)
    if user is not None:
        answer |= _attributes(user, claims["scope"])
    return answer


def tokeninfo(incoming: Incoming) -> dict[str, Any]:
    """The claims of a token, for whoever holds it (seen on PingOne AIC).

    What is told of its scopes replaces none of them; that is inferred.

    Raises:
        InvalidRequest: No token was sent.
        InvalidToken: It opens nothing.
    """
    value = incoming.query.get("access_token") or bearer(incoming)
    if value is None:
        raise InvalidRequest("Missing parameters: access_token")
    reading = _opened(incoming, value)
    claims = reading.claims or {}
    left = seconds_left(claims, incoming.realm.clock.now())
    told, script = evaluated(
        incoming.realm, value, reading, incoming.properties_with_query
    )
    if script is not None:
        text = f"{script.script.name} was asked about a token."
        incoming.record("token", issued_to(claims), text, scripts=(script,))
    return {**told, **claims, "access_token": value, "expires_in": left}


def bearer(incoming: Incoming) -> str | None:
    """The bearer token of the Authorization header, or None (RFC 6750 2.1)."""
    scheme, _, value = incoming.request.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if scheme.lower() == "bearer" else None


def _opened(incoming: Incoming, value: str | None) -> Reading:
    """What is known of a live access token."""
    if value is None:
        raise InvalidToken(hint="Send the access token as a bearer token.")
    reading = incoming.realm.read(value)
    if reading.claims is None or reading.claims["tokenName"] != "access_token":
        raise InvalidToken(hint=reading.fault or "It is not an access token.")
    if not reading.active:
        raise InvalidToken(hint=_why(reading))
    return reading


def _why(reading: Reading) -> str:
    if reading.revoked:
        return "It was revoked."
    if reading.orphaned:
        return "Its client is inactive or deleted."
    return "It has expired." if reading.expired else "It is not valid yet."


def _attributes(user: User, scope: list[str]) -> dict[str, str]:
    """The claims that the scopes open, as far as the person has them."""
    names = {
        claim: attribute
        for each in scope
        for claim, attribute in CLAIMS_OF_SCOPE.get(each, {}).items()
    }
    return {
        claim: user.values(attribute)[0]
        for claim, attribute in names.items()
        if user.values(attribute)
    }
