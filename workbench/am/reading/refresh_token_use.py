"""Whether the client of a refresh token can use it at all."""

from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import REFRESH_TOKEN
from workbench.am.reading.sibling import token_realm
from workbench.am.realm import Realm
from workbench.am.tokens.introspection import issued_to


def unusable_refresh_token(realm: Realm, value: str) -> str:
    """Why nobody can use this refresh token, as a sentence; "" where it can be used.

    Args:
        realm: A realm of the server; the token may be another's.
        value: The token.
    """
    realm = token_realm(realm, value) or realm
    claims = realm.tokens.read(value, issuer=realm.oauth2_url).claims
    client = realm.clients.get(issued_to(claims)) if claims else None
    return "" if client is None else unusable_by(realm, client)


def unusable_by(realm: Realm, client: Client) -> str:
    """The same of any refresh token that this client gets.

    PingAM's pages print one beside an exchanged token of an agent that lacks the grant.
    """
    if REFRESH_TOKEN not in realm.provider.grantTypes:
        who = "the provider does not offer"
    elif REFRESH_TOKEN not in client.grant_types:
        who = f"{client.client_id} does not have"
    else:
        return ""
    return f"The refresh token cannot be used: {who} the grant {REFRESH_TOKEN}."
