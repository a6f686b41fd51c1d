"""Which event of the audit trail tells of a call: the answer does not say it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from workbench.agent.calls import Call
from workbench.am.admin.audit import Event
from workbench.am.basics.secrets import hide_tokens
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm

BROUGHT = ("access_token", "id_token", "refresh_token")


def realm_asked(call: Call, realm: Realm) -> Realm:
    """The realm that a call went to: this one, unless its URL is another's."""
    if _asks(call, realm):
        return realm
    return realm.sibling(lambda other: _asks(call, other)) or realm


def _asks(call: Call, realm: Realm) -> bool:
    url = urlsplit(call.url)
    named = parse_qs(url.query).get("realm")
    if named:
        return named[0].strip("/") == realm.path.strip("/")
    asked = f"{url.scheme}://{url.netloc}{url.path}"
    return any(asked.rpartition("/")[0] == each for each in realm.issuers)


def event_of(call: Call, calls: Iterable[Call], realm: Realm) -> Event | None:
    """What the trail keeps of a call; None where it keeps nothing, or no longer.

    A token names its event. Of answers without one, equal ones are told apart by
    their order, so that another program's equal request may stand in between.

    Args:
        call: Whose event.
        calls: All calls of the bench, oldest first.
        realm: The realm that it went to.
    """
    brought = _identifiers(call, realm)
    if brought:
        found = (e for e in reversed(realm.audit) if brought & set(e.issued))
        return next(found, None)
    wanted = _signature(call)
    later = 0
    for other in reversed(list(calls)):
        if other is call:
            break
        later += _signature(other) == wanted and not _identifiers(other, realm)
    same = [e for e in reversed(realm.audit) if _fits(e, wanted)]
    return same[later] if later < len(same) else None


def _identifiers(call: Call, realm: Realm) -> set[str]:
    """The identifiers of the tokens that the answer carries."""
    body = call.json_or_none if call.status == 200 else None
    values = [body.get(name) for name in BROUGHT] if isinstance(body, dict) else []
    read = (read_token(realm, each).claims for each in values if isinstance(each, str))
    return {
        str(claims.get("jti") or claims.get("auditTrackingId"))
        for claims in read
        if claims is not None
    }


KINDS = {
    "authenticate": "login",
    "authorize": "consent",
    "bc-authorize": "backchannel",
    "introspect": "introspect",
    "register": "register",
    "revoke": "revoke",
}
"""What the trail calls a request that was answered, by the last part of its path."""

Signature = tuple[int, str, str, str]


def _signature(call: Call) -> Signature:
    """What call and event have in common where no token was issued."""
    body: Any = call.json_or_none if call.status >= 400 else None
    said = body if isinstance(body, dict) else {}
    error = str(said.get("error", said.get("reason", "")))
    text = str(said.get("error_description", said.get("message", "")))
    return call.status, error, hide_tokens(text), _kind(call)


def _kind(call: Call) -> str:
    if ("grant_type", TOKEN_EXCHANGE) in call.form:
        return "exchange"
    if call.status >= 400:
        return "refusal"
    return KINDS.get(urlsplit(call.url).path.rpartition("/")[2], "")


def _fits(event: Event, wanted: Signature) -> bool:
    if event.issued:
        return False
    return (event.status, event.error, event.description, event.kind) == wanted
