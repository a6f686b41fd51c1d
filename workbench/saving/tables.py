"""What the tables of a realm hold, and under which key each of their values stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cattrs import Converter

from workbench.am.backchannel.request import (
    APPROVED,
    DENIED,
    WAITING,
    BackchannelRequest,
)
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.group import Group
from workbench.am.clients.registration import Registration
from workbench.am.people.code import AuthorizationCode
from workbench.am.people.session import Session
from workbench.am.people.user import User
from workbench.am.people.user_group import UserGroup
from workbench.am.rest.leaf import Further
from workbench.am.scopes.policy import Policy
from workbench.am.scripts.script import Script
from workbench.am.settings.values import SIGNING_ALGORITHMS
from workbench.am.tokens.keys import Key, key_of, private_jwk
from workbench.saving.converter import each_of
from workbench.saving.fault import Unfit


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table holds.

    Attributes:
        kind: The type of its values.
        told: What they are, for whoever reads a file.
        key: What a value stands under; None where the value does not say.
        secret: What in it opens something, or "".
    """

    kind: Any
    told: str
    key: Callable[[Any], str] | None = None
    secret: str = ""


MEMBERS = {
    "format": "Always delegation-workbench.",
    "version": "Of the format; a newer one is refused.",
    "about": "A warning for whoever finds it; not read.",
    "keys": "Whether the keys are in it; without them there is no seed either.",
    "server": "The URL, the realms' paths, the seed, the clock, the properties.",
    "realms": "By path: settings, progress, tables, and events that only it has.",
    "trail": "How many events are kept, and how many earlier ones are gone.",
    "audit": "The events of all realms, oldest first.",
    "history": "The calls of the bench, oldest first, with tokens and secrets.",
}
"""The members of a file, in order."""


KEY_TABLES = ("keys", "keys made", "further keys")
"""What is left out of a file that is saved without keys."""

TABLES: Mapping[str, Kept] = {
    "clients": Kept(
        Client,
        "OAuth2 clients and AI agents, each with its own values",
        lambda each: each.client_id,
        "client secrets",
    ),
    "groups": Kept(Group, "Groups of clients and of AI agents", lambda each: each.key),
    "scripts": Kept(Script, "Scripts of every kind, by id", lambda each: each.id),
    "registrations": Kept(
        Registration,
        "What is kept of clients that registered themselves",
        secret="registration access tokens",
    ),
    "further settings": Kept(
        Further,
        "What AM's files and REST interface say of these that has no effect here",
    ),
    "groups of people": Kept(UserGroup, "Groups of people", lambda each: each.name),
    "people": Kept(User, "People", lambda each: each.name, "passwords"),
    "deleted people": Kept(bool, "The names of people who were deleted"),
    "policies": Kept(Policy, "Policies for scopes", lambda each: each.name),
    "keys": Kept(
        list[Key],
        "The keys that sign, by algorithm, the one in use first",
        secret="private keys",
    ),
    "keys made": Kept(int, "How many keys were made, by algorithm"),
    "further keys": Kept(
        bytes, "What encrypts tokens and signs macaroons", secret="keys"
    ),
    "tokens": Kept(
        Claims, "The claims of server-side tokens, by their value", secret="tokens"
    ),
    "tokens in macaroons": Kept(
        Claims, "The same beneath macaroons, by identifier", secret="identifiers"
    ),
    "revoked tokens": Kept(
        tuple[int, int | None], "By jti: from when on, and when the token ends anyway"
    ),
    "revoked grants": Kept(int | None, "By id: when the last of its tokens ends"),
    "discarded tokens": Kept(
        int | None, "By jti: those whose tokenName a script changed, and their end"
    ),
    "token limits": Kept(
        tuple[
            tuple[tuple[str, ...] | None, int | None, tuple[str, ...] | None],
            int | None,
        ],
        "What caveats leave to what comes of a token: scope, end, audience; its end",
    ),
    "latest end of a token": Kept(int, "In hours since the epoch"),
    "sessions": Kept(
        Session, "Logins, by their token", lambda each: each.token, "session tokens"
    ),
    "codes": Kept(AuthorizationCode, "Authorization codes", secret="codes"),
    "spent assertions": Kept(
        float, "The end of each assertion that was used, by client and jti"
    ),
    "backchannel requests": Kept(
        BackchannelRequest,
        "What clients asked people for",
        lambda each: each.auth_req_id,
        "what clients poll with",
    ),
}
"""Every table of a realm, by name."""


def read_row(made: Converter, table: str, key: str, value: Any) -> Any:
    """The value of one row.

    Raises:
        Exception: It is none; what the converter and the classes raise.
    """
    kept = TABLES[table]
    if table == "keys":
        return _keys(key, value)
    found = made.structure(value, kept.kind)
    if kept.key is not None and kept.key(found) != key:
        raise Unfit("it stands under a name other than its own")
    if table == "backchannel requests" and found.state not in _STATES:
        raise Unfit(f"state is one of: {', '.join(_STATES)}")
    return found


_STATES = (WAITING, APPROVED, DENIED)


def row_of(made: Converter, table: str, value: Any) -> Any:
    """A value as JSON has it."""
    if table == "keys":
        return [private_jwk(each) for each in value]
    return made.unstructure(value, TABLES[table].kind)


def _keys(algorithm: str, value: Any) -> list[Key]:
    if algorithm not in SIGNING_ALGORITHMS or type(value) is not list or not value:
        raise Unfit(f"a list of keys for {', '.join(SIGNING_ALGORITHMS)} belongs here")
    return each_of(enumerate(value), lambda _, jwk: _key(jwk, algorithm))


def _key(jwk: Any, algorithm: str) -> Key:
    if type(jwk) is not dict:
        raise Unfit("a private JWK belongs here")
    try:
        return key_of(jwk, algorithm)
    except (ValueError, TypeError):
        raise Unfit("a private JWK of its algorithm belongs here") from None
