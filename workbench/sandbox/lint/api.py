"""What the bindings of may act scripts offer, by generation.

Sources: PingAM 8.1 "May act scripting API" and "Script bindings"; the same names are
in prelude.js' parts, and a test compares the two.
"""

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION

CLAIM_MEMBERS = ("client_id", "sub")  # what an exchange reads of may_act
LEVELS = ("trace", "debug", "info", "warn", "error")
CLAIM = {"setMayAct", "getMayAct", "setAct", "getAct", "getField"}
IDENTITY = {"getName", "getUniversalId", "setAttribute", "addAttribute", "store"}
MAP = {"get", "containsKey", "keySet", "values", "size", "isEmpty", "getOrDefault"} | {
    *("containsValue", "entrySet", "equals", "forEach", "hashCode", "toString")
}
KEY_SERVICES = {"getSigningKey", "getVerificationKey", "getEncryptionKey"}

MEMBERS: dict[str, dict[str, frozenset[str]]] = {
    NEXT_GENERATION: {
        "token": frozenset(CLAIM),
        "identity": frozenset(IDENTITY | {"exists", "getAttributeValues"}),
        "session": frozenset({"getProperty", "setProperty"}),
        "logger": frozenset(
            {"getName", *LEVELS, *(f"is{level.title()}Enabled" for level in LEVELS)}
        ),
        "httpClient": frozenset({"send"}),
        "openidm": frozenset(
            {"create", "read", "update", "patch", "action", "query", "delete"}
        ),
        "secrets": frozenset({"getGenericSecret", "getDecryptionKey", *KEY_SERVICES}),
        "systemEnv": frozenset({"getProperty"}),
        "utils": frozenset({"base64", "base64url", "crypto", "types"}),
        "policy": frozenset({"evaluate", "evaluateTree"}),
        "emailService": frozenset({"send"}),
        "jwtAssertion": frozenset({"generateJwt"}),
        "jwtValidator": frozenset({"validateJwtClaims"}),
    },
    LEGACY: {
        "token": frozenset(
            CLAIM
            | {"setField", "getClientId", "getGrantType", "getRealm", "getScope"}
            | {"getResourceOwnerId", "getTokenName", "getTokenType", "getTokenId"}
            | {"getAuditTrackingId", "getAuthGrantId", "getNonce", "isExpired"}
            | {"getAuthTimeSeconds", "getExpiryTime"}
        ),
        "identity": frozenset(
            IDENTITY
            | {"isExists", "isActive", "getAttribute", "getAttributes"}
            | {"setAttributes", "getRealm", "getType"}
            | {"getMemberships", "removeAttributes"}
        ),
        "session": frozenset(
            {"getProperty", "setProperty", "getPrincipal", "getAuthLevel"}
            | {"getAuthType", "getHostName"}
        ),
        "logger": frozenset(
            {"message", "warning", "error"}
            | {"messageEnabled", "warningEnabled", "errorEnabled"}
        ),
        "httpClient": frozenset({"send"}),
        "systemEnv": frozenset({"getProperty"}),
    },
}
"""The members of each binding that is an object."""

_BASE64 = frozenset({"encode", "decode", "decodeToBytes", "btoa", "atob"})
UTILS = {
    "base64": _BASE64,
    "base64url": _BASE64,
    "crypto": frozenset({"randomUUID", "getRandomValues", "checkBcrypt", "subtle"}),
    "types": frozenset({"stringToBytes", "bytesToString"}),
}
"""The members of the objects in ``utils``, a binding of next-generation scripts."""

PROPERTIES = {
    "clientProperties": frozenset(
        {"clientId", "allowedGrantTypes", "allowedResponseTypes", "allowedScopes"}
        | {"customProperties", "redirectUris"}
        | MAP
    ),
    "requestProperties": frozenset(
        {"requestUri", "realm", "requestParams", "requestHeaders"} | MAP
    ),
}
"""The keys of the two maps (sections 4.4 and 4.5), and what a map can do."""

TEXTS = frozenset({"realm", "scriptName"})
NEXT_ONLY = frozenset(
    {"openidm", "utils", "policy", "secrets", "emailService", "cookieName", "require"}
    | {"jwtAssertion", "jwtValidator"}
)
"""Bindings that a legacy script does not have."""

_TOKEN = "In a may act script the token is called token."
_STATE = "Take what you need from requestProperties, identity, session or the token."
OTHER_CONTEXTS = {
    "accessToken": (
        "accessToken is bound in an access token modification script, not here.",
        _TOKEN,
    ),
    "requestedToken": ("No script of AM has a requestedToken.", _TOKEN),
    "idRepository": (
        "idRepository is bound in a decision node script, not here.",
        "Whom the token is about is called identity.",
    ),
    "nodeState": ("nodeState is bound in a decision node script, not here.", _STATE),
    "sharedState": (
        "sharedState is bound in a decision node script, not here.",
        _STATE,
    ),
    "claims": (
        "claims is bound in an OIDC claims script, not here.",
        "Ask the token: token.getField(name).",
    ),
}
"""Names that belong elsewhere: where, and what to use instead."""

JAVA_ROOTS = frozenset({"Packages", "java", "javax", "org", "com", "edu", "net"})

_BOXES = ("Boolean", "Byte", "Double", "Integer", "Long", "Short", "String")
_LISTS = ("ArrayList", "Collections", "LinkedList")
_SETS = ("HashSet", "LinkedHashSet", "TreeSet")
_NEXT_CLASSES = frozenset(
    {f"java.lang.{name}" for name in _BOXES}
    | {f"java.util.{name}" for name in (*_LISTS, *_SETS)}
)

CLASSES = {
    NEXT_GENERATION: _NEXT_CLASSES,
    LEGACY: _NEXT_CLASSES
    | {f"java.util.{name}" for name in ("Arrays", "HashMap", "LinkedHashMap")}
    | {"java.util.TreeMap", "org.forgerock.http.protocol.Request"}
    | {"org.forgerock.json.JsonValue", "org.forgerock.json.JsonPointer"}
    | {"com.sun.identity.idm.IdType"},
}
"""The Java classes that a script reaches here."""

BINDINGS = (
    frozenset(MEMBERS[NEXT_GENERATION]) | frozenset(PROPERTIES) | TEXTS | {"scopes"}
)

REPLACEMENTS = {
    ("logger", "message"): "logger.info",
    ("logger", "warning"): "logger.warn",
    ("logger", "messageEnabled"): "logger.isInfoEnabled",
    ("logger", "warningEnabled"): "logger.isWarnEnabled",
    ("logger", "errorEnabled"): "logger.isErrorEnabled",
    ("logger", "trace"): "logger.message",
    ("logger", "debug"): "logger.message",
    ("logger", "info"): "logger.message",
    ("logger", "warn"): "logger.warning",
    ("logger", "isErrorEnabled"): "logger.errorEnabled",
    ("logger", "isWarnEnabled"): "logger.warningEnabled",
    ("logger", "isInfoEnabled"): "logger.messageEnabled",
    ("logger", "isDebugEnabled"): "logger.messageEnabled",
    ("logger", "isTraceEnabled"): "logger.messageEnabled",
    ("logger", "getName"): "scriptName",
    ("identity", "getAttribute"): "identity.getAttributeValues",
    ("identity", "getAttributes"): "identity.getAttributeValues, name by name",
    ("identity", "setAttributes"): "identity.setAttribute, name by name",
    ("identity", "isExists"): "identity.exists",
    ("identity", "getAttributeValues"): "identity.getAttribute",
    ("identity", "exists"): "identity.isExists",
    ("identity", "getRealm"): "realm",
    ("token", "getClientId"): 'token.getField("client_id")',
    ("token", "getScope"): 'token.getField("scope")',
}
"""What the other generation calls the same."""
