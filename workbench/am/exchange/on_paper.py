"""What a remedy would do to an exchange, by deciding it again; nothing is changed."""

from dataclasses import replace

from workbench.am.clients.effective import effective
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import CLIENT, PROFILE, PROVIDER, REQUEST, Check
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.exchange.request import ExchangeRequest
from workbench.errors import WorkbenchError


def still_fails(check: Check, remedy: Remedy, request: ExchangeRequest) -> bool:
    """Whether a rule would fail also once a remedy was done, or it cannot be done.

    Of what a new token or another client would do nothing is known before: no.
    """
    if not remedy.applicable or _beyond_paper(remedy, request):
        return False
    try:
        tried = decide(with_remedy(remedy, request))
    except WorkbenchError:  # such as a scope that no client can have
        return True
    return any(each.rule == check.rule for each in tried.failures)


def with_remedy(remedy: Remedy, request: ExchangeRequest) -> ExchangeRequest:
    """The exchange as it would be asked after a remedy that needs no new token."""
    changes = dict(remedy.changes)
    if remedy.where == REQUEST:
        return _asked(changes, request)
    if remedy.where == PROFILE:
        return replace(request, profile=request.profile.but(**changes))
    client, provider = request.client, request.provider
    if remedy.where == PROVIDER:
        provider = replace(provider, **changes)
    else:
        client = client and replace(client, **changes)
    settings = effective(provider, client) if client else None
    return replace(request, client=client, provider=provider, settings=settings)


def _beyond_paper(remedy: Remedy, request: ExchangeRequest) -> bool:
    """Whether it needs a new token, or is about a client that is not the acting one."""
    acting = request.client.client_id if request.client else ""
    of_another = remedy.where == CLIENT and remedy.client_id != acting
    return bool(remedy.renew or remedy.sender or of_another)


def _asked(changes: dict[str, str | None], request: ExchangeRequest) -> ExchangeRequest:
    """With other parameters; None leaves one out."""
    sent = {**request.parameters, **changes}
    kept = {name: value for name, value in sent.items() if value is not None}
    return replace(
        request,
        parameters=kept,
        audiences=request.audiences if "audience" in kept else (),
        subject=request.subject if "subject_token" in kept else None,
        actor=request.actor if "actor_token" in kept else None,
    )
