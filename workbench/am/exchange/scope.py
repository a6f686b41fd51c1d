"""Which scopes and audiences an exchange gives."""

from collections.abc import Iterator

from workbench.am.basics.secrets import shown
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.exchange.decision import (
    CLIENT,
    PROFILE,
    REQUEST,
    SCRIPT,
    VALIDATED,
    Check,
    ExchangeRequest,
    Outcome,
)
from workbench.am.exchange.policies import policed, policy_rules
from workbench.am.exchange.token_types import wanted_type
from workbench.am.scopes.scope import (
    Requested,
    allowed_scopes,
    requested,
    split_scope,
    unknown_scopes,
)
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.profile import ALL_OF_CLIENT
from workbench.am.tokens.token import ID_TOKEN

ASKED = "A scope is asked for, or the client has a default"


ALLOWED = "The client may have every scope asked for"


CAPPED = "The subject token has every scope asked for"


AUDIENCE = "The client may ask for each audience"


NOTHING_LEFT = "The resource owner or authorization server denied the request."
"""What is answered where a script lets no scope pass: the status was measured, the text
is OpenAM's for ``access_denied``."""


def exchange_scope_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    """Whether the new token may have the scopes asked for."""
    client = request.client
    if client is None:
        yield from (ASKED, ALLOWED)
        return
    asked = _asked(request, client)
    if asked is None:
        return
    if _scripted(request):
        yield _validated(request, asked)
    else:
        yield from _asked_rules(client, asked)
    yield from policy_rules(request, client, _allowed(request, client))
    if request.profile.scopes_capped_by_subject:
        yield _capped(request, exchange_scopes(request, client))


def _scripted(request: ExchangeRequest) -> bool:
    """Whether a script of the acting client says which scopes pass."""
    settings = request.settings
    return settings is not None and settings.validateScopeScript != EMPTY


def _validated(request: ExchangeRequest, asked: Requested) -> Outcome:
    """The script's word; it is asked only once all other rules have passed."""
    answer = request.answer
    if answer is None:
        return VALIDATED
    passed = " ".join(answer.scopes)
    return Check(
        rule=VALIDATED,
        passed=bool(answer.scopes),
        expected=f"some of: {shown(' '.join(asked.scopes)) or 'none'}",
        found=answer.refused or f"it let pass: {shown(passed) or 'none'}",
        source="PingAM 8.1, Scope validation; measured on PingOne AIC",
        decided_by=SCRIPT,
        error="invalid_scope" if answer.refused else "access_denied",
        description=answer.refused or NOTHING_LEFT,
    )


def _asked_rules(client: Client, asked: Requested) -> Iterator[Outcome]:
    text = shown(" ".join(asked.scopes))
    yield Check(
        rule=ASKED,
        passed=bool(asked.scopes),
        expected="a scope parameter, or default scopes of the client",
        found=f"default: {text}" if asked.defaulted and text else text or "neither",
        source="RFC 6749 section 3.3; PingAM 8.1, Token exchange",
        decided_by=CLIENT if asked.defaulted else REQUEST,
        error="invalid_scope",
        description=asked.problem,
    )
    yield Check(
        rule=ALLOWED,
        passed=not asked.unknown,
        expected=f"scopes among: {allowed_scopes(client)}",
        found=text or "none",
        source="PingAM 8.1, Token exchange; measured on PingOne AIC",
        decided_by=CLIENT,
        error="invalid_scope",
        description=asked.problem,
    )


def _capped(request: ExchangeRequest, granted: tuple[str, ...]) -> Outcome:
    if request.subject is None or request.subject.claims is None:
        return CAPPED
    held = request.subject.claims.get("scope")
    if held is None:
        return _uncapped(request)
    return Check(
        rule=CAPPED,
        passed=set(granted) <= set(held),
        expected=f"scopes among: {shown(' '.join(held))}",
        found=shown(" ".join(granted)),
        source=f"RFC 8693 section 2.1; profile {request.profile.name}",
        decided_by=PROFILE,
        error="invalid_scope",
        description=unknown_scopes(each for each in granted if each not in held),
    )


def _uncapped(request: ExchangeRequest) -> Check:
    return Check(
        rule=CAPPED,
        passed=True,
        expected="any scope: an ID token has none to hold it to",
        found="an ID token",
        source=f"RFC 8693 section 2.1; profile {request.profile.name}",
        decided_by=PROFILE,
    )


def exchange_scopes(request: ExchangeRequest, client: Client) -> tuple[str, ...]:
    """The scopes of the new token once the rules have passed."""
    return policed(request, client, _allowed(request, client))


def _allowed(request: ExchangeRequest, client: Client) -> tuple[str, ...]:
    """The same before policies have their say."""
    if request.profile.granted_scope == ALL_OF_CLIENT:
        return client.scopes
    asked = _asked(request, client)
    if asked is not None and _scripted(request):
        return request.answer.scopes if request.answer else ()
    return asked.scopes if asked else ()


def _asked(request: ExchangeRequest, client: Client) -> Requested | None:
    """The scopes of the new token; None for an ID token, which needs none.

    That PingAM asks no scope for an ID token is inferred: it has no such claim.
    """
    scope = request.parameters.get("scope")
    if wanted_type(request.parameters) == ID_TOKEN and not split_scope(scope):
        return None
    return requested(client, scope)


def audiences(request: ExchangeRequest) -> tuple[str, ...]:
    """The audiences that count: none unless the switch is on."""
    settings = request.settings
    if settings and settings.acceptAudienceParametersInTokenExchangeRequests:
        return request.audiences
    return ()


def audience_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    """Whether each audience is on the client's list, where audiences count."""
    if not request.audiences:
        return
    client, settings, asked = request.client, request.settings, audiences(request)
    if client is None or settings is None:
        yield AUDIENCE
        return
    if not asked:
        yield _ignored(settings)
        return
    allowed = client.allowed_audiences
    yield Check(
        rule=AUDIENCE,
        passed=all(each in allowed for each in asked),
        expected=f"among: {', '.join(allowed) or 'none'}",
        found=shown(", ".join(asked) or '""'),
        source="PingAM 8.1, Token exchange; measured on PingOne AIC",
        decided_by=CLIENT,
        description="Invalid audience requested.",
    )


def _ignored(settings: Effective) -> Check:
    switch = "acceptAudienceParametersInTokenExchangeRequests"
    return Check(
        rule=AUDIENCE,
        passed=True,
        expected="anything: the audience is ignored",
        found=f"{switch} is off",
        source="PingAM 8.1, Token exchange; measured on PingOne AIC",
        decided_by=settings.decided_by,
    )
