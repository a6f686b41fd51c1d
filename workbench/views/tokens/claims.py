"""What each claim of a token means, in one line.

Sources: RFC 7519, 7662, 8693, 9068; PingAM 8.1's client-based access tokens.
"""

from collections.abc import Mapping

from workbench.am.basics.types import Act, Claims
from workbench.am.clients.names import bare_name
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

HEADER_MEANINGS = {
    "typ": "what this is",
    "alg": "how it is signed",
    "kid": "which key signed it",
    "zip": "whether it is compressed",
    "cty": "what is inside",
}

ENCRYPTED_MEANINGS = HEADER_MEANINGS | {
    "alg": "how the key is agreed on; dir: it is shared, and used as it is",
    "enc": "how it is encrypted",
}
"""Those in the header of a token that is encrypted, not signed (RFC 7516)."""

DATES = frozenset({"exp", "iat", "nbf", "auth_time"})
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


def kind(sub: object) -> str:
    """What the form of a subject says: an agent or client, a user, or nothing."""
    text = str(sub)
    if text.startswith("(age!"):
        return "agent or client"
    return "user" if text.startswith("(usr!") else ""


def bare(sub: object) -> str:
    """The name inside ``(age!name)`` or ``(usr!name)``."""
    return bare_name(str(sub))
