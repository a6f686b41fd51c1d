"""Whose a thing is that somebody sent to the wrong place, told to people alone."""

from collections.abc import Callable

from workbench.am.basics.secrets import safe_text
from workbench.am.realm import Realm
from workbench.am.tokens.client_side import LARGEST
from workbench.am.tokens.unverified import decode_unverified

NO_ISSUER = "it does not say who issued it"


def elsewhere(realm: Realm, what: str, has: Callable[[Realm], bool], alone: str) -> str:
    """A sentence on where it is, for a hint.

    Args:
        realm: Where it was sent.
        what: What it is, such as ``The code``.
        has: Whether it is a realm's.
        alone: The sentence where no other realm has it.
    """
    other = realm.sibling(has)
    return alone if other is None else f"{what} is one of {other.called}."


def token_realm(realm: Realm, value: str) -> Realm | None:
    """The other realm of this server that issued a token, or None."""
    return realm.sibling(lambda other: _issued(other, value))


def token_origin(realm: Realm, value: str) -> str:
    """Where a token says that it comes from, where that is not this realm; or "".

    Nothing in it is believed. One that names this realm, and no other key, may be one
    of this realm that somebody changed.
    """
    other = token_realm(realm, value)
    if other is not None:
        return f"it is a token of {other.called}"
    seen = decode_unverified(value) if len(value) <= LARGEST else None
    if seen is None:
        return ""
    header, issuer = seen[0], seen[1].get("iss")
    if issuer not in realm.issuers:
        return f"it was issued by {safe_text(issuer)}" if issuer else NO_ISSUER
    if realm.tokens.keys.lacks_key_of(header):
        return f"it names {safe_text(issuer)}, but a key that this server has not"
    return ""


def _issued(realm: Realm, value: str) -> bool:
    """Whether a token is this realm's. Only then are its keys made, if need be."""
    seen = decode_unverified(value)
    if seen is not None and seen[1].get("realm") != realm.path:
        return False
    return realm.tokens.read(value, issuer=realm.oauth2_url).claims is not None
