"""Pairwise subjects: each sector sees a ``sub`` of its own for the same person.

Sources: OpenID Connect Core section 8; OpenAM's source for what is hashed. It is told
in ID tokens and at userinfo; access tokens keep the plain ``sub``. Inferred: that
``subname``, which would give the name away, is left out beside it, and that an ID token
which comes back in an exchange stands for whom it is about.
"""

import base64
import hashlib
from urllib.parse import urlsplit

from workbench.am.clients.client import Client
from workbench.am.people.user import USER_SUBJECT
from workbench.am.settings.values import PAIRWISE
from workbench.errors import RegistrationError


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
