"""Whom a token is about, found again behind a pairwise subject."""

from workbench.am.basics.types import Claims
from workbench.am.clients.client import client_subject
from workbench.am.clients.pairwise import is_pairwise, subject_for
from workbench.am.people.user import user_subject
from workbench.am.realm import Realm
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import is_id_token


def subject_of(realm: Realm, claims: Claims) -> str:
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
