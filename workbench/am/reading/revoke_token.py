"""Revokes a token for an administrator."""

from workbench.am.admin.audit import Event
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm


def revoke_token(realm: Realm, value: str) -> bool:
    """Revoke a token; a refresh token takes its grant along (RFC 7009).

    Returns:
        Whether it was one of this realm's.
    """
    reading = read_token(realm, value)
    if reading.claims is None:
        return False
    gone = realm.tokens.revoke(reading)
    text = f"{reading.claims['tokenName']} was revoked."
    realm.recorder.record(
        Event(time=realm.clock.now(), kind="revoke", summary=text, revoked=gone)
    )
    return True
