"""Whose identity a script sees, and keeping what it stored of it.

On client credentials ``identity`` is the client's own profile (measured in legacy token
modification; that it is so in every context is inferred). Of a token about somebody
else it is the subject's.
"""

from collections.abc import Mapping
from typing import Any

from workbench.am.clients.attributes import attributes, with_attributes
from workbench.am.clients.client import Client
from workbench.am.clients.names import bare_name
from workbench.am.clients.registration import Registration
from workbench.am.people.identity import (
    client_identity,
    gone_identity,
    user_identity,
)
from workbench.am.people.user import AGENT, USER_SUBJECT, User, user_in
from workbench.am.realm import Realm
from workbench.am.scripts.client_setters import CLIENT_SETTERS
from workbench.errors import RegistrationError


def identity_of(realm: Realm, whose: User | Client) -> dict[str, Any]:
    """What a script sees of a person, or of a client that acts as itself."""
    if isinstance(whose, User):
        return user_identity(whose, realm.path, realm.users.groups_of(whose))
    found = attributes(whose, realm.clients.registrations.get(whose.client_id))
    return client_identity(whose.client_id, realm.path, found, active=whose.active)


def subject_named(realm: Realm, sub: str) -> User | Client | None:
    """Whom a subject names, typed or bare; None where nobody is there any more."""
    if USER_SUBJECT.match(sub):
        return user_in(sub, realm.users)
    return realm.clients.get(bare_name(sub)) or user_in(sub, realm.users)


def subject_identity(realm: Realm, sub: str, client: Client) -> dict[str, Any]:
    """What a script sees of a token's subject; whoever is gone is a name alone.

    Args:
        realm: Whose token it is.
        sub: The subject.
        client: Whose token it is, which need not be registered for a dry run.
    """
    person, name = USER_SUBJECT.match(sub) is not None, bare_name(sub)
    if name == client.client_id and not person:
        return identity_of(realm, client)
    whose = subject_named(realm, sub)
    if whose is not None:
        return identity_of(realm, whose)
    return gone_identity(name, realm.path, person=person)


def identity_about(
    realm: Realm, user: User | None, sub: str, client: Client
) -> dict[str, Any]:
    """What a script sees of a person; without one, of whoever the subject names."""
    if user is not None:
        return identity_of(realm, user)
    return subject_identity(realm, sub, client)


def keep_identity(
    realm: Realm, seen: Mapping[str, Any], stored: Mapping[str, list[str]]
) -> None:
    """Keep the attributes that a script changed before ``identity.store()``.

    Raises:
        RegistrationError: A client cannot have such an attribute, or such a value.
    """
    before, name = seen["attributes"], seen["name"]
    changed = {n: v for n, v in stored.items() if before.get(n) != v}
    if not changed:
        return
    if seen["type"] != AGENT:
        realm.users.update(name, attributes=changed)
        return
    if wrong := [each for each in changed if each in CLIENT_SETTERS]:
        raise RegistrationError(f"{wrong[0]} is a method, and no attribute.")
    realm.clients.find(name)  # it may be gone by now
    client, _ = with_attributes(
        realm.clients.own(name), Registration(), changed, realm.scripts
    )
    realm.clients.change(client)
