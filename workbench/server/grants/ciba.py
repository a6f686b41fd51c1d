"""The backchannel request grant: a client polls for a person's answer.

Sources: OpenID CIBA Core 1.0 sections 10.1 and 11; PingAM 8.1, "Backchannel request
grant". The texts are those of OpenAM's device flow, which is polled in the same way,
with CIBA's status; that AM has them here is inferred.
"""

from typing import Any

from workbench.am.backchannel.request import DENIED, WAITING, BackchannelRequest
from workbench.am.claims.order import person_order
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import CIBA
from workbench.am.issuing.issue import issue
from workbench.am.realm import Realm
from workbench.errors import AccessDenied, InvalidGrant
from workbench.server.answers import INVALID_GRANT, require_grant
from workbench.server.errors import AuthorizationPending, ExpiredToken, SlowDown
from workbench.server.grants.answer import answer_with
from workbench.server.request.incoming import Incoming

PENDING = "The user has not yet completed authorization"
TOO_SOON = "The polling interval has not elapsed since the last request"
DECLINED = "The user has declined authorization"


def ciba(incoming: Incoming) -> dict[str, Any]:
    """Tokens about the person who approved the request; it is good once.

    The ID token has no ``auth_req_id``: only one that is pushed needs it (CIBA section
    10.3.1), and AM pushes none.
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    require_grant(realm, client, CIBA)
    (value,) = incoming.parameters.require("auth_req_id")
    with realm.turns.alone(value):
        return _redeem(incoming, client, value)


def _redeem(incoming: Incoming, client: Client, value: str) -> dict[str, Any]:
    realm = incoming.realm
    request = _own(client, realm.backchannel.find(value))
    _require_approval(realm, request)
    order = person_order(
        client,
        realm.users[request.user],
        request.scope,
        realm.profile,
        grant_type=CIBA,
        auth_time=request.auth_time,
        auth_level=request.auth_level,
        grant_id=request.grant_id,
        session=incoming.session,
        request_properties=incoming.properties,
    )
    issued = issue(realm, order)
    realm.backchannel.use(request)
    text = f"{client.client_id} got a token of {order.sub}, who approved its request."
    return answer_with(incoming, order, issued, text)


def _own(client: Client, request: BackchannelRequest | None) -> BackchannelRequest:
    """The client's own request, which has given no tokens yet."""
    if request is None:
        hint = "There is no such auth_req_id."
    elif request.client_id != client.client_id:
        hint = f"The auth_req_id was issued to {request.client_id}."
    elif request.used:
        hint = "The auth_req_id was used before; each is good once."
    else:
        return request
    raise InvalidGrant(INVALID_GRANT, hint=hint)


def _require_approval(realm: Realm, request: BackchannelRequest) -> None:
    """Refuse until the person has said yes, and once it is too late.

    After ``slow_down`` the interval stays as it is: a client waits longer by itself
    (CIBA section 11), and OpenAM counts from the latest poll.
    """
    now, before = realm.clock.now(), realm.backchannel.poll(request)
    about = f"Request {request.number}"
    if request.state == DENIED:
        raise AccessDenied(DECLINED, hint=f"{request.user} denied {about.lower()}.")
    if realm.backchannel.has_expired(request):
        raise ExpiredToken(INVALID_GRANT, hint=f"{about} has expired.")
    if not realm.backchannel.can_answer(request):
        hint = f"{request.user} is not active, or not there any more."
        raise AccessDenied(DECLINED, hint=hint)
    if request.state == WAITING:
        interval = realm.provider.cibaMinimumPollingInterval
        if before is not None and now < before + interval:
            hint = f"{about} was polled {now - before} s ago; wait {interval} s."
            raise SlowDown(TOO_SOON, hint=hint)
        raise AuthorizationPending(
            PENDING, hint=f"{about} waits for {request.user} to answer."
        )
