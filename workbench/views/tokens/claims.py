"""What each claim of a token means, in one line.

Sources: RFC 7519, 7662, 8693, 9068; PingAM 8.1's client-based access tokens; of tokens
from elsewhere IANA's registry "JSON Web Token Claims" and what large issuers document.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from workbench.am.basics.types import Act, Claims
from workbench.am.clients.names import bare_name
from workbench.am.exchange.may_act import members
from workbench.am.tokens.inspection import Inspection

UNKNOWN = "no meaning known here: added by a script or another server"

CLAIM_MEANINGS = {
    "sub": "whom the token is about",
    "subname": "the subject's bare name",
    "act": "who is acting for the subject now; nested inside: who acted earlier",
    "may_act": "who may become the actor, stamped by a may act script",
    "client_id": "the client the token was issued to",
    "aud": "whom the token is meant for",
    "scope": "what the token allows",
    "iss": "the server and realm that issued it",
    "realm": "PingAM's realm",
    "exp": "when it ends",
    "iat": "when it was issued",
    "nbf": "before when it does not count",
    "expires_in": "lifetime in seconds",
    "auth_time": "when the subject authenticated",
    "auth_level": "how strongly the user authenticated, as AM's number",
    "acr": "the authentication context reached",
    "amr": "the authentication methods used",
    "nonce": "ties an ID token to the request that asked for it",
    "claims": "the OIDC claims that were asked for",
    "cnf": "the key the holder must prove to have",
    "jti": "this token's own identifier",
    "grant_type": "the grant that gave the token",
    "tokenName": "PingAM's kind of token",
    "token_type": "how to send it: Bearer means whoever holds it may use it",
    "typ": "the media type of the token",
    "cts": "PingAM's mark of a client-side token",
    "authGrantId": "the grant this token belongs to; revoked with it",
    "auditTrackingId": "finds the token in AM's audit log",
    "active": "whether the server still stands by the token",
    "user_id": "the subject's bare name (older twin of username)",
    "username": "the subject's bare name",
    "macaroon": "the macaroon that was asked about, with its caveats",
    "permissions": "what a policy server granted",
}

ELSEWHERE = {
    "azp": "the client that the token was issued to, beside its audience",
    "appid": "Microsoft Entra: the client that asked, as azp",
    "cid": "Okta: the client that the token was issued to",
    "uid": "Okta: the user's identifier",
    "tid": "Microsoft Entra: the tenant",
    "oid": "Microsoft Entra: the user or application, the same for every client",
    "idtyp": "Microsoft Entra: app for a token without a user",
    "uti": "Microsoft Entra: this token's own identifier",
    "ver": "the version of the issuer's kind of token",
    "scp": "what the token allows, as some issuers call scope",
    "roles": "the roles that the subject has",
    "groups": "the groups that the subject is in",
    "entitlements": "the rights that the subject has",
    "realm_access": "Keycloak: the subject's roles in the realm",
    "resource_access": "Keycloak: the subject's roles at each client",
    "session_state": "Keycloak: the login session",
    "sid": "the login session at the issuer",
    "gty": "Auth0: the grant that gave the token",
    "orig": "who the call came from first",
    "name": "the person's whole name",
    "given_name": "the person's given name",
    "family_name": "the person's surname",
    "middle_name": "the person's middle name",
    "nickname": "what the person likes to be called",
    "preferred_username": "the name the person logs in with; it may change",
    "upn": "the name the person logs in with, as Microsoft has it",
    "profile": "the address of the person's profile page",
    "picture": "the address of the person's picture",
    "website": "the address of the person's web site",
    "email": "the person's email address",
    "email_verified": "whether the issuer saw that the address is the person's",
    "gender": "the person's gender",
    "birthdate": "the person's birthday",
    "zoneinfo": "the person's time zone",
    "locale": "the person's language and country",
    "phone_number": "the person's phone number",
    "phone_number_verified": "whether the issuer saw that the number is the person's",
    "address": "the person's postal address",
    "updated_at": "when what is said of the person last changed",
    "at_hash": "ties an ID token to the access token beside it",
    "c_hash": "ties an ID token to the code beside it",
    "s_hash": "ties an ID token to the request's state",
    "sub_jwk": "the key of a subject that issues its own tokens",
    "events": "what happened, in a security event or logout token",
    "toe": "when what happened did",
    "txn": "the transaction the token belongs to, for logs",
    "htm": "DPoP: the HTTP method that the proof is for",
    "htu": "DPoP: the URL that the proof is for",
    "ath": "DPoP: the access token that the proof is for, as a hash",
    "vc": "the credential inside, in W3C's model",
    "vot": "how far the identity was verified",
    "vtm": "where the words of vot are explained",
    "authorization_details": "what the token allows, in detail (RFC 9396)",
    "_claim_names": "claims that are kept somewhere else",
    "_claim_sources": "where those claims are kept",
}
"""Claims that this server puts into no token, and others do."""

CLAIM_MEANINGS |= ELSEWHERE

HEADER_MEANINGS = {
    "typ": "what this is",
    "alg": "how it is signed",
    "kid": "which key signed it",
    "zip": "whether it is compressed",
    "cty": "what is inside",
    "jku": "where the key that signed it is published",
    "jwk": "the public key that signed it, which proves nothing by itself",
    "x5c": "the certificate of the key that signed it",
    "x5t": "the certificate of that key, as a hash",
    "x5t#S256": "the certificate of that key, as a SHA-256 hash",
    "x5u": "where that certificate is published",
    "crit": "what a reader must understand, or refuse the token",
}

ENCRYPTED_MEANINGS = HEADER_MEANINGS | {
    "alg": "how the key is agreed on; dir: it is shared, and used as it is",
    "enc": "how it is encrypted",
}
"""Those in the header of a token that is encrypted, not signed (RFC 7516)."""

DATES = frozenset({"exp", "iat", "nbf", "auth_time", "updated_at", "toe"})
"""Claims in seconds since the epoch."""


def facts(inspection: Inspection) -> Claims:
    """What is known of the token: its claims, else what introspection says."""
    if inspection.claims is not None:
        return inspection.claims
    return inspection.introspection or {}


def scope_of(inspection: Inspection) -> str:
    """The scopes, separated by spaces; "" where there are none."""
    value = facts(inspection).get("scope", "")
    if isinstance(value, list | tuple):
        return " ".join(str(each) for each in value)
    return str(value)


def act_of(inspection: Inspection) -> Act | None:
    """The ``act`` claim, or None where it is absent or not an object."""
    act = facts(inspection).get("act")
    return act if isinstance(act, Mapping) else None


class Permitted(NamedTuple):
    """Whom a ``may_act`` names.

    Attributes:
        clients: The clients that may exchange the token.
        subs: The actors that they may name; without any, they send no actor token.
    """

    clients: list[Any]
    subs: list[Any]


def permitted(inspection: Inspection) -> Permitted | None:
    """Who may act by a token; None where ``may_act`` is absent or not an object."""
    may_act = facts(inspection).get("may_act")
    if not isinstance(may_act, Mapping):
        return None
    return Permitted(list(members(may_act, "client_id")), list(members(may_act, "sub")))


def kind(sub: object) -> str:
    """What the form of a subject says: an agent or client, a user, or nothing."""
    text = str(sub)
    if text.startswith("(age!"):
        return "agent or client"
    return "user" if text.startswith("(usr!") else ""


def bare(sub: object) -> str:
    """The name inside ``(age!name)`` or ``(usr!name)``."""
    return bare_name(str(sub))
