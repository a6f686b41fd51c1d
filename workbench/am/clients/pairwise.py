"""Pairwise subjects: each sector sees a ``sub`` of its own for the same person.

Sources: OpenID Connect Core section 8; OpenAM's source for what is hashed. It is told
in ID tokens and at userinfo; access tokens keep the plain ``sub``. Inferred: that
``subname``, which would give the name away, is left out beside it, and that an ID token
which comes back in an exchange stands for whom it is about.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.am.clients.client import Client, client_subject
from workbench.am.people.user import USER_SUBJECT, user_subject
from workbench.am.settings.provider import PAIRWISE
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.store import is_id_token
from workbench.errors import RegistrationError

if TYPE_CHECKING:
    from workbench.am.realm import Realm


def is_pairwise(client: Client) -> bool:
    """Whether the client sees hashed subjects."""
    return client.subject_type == PAIRWISE


def sector(client: Client) -> str:
    """The sector identifier: a host, or "" where the client has none of its own.

    That of ``sector_identifier_uri``, or else the one that all redirection URIs share
    (OpenID Connect Core section 8.1).
    """
    uris = [client.sector_identifier_uri] if client.sector_identifier_uri else []
    hosts = {urlsplit(uri).hostname or "" for uri in uris or client.redirection_uris}
    return hosts.pop() if len(hosts) == 1 else ""


def require_sector(client: Client) -> None:
    """Refuse a client with pairwise subjects that is of no sector.

    Raises:
        RegistrationError: Its redirection URIs have several hosts, or none.
    """
    if is_pairwise(client) and not sector(client):
        raise RegistrationError(
            f"{client.client_id} has pairwise subjects, and its redirection URIs are "
            "not all of one host: it needs a sector_identifier_uri, whose host is the "
            "sector (OpenID Connect Core section 8.1).",
            about="sector_identifier_uri",
        )


def subject_for(client: Client, sub: str, salt: str) -> str:
    """The ``sub`` that a client is told: of a pairwise one, a hash in base64.

    Args:
        client: Who is told.
        sub: The plain one; of a person the bare name is hashed.
        salt: The provider's ``hashSalt``.
    """
    if not is_pairwise(client):
        return sub
    person = USER_SUBJECT.match(sub)
    text = sector(client) + (person[1] if person else sub) + salt
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def subject_of(realm: "Realm", claims: Mapping[str, Any]) -> str:
    """The plain ``sub`` of a token, found again where a pairwise client was told.

    Where nobody of the realm has this hash (any more), it stays as it is.
    """
    sub = str(claims["sub"])
    client = realm.clients.get(issued_to(claims)) if is_id_token(claims) else None
    if client is None or not is_pairwise(client):
        return sub
    typed, salt = realm.profile.typed_subjects, realm.provider.hashSalt
    known = [user_subject(name, typed=typed) for name in realm.users]
    known += [client_subject(name, typed=typed) for name in realm.clients]
    return next((each for each in known if subject_for(client, each, salt) == sub), sub)
