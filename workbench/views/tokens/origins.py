"""Who decides each claim of an exchanged token, and where that is written.

Sources: RFC 8693; PingAM 8.1 "Token exchange" and "AI agents".
"""

SUBJECT, ACTOR, CLIENT = "subject token", "actor token", "acting client"
SERVER, REQUEST, LIFETIME = "server", "request", "lifetime setting"
SCRIPT = "acting client's may act script"

_FRESH = "Every token has its own."
_USER = "How the subject authenticated does not change."

ORIGINS = {
    "sub": (SUBJECT, "The new token is about the same subject (RFC 8693 section 1.1)."),
    "subname": (SUBJECT, "It is the bare name in sub."),
    "username": (SUBJECT, "It is the bare name in sub."),
    "user_id": (SUBJECT, "It is the bare name in sub."),
    "auth_time": (SUBJECT, _USER),
    "auth_level": (SUBJECT, _USER),
    "acr": (SUBJECT, _USER),
    "amr": (SUBJECT, _USER),
    "client_id": (CLIENT, "It names whoever asked (RFC 8693 section 4.3)."),
    "aud": (
        CLIENT,
        "PingAM puts the acting client first, then any audience asked for.",
    ),
    "scope": (REQUEST, "PingAM grants what is asked for and the client may have."),
    "grant_type": (REQUEST, "It is the grant that gave the token."),
    "exp": (LIFETIME, "The lifetime counts from now."),
    "expires_in": (LIFETIME, "The acting client's lifetime, else the provider's."),
    "iat": (SERVER, "The server's clock."),
    "nbf": (SERVER, "The server's clock."),
    "jti": (SERVER, _FRESH),
    "authGrantId": (SERVER, _FRESH),
    "auditTrackingId": (SERVER, _FRESH),
    "iss": (SERVER, "The realm that issues tokens (RFC 7519 section 4.1.1)."),
    "realm": (SERVER, "An exchange stays in its realm."),
    "token_type": (SERVER, "PingAM issues bearer tokens (RFC 6750)."),
    "tokenName": (SERVER, "PingAM's kind of token."),
    "cts": (SERVER, "PingAM's mark of a client-side token."),
    "active": (SERVER, "Introspection says it (RFC 7662 section 2.2)."),
}

ORDER = ("sub", "act", "may_act", "client_id", "aud", "scope", "grant_type")
"""The claims that an exchange is about come first."""


def origin(claim: str, change: str, *, named: bool | None) -> tuple[str, str]:
    """Who decided a claim, and why in one sentence.

    Args:
        claim: Its name.
        change: ``kept``, ``changed``, ``added`` or ``dropped``.
        named: Whether ``act`` names the actor token's subject; None where no
            actor token was sent.
    """
    if claim == "act":
        return _act(change, named=named)
    if claim == "may_act":
        return _may_act(change)
    if claim in ORIGINS:
        return ORIGINS[claim]
    if change == "kept":
        return SUBJECT, "Nothing is written about this claim; it was kept."
    return SERVER, "Nothing is written about this claim."


def _act(change: str, *, named: bool | None) -> tuple[str, str]:
    if named is False:
        return SCRIPT, "It is not the actor token's subject: token.setAct set it."
    if named:
        return ACTOR, (
            "It names the actor token's subject; "
            "any earlier act is nested inside (RFC 8693 section 4.1)."
        )
    if change == "kept":
        return SUBJECT, "No actor token was sent, so the earlier act is carried on."
    return SCRIPT, (
        "No actor token was sent: token.setAct set it, or the profile names "
        "AI agents without one."
    )


def _may_act(change: str) -> tuple[str, str]:
    if change == "dropped":
        return CLIENT, (
            "It is not copied; only the acting client's own may act script "
            "would stamp one (PingAM 8.1)."
        )
    return SCRIPT, "The script of the acting client ran for the new token (PingAM 8.1)."
