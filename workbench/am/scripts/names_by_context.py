"""What each kind of script can name: for the editor and for reference.

Sources: PingAM 8.1's page of each scripting API, and the list of bindings that AM
itself gives for each next-generation context.
"""

from collections.abc import Mapping

from workbench.am.scripts.client_setters import CLIENT_SETTERS
from workbench.am.scripts.names import BASE, LIST, Name, plain
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION

_READ = (
    *("getField", "toMap", "getScope", "getNonce", "getRealm", "getAudience"),
    *("getAuditTrackingId", "isExpired", "getResourceOwnerId", "getAuthTimeSeconds"),
    *("getAct", "getMayAct", "getCustomFields", "getAuthGrantId", "getTokenId"),
    *("getAuthLevel", "getExpiryTime", "getClaims", "getClientId", "getGrantType"),
    *("getTokenType", "getTokenName", "getTokenInfo", "getPermissions"),
    *("getConfirmationKey", "getResourceOwner"),
)
_WRITTEN = (
    *("setFields", "setScope", "setNonce", "setRealm", "setAuthLevel", "setAuthTime"),
    *("setExpiryTime", "setClientId", "setResourceOwnerId", "setClaims"),
    *("setTokenName", "setTokenType", "setGrantType", "setAuthGrantId"),
    *("setAuditTrackingId", "setId"),
)
_REMOVED = (
    *("removeScopes", "removeNonce", "removeRealm", "removeAuthLevel"),
    *("removeAuthTime", "removeClientId", "removeResourceOwnerId", "removeClaims"),
    *("removeTokenName", "removeTokenType", "removeGrantType", "removeAuthGrantId"),
    *("removeAuditTrackingId", "removePermissions", "removeConfirmationKey"),
)
_JSON_CLAIMS = ("setAct", "setMayAct", "setPermissions", "setConfirmationKey")


def _access_token(*more: str) -> Name:
    return Name(
        "accessToken",
        "the access token",
        "What is set here is in the token.",
        (
            Name("setField", "(name, value)", "A claim of the token."),
            Name("addExtraData", "(name, text)", "A member of the token response."),
            Name("addExtraJsonData", "(name, value)", "Likewise, any JSON value."),
            *plain(*_READ),
            *plain(*_WRITTEN, *more, detail="(value)"),
            *plain(*_REMOVED),
        ),
    )


_SETS = plain("contains", "size", "isEmpty", "iterator", "toArray")
_SCOPES = {
    "requestedScopes": "Those asked for.",
    "allowedScopes": "Those the client may have.",
    "availableScopes": "All that the client is configured with.",
    "defaultScopes": "Those given where none was asked for.",
}
_HELPER = Name(
    "scopeValidatorHelper",
    "",
    members=(
        Name("throwInvalidScope", "(message)", "Refuses with invalid_scope."),
        Name("inheritAccessTokenScopesOnRefresh", "()", "When refreshing only."),
    ),
)
_CLAIMS = (
    Name("claims", "Map", "What AM tells by itself."),
    Name("requestedClaims", "Map", "Empty, unless claims may be requested."),
    Name("requestedTypedClaims", "List"),
    Name("claimLocales", "List", "The values of claims_locales."),
    Name("claimsLocales", "List", "Likewise."),
)

_OTHERS: Mapping[str, tuple[set[str], Mapping[str, tuple[Name, ...]]]] = {
    "OAUTH2_ACCESS_TOKEN_MODIFICATION": (
        {"token"},
        {
            NEXT_GENERATION: (_access_token(*_JSON_CLAIMS),),
            LEGACY: (_access_token(*_JSON_CLAIMS),),
        },
    ),
    "OAUTH2_VALIDATE_SCOPE": (
        {"token", "scopes", "session"},
        {
            NEXT_GENERATION: (
                *(Name(name, "List", info, LIST) for name, info in _SCOPES.items()),
                Name("clientScopes", "List", "The client's own.", LIST),
                _HELPER,
            ),
            LEGACY: tuple(
                Name(name, "Set", info, _SETS) for name, info in _SCOPES.items()
            ),
        },
    ),
    "OAUTH2_EVALUATE_SCOPE": (
        {"token", "scopes", "session"},
        {
            NEXT_GENERATION: (_access_token(*_JSON_CLAIMS),),
            LEGACY: (_access_token(*_JSON_CLAIMS),),
        },
    ),
    "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER": ({"token", "scopes"}, {}),
    "OIDC_CLAIMS": (
        {"token"},
        {
            NEXT_GENERATION: _CLAIMS,
            LEGACY: (*_CLAIMS, Name("claimObjects", "List")),
        },
    ),
    "OAUTH2_DYNAMIC_CLIENT_REGISTRATION": (
        {"token", "identity", "scopes", "session", "clientProperties"},
        {
            NEXT_GENERATION: (
                Name("operation", "String", "CREATE, UPDATE or DELETE."),
                Name("softwareStatement", "Map", "Empty: none is accepted here."),
                Name(
                    "clientIdentity",
                    "the client",
                    "null once the client was deleted.",
                    (
                        *plain("getName", "getUniversalId", "exists"),
                        *plain("isAIAgent", "store"),
                        *plain(*CLIENT_SETTERS, detail="(value)"),
                        Name("getAttributeValues", "(name)", "A list."),
                        Name("setAttribute", "(name, values)"),
                        Name("addAttribute", "(name, value)"),
                    ),
                ),
            ),
        },
    ),
    "LIBRARY": (
        {
            *("token", "identity", "scopes", "session"),
            *("clientProperties", "requestProperties"),
        },
        {NEXT_GENERATION: (Name("exports", "object"), Name("module", "object"))},
    ),
}


def names_of(family: str, version: str) -> tuple[Name, ...]:
    """What scripts of this context and evaluator version can name.

    Args:
        family: The context without the version, such as ``OAUTH2_MAY_ACT``.
        version: The evaluator version.
    """
    missing, more = _OTHERS.get(family, (set(), {}))
    kept = (each for each in BASE[version] if each.label not in missing)
    return (*more.get(version, ()), *kept)
