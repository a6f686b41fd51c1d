"""The bodies of answers and of registrations, as JSON Schema has them."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.client import Client
from workbench.am.registration.metadata import KINDS, MOST
from workbench.am.registration.response import MEMBERS
from workbench.am.tokens.introspection import OWN
from workbench.errors import OAuthError

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
OBJECT: Schema = {"type": "object"}

_TYPES: Mapping[type, Schema] = {
    bool: FLAG,
    int: {**NUMBER, "minimum": 0, "exclusiveMaximum": MOST},
    str: TEXT,
    list: TEXTS,
    dict: OBJECT,
}


def an_object(required: tuple[str, ...] = (), /, **members: Schema) -> Schema:
    """An object with these members, and maybe more."""
    found: Schema = {"type": "object", "properties": members}
    return {**found, "required": list(required)} if required else found


def like(value: Any) -> Schema:
    """What values such as this one are: a text, a truth value, or a list of texts."""
    if isinstance(value, list):
        return TEXTS
    return FLAG if isinstance(value, bool) else TEXT


def errors() -> list[str]:
    """Every error code that goes over the wire, in order."""
    return sorted({each.error for each in _all(OAuthError)})


def _all(kind: type[OAuthError]) -> Iterator[type[OAuthError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all(each)


def schemas(metadata: Mapping[str, Any]) -> dict[str, Schema]:
    """Every schema by its name.

    Args:
        metadata: What a realm says of itself; every realm has the same members.
    """
    sent = _registration()
    return {
        "OAuthError": an_object(
            ("error", "error_description"),
            error={**TEXT, "enum": errors()},
            error_description=TEXT,
        ),
        "RestError": an_object(
            ("code", "reason", "message"), code=NUMBER, reason=TEXT, message=TEXT
        ),
        "Tokens": an_object(
            ("access_token", "token_type"),
            access_token=TEXT,
            refresh_token={"type": ["string", "null"]},
            issued_token_type=TEXT,
            scope=TEXT,
            id_token=TEXT,
            token_type={**TEXT, "enum": ["Bearer", "N_A"]},
            expires_in={**NUMBER, "minimum": 0},
        ),
        "Introspection": an_object(("active",), active=FLAG, **_introspected()),
        "TokenInfo": an_object(
            ("access_token", "expires_in"), access_token=TEXT, expires_in=NUMBER
        ),
        "UserInfo": an_object(("sub",), sub=TEXT),
        "Backchannel": an_object(
            ("auth_req_id", "expires_in", "interval"),
            auth_req_id=TEXT,
            expires_in=NUMBER,
            interval=NUMBER,
        ),
        "Keys": an_object(
            ("keys",),
            keys={
                "type": "array",
                "items": an_object(
                    ("kty", "kid", "use", "alg"), kty=TEXT, kid=TEXT, use=TEXT, alg=TEXT
                ),
            },
        ),
        "Metadata": an_object(
            tuple(metadata), **{name: like(value) for name, value in metadata.items()}
        ),
        "Registration": an_object(**sent),
        "Registered": an_object(
            ("client_id", "registration_client_uri"),
            **{**sent, "client_id": TEXT, "client_secret": TEXT},
            client_secret_expires_at=NUMBER,
            registration_client_uri=TEXT,
            registration_access_token=TEXT,
        ),
        "Session": an_object(
            ("tokenId", "successUrl", "realm"),
            tokenId=TEXT,
            successUrl=TEXT,
            realm=TEXT,
        ),
        "Macaroon": _macaroon(),
        "Caveat": an_object(
            ("type", "identifier"),
            type={**TEXT, "enum": ["first-party", "third-party"]},
            identifier={"type": ["object", "string"]},
            location=TEXT,
        ),
    }


def _introspected() -> dict[str, Schema]:
    """The claims whose type is always the same; a script adds any others."""
    texts = ("client_id", "scope", "realm", "sub", "subname", "iss", "token_type")
    numbers = ("exp", "expires_in")
    known = {**dict.fromkeys(texts, TEXT), **dict.fromkeys(numbers, NUMBER)}
    return {name: kind for name, kind in known.items() if name in OWN}


def _macaroon() -> Schema:
    """What is sent to be looked at or narrowed, and what comes back."""
    return an_object(
        macaroon=TEXT,
        identifier=TEXT,
        location=TEXT,
        caveats={"type": "array", "items": {"$ref": "#/components/schemas/Caveat"}},
        signature=TEXT,
    )


def _registration() -> dict[str, Schema]:
    """Each member that is understood, as its setting says of itself."""
    known = settings_of(Client)
    return {
        member: {
            **_TYPES[kind],
            **(_said(known[MEMBERS[member]], kind) if member in MEMBERS else {}),
        }
        for member, kind in KINDS.items()
    }


def _said(setting: Setting, kind: type) -> Schema:
    words = [word for word, _ in setting.words] or list(setting.choices)
    found: Schema = {"description": setting.help} if setting.help else {}
    if words and kind is str:
        found["enum"] = words
    return found
