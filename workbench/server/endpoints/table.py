"""The paths below a realm, and the endpoint for each method that one takes."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from workbench.server.answers import NO_STORE, Answer
from workbench.server.endpoints.access_token import access_token
from workbench.server.endpoints.approval import answer_approval, show_approvals
from workbench.server.endpoints.authorize import authorize
from workbench.server.endpoints.backchannel import APPROVAL, backchannel
from workbench.server.endpoints.backchannel import PATH as BACKCHANNEL
from workbench.server.endpoints.bearer import tokeninfo, userinfo
from workbench.server.endpoints.introspect import introspect
from workbench.server.endpoints.login import authenticate
from workbench.server.endpoints.macaroon import macaroon
from workbench.server.endpoints.metadata import agent_discovery, discovery, jwk_uri
from workbench.server.endpoints.registration import AGENTS, CLIENTS, Registrar
from workbench.server.endpoints.revoke import token_revoke
from workbench.server.request.incoming import Incoming

Endpoint = Callable[[Incoming], Answer]
"""How one method of one path is answered."""

Methods = Mapping[str, Endpoint]
"""The endpoint for each method that a path takes."""


def _uncached(answer: Callable[[Incoming], Any]) -> Endpoint:
    """An endpoint whose answer is JSON that no cache may keep."""

    @wraps(answer)
    def answered(incoming: Incoming) -> Answer:
        return Answer(200, answer(incoming), NO_STORE)

    return answered


def _public(answer: Callable[[Incoming], Any]) -> Endpoint:
    """An endpoint whose answer is JSON for anybody."""

    @wraps(answer)
    def answered(incoming: Incoming) -> Answer:
        return Answer(200, answer(incoming))

    return answered


def _registration(registrar: Registrar) -> Methods:
    return {
        "POST": registrar.post,
        "GET": registrar.get,
        "PUT": registrar.put,
        "DELETE": registrar.delete,
    }


AGENT_METADATA = "/.well-known/oauth-authorization-server/aiagent"
"""PingAM 8.1 prints it below the top level; see ``Routes``."""

OAUTH2: Mapping[str, Methods] = {
    "/access_token": {"POST": _uncached(access_token)},
    "/authorize": {"GET": authorize, "POST": authorize},
    BACKCHANNEL: {"POST": _uncached(backchannel)},
    APPROVAL: {"GET": show_approvals, "POST": answer_approval},
    "/introspect": {"POST": introspect},
    "/token/revoke": {"POST": _uncached(token_revoke)},
    "/tokeninfo": {"GET": _uncached(tokeninfo)},
    "/userinfo": {"GET": _uncached(userinfo), "POST": _uncached(userinfo)},
    "/connect/jwk_uri": {"GET": _public(jwk_uri)},
    "/.well-known/openid-configuration": {"GET": _public(discovery)},
    "/.well-known/oauth-authorization-server": {"GET": _public(discovery)},
    AGENT_METADATA: {"GET": _public(agent_discovery)},
    CLIENTS.path: _registration(CLIENTS),
    AGENTS.path: _registration(AGENTS),
}

REST: Mapping[str, Methods] = {
    "/authenticate": {"POST": authenticate},
    "/token/macaroon": {"POST": macaroon},
    "/token/macaroon/": {"POST": macaroon},
}
