"""What a may act script can name, by dialect: for the editor and for reference.

Sources: PingAM 8.1 "May act scripting API", "Script bindings", and the list of
bindings that AM itself gives for the context OAUTH2_MAY_ACT_NEXT_GEN.
"""

from dataclasses import dataclass

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION


@dataclass(frozen=True, slots=True)
class Name:
    """A binding or a member of one.

    Attributes:
        label: As it is written.
        detail: Its parameters or its type.
        info: One sentence on what it is.
        members: What can follow after a dot.
    """

    label: str
    detail: str = ""
    info: str = ""
    members: tuple["Name", ...] = ()

    @property
    def type(self) -> str:
        """What kind of name it is, as CodeMirror calls it."""
        return "function" if self.detail.startswith("(") else "variable"


def plain(*labels: str, detail: str = "()") -> tuple[Name, ...]:
    """Names that need no word of explanation."""
    return tuple(Name(label, detail) for label in labels)


_MAP = plain(
    *("get", "getOrDefault", "containsKey", "containsValue", "keySet", "values"),
    *("entrySet", "forEach", "size", "isEmpty"),
)
LIST = plain(
    *("get", "size", "isEmpty", "contains", "indexOf", "iterator", "toArray"),
    *("forEach", "map", "filter", "some", "join"),
)
"""What a list of a next-generation script has: Java's methods and an array's."""

_CLIENT = Name(
    "clientProperties",
    "Map",
    "The client that asks for the token.",
    (
        Name("clientId", "String"),
        Name("allowedGrantTypes", "List"),
        Name("allowedResponseTypes", "List"),
        Name("allowedScopes", "List"),
        Name("redirectUris", "List"),
        Name("customProperties", "Map"),
        *_MAP,
    ),
)

_REQUEST = Name(
    "requestProperties",
    "Map",
    "The request, without client_secret and password.",
    (
        Name("requestUri", "String"),
        Name("realm", "String", "Such as /alpha."),
        Name("requestParams", "Map of lists"),
        Name("requestHeaders", "Map of lists", "Names are case-sensitive."),
        *_MAP,
    ),
)

_SHARED = (
    _CLIENT,
    Name("realm", "String", "Such as /alpha."),
    Name("scriptName", "String"),
)

_TOKEN = (
    Name("setMayAct", "(claim)", "Stamps may_act into the token."),
    Name("getMayAct", "()"),
    Name("setAct", "(claim)", "Stamps act into the token."),
    Name("getAct", "()"),
    Name("getField", "(name)", "A claim of the token."),
)


def _java(*classes: str) -> tuple[Name, ...]:
    """Packages, with the classes of java.util that can be reached."""
    util = Name("util", "package", members=plain(*classes, detail="class"))
    return (
        Name("JavaImporter", "(package or class)", "Its properties are the classes."),
        Name("java", "Java packages", members=(util,)),
        *(Name(root, "Java packages") for root in ("Packages", "javax", "com")),
        *(Name(root, "Java packages") for root in ("edu", "net", "org")),
    )


_SESSION = Name(
    "session",
    "null without a session cookie",
    members=(Name("getProperty", "(name)"), Name("setProperty", "(name, value)")),
)

_NEXT_GENERATION = (
    Name("token", "the token to be signed", "Call setMayAct on it.", _TOKEN),
    *_SHARED,
    _REQUEST,
    Name(
        "identity",
        "whom the token is about",
        "Of a client that authenticates as itself, its own profile.",
        (
            *plain("getName", "getUniversalId", "exists", "store"),
            Name("getAttributeValues", "(name)", "A list."),
            Name("setAttribute", "(name, values)"),
            Name("addAttribute", "(name, value)"),
        ),
    ),
    Name("scopes", "List", "Those asked for.", LIST),
    _SESSION,
    Name(
        "logger",
        "scripts.OAUTH2_MAY_ACT_NEXT_GEN…",
        "Each {} in a message takes the next argument.",
        (
            *plain("trace", "debug", "info", "warn", "error", detail="(message, …)"),
            *plain(
                "isTraceEnabled",
                "isDebugEnabled",
                "isInfoEnabled",
                "isWarnEnabled",
                "isErrorEnabled",
                "getName",
            ),
        ),
    ),
    Name("cookieName", "String", "Such as iPlanetDirectoryPro."),
    Name("require", "(name)", "A library script's exports."),
    Name(
        "httpClient",
        "HTTP from a script",
        members=(Name("send", "(uri, options)", ".get() gives the response."),),
    ),
    Name(
        "openidm",
        "PingIDM",
        members=(
            *plain("create", "read", "update", "patch", detail="(resource, …)"),
            *plain("action", "query", "delete", detail="(resource, …)"),
        ),
    ),
    Name(
        "utils",
        "encoding and cryptography",
        members=(
            Name(
                "base64",
                members=plain("encode", "decode", "decodeToBytes", detail="(value)"),
            ),
            Name(
                "base64url",
                members=plain("encode", "decode", "decodeToBytes", detail="(value)"),
            ),
            Name(
                "crypto",
                members=(
                    Name("randomUUID", "()"),
                    Name("getRandomValues", "(array)"),
                    Name(
                        "subtle",
                        members=plain(
                            "generateKey",
                            "deriveKey",
                            "encrypt",
                            "decrypt",
                            "digest",
                            "sign",
                            "verify",
                            detail="(…)",
                        ),
                    ),
                ),
            ),
            Name(
                "types",
                members=plain("stringToBytes", "bytesToString", detail="(value)"),
            ),
        ),
    ),
    Name(
        "policy",
        "authorization policies",
        members=plain("evaluate", "evaluateTree", detail="(subject, …)"),
    ),
    Name(
        "secrets",
        "labels that start with scripted.node.",
        members=(Name("getGenericSecret", "(label)"),),
    ),
    Name(
        "systemEnv",
        "properties that start with script",
        members=(Name("getProperty", "(name, default, type)"),),
    ),
    Name(
        "emailService",
        "mail",
        members=(Name("send", "(to, subject, body, mimeType)"),),
    ),
    Name("require", "(library)", "What a library script exports."),
    Name("jwtAssertion", "", members=(Name("generateJwt", "(map)"),)),
    Name("jwtValidator", "", members=(Name("validateJwtClaims", "(map)"),)),
    *_java("ArrayList", "HashSet", "LinkedHashSet", "TreeSet", "Collections"),
)

_SYSTEM_ENV, _HTTP_CLIENT = (
    next(name for name in _NEXT_GENERATION if name.label == label)
    for label in ("systemEnv", "httpClient")
)
_COLLECTIONS = ("ArrayList", "HashMap", "HashSet", "LinkedHashMap", "Arrays")
_JSON_VALUE = Name("JsonValue", "class", "json(object()) makes an empty one.")

_LEGACY = (
    Name(
        "token",
        "the token to be signed",
        "setMayAct takes a JsonValue.",
        (*_TOKEN, Name("setField", "(name, value)")),
    ),
    *_SHARED,
    _REQUEST,
    Name(
        "identity",
        "whom the token is about",
        "Of a client that authenticates as itself, its own profile.",
        (
            *plain("getName", "getUniversalId", "isExists", "store"),
            Name("getAttribute", "(name)", "A Set."),
            Name("getAttributes", "(names)"),
            Name("getMemberships", "(IdType.GROUP)", "The groups of a person."),
            Name("setAttribute", "(name, values)"),
            Name("addAttribute", "(name, value)"),
        ),
    ),
    Name(
        "scopes",
        "Set",
        "Those asked for.",
        plain("contains", "size", "isEmpty", "iterator", "toArray"),
    ),
    _SESSION,
    Name(
        "logger",
        "the debug log",
        members=(
            *plain("message", "warning", "error", detail="(message)"),
            *plain("messageEnabled", "warningEnabled", "errorEnabled"),
        ),
    ),
    _HTTP_CLIENT,
    _SYSTEM_ENV,
    *(name for name in _java(*_COLLECTIONS) if name.label != "org"),
    Name(
        "org",
        "Java packages",
        members=(
            Name(
                "forgerock",
                "package",
                members=(Name("json", "package", members=(_JSON_VALUE,)),),
            ),
        ),
    ),
)

BASE = {NEXT_GENERATION: _NEXT_GENERATION, LEGACY: _LEGACY}
"""What a may act script can name, by evaluator version."""
