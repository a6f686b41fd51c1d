"""Which audiences and scopes the new token may have.

Sources: RFC 6749 section 3.3; PingAM 8.1 "Token exchange", "Scope validation",
"Dynamic OAuth 2.0 authorization"; measured on PingOne AIC.
"""

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.exchange.decision import CLIENT as CLIENT_SETTING
from workbench.am.exchange.decision import PROFILE, REFUSED, REQUEST, SCRIPT
from workbench.am.exchange.facts import (
    ANSWER,
    ASKED,
    CLIENT,
    SCOPES,
    SETTINGS,
    SUBJECT_CLAIMS,
    Facts,
)
from workbench.am.exchange.remedies import client_settings, profile_switches
from workbench.am.exchange.rule import ABOUT_SCOPE, Found, rule
from workbench.am.exchange.scope import ExchangeScopes, seen_by_policies
from workbench.am.scopes.question import NOTHING_LEFT, ScopeAnswer
from workbench.am.scopes.scope import Requested, allowed_scopes, unknown_scopes
from workbench.am.settings.profile import INVALID_REQUEST
from workbench.errors import InvalidRequest, InvalidScope, NoScopeLeft, OAuthError

SWITCH = "acceptAudienceParametersInTokenExchangeRequests"


def _by_registration(facts: Facts) -> bool:
    """Whether scopes are held against the client's own; nobody's, so far as known."""
    scopes = facts.scopes
    return scopes is None or (scopes.asked is not None and not scopes.scripted)


def _by_script(facts: Facts) -> bool:
    """Whether a script of the acting client says which scopes pass."""
    scopes = facts.scopes
    return scopes is not None and scopes.asked is not None and scopes.scripted


@rule(
    "The client may ask for each audience",
    about=ABOUT_SCOPE,
    why="The client may ask for audiences {expected}; it asked for {found}.",
    needs=(CLIENT, SETTINGS),
    concerns=lambda facts: bool(facts.request.audiences),
    source="PingAM 8.1, Token exchange; measured on PingOne AIC",
    decided_by=CLIENT_SETTING,
    description="Invalid audience requested.",
    remedies=client_settings.audience,
)
def audience_is_allowed(facts: Facts, client: Client, settings: Effective) -> Found:
    """Each is on the client's list, where audiences count at all."""
    asked, allowed = facts.audience, client.allowed_audiences
    if not asked:
        return Found(
            True,
            expected="anything: the audience is ignored",
            found=f"{SWITCH} is off",
            decided_by=settings.decided_by,
        )
    return Found(
        not beyond(asked, allowed),
        expected=f"among: {', '.join(allowed) or 'none'}",
        found=safe_text(", ".join(asked) or '""'),
    )


@rule(
    "A scope is asked for, or the client has a default",
    about=ABOUT_SCOPE,
    why="No scope was asked for, and the client has no default.",
    needs=(ASKED,),
    concerns=_by_registration,
    source="RFC 6749 section 3.3; PingAM 8.1, Token exchange",
    decided_by=REQUEST,
    refuses=InvalidScope,
    remedies=client_settings.scope_asked,
)
def scope_is_asked_for(_facts: Facts, asked: Requested) -> Found:
    """The client's default counts where none is."""
    text = safe_text(" ".join(asked.scopes))
    return Found(
        bool(asked.scopes),
        expected="a scope parameter, or default scopes of the client",
        found=f"default: {text}" if asked.defaulted and text else text or "neither",
        decided_by=CLIENT_SETTING if asked.defaulted else "",
        description=asked.problem,
    )


@rule(
    "The client may have every scope asked for",
    about=ABOUT_SCOPE,
    why="The client may have {expected}; it asked for {found}.",
    needs=(CLIENT, ASKED),
    concerns=_by_registration,
    source="PingAM 8.1, Token exchange; measured on PingOne AIC",
    decided_by=CLIENT_SETTING,
    refuses=InvalidScope,
    remedies=client_settings.scope_allowed,
)
def scope_is_allowed(facts: Facts, client: Client, asked: Requested) -> Found:
    """The acting client's own scopes alone count; a profile has the error."""
    found = safe_text(" ".join(asked.scopes)) or "none"
    error: type[OAuthError] = InvalidScope
    text = asked.problem
    if asked.unknown and facts.profile.scope_beyond_client == INVALID_REQUEST:
        error, text = InvalidRequest, REFUSED
    expected = f"scopes among: {allowed_scopes(client)}"
    return Found(not asked.unknown, expected, found, "", error, text)


@rule(
    "The scope validation script lets the request pass",
    about=ABOUT_SCOPE,
    why="The scope validation script refused the scopes: {found}.",
    needs=(ASKED, ANSWER),
    concerns=_by_script,
    source="PingAM 8.1, Scope validation; measured on PingOne AIC",
    decided_by=SCRIPT,
    refuses=NoScopeLeft,
    description=NOTHING_LEFT,
    advice_only="Only the script's author knows what it lets pass.",
    always="Without the script's answer there are no scopes to grant.",
)
def script_lets_pass(_facts: Facts, asked: Requested, answer: ScopeAnswer) -> Found:
    """Only a script can answer; it is asked once all other rules have passed."""
    passed = " ".join(answer.scopes)
    return Found(
        bool(answer.scopes),
        expected=f"some of: {safe_text(' '.join(asked.scopes)) or 'none'}",
        found=answer.refused
        or (f"it let pass: {safe_text(passed)}" if passed else "it let none pass"),
        refuses=InvalidScope if answer.refused else None,
        description=answer.refused,
    )


@rule(
    "Policies say which of the scopes are granted",
    about=ABOUT_SCOPE,
    needs=(SCOPES, SETTINGS),
    concerns=lambda facts: facts.scopes is not None and facts.scopes.judged is not None,
    source="PingAM 8.1, Dynamic OAuth 2.0 authorization; measured on PingOne AIC",
    decided_by=CLIENT_SETTING,
    advice_only="It never fails: what no policy grants is left out.",
    always="It never fails.",
)
def policies_grant(facts: Facts, scopes: ExchangeScopes, settings: Effective) -> Found:
    """Which scopes the policies leave out; none left is no refusal."""
    left_out = scopes.judged.left_out(scopes.granted) if scopes.judged else ""
    whom = seen_by_policies(facts.request) or "a subject that is not authenticated"
    return Found(
        True,
        expected=f"a policy of {settings.scopesPolicySet} grants each to {whom}",
        found=f"left out: {left_out}" if left_out else "every scope is granted",
        decided_by=settings.decided_by,
    )


@rule(
    "The subject token has every scope asked for",
    about=ABOUT_SCOPE,
    why="The subject token has {expected}; the new one would have {found}.",
    needs=(SCOPES, SUBJECT_CLAIMS),
    concerns=lambda facts: (
        facts.profile.scopes_capped_by_subject and facts.asked is not None
    ),
    source="RFC 8693 section 2.1; profile {profile}",
    decided_by=PROFILE,
    refuses=InvalidScope,
    remedies=profile_switches.uncapped_scopes,
)
def scope_is_within_subjects(
    _facts: Facts, scopes: ExchangeScopes, subject: Claims
) -> Found:
    """Only in profiles that ask for it: PingAM does not hold them against it."""
    held = subject.get("scope")
    if held is None:
        nothing = "any scope: an ID token has none to hold it to"
        return Found(True, expected=nothing, found="an ID token")
    more = beyond(scopes.granted, held)
    return Found(
        not more,
        expected=f"scopes among: {safe_text(' '.join(held))}",
        found=safe_text(" ".join(scopes.granted)),
        description=unknown_scopes(more),
    )
