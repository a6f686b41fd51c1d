"""Reads a token that somebody sent: what it says, whether it is good, whom it names."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from workbench.am.basics.types import Claims
from workbench.am.clients.grant_types import CLIENT_CREDENTIALS
from workbench.am.clients.names import client_subject
from workbench.am.clients.pairwise import is_pairwise, subject_for
from workbench.am.people.user import name_in, user_subject
from workbench.am.reading.sibling import token_origin, token_realm
from workbench.am.realm import Realm
from workbench.am.settings.profile import REFUSE
from workbench.am.tokens.inspection import Inspection, inspection
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import Reading, is_id_token


def read_token(realm: Realm, value: str) -> Reading:
    """What the realm knows of a token that somebody sent.

    That PingAM lets the tokens of an inactive client live is inferred: OpenAM
    looks at the token alone. A profile switch has it otherwise. Another says whether
    the tokens of people who are gone do: that AM refuses them is inferred.
    """
    reading, profile = realm.tokens.read(value, issuer=realm.oauth2_url), realm.profile
    claims = reading.claims
    if claims is None:
        origin = token_origin(realm, value)
        return replace(reading, fault=origin, elsewhere=True) if origin else reading
    if profile.tokens_of_inactive_clients == REFUSE:
        client = realm.clients.get(issued_to(claims))
        reading = replace(reading, orphaned=client is None or not client.active)
    if profile.tokens_of_gone_people == REFUSE and _person_gone(realm, claims):
        reading = replace(reading, bereft=True)
    return reading


def _person_gone(realm: Realm, claims: Claims) -> bool:
    """Whether a token is about somebody who was deactivated or deleted."""
    if claims.get("grant_type") == CLIENT_CREDENTIALS:
        return False
    sub = _plain_subject(realm, claims, chain(realm.users, realm.users.deleted))
    return realm.users.is_gone(name_in(sub))


def read_in_any_realm(realm: Realm, value: str) -> Reading:
    """The same, for those who may ask about the tokens of every realm."""
    return read_token(token_realm(realm, value) or realm, value)


def inspect_token(realm: Realm, value: str, label: str = "token") -> Inspection:
    """Lay a token open for a person, as no client could."""
    return inspection(value, read_token(realm, value), label, realm.clock.now())


def subject_of(realm: Realm, claims: Claims) -> str:
    """The plain ``sub`` of a token, found again where a pairwise client was told.

    Where nobody of the realm has this hash (any more), it stays as it is.
    """
    return _plain_subject(realm, claims, realm.users)


def _plain_subject(realm: Realm, claims: Claims, people: Iterable[str]) -> str:
    sub = str(claims["sub"])
    client = realm.clients.get(issued_to(claims)) if is_id_token(claims) else None
    if client is None or not is_pairwise(client):
        return sub
    typed, salt = realm.profile.typed_subjects, realm.provider.hashSalt
    known = [user_subject(name, typed=typed) for name in people]
    known += [client_subject(name, typed=typed) for name in realm.clients]
    return next((each for each in known if subject_for(client, each, salt) == sub), sub)
