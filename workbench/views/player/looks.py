"""What each rule of an exchange is about, and the parameters and claims it looks at."""

from collections.abc import Mapping
from typing import NamedTuple

CLIENT, PARAMETERS, SUBJECT, ACTOR = "client", "parameters", "subject", "actor"
MAY_ACT, CHAIN, SCOPE, SCRIPT = "may_act", "chain", "scope", "script"


class Looks(NamedTuple):
    """A rule's group, and what it looks at."""

    group: str
    at: tuple[str, ...]


def _s(*names: str) -> tuple[str, ...]:
    return tuple(f"subject token.{name}" for name in names)


def _a(*names: str) -> tuple[str, ...]:
    return tuple(f"actor token.{name}" for name in names)


def _r(*names: str) -> tuple[str, ...]:
    return tuple(f"request.{name}" for name in names)


def _token(role: str) -> dict[str, Looks]:
    """The rules that each token has to keep."""
    sent = _r(f"{role}_token")
    claims = {"subject": _s, "actor": _a}[role]
    return {
        f"The {role} token is one that this realm issued, unchanged": Looks(role, sent),
        f"The {role} token is of the type declared": Looks(
            role, (*_r(f"{role}_token_type"), *claims("tokenName"))
        ),
        f"The {role} token is valid now": Looks(role, claims("exp")),
        f"The {role} token has not been revoked": Looks(role, sent),
        f"The {role} token's client is active": Looks(role, claims("client_id")),
        f"The {role} token's person is active": Looks(role, claims("sub")),
    }


LOOKS: Mapping[str, Looks] = {
    "The client authenticated": Looks(CLIENT, _r("client_id", "client_secret")),
    "The provider offers the token exchange grant": Looks(CLIENT, _r("grant_type")),
    "The client may use the token exchange grant": Looks(
        CLIENT, _r("client_id", "grant_type")
    ),
    **{
        f"{role}_token and {role}_token_type are both sent": Looks(
            PARAMETERS, _r(f"{role}_token", f"{role}_token_type")
        )
        for role in ("subject", "actor")
    },
    **{
        f"{role}_token_type is a type this server can exchange": Looks(
            PARAMETERS, _r(f"{role}_token_type")
        )
        for role in ("subject", "actor")
    },
    "An exchanger turns the subject token's type into the one requested": Looks(
        PARAMETERS, _r("subject_token_type", "requested_token_type")
    ),
    **_token("subject"),
    **_token("actor"),
    "The subject token carries may_act": Looks(MAY_ACT, _s("may_act")),
    "may_act.client_id names the client": Looks(
        MAY_ACT, (*_r("client_id"), *_s("may_act"))
    ),
    "may_act has a sub, as delegation needs": Looks(MAY_ACT, _s("may_act")),
    "may_act.sub names the actor token's sub": Looks(
        MAY_ACT, (*_s("may_act"), *_a("sub"))
    ),
    "The actor token is the client's own": Looks(
        MAY_ACT, (*_r("client_id"), *_a("sub"))
    ),
    "An actor token is sent where may_act names a sub": Looks(
        MAY_ACT, (*_r("actor_token"), *_s("may_act"))
    ),
    "An earlier act is carried on where it is an object": Looks(CHAIN, _s("act")),
    "A delegated token may be exchanged without an actor token": Looks(
        CHAIN, (*_r("actor_token"), *_s("act"))
    ),
    "The chain of actors can be written": Looks(CHAIN, (*_s("act"), *_a("sub"))),
    "The chain of actors is not too long": Looks(CHAIN, (*_s("act"), *_a("sub"))),
    "No actor appears twice in the chain": Looks(CHAIN, (*_s("act"), *_a("sub"))),
    "The subject token's auth_level is high enough for the client": Looks(
        SUBJECT, _s("auth_level")
    ),
    "The client may ask for each audience": Looks(SCOPE, _r("audience")),
    "A scope is asked for, or the client has a default": Looks(SCOPE, _r("scope")),
    "The client may have every scope asked for": Looks(SCOPE, _r("scope")),
    "The scope validation script lets the request pass": Looks(SCOPE, _r("scope")),
    "Policies say which of the scopes are granted": Looks(SCOPE, _r("scope")),
    "The subject token has every scope asked for": Looks(
        SCOPE, (*_r("scope"), *_s("scope"))
    ),
    "What caveats took away stays away": Looks(SCOPE, (*_r("scope"), *_s("scope"))),
}
"""By the rule's statement; every rule of an exchange is here."""

ELSE = Looks(SCRIPT, ())


def looks_of(statement: str) -> Looks:
    """What a rule looks at; of a check that is no rule, the script that it is about."""
    return LOOKS.get(statement, ELSE)
