"""What a script of each kind sees, for tests of engines alone."""

from typing import Any, NamedTuple

from workbench.am.scripts.plugin import (
    AccessTokenModificationScript,
    AuthorizeDataScript,
    ClaimsScript,
    ScopeEvaluationScript,
    ScopeValidationScript,
)
from workbench.am.scripts.script import (
    Bindings,
    ClientIdentity,
    MayActScript,
    RegistrationScript,
    Script,
    ScriptEngine,
    ScriptOutcome,
)
from workbench.am.scripts.surroundings import Surroundings

from .conftest import CLIENT, REQUEST, USER

TOKEN = {
    "sub": "(usr!bjensen)",
    "subname": "bjensen",
    "aud": "data-agent",
    "iss": "https://am.example.com/am/oauth2/realms/root/realms/alpha",
    "iat": 1_790_000_000,
    "exp": 1_790_003_600,
    "expires_in": 3600,
    "auth_time": 1_789_999_000,
    "scope": ["read", "write"],
    "token_type": "Bearer",
    "tokenName": "access_token",
    "grant_type": "password",
    "client_id": "data-agent",
    "realm": "/alpha",
    "auditTrackingId": "track-1",
    "authGrantId": "grant-1",
    "jti": "jti-1",
    "act": {"sub": "(age!data-agent)"},
    "nested": {"list": [1, "two", {"three": 3}], "none": None, "half": 1.5},
}


class World(NamedTuple):
    """A kind of script, and what it sees beside what all see."""

    kind: type[Script]
    seen: dict[str, Any]


WORLDS = {
    "may_act": World(MayActScript, {"session": {"Host": "10.0.0.1"}}),
    "access_token_modification": World(
        AccessTokenModificationScript,
        {"further": {"tokenId": "opaque-1", "clientSide": False}},
    ),
    "scope_evaluation": World(
        ScopeEvaluationScript,
        {"further": {"tokenId": "opaque-1", "clientSide": True}},
    ),
    "scope_validation": World(
        ScopeValidationScript,
        {
            "further": {
                "entry": "validateAccessTokenScope",
                "requested": ["read", "admin"],
                "allowed": ["read", "write"],
                "available": ["read", "write", "openid"],
                "defaults": ["read"],
            },
            "token": {},
        },
    ),
    "authorize_data": World(
        AuthorizeDataScript, {"token": {}, "session": {"Host": "10.0.0.1"}}
    ),
    "oidc_claims": World(
        ClaimsScript,
        {
            "further": {
                "claims": {"sub": "(usr!bjensen)", "name": "Babs Jensen"},
                "locales": ["fr", "en"],
            },
            "token": {},
        },
    ),
    "registration": World(
        RegistrationScript,
        {
            "token": {},
            "operation": "CREATE",
            "client": ClientIdentity(
                name="agent",
                ai_agent=True,
                attributes={"AgentType": ["AIAgent"], "tags": ["a", "b"]},
            ),
        },
    ),
}


def surroundings() -> Surroundings:
    """An answer, an object, a secret and a property for scripts to find."""
    around = Surroundings(
        idm={"managed/user/b": {"mail": ["b@example.com"], "age": 7}},
        secrets={"scripted.node.key": "s3cret"},
        system_env={"script.limit": "5", "script.list": "a, b"},
    )
    around.answer("https://risk.example.com/", json={"score": 3, "tags": ["x"]})
    return around


def bindings_of(name: str, **changes: Any) -> Bindings:
    """What a script of this kind sees."""
    given = {
        "token": TOKEN,
        "client_properties": CLIENT,
        "identity": USER,
        "request_properties": REQUEST,
        "scopes": ("read", "write"),
        "realm": "/alpha",
        "seed": "fixed",
        "surroundings": surroundings(),
        "libraries": {"lib": "exports.twice = function (x) { return 2 * x; };"},
    }
    return Bindings(**{**given, **WORLDS[name].seen, **changes})


def run_in(
    engine: ScriptEngine, name: str, version: str, source: str, **changes: Any
) -> ScriptOutcome:
    """What comes of a script of this kind."""
    script = WORLDS[name].kind(
        id="1-2-3", name="Tried", source=source, evaluator_version=version
    )
    return engine.run(script, bindings_of(name, **changes))
