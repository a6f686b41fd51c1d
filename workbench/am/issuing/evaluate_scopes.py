"""What ``/tokeninfo`` tells of a token's scopes.

Sources: PingAM 8.1 "Scope evaluation": a scope is taken for an attribute of the
person, whose value is told; OpenAM source for several values and for none. AM's own
sample script says that its identity can be the client's, or null.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.clients.effective import effective
from workbench.am.issuing.identities import identity_of, subject_named
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.people.user import User, user_in
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import ScopeEvaluationScript
from workbench.am.scripts.script import (
    Bindings,
    ScriptFailed,
    ScriptOutcome,
    with_error,
)
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import Reading

EVALUATION_FAILED = "Error while running evaluate scope script"
"""All that the wire learns of a failed script; inferred from that of its sister."""


def evaluate_scopes(
    realm: Realm, value: str, reading: Reading, properties: Callable[[], Any]
) -> tuple[Mapping[str, Any], ScriptOutcome | None]:
    """What is told of the scopes, and the script that said so, if one did.

    Args:
        realm: Whose token it is.
        value: The token as it was sent.
        reading: What is known of it; it is an access token and good.
        properties: Gives what a script sees of the request.

    Raises:
        ScriptFailed: The script of the client that the token was issued to did, or
            gave no map.
        ServerError: There is no such script.
    """
    claims = reading.claims or {}
    user = user_in(claims["sub"], realm.users)
    client = realm.clients.get(issued_to(claims))
    if client is None:
        return of_attributes(claims["scope"], user), None

    def seen() -> Bindings:
        whose = subject_named(realm, claims["sub"])
        known = None if whose is None else identity_of(realm, whose)
        return replace(
            client_bindings(realm, properties(), client, known),
            token=claims,
            further={"tokenId": value, "clientSide": reading.form == "client-side"},
        )

    name = effective(realm.provider, client).evaluateScopeScript
    outcome = run_script(realm, ScopeEvaluationScript, name, seen, EVALUATION_FAILED)
    if outcome is None:
        return of_attributes(claims["scope"], user), None
    return told_of_scopes(outcome), outcome


def told_of_scopes(outcome: ScriptOutcome) -> Mapping[str, Any]:
    """What a script gave to be told.

    Raises:
        ScriptFailed: It is no map.
    """
    if isinstance(outcome.result, dict):
        return outcome.result
    failed = with_error(outcome, "The script engine gave no map.")
    raise ScriptFailed(EVALUATION_FAILED, failed)


def of_attributes(scopes: list[str], user: User | None) -> dict[str, str]:
    """Each scope with the person's attribute of that name, or nothing."""
    return {each: ",".join(user.values(each)) if user else "" for each in scopes}
