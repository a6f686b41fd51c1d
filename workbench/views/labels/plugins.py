"""AM's words for plugin scripts: their settings, and the types of scripts there are."""

from workbench.views.labels.label import Label

_PLUGINS = {
    "accessTokenModification": (
        "Access Token Modification",
        "Changes an access token before it is issued.",
    ),
    "validateScope": (
        "Scope Validation",
        "Says which of the scopes asked for may be had.",
    ),
    "evaluateScope": (
        "Scope Evaluation",
        "Adds to what /tokeninfo tells of a token.",
    ),
    "authorizeEndpointDataProvider": (
        "Authorize Endpoint Data Provider",
        "Adds to what /authorize sends to the client.",
    ),
    "oidcClaims": (
        "OIDC Claims",
        "Makes the claims of a person at /userinfo and in ID tokens.",
    ),
}

_TYPE = "SCRIPTED: the script below counts; JAVA: AM's own class does the usual thing."


def _labels(name: str, words: str, does: str) -> dict[str, Label]:
    kind, script = f"{name}PluginType", f"{name}Script"
    return {
        kind: Label(f"{words} Plugin Type", kind, _TYPE),
        script: Label(f"{words} Script", script, does),
    }


PLUGINS: dict[str, Label] = {
    name: label
    for plugin, (words, does) in _PLUGINS.items()
    for name, label in _labels(plugin, words, does).items()
}
"""The settings of the plugins, of the provider as of a client."""

SCRIPT_TYPES = {
    "OAUTH2_MAY_ACT": "OAuth2 May Act",
    "OAUTH2_ACCESS_TOKEN_MODIFICATION": "OAuth2 Access Token Modification",
    "OAUTH2_VALIDATE_SCOPE": "OAuth2 Validate Scope",
    "OAUTH2_EVALUATE_SCOPE": "OAuth2 Evaluate Scope",
    "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER": (
        "OAuth2 Authorize Endpoint Data Provider"
    ),
    "OIDC_CLAIMS": "OIDC Claims",
    "OAUTH2_DYNAMIC_CLIENT_REGISTRATION": "OAuth2 Dynamic Client Registration",
    "LIBRARY": "Library",
}
"""What the admin UI calls each type of script, by context."""
