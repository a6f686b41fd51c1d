"""The password grant (RFC 6749 section 4.3)."""

from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.claims.order import person_order
from workbench.am.clients.grant_types import PASSWORD
from workbench.am.issuing.grant_scopes import granted_scopes
from workbench.am.issuing.issue import issue
from workbench.am.people.user import User
from workbench.am.reading.sibling import elsewhere
from workbench.am.realm import Realm
from workbench.am.scopes.question import ScopeQuestion
from workbench.errors import InvalidGrant
from workbench.server.answers import (
    INVALID_GRANT,
    require_grant,
)
from workbench.server.grants.answer import answer_with
from workbench.server.request.incoming import Incoming


def password(incoming: Incoming) -> dict[str, Any]:
    """Tokens for a name and a password (RFC 6749 section 4.3).

    Scripts see no session with this grant (PingAM 8.1, scripting API).
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    require_grant(realm, client, PASSWORD)
    name, secret = incoming.parameters.require("username", "password")
    user = realm.users.known_as(name)
    if user is None or not user.password_fits(secret) or not user.active:
        raise InvalidGrant(INVALID_GRANT, hint=_why(realm, user, name, secret))
    asked = ScopeQuestion(
        client=client,
        scope=incoming.parameters.get("scope"),
        user=user,
        properties=incoming.properties,
    )
    granted = granted_scopes(realm, asked)
    order = person_order(
        client,
        user,
        granted.scopes,
        realm.profile,
        grant_type=PASSWORD,
        auth_level=0,
        request_properties=incoming.properties,
        scripts=granted.scripts,
    )
    text = f"{client.client_id} got a token of {order.sub}.{granted.remark}"
    return answer_with(incoming, order, issue(realm, order), text)


def _why(realm: Realm, user: User | None, name: str, secret: str) -> str:
    """What is wrong with a name and a password."""
    if user is None:
        shown = safe_text(name)
        alone = f"There is no user {shown} in this realm."
        return elsewhere(realm, shown, lambda other: name in other.users, alone)
    if not user.password_fits(secret):
        return f"The password is not that of {user.name}."
    return f"{user.name} is not active."
