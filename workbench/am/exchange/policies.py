"""What policies leave of the scopes of an exchange.

Source: PingAM 8.1 "Dynamic OAuth 2.0 authorization"; nobody can be asked for consent.
Measured on PingOne AIC: the policy engine knew of nobody who is authenticated, though
the subject token was a person's, and where no scope was left the token had none. A
profile switch shows it the person.
"""

from collections.abc import Iterator

from workbench.am.clients.client import Client
from workbench.am.exchange.decision import Check, ExchangeRequest, Outcome
from workbench.am.scopes.by_policies import (
    Judged,
    consent_implied,
    judged,
    without_asking,
)
from workbench.am.scopes.policy import PolicySubject

POLICIES = "Policies say which of the scopes are granted"


def policed(
    request: ExchangeRequest, client: Client, scopes: tuple[str, ...]
) -> tuple[str, ...]:
    """The scopes that the policies leave; all where nobody asks them."""
    found = _judged(request, client, scopes)
    return scopes if found is None else _kept(request, client, found, scopes)


def policy_rules(
    request: ExchangeRequest, client: Client, scopes: tuple[str, ...]
) -> Iterator[Outcome]:
    """Which scopes the policies leave out, where they are asked; none is a refusal."""
    settings, found = request.settings, _judged(request, client, scopes)
    if settings is None or found is None:
        return
    left_out = found.left_out(_kept(request, client, found, scopes))
    whom = _person(request) or "a subject that is not authenticated"
    yield Check(
        rule=POLICIES,
        passed=True,
        expected=f"a policy of {settings.scopesPolicySet} grants each to {whom}",
        found=f"left out: {left_out}" if left_out else "every scope is granted",
        source="PingAM 8.1, Dynamic OAuth 2.0 authorization; measured on PingOne AIC",
        decided_by=settings.decided_by,
    )


def _judged(
    request: ExchangeRequest, client: Client, scopes: tuple[str, ...]
) -> Judged | None:
    """What the policies say; None where they are not asked, or of nothing."""
    if request.settings is None or not scopes:
        return None
    subject = PolicySubject(client.client_id, _person(request))
    return judged(request.settings, request.policies, scopes, subject)


def _kept(
    request: ExchangeRequest, client: Client, found: Judged, scopes: tuple[str, ...]
) -> tuple[str, ...]:
    settings = request.settings
    implied = settings is not None and consent_implied(client, settings)
    return without_asking(found, scopes, implied=implied)


def _person(request: ExchangeRequest) -> str:
    """The person whom the policies see, or ""."""
    return request.person if request.profile.policies_see_exchange_subject else ""
