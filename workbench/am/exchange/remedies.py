"""What would make a failed rule of an exchange pass: data beside the rules.

A remedy is one setting, one change of the request, or advice. Pure functions:
they look at the exchange and at who is registered, and change nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from workbench.am.basics.secrets import shown
from workbench.am.clients.client import TOKEN_EXCHANGE, Client
from workbench.am.clients.effective import effective
from workbench.am.exchange import act as chain
from workbench.am.exchange import decide as exchange
from workbench.am.exchange import may_act as delegation
from workbench.am.exchange import scope as exchange_scope
from workbench.am.exchange import token_types as exchange_types
from workbench.am.exchange.decision import REQUEST, Check, ExchangeRequest
from workbench.am.exchange.remedy import (
    Found,
    Known,
    Remedy,
    of_client,
    of_profile,
    of_provider,
    of_request,
)
from workbench.am.exchange.token_remedies import (
    both_sent,
    exchanger,
    may_act_has_sub,
    may_act_names,
    may_act_present,
    new_token,
    types,
    validators,
)
from workbench.am.scopes import scope
from workbench.am.scripts.script import MayActScript
from workbench.am.settings.profile import ALLOW, CARRY_ACT

AGAIN = "The client was changed meanwhile: send it again."


def remedies(
    check: Check,
    request: ExchangeRequest,
    *,
    clients: Mapping[str, Client],
    scripts: Mapping[str, MayActScript],
) -> tuple[Remedy, ...]:
    """What would make a failed rule pass, settings first; () where it passed.

    Args:
        check: The rule as it came out.
        request: The exchange it came from.
        clients: Who is registered, by id.
        scripts: The may act scripts, by id.
    """
    if check.passed:
        return ()
    if _passes_by_now(check, request, clients):
        return (Remedy(text=AGAIN, where=REQUEST),)
    known = Known(request=request, clients=clients, scripts=scripts)
    found = REMEDIES[check.rule](known) if check.rule in REMEDIES else iter(())
    return tuple(found) or (Remedy(text=_advice(check)),)


def _passes_by_now(
    check: Check, request: ExchangeRequest, clients: Mapping[str, Client]
) -> bool:
    """Whether the client was changed meanwhile in a way that makes the rule pass."""
    client = request.client and clients.get(request.client.client_id)
    if client is None or client == request.client:
        return False
    settings = effective(request.provider, client)
    checks = exchange.decide(replace(request, client=client, settings=settings)).checks
    return any(each.passed for each in checks if each.rule == check.rule)


def _advice(check: Check) -> str:
    """What can be said of any rule: whoever decides, and what is expected."""
    return f"Change the {check.decided_by}; expected is {check.expected}."


# Who asks


def _authenticated(known: Known) -> Found:
    name = known.request.parameters.get("client_id", "")
    client = known.clients.get(name)
    if client is None:
        yield Remedy(text="Register the client, or send the id of one that is there.")
    elif not client.active:
        yield of_client(client, f"Set {name} to Active.", active=True)
    else:
        yield Remedy(
            text=f"Send the secret of {name}, in the way that its Token Endpoint "
            "Authentication Method says."
        )


def _provider_offers(known: Known) -> Found:
    grants = (*known.request.provider.grantTypes, TOKEN_EXCHANGE)
    text = "Add Token Exchange to the provider's Grant Types."
    yield of_provider(text, grantTypes=grants)


def _client_may_use(known: Known) -> Found:
    client = known.acting
    yield of_client(
        client,
        f"Add Token Exchange to the Grant Types of {client.client_id}.",
        grant_types=(*client.grant_types, TOKEN_EXCHANGE),
    )


# What a profile adds


def _actor_sent(_known: Known) -> Found:
    text = "Let the profile do without an actor token."
    yield of_profile(text, actor_required_by_sub=False)
    yield Remedy(text="Send the token of the actor that may_act names.")


def _delegated_again(_known: Known) -> Found:
    text = "Let the profile carry act on."
    yield of_profile(text, exchange_again_without_actor=CARRY_ACT)
    yield Remedy(text="Send an actor token.")


def _chain_length(_known: Known) -> Found:
    yield of_profile("Let the profile not count actors.", max_chain_depth=None)


def _loop(_known: Known) -> Found:
    yield of_profile("Let the profile allow loops.", loops=ALLOW)


def _actor_own(_known: Known) -> Found:
    text = "Let the profile take any actor token that may_act names."
    yield of_profile(text, actor_is_client=False)
    yield Remedy(text="Send a token of the acting client as the actor token.")


def _auth_level(known: Known) -> Found:
    client = known.acting
    text = f"Set Token Exchange Auth Level of {client.client_id} to 0."
    yield of_client(client, text, token_exchange_auth_level=0)


# What the token is good for


def _audience(known: Known) -> Found:
    client, asked = known.acting, [each for each in known.request.audiences if each]
    allowed = tuple(dict.fromkeys((*client.allowed_audiences, *asked)))
    text = (
        f"Add {', '.join(map(shown, asked))} to the Allowed Resource Server Audience "
        f"Values of {client.client_id}."
    )
    if asked:
        yield of_client(client, text, allowed_audiences=allowed)
    yield of_request("Leave the audience out.", audience=None)


def _scope_asked(known: Known) -> Found:
    client = known.acting
    if client.scopes:
        text = f"Make {client.scopes[0]} the default scope of {client.client_id}."
        yield of_client(client, text, default_scopes=client.scopes[:1])
        text = f"Ask for {client.scopes[0]}."
        yield of_request(text, scope=client.scopes[0])


def _scope_allowed(known: Known) -> Found:
    client = known.acting
    asked = scope.requested(client, known.request.parameters.get("scope"))
    names = " ".join(map(shown, asked.unknown))
    yield of_client(
        client,
        f"Add {names} to the scopes of {client.client_id}.",
        scopes=(*client.scopes, *asked.unknown),
    )
    fitting = " ".join(each for each in asked.scopes if each not in asked.unknown)
    if fitting:
        yield of_request(f"Ask only for {fitting}.", scope=fitting)


def _scope_capped(_known: Known) -> Found:
    text = "Let the profile not hold scopes against the subject token."
    yield of_profile(text, scopes_capped_by_subject=False)
    yield Remedy(text="Ask only for scopes that the subject token has.")


_BY_ROLE: dict[str, Callable[[str], Callable[[Known], Found]]] = {
    exchange.GENUINE: new_token,
    exchange.OF_TYPE: lambda role: types(f"{role}_token_type"),
    exchange.VALID_NOW: new_token,
    exchange.NOT_REVOKED: new_token,
    exchange.BOTH_SENT: both_sent,
}

REMEDIES: dict[str, Callable[[Known], Found]] = {
    exchange.AUTHENTICATED: _authenticated,
    exchange.PROVIDER_OFFERS: _provider_offers,
    exchange.CLIENT_MAY_USE: _client_may_use,
    **{
        rule.format(role): found(role)
        for rule, found in _BY_ROLE.items()
        for role in ("subject", "actor")
    },
    **{
        exchange_types.EXCHANGEABLE.format(name): validators(name)
        for name in exchange_types.TYPE_PARAMETERS
    },
    exchange_types.EXCHANGER: exchanger,
    delegation.PRESENT: may_act_present,
    delegation.NAMES_CLIENT: may_act_names,
    delegation.HAS_SUB: may_act_has_sub,
    delegation.NAMES_ACTOR: may_act_names,
    delegation.ACTOR_SENT: _actor_sent,
    delegation.ACTOR_OWN: _actor_own,
    chain.AGAIN: _delegated_again,
    chain.CHAIN: _chain_length,
    chain.LOOP: _loop,
    exchange.AUTH_LEVEL: _auth_level,
    exchange_scope.AUDIENCE: _audience,
    exchange_scope.ASKED: _scope_asked,
    exchange_scope.ALLOWED: _scope_allowed,
    exchange_scope.CAPPED: _scope_capped,
}
"""For each rule, what would make it pass; a rule that is not here gets advice."""
