"""What a scope validation script says of the scopes that somebody asks for.

Source: PingAM 8.1 "Scope validation scripting API". AM calls a function of the
script, one for each endpoint. That what it returns narrows the scopes asked for and
adds none was measured on PingOne AIC; the vendor's older pages show it add one, which
is a profile switch. Another is whose identity it sees: on PingOne AIC the object was
there and nobody behind it.
"""

from dataclasses import replace
from typing import Any

from workbench.am.basics.among import among
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.effective import effective
from workbench.am.clients.names import SCOPE_TOKEN
from workbench.am.issuing.identities import identity_about
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.realm import Realm
from workbench.am.scopes.question import ScopeAnswer, ScopeQuestion
from workbench.am.scopes.scope import split_scope, unknown_scopes
from workbench.am.scripts.plugin import ScopeValidationScript
from workbench.am.scripts.script import (
    EMPTY,
    Bindings,
    ScriptFailed,
    ScriptOutcome,
    with_error,
)
from workbench.am.settings.profile import NARROWED, NOBODY
from workbench.errors import InvalidScope

VALIDATION_FAILED = "Error while running validate scope script"
"""All that the wire learns of a failed script (measured)."""


def validate_scopes(realm: Realm, asked: ScopeQuestion) -> ScopeAnswer | None:
    """Ask the client's script; None where there is none.

    Raises:
        InvalidScope: What is asked for is no scope; no script sees it (inferred).
        ScriptFailed: It did, or gave what no scopes are.
        ServerError: There is no such script.
    """
    name = effective(realm.provider, asked.client).validateScopeScript
    if name == EMPTY:
        return None
    malformed = [each for each in asked.wanted if not _is_scope(each)]
    if malformed:
        raise InvalidScope(unknown_scopes(malformed), hint="These are no scopes.")
    outcome = run_script(
        realm,
        ScopeValidationScript,
        name,
        lambda: validation_bindings(realm, asked),
        VALIDATION_FAILED,
    )
    assert outcome is not None  # no sample is named: these are [Empty] by now
    return scope_answer(realm, asked, outcome)


def scope_answer(
    realm: Realm, asked: ScopeQuestion, outcome: ScriptOutcome
) -> ScopeAnswer:
    """What AM makes of what the script returned.

    Raises:
        ScriptFailed: These are no scopes.
    """
    result = outcome.result if isinstance(outcome.result, dict) else {}
    if isinstance(result.get("refused"), str):
        return ScopeAnswer(refused=safe_text(result["refused"], 1000), outcome=outcome)
    returned = result.get("scopes")
    if not isinstance(returned, list) or not all(map(_is_scope, returned)):
        problem = f"{asked.entry}() returned what no scopes are: {safe_text(returned)}."
        raise ScriptFailed(VALIDATION_FAILED, with_error(outcome, problem))
    narrows = realm.profile.scopes_from_script == NARROWED
    kept = among(asked.wanted, returned) if narrows else returned
    return ScopeAnswer(
        scopes=tuple(dict.fromkeys(kept)),
        inherits=result.get("inherits") is True,
        outcome=outcome,
    )


def validation_bindings(realm: Realm, asked: ScopeQuestion) -> Bindings:
    """What a scope validation script sees."""
    client = asked.client
    registered = client.scopes + client.default_scopes
    allowed = asked.granted if asked.refreshes else registered
    known = _identity(realm, asked)
    return replace(
        client_bindings(realm, asked.properties(), client, known),
        further={
            "entry": asked.entry,
            "requested": split_scope(asked.scope),
            "allowed": tuple(dict.fromkeys(allowed)),
            "available": client.scopes,
            "defaults": client.default_scopes,
        },
    )


def _identity(realm: Realm, asked: ScopeQuestion) -> dict[str, Any]:
    """Whose identity the script sees; on some servers nobody's."""
    if realm.profile.identity_when_validating == NOBODY:
        return {"empty": True}
    sub = asked.sub or asked.client.client_id
    return identity_about(realm, asked.user, sub, asked.client)


def _is_scope(value: object) -> bool:
    return isinstance(value, str) and SCOPE_TOKEN.match(value) is not None
