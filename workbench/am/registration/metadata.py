"""What a client says of itself when it registers, under AM's names.

Sources: RFC 7591 section 2; PingAM 8.1 "AI agent acting autonomously" for the members
and their defaults. Texts of refusals are OpenAM's where it has one, else ours.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.setting import settings_of
from workbench.am.clients.auth_methods import NO_METHOD
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import AUTHORIZATION_CODE
from workbench.am.clients.jwks import check_jwks
from workbench.am.clients.pairwise import require_sector
from workbench.am.clients.uri import is_redirection_uri, is_sector_uri
from workbench.am.registration.response import (
    ALWAYS_SENT,
    CONFIDENTIAL,
    ECHOED,
    KEYS,
    MEMBERS,
    PUBLIC,
    SUBJECTS,
)
from workbench.am.scopes.scope import registrable_scopes, split_scope
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.values import RESPONSE_TYPES
from workbench.errors import (
    InvalidClientMetadata,
    InvalidRedirectUri,
    RegistrationError,
    UnapprovedStatement,
)

WITH_TOKEN = ("client_uri", "logo_uri", "policy_uri")
"""Only for who registers with an access token for it (AM 7.2, dynamic registration);
a profile switch has it otherwise."""

RULED = (
    "client_type",
    "token_endpoint_auth_method",
    "redirect_uris",
    "grant_types",
    "response_types",
    "scopes",
    "default_scopes",
    *KEYS,
    *SUBJECTS,
)
"""Members that stand in rules of their own; any other is as its field takes it."""


def _kind(name: str) -> type:
    """What JSON has for a field: its text where words stand for its values."""
    said = settings_of(Client)[name]
    return str if said.words else list if said.kind is tuple else said.kind


KINDS: dict[str, type] = {
    **{member: _kind(name) for member, name in MEMBERS.items()},
    "jwks": dict,
    "scope": str,
    "software_statement": str,
    **{name: type(default) for name, default in ALWAYS_SENT.items()},
    **ECHOED,
}
"""Every member that is understood; others are ignored (RFC 7591 section 2)."""

WORDS: dict[type, str] = {
    str: "a text",
    int: "a whole number below 2147483648",
    bool: "true or false",
    list: "a list of texts",
    dict: "an object",
}

MOST = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was asked for, with the defaults of what was not.

    Attributes:
        fields: Values for a :class:`~workbench.am.clients.client.Client`.
        further: Members that are told because they were sent.
    """

    fields: dict[str, Any]
    further: dict[str, Any]


def read_metadata(
    sent: Mapping[str, Any], provider: ProviderSettings, *, with_token: bool
) -> Metadata:
    """Check the metadata of a registration request.

    Args:
        sent: The JSON body. A null counts as not sent.
        provider: Says what may be asked for.
        with_token: Whether it may have every member.

    Raises:
        InvalidClientMetadata: A value has the wrong type or cannot be had.
        InvalidRedirectUri: A redirection URI is none.
        UnapprovedStatement: There is a software statement; nobody vouches for it.
    """
    known = {
        name: _require_type(name, value)
        for name, value in sent.items()
        if name in KINDS and value is not None
    }
    _check_trust(known, provider.dynamicClientRegistrationScope, with_token)
    _check_further(known)
    further = {
        name: known[name]
        for name in (*ALWAYS_SENT, *ECHOED, *SUBJECTS)
        if name in known
    }
    return Metadata(fields=_fields(known, provider), further=further)


def _check_trust(known: Mapping[str, Any], scope: str, with_token: bool) -> None:
    if "software_statement" in known:
        raise UnapprovedStatement(
            "Software statement not approved.",
            hint="There are no software publishers on this bench.",
        )
    for name in WITH_TOKEN:
        if name in known and not with_token:
            text = f"It takes an access token with the scope {scope}, as the profile's "
            raise _invalid(name, f"{text}registration_scope says.")


def _fields(known: Mapping[str, Any], provider: ProviderSettings) -> dict[str, Any]:
    grants, defaults = provider.grantTypes, known.get("default_scopes", ())
    return {
        **_authentication(known),
        "redirection_uris": _redirect_uris(known),
        "grant_types": _require_among(
            known, "grant_types", grants, (AUTHORIZATION_CODE,)
        ),
        "response_types": _require_among(
            known, "response_types", RESPONSE_TYPES, ("code",)
        ),
        "scopes": _scopes(known, provider),
        "default_scopes": _require_registrable(defaults, provider, "default scopes"),
        **{MEMBERS[each]: _plain(known, each) for each in MEMBERS if each not in RULED},
        **_keys(known),
        **_subjects(known, provider),
    }


def _require_type(name: str, value: Any) -> Any:
    kind = KINDS[name]
    fits = type(value) is kind
    if kind is list:
        fits = fits and all(isinstance(each, str) for each in value)
    if kind is int:
        fits = fits and 0 <= value < MOST
    if fits:
        return value
    if name == "redirect_uris":
        raise _invalid_uris(f"redirect_uris is {WORDS[kind]}.")
    raise _invalid(name, f"{name} is {WORDS[kind]}.")


def _check_further(known: Mapping[str, Any]) -> None:
    if known.get("application_type", "web") not in ("web", "native"):
        raise _invalid("application_type", "It is web or native.")


def _subjects(known: Mapping[str, Any], provider: ProviderSettings) -> dict[str, str]:
    """How its subjects look, among ``supportedSubjectTypes`` where it says so."""
    usual = settings_of(Client)
    fields = {name: known.get(name, usual[name].default) for name in SUBJECTS}
    kind, uri = fields["subject_type"], fields["sector_identifier_uri"]
    supported = provider.supportedSubjectTypes
    if "subject_type" in known and kind not in supported:
        raise _invalid("subject_type", f"It is one of: {', '.join(supported)}.")
    if uri and not is_sector_uri(uri):
        raise _invalid("sector_identifier_uri", "It needs https:// and a host.")
    made_up = Client(client_id="it", redirection_uris=_redirect_uris(known), **fields)
    try:
        require_sector(made_up)
    except RegistrationError as problem:
        raise _invalid("sector_identifier_uri", str(problem)) from None
    return fields


def _keys(known: Mapping[str, Any]) -> dict[str, str]:
    if "jwks" in known and "jwks_uri" in known:
        raise InvalidClientMetadata("Must define either jwks or jwks_uri, not both.")
    text = json.dumps(known["jwks"]) if "jwks" in known else ""
    try:
        if text:
            check_jwks(text)
    except RegistrationError as problem:
        raise _invalid("jwks", str(problem)) from None
    return {"jwks": text, "jwks_uri": known.get("jwks_uri", "")}


def _authentication(known: Mapping[str, Any]) -> dict[str, Any]:
    """How the client authenticates: not at all exactly where it is public."""
    kind = known.get("client_type")
    if kind not in (None, CONFIDENTIAL, PUBLIC):
        raise _invalid("client_type", f"It is {CONFIDENTIAL} or {PUBLIC}.")
    method = known.get("token_endpoint_auth_method")
    public = method == NO_METHOD if kind is None else kind == PUBLIC
    usual = NO_METHOD if public else "client_secret_basic"
    chosen = _choice(known, "token_endpoint_auth_method", usual)
    if (chosen == NO_METHOD) != public:
        raise _invalid(
            "token_endpoint_auth_method",
            f"A {PUBLIC} client has the method {NO_METHOD}, and no other has it.",
        )
    return {"public": public, "token_endpoint_auth_method": chosen}


def _choice(known: Mapping[str, Any], member: str, usual: Any) -> Any:
    value = known.get(member, usual)
    choices = settings_of(Client)[MEMBERS[member]].choices
    if choices and value not in choices:
        raise _invalid(member, f"It is one of {', '.join(choices)}.")
    return value


def _plain(known: Mapping[str, Any], member: str) -> Any:
    """As it was sent, else the default of its field."""
    said = settings_of(Client)[MEMBERS[member]]
    value = _choice(known, member, said.default)
    return tuple(value) if said.kind is tuple else value


def _redirect_uris(known: Mapping[str, Any]) -> tuple[str, ...]:
    uris = tuple(known.get("redirect_uris", ()))
    for uri in uris:
        if not is_redirection_uri(uri):
            raise _invalid_uris(
                f"{safe_text(uri)} is not absolute, has a fragment, "
                "or leads to no client."
            )
    return uris


def _require_among(
    known: Mapping[str, Any], name: str, allowed: Iterable[str], usual: tuple[str, ...]
) -> tuple[str, ...]:
    values = tuple(known.get(name, ())) or usual
    unknown = beyond(values, allowed)
    if unknown:
        raise _invalid(name, f"This server does not have {safe_text(unknown[0])}.")
    return values


def _scopes(known: Mapping[str, Any], provider: ProviderSettings) -> tuple[str, ...]:
    """AM's member is a list, ``scopes``; that of RFC 7591 a text, ``scope``."""
    spaced = split_scope(known.get("scope"))
    scopes = known.get("scopes", spaced)
    if "scope" in known and set(scopes) != set(spaced):
        raise _invalid("scope", "scope and scopes name different scopes.")
    return _require_registrable(scopes, provider, "scopes") or provider.defaultScopes


def _require_registrable(
    scopes: Iterable[str], provider: ProviderSettings, what: str
) -> tuple[str, ...]:
    allowed = registrable_scopes(provider)
    unknown = beyond(scopes, allowed)
    if unknown:
        raise InvalidClientMetadata(
            f"Invalid {what} requested.",
            hint=f"{safe_text(unknown[0])} is not on the Client Registration Scope "
            f"Allowlist (supportedScopes): {', '.join(allowed) or 'it is empty'}.",
        )
    return tuple(scopes)


def _invalid(name: str, hint: str) -> InvalidClientMetadata:
    return InvalidClientMetadata(f"Invalid {name} requested.", hint=hint)


def _invalid_uris(hint: str) -> InvalidRedirectUri:
    return InvalidRedirectUri("Invalid redirect_uris requested.", hint=hint)
