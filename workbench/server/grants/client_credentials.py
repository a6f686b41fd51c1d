"""The client credentials grant (RFC 6749 section 4.4)."""

from dataclasses import replace
from typing import Any

from workbench.am.claims.order import client_order
from workbench.am.clients.grant_types import CLIENT_CREDENTIALS
from workbench.am.issuing.grant_scopes import granted_scopes
from workbench.am.issuing.issue import issue
from workbench.am.scopes.question import ScopeQuestion
from workbench.errors import UnauthorizedClient
from workbench.server.answers import (
    require_grant,
)
from workbench.server.grants.answer import answer_with
from workbench.server.request.incoming import Incoming


def client_credentials(incoming: Incoming) -> dict[str, Any]:
    """A token for the client itself (RFC 6749 section 4.4)."""
    realm, client = incoming.realm, incoming.authenticated_client()
    if client.public:
        raise UnauthorizedClient(
            "Public clients can't use client credentials grant.",
            hint=f"{client.client_id} is public: it has no secret to prove itself by.",
        )
    require_grant(realm, client, CLIENT_CREDENTIALS)
    asked = ScopeQuestion(
        client=client,
        scope=incoming.parameters.get("scope"),
        properties=incoming.properties,
    )
    granted = granted_scopes(realm, asked)
    order = client_order(
        client,
        granted.scopes,
        realm.profile,
        request_properties=incoming.properties,
        session=incoming.session,
    )
    order = replace(order, scripts=granted.scripts)
    issued = issue(realm, order)
    text = f"{client.client_id} got a token.{granted.remark}"
    return answer_with(incoming, order, issued, text)
