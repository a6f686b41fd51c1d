"""What an administrator of AM does, so that APIs can check tokens made for them."""

from collections.abc import Iterable

from workbench.am.clients.client import Client
from workbench.am.realm import Realm

INTROSPECTS = "am-introspect-all-tokens"
"""The scope of a client that may introspect every token (PingAM 8.1, introspect)."""

SECRET = "mySecret"
AUDIENCES = "acceptAudienceParametersInTokenExchangeRequests"


def introspecting_client(realm: Realm, name: str) -> Client:
    """The client by which an API introspects; registered where it is not there yet."""
    if name in realm.clients:
        return realm.client(name)
    return realm.register_client(
        name, secret=SECRET, scopes=[INTROSPECTS], grant_types=[]
    )


def let_exchange_for(realm: Realm, callers: Iterable[str], urls: Iterable[str]) -> None:
    """Let clients exchange tokens for these audiences, signed so that all can check.

    Switch and list are read from the client that exchanges: the switch from its
    overrides where they are on, since they replace the realm's, else from the realm
    (PingAM 8.1, token exchange; measured). HS256, the default, has no published key.

    Raises:
        RegistrationError: There is no such client.
    """
    if realm.provider.tokenSigningAlgorithm == "HS256":
        realm.provider.tokenSigningAlgorithm = "RS256"
    for caller in callers:
        client = realm.client(caller)
        if not client.overrides.providerOverridesEnabled:
            realm.provider.acceptAudienceParametersInTokenExchangeRequests = True
        elif not client.overrides.acceptAudienceParametersInTokenExchangeRequests:
            realm.update(caller, overrides={AUDIENCES: True})
        listed = tuple(dict.fromkeys((*client.allowed_audiences, *urls)))
        if listed != client.allowed_audiences:
            realm.update(caller, allowed_audiences=listed)
