"""The revocation endpoint (RFC 7009)."""

from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.words import with_article
from workbench.am.reading.read_token import read_token
from workbench.am.tokens.introspection import issued_to
from workbench.server.request.incoming import Incoming


def token_revoke(incoming: Incoming) -> dict[str, Any]:
    """Give a token back (RFC 7009); an unknown one is no error.

    A client may only revoke what was issued to it (RFC 7009 section 2.1).
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    (value,) = incoming.parameters.require("token")
    reading = read_token(realm, value)
    claims = reading.claims
    gone: tuple[str, ...] = ()
    if claims is None:
        text = f"Nothing was revoked: {reading.fault}."
    elif issued_to(claims) != client.client_id:
        text = f"Nothing was revoked: it was issued to {safe_text(issued_to(claims))}."
    else:
        gone = realm.tokens.revoke(reading)
        name = claims["tokenName"]
        kept = f"{with_article(name).capitalize()} cannot be revoked."
        text = f"{name} was revoked." if gone else kept
    incoming.record("revoke", client.client_id, text, revoked=gone)
    return {}
