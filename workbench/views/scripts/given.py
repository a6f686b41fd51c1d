"""What a script did in its context: what AM takes of it, in the words of the context.

Sources: PingAM 8.1's page of each scripting API, for what AM takes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.am.scripts.client_setters import shown
from workbench.am.scripts.plugin import (
    AccessTokenModificationScript,
    AuthorizeDataScript,
    ClaimsScript,
    ScopeEvaluationScript,
    ScopeValidationScript,
)
from workbench.am.scripts.script import RegistrationScript, Script, ScriptOutcome

Values = list[tuple[str, object]]


def given_values(outcome: ScriptOutcome) -> Values:
    """What a script gave, by what to call it."""
    values: Values = []
    if outcome.stamped:
        values.append(("may_act", outcome.may_act))
    if outcome.act_set:
        values.append(("act", outcome.act))
    if outcome.client is not None:
        values.append(("attributes stored", shown(outcome.client)))
    if outcome.stored is not None and outcome.dry_run is not None:
        values.append(("attributes of the person stored", outcome.stored))
    if outcome.result is not None:
        values += _taken(outcome)
    elif outcome.returned is not None:
        values.append(("returned, and ignored by AM", outcome.returned))
    return values


def _taken(outcome: ScriptOutcome) -> Values:
    result = outcome.result
    tell = TOLD.get(type(outcome.script))
    if tell is None or not isinstance(result, Mapping):
        return [("answer", result)]
    if "refused" in result and "scopes" not in result and "values" not in result:
        return [("refused, because", result["refused"])]
    return tell(result)


def _modified(result: Mapping[str, Any]) -> Values:
    named = {
        "claims set": result.get("set"),
        "claims removed": result.get("removed"),
        "added to the token response": result.get("extra"),
    }
    return [(title, value) for title, value in named.items() if value]


def _scopes(result: Mapping[str, Any]) -> Values:
    values: Values = [("scopes that may be had", result.get("scopes"))]
    if result.get("inherits") is True:
        values.append(("a refresh token gets these, too", True))
    return values


def _claims(result: Mapping[str, Any]) -> Values:
    values: Values = [("claims of the person", result.get("values"))]
    if result.get("compositeScopes"):
        values.append(("claims by scope", result["compositeScopes"]))
    return values


TOLD: Mapping[type[Script], Callable[[Mapping[str, Any]], Values]] = {
    AccessTokenModificationScript: _modified,
    ScopeValidationScript: _scopes,
    ScopeEvaluationScript: lambda result: [("told at /tokeninfo", result)],
    AuthorizeDataScript: lambda result: [("sent by /authorize", result)],
    ClaimsScript: _claims,
}
"""How what each kind of script gave is told."""

WORDS: Mapping[type[Script], str] = {
    AccessTokenModificationScript: "changed",
    ScopeValidationScript: "answered",
    ScopeEvaluationScript: "answered",
    AuthorizeDataScript: "answered",
    ClaimsScript: "answered",
    RegistrationScript: "stored",
}


def word_for(outcome: ScriptOutcome) -> str:
    """What became of a script, in a word or two."""
    if outcome.error is not None:
        return "failed"
    if isinstance(outcome.result, Mapping) and set(outcome.result) == {"refused"}:
        return "refused"
    word = WORDS.get(type(outcome.script), "stamped")
    return word if effective(outcome) else f"nothing {word}"


def effective(outcome: ScriptOutcome) -> bool:
    """Whether AM makes use of what the script gave."""
    if outcome.error is not None:
        return False
    result = outcome.result
    if isinstance(outcome.script, AccessTokenModificationScript):
        given = result if isinstance(result, Mapping) else {}
        return any(given.get(each) for each in ("set", "removed", "extra"))
    done = outcome.stamped or outcome.act_set or outcome.client is not None
    return done or result is not None


def occasion(outcome: ScriptOutcome) -> str:
    """When AM would have run the script; "" for a may act script, which says whose."""
    stood_for = outcome.dry_run
    if stood_for is None or type(outcome.script) not in WORDS:
        return ""
    return f"As if {stood_for.occasion}; nothing was issued."
