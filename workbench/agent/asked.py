"""Which realm a call asked: its URL says it."""

from urllib.parse import parse_qs, urlsplit

from workbench.agent.calls import Call
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.realm import Realm


def realm_asked(call: Call, realm: Realm) -> Realm:
    """The realm that a call went to: this one, unless its URL is another's."""
    if asks(call, realm):
        return realm
    return realm.sibling(lambda other: asks(call, other)) or realm


def asks(call: Call, realm: Realm) -> bool:
    """Whether a call goes to this realm, in whichever form of URL."""
    url = urlsplit(call.url)
    named = parse_qs(url.query).get("realm")
    if named:
        return named[0].strip("/") == realm.path.strip("/")
    asked = f"{url.scheme}://{url.netloc}{url.path}"
    return asked.rpartition("/")[0] in realm.issuers


def is_exchange(call: Call, realm: Realm) -> bool:
    """Whether the call asked this realm for an exchange."""
    at = urlsplit(call.url).path.rpartition("/")[2]
    exchanges = at == "access_token" and ("grant_type", TOKEN_EXCHANGE) in call.form
    return exchanges and asks(call, realm)
