"""Endpoints that an access token opens: userinfo and tokeninfo (RFC 6750)."""

from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.clients.pairwise import is_pairwise, subject_for
from workbench.am.issuing.evaluate_scopes import evaluate_scopes
from workbench.am.issuing.user_claims import ClaimsQuestion, of_scopes, user_claims
from workbench.am.people.user import user_in
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import Reading, seconds_left
from workbench.errors import InsufficientScope, InvalidRequest, InvalidToken
from workbench.server.request.incoming import Incoming


def userinfo(incoming: Incoming) -> dict[str, Any]:
    """Who the token is about (OpenID Connect Core section 5.3).

    ``sub`` is always the token's own (section 5.3.2), whatever a script says.

    Raises:
        InvalidToken: It opens nothing.
        InsufficientScope: It lacks ``openid``.
    """
    value = bearer(incoming)
    if value is None and incoming.request.method == "POST":
        value = incoming.parameters.get("access_token")
    claims = _read_live(incoming, value).claims or {}
    if "openid" not in claims["scope"]:
        scope = safe_text(" ".join(map(str, claims["scope"])) or "no scope")
        raise InsufficientScope(
            "The resource requested requires scope: openid",
            hint=f"The token has: {scope}.",
        )
    answer = _subject(incoming.realm, claims)
    told = _claims(incoming, claims, answer)
    return answer | {name: told[name] for name in told if name not in answer}


def _claims(incoming: Incoming, claims: Claims, own: Claims) -> Claims:
    """The person's claims, as the client's script or AM tells them."""
    realm = incoming.realm
    user = user_in(claims["sub"], realm.users)
    client = realm.clients.get(issued_to(claims))
    if client is None:
        return of_scopes(claims["scope"], user)
    asked = ClaimsQuestion(
        client=client,
        scopes=claims["scope"],
        user=user,
        claims=own,
        sub=claims["sub"],
        session=incoming.session,
        properties=incoming.properties_with_query,
    )
    told, script = user_claims(realm, asked)
    if script is not None:
        text = f"{script.script.name} was asked for claims."
        incoming.record("token", client.client_id, text, scripts=(script,))
    return told


def tokeninfo(incoming: Incoming) -> dict[str, Any]:
    """The claims of a token, for whoever holds it (seen on PingOne AIC).

    What is told of its scopes replaces none of them; that is inferred.

    Raises:
        InvalidRequest: No token was sent.
        InvalidToken: It opens nothing.
    """
    value = incoming.query.get("access_token") or bearer(incoming)
    if value is None:
        raise InvalidRequest(
            "Missing parameters: access_token",
            hint="Send it in the query, or as a bearer token.",
        )
    reading = _read_live(incoming, value)
    claims = reading.claims or {}
    left = seconds_left(claims, incoming.realm.clock.now())
    told, script = evaluate_scopes(
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


def _read_live(incoming: Incoming, value: str | None) -> Reading:
    """What is known of a live access token."""
    if value is None:
        raise InvalidToken(hint="Send the access token as a bearer token.")
    reading = read_token(incoming.realm, value)
    if reading.claims is None or reading.claims["tokenName"] != "access_token":
        raise InvalidToken(hint=reading.fault or "It is not an access token.")
    if not reading.active:
        raise InvalidToken(hint=reading.why_inactive)
    return reading


def _subject(realm: Realm, claims: Claims) -> dict[str, Any]:
    """The subject, as the client of the token may know it: as its ID tokens say."""
    client = realm.clients.get(issued_to(claims))
    if client is not None and is_pairwise(client):
        return {"sub": subject_for(client, claims["sub"], realm.provider.hashSalt)}
    return {name: claims[name] for name in ("sub", "subname") if name in claims}
