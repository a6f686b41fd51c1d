"""Reads a token that somebody sent: whose it is, what it says, whether it is good."""

from dataclasses import replace

from workbench.am.realm import Realm
from workbench.am.settings.profile import REFUSE
from workbench.am.tokens.inspection import Inspection, inspection
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import Reading


def read_token(realm: Realm, value: str) -> Reading:
    """What the realm knows of a token that somebody sent.

    That PingAM lets the tokens of an inactive client live is inferred: OpenAM
    looks at the token alone. A profile switch has it otherwise.
    """
    reading = realm.tokens.read(value, issuer=realm.oauth2_url)
    minds = realm.profile.tokens_of_inactive_clients == REFUSE
    if reading.claims is None or not minds:
        return reading
    client = realm.clients.get(issued_to(reading.claims))
    return replace(reading, orphaned=client is None or not client.active)


def inspect_token(realm: Realm, value: str, label: str = "token") -> Inspection:
    """Lay a token open for a person, as no client could."""
    return inspection(value, read_token(realm, value), label, realm.clock.now())
