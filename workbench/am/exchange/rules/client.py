"""Whether the client is who it says, and may use the grant.

Sources: RFC 6749 section 3.2.1; measured on PingOne AIC.
"""

from workbench.am.basics.secrets import safe_text
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.decision import CLIENT as CLIENT_SETTING
from workbench.am.exchange.decision import PROVIDER, REQUEST
from workbench.am.exchange.facts import CLIENT, Facts
from workbench.am.exchange.remedies import client_settings
from workbench.am.exchange.rule import ABOUT_CLIENT, Found, rule
from workbench.errors import InvalidClient, UnsupportedGrantType

NOT_SUPPORTED = "Grant type is not supported"


@rule(
    "The client authenticated",
    about=ABOUT_CLIENT,
    why="{found}.",
    source="RFC 6749 section 3.2.1",
    decided_by=REQUEST,
    refuses=InvalidClient,
    remedies=client_settings.authenticated,
    always="Without a client there is nobody to issue a token to.",
)
def client_authenticated(facts: Facts) -> Found:
    """Its error is that of authentication itself."""
    client, failure = facts.client, facts.request.authentication
    by_setting = getattr(failure, "by_setting", False)
    return Found(
        client is not None,
        expected="an active client of this realm and its secret",
        found=client.client_id
        if client
        else safe_text(failure.hint if failure else ""),
        decided_by=CLIENT_SETTING if by_setting else "",
        refuses=type(failure) if failure else None,
        description=failure.description if failure else "",
    )


@rule(
    "The provider offers the token exchange grant",
    about=ABOUT_CLIENT,
    why="Token Exchange is not among the provider's Grant Types.",
    source="measured on PingOne AIC",
    decided_by=PROVIDER,
    refuses=UnsupportedGrantType,
    description=NOT_SUPPORTED,
    remedies=client_settings.provider_offers,
)
def provider_offers_grant(facts: Facts) -> Found:
    """Its list of grant types is asked first."""
    return _listed(facts.request.provider.grantTypes)


@rule(
    "The client may use the token exchange grant",
    about=ABOUT_CLIENT,
    why="Token Exchange is not among the client's Grant Types.",
    needs=(CLIENT,),
    source="measured on PingOne AIC",
    decided_by=CLIENT_SETTING,
    refuses=UnsupportedGrantType,
    description=NOT_SUPPORTED,
    remedies=client_settings.client_may_use,
)
def client_may_use_grant(_facts: Facts, client: Client) -> Found:
    """Its own list is asked next, with the same answer."""
    return _listed(client.grant_types)


def _listed(grant_types: tuple[str, ...]) -> Found:
    listed = TOKEN_EXCHANGE in grant_types
    return Found(
        listed,
        expected=f"{TOKEN_EXCHANGE} among the grant types",
        found="it is" if listed else ", ".join(grant_types) or "no grant types",
    )
