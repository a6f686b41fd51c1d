"""The grant types of the token endpoint, by name."""

from collections.abc import Mapping

from workbench.am.clients.client import (
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.server.grants.authorization_code import authorization_code
from workbench.server.grants.client_credentials import client_credentials
from workbench.server.grants.exchange import exchange, unreadable_exchange
from workbench.server.grants.grant import Grant
from workbench.server.grants.password import password
from workbench.server.grants.refresh_token import refresh_token

GRANTS: Mapping[str, Grant] = {
    grant.name: grant
    for grant in (
        Grant(name=CLIENT_CREDENTIALS, respond=client_credentials),
        Grant(name=TOKEN_EXCHANGE, respond=exchange, unreadable=unreadable_exchange),
        Grant(name=REFRESH_TOKEN, respond=refresh_token),
        Grant(name=AUTHORIZATION_CODE, respond=authorization_code),
        Grant(name=PASSWORD, respond=password),
    )
}
