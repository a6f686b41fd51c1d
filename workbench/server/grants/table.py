"""The grant types of the token endpoint, by name."""

from collections.abc import Mapping

from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CIBA,
    CLIENT_CREDENTIALS,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.server.grants.authorization_code import authorization_code
from workbench.server.grants.ciba import ciba
from workbench.server.grants.client_credentials import client_credentials
from workbench.server.grants.grant_type import GrantType
from workbench.server.grants.password import password
from workbench.server.grants.refresh_token import refresh_token
from workbench.server.grants.token_exchange import token_exchange, unreadable_exchange

GRANTS: Mapping[str, GrantType] = {
    grant.name: grant
    for grant in (
        GrantType(
            name=CLIENT_CREDENTIALS, respond=client_credentials, takes=("scope",)
        ),
        GrantType(
            name=TOKEN_EXCHANGE,
            respond=token_exchange,
            unreadable=unreadable_exchange,
            needs=("subject_token", "subject_token_type"),
            takes=(
                *("actor_token", "actor_token_type", "requested_token_type"),
                *("scope", "audience", "resource"),
            ),
        ),
        GrantType(
            name=REFRESH_TOKEN,
            respond=refresh_token,
            needs=("refresh_token",),
            takes=("scope",),
        ),
        GrantType(
            name=AUTHORIZATION_CODE,
            respond=authorization_code,
            needs=("code",),
            takes=("redirect_uri", "code_verifier"),
        ),
        GrantType(
            name=PASSWORD,
            respond=password,
            needs=("username", "password"),
            takes=("scope",),
        ),
        GrantType(name=CIBA, respond=ciba, needs=("auth_req_id",)),
    )
}
