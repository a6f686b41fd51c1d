"""What AM's admin UI calls the types and the versions of scripts."""

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION

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
"""What AM's admin UI calls each type of script, by context."""

VERSIONS = {NEXT_GENERATION: "Next Generation", LEGACY: "Legacy"}
