"""Whose a thing is that somebody sent to the wrong realm, told to people alone."""

from collections.abc import Callable

from workbench.am.realm import Realm
from workbench.am.tokens.unverified import decode_unverified


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


def _issued(realm: Realm, value: str) -> bool:
    """Whether a token is this realm's. Only then are its keys made, if need be."""
    seen = decode_unverified(value)
    if seen is not None and seen[1].get("realm") != realm.path:
        return False
    return realm.tokens.read(value, issuer=realm.oauth2_url).claims is not None
