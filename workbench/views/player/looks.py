"""The parameters and claims that each rule of an exchange looks at."""

from collections.abc import Mapping

At = tuple[str, ...]
"""Such as ``request.scope`` or ``subject token.may_act``."""


def _s(*names: str) -> At:
    return tuple(f"subject token.{name}" for name in names)


def _a(*names: str) -> At:
    return tuple(f"actor token.{name}" for name in names)


def _r(*names: str) -> At:
    return tuple(f"request.{name}" for name in names)


def _token(role: str) -> dict[str, At]:
    """The rules that each token has to keep."""
    sent = _r(f"{role}_token")
    claims = {"subject": _s, "actor": _a}[role]
    return {
        f"The {role} token is one that this realm issued, unchanged": sent,
        f"The {role} token is of the type declared": (
            *_r(f"{role}_token_type"),
            *claims("tokenName"),
        ),
        f"The {role} token is valid now": claims("exp"),
        f"The {role} token has not been revoked": sent,
        f"The {role} token's client is active": claims("client_id"),
        f"The {role} token's person is active": claims("sub"),
    }


LOOKS: Mapping[str, At] = {
    "The client authenticated": _r("client_id", "client_secret"),
    "The provider offers the token exchange grant": _r("grant_type"),
    "The client may use the token exchange grant": _r("client_id", "grant_type"),
    **{
        f"{role}_token and {role}_token_type are both sent": (
            _r(f"{role}_token", f"{role}_token_type")
        )
        for role in ("subject", "actor")
    },
    **{
        f"{role}_token_type is a type this server can exchange": (
            _r(f"{role}_token_type")
        )
        for role in ("subject", "actor")
    },
    "An exchanger turns the subject token's type into the one requested": _r(
        "subject_token_type", "requested_token_type"
    ),
    **_token("subject"),
    **_token("actor"),
    "The subject token carries may_act": _s("may_act"),
    "may_act.client_id names the client": (*_r("client_id"), *_s("may_act")),
    "may_act has a sub, as delegation needs": _s("may_act"),
    "may_act.sub names the actor token's sub": (*_s("may_act"), *_a("sub")),
    "The actor token is the client's own": (*_r("client_id"), *_a("sub")),
    "An actor token is sent where may_act names a sub": (
        *_r("actor_token"),
        *_s("may_act"),
    ),
    "An earlier act is carried on where it is an object": _s("act"),
    "A delegated token may be exchanged without an actor token": (
        *_r("actor_token"),
        *_s("act"),
    ),
    "The chain of actors can be written": (*_s("act"), *_a("sub")),
    "The chain of actors is not too long": (*_s("act"), *_a("sub")),
    "No actor appears twice in the chain": (*_s("act"), *_a("sub")),
    "The subject token's auth_level is high enough for the client": _s("auth_level"),
    "The client may ask for each audience": _r("audience"),
    "A scope is asked for, or the client has a default": _r("scope"),
    "The client may have every scope asked for": _r("scope"),
    "The scope validation script lets the request pass": _r("scope"),
    "Policies say which of the scopes are granted": _r("scope"),
    "The subject token has every scope asked for": (*_r("scope"), *_s("scope")),
    "What caveats took away stays away": (*_r("scope"), *_s("scope")),
}
"""By the rule's statement; every rule of an exchange is here."""
