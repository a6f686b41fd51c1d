"""Which scopes and audiences an exchange gives.

Scopes are held against the acting client's alone; the subject token's do not limit
them (measured). ``audience`` counts only where a switch allows it.

What policies leave of the scopes: PingAM 8.1 "Dynamic OAuth 2.0 authorization"; nobody
can be asked for consent. Measured on PingOne AIC: the policy engine knew of nobody who
is authenticated, though the subject token was a person's, and where no scope was left
the token had none. A profile switch shows it the person.
"""

from dataclasses import dataclass

from workbench.am.basics.among import beyond
from workbench.am.clients.client import Client
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.token_types import wanted_type
from workbench.am.scopes.by_policies import (
    Judged,
    consent_implied,
    judge_scopes,
    without_asking,
)
from workbench.am.scopes.policy import PolicySubject
from workbench.am.scopes.scope import Requested, requested_scopes, split_scope
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.profile import ALL_OF_CLIENT
from workbench.am.tokens.token import ID_TOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeScopes:
    """The scopes of one exchange, from those asked for to those granted.

    Attributes:
        asked: Those asked for; None for an ID token, which needs none.
        scripted: Whether a script of the acting client says which pass.
        judged: What the policies say of those that pass; None where nobody asks them.
        granted: Those of the new token once the rules have passed.
    """

    asked: Requested | None
    scripted: bool
    judged: Judged | None
    granted: tuple[str, ...]


def exchange_scopes(request: ExchangeRequest, client: Client) -> ExchangeScopes:
    """Work out the scopes of an exchange."""
    asked = _asked(request, client)
    settings = request.settings
    scripted = settings is not None and settings.validateScopeScript != EMPTY
    passing = _passing(request, client, asked, scripted=scripted)
    found = _judged(request, client, passing)
    granted = passing if found is None else _left(request, client, found, passing)
    return ExchangeScopes(asked=asked, scripted=scripted, judged=found, granted=granted)


def _asked(request: ExchangeRequest, client: Client) -> Requested | None:
    """The scopes asked for.

    That PingAM asks no scope for an ID token is inferred: it has no such claim.
    """
    scope = request.parameters.get("scope")
    if wanted_type(request.parameters) == ID_TOKEN and not split_scope(scope):
        return None
    return requested_scopes(client, scope)


def _passing(
    request: ExchangeRequest,
    client: Client,
    asked: Requested | None,
    *,
    scripted: bool,
) -> tuple[str, ...]:
    """The scopes before policies have their say, as far as caveats leave them."""
    limits = request.limits
    found = _before_caveats(request, client, asked, scripted=scripted)
    lost = limits.beyond_scope(found) if limits else ()
    return beyond(found, lost) if lost else found


def _before_caveats(
    request: ExchangeRequest,
    client: Client,
    asked: Requested | None,
    *,
    scripted: bool,
) -> tuple[str, ...]:
    if request.profile.granted_scope == ALL_OF_CLIENT:
        return client.scopes
    if asked is not None and scripted:
        return request.answer.scopes if request.answer else ()
    return asked.scopes if asked else ()


def _judged(
    request: ExchangeRequest, client: Client, scopes: tuple[str, ...]
) -> Judged | None:
    """What the policies say; None where they are not asked, or of nothing."""
    settings = request.settings
    if settings is None or not settings.usePolicyEngineForScope or not scopes:
        return None
    subject = PolicySubject(client.client_id, seen_by_policies(request))
    return judge_scopes(settings, request.policies, scopes, subject)


def _left(
    request: ExchangeRequest, client: Client, found: Judged, scopes: tuple[str, ...]
) -> tuple[str, ...]:
    """The scopes that the policies leave."""
    settings = request.settings
    implied = settings is not None and consent_implied(client, settings)
    return without_asking(found, scopes, implied=implied)


def seen_by_policies(request: ExchangeRequest) -> str:
    """The person whom the policies see, or ""."""
    return request.person if request.profile.policies_see_exchange_subject else ""


def audiences(request: ExchangeRequest) -> tuple[str, ...]:
    """The audiences that count: none unless the switch is on."""
    settings = request.settings
    if settings and settings.acceptAudienceParametersInTokenExchangeRequests:
        return request.audiences
    return ()
