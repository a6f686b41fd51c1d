"""What would make a failed rule about the client, its scopes or its audiences pass."""

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.remedies.remedy import (
    Known,
    Remedy,
    Suggested,
    loosening,
    no_audience,
    of_client,
    of_provider,
    of_request,
    only_scopes,
)
from workbench.am.scopes.scope import requested_scopes


def authenticated(known: Known) -> Suggested:
    """A client that did not prove who it is."""
    name = known.request.parameters.get("client_id", "")
    client = known.clients.get(name)
    if client is None:
        yield Remedy(text="Register the client, or send the id of one that is there.")
    elif not client.active:
        done = f"{name} was set to Active."
        yield of_client(client, f"Set {name} to Active.", done, active=True)
    else:
        yield Remedy(
            text=f"Send the secret of {name}, in the way that its Token Endpoint "
            "Authentication Method says."
        )


def provider_offers(known: Known) -> Suggested:
    """A provider without the grant."""
    grants = (*known.request.provider.grantTypes, TOKEN_EXCHANGE)
    text = "Add Token Exchange to the provider's Grant Types."
    done = "Token Exchange was added to the provider's Grant Types."
    yield of_provider(text, done, grantTypes=grants)


def client_may_use(known: Known) -> Suggested:
    """A client without the grant."""
    client = known.acting
    yield of_client(
        client,
        f"Add Token Exchange to the Grant Types of {client.client_id}.",
        f"{client.client_id} may now use Token Exchange.",
        grant_types=(*client.grant_types, TOKEN_EXCHANGE),
    )


def auth_level_off(known: Known) -> Suggested:
    """A login that is too weak for the client, if the setting means that (inferred)."""
    client = known.acting
    text = (
        f"Set Token Exchange Auth Level of {client.client_id} to 0; what the setting "
        "means is inferred."
    )
    done = f"Token Exchange Auth Level of {client.client_id} was set to 0."
    yield loosening(of_client(client, text, done, token_exchange_auth_level=0))


def audience(known: Known) -> Suggested:
    """An audience that is not on the client's list."""
    client, asked = known.acting, [each for each in known.request.audiences if each]
    names = ", ".join(map(safe_text, asked))
    allowed = tuple(dict.fromkeys((*client.allowed_audiences, *asked)))
    text = (
        f"Add {names} to the Allowed Resource Server Audience Values of "
        f"{client.client_id}."
    )
    if asked:
        done = f"{client.client_id} may now ask for the audience {names}."
        yield of_client(client, text, done, allowed_audiences=allowed)
    yield no_audience()


def scope_asked(known: Known) -> Suggested:
    """A request without scopes, of a client without defaults."""
    client = known.acting
    if client.scopes:
        first, whose = client.scopes[0], client.client_id
        text = f"Make {first} the default scope of {whose}."
        done = f"{first} is now the default scope of {whose}."
        yield of_client(client, text, done, default_scopes=(first,))
        yield of_request(f"Ask for {first}.", f"{first} was asked for.", scope=first)


def scope_allowed(known: Known) -> Suggested:
    """A scope that the client may not have."""
    client = known.acting
    asked = requested_scopes(client, known.request.parameters.get("scope"))
    names = " ".join(map(safe_text, asked.unknown))
    yield of_client(
        client,
        f"Add {names} to the scopes of {client.client_id}.",
        f"{client.client_id} may now have {names}.",
        scopes=(*client.scopes, *asked.unknown),
    )
    fitting = " ".join(beyond(asked.scopes, asked.unknown))
    if fitting:
        yield only_scopes(fitting)
