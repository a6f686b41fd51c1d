"""Running a script for what is never issued, sent or kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.dry_runs.at_endpoints import (
    authorize_data,
    oidc_claims,
    registration,
    scope_evaluation,
    scope_validation,
)
from workbench.am.dry_runs.of_tokens import exchangers, may_act, modification
from workbench.am.dry_runs.trial import Rehearsal, Trial, client_of
from workbench.am.issuing.run_script import run_beside
from workbench.am.realm import Realm
from workbench.am.scripts.dry_run import DryRun
from workbench.am.scripts.plugin import (
    AccessTokenModificationScript,
    AuthorizeDataScript,
    ClaimsScript,
    ScopeEvaluationScript,
    ScopeValidationScript,
)
from workbench.am.scripts.script import (
    ByScript,
    MayActScript,
    RegistrationScript,
    Script,
    ScriptOutcome,
)
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.errors import RegistrationError

REHEARSALS: Mapping[type[Script], Callable[[Trial], Rehearsal]] = {
    MayActScript: may_act,
    AccessTokenModificationScript: modification,
    ScopeValidationScript: scope_validation,
    ScopeEvaluationScript: scope_evaluation,
    AuthorizeDataScript: authorize_data,
    ClaimsScript: oidc_claims,
    RegistrationScript: registration,
}
"""How each kind of script is tried."""


def dry_run(
    realm: Realm,
    script: Script | str,
    client_id: str | None = None,
    scopes: tuple[str, ...] = (),
    *,
    user: str | None = None,
    token_type: str = ACCESS_TOKEN,
    request: Mapping[str, Any] | None = None,
    operation: str = "CREATE",
) -> ScriptOutcome:
    """Run a script as if AM came to it; nothing is issued, sent or kept.

    The request that the script sees is made up. A may act or a modification script
    runs for client credentials, or for the authorization code grant where a user is
    named; the others run where their endpoint would ask them.

    Args:
        realm: Where the script is, or would be.
        script: A script, saved or not, or the name or id of a saved one.
        client_id: A registered client; None for one made up on the spot.
        scopes: Those asked for; by default all that the client may have.
        user: Who logged in and consented; None where the client acts as itself, or
            for a person made up where the script needs one.
        token_type: The URN of an access token or an ID token, for a may act script.
        request: Further parameters of the request, by name.
        operation: ``CREATE``, ``UPDATE`` or ``DELETE``, for a registration script.

    Raises:
        RegistrationError: There is no such script, client or user, no such token
            would be issued, or a script of this kind runs by itself nowhere.
    """
    chosen = realm.scripts.find(script) if isinstance(script, str) else script
    trial = Trial(
        realm=realm,
        client=client_of(realm, client_id, scopes),
        scopes=scopes,
        user=None if user is None else realm.user(user),
        token_type=token_type,
        request=request or {},
        operation=operation,
    )
    return try_out(trial, chosen)


def try_out(trial: Trial, chosen: Script) -> ScriptOutcome:
    """Run a script for what a trial stands for.

    Raises:
        RegistrationError: No such token would be issued, or a script of this kind
            runs by itself nowhere.
    """
    realm = trial.realm
    rehearse = REHEARSALS.get(type(chosen))
    if rehearse is None:
        raise RegistrationError(
            f"{chosen.name} is of a kind that runs by itself nowhere "
            f"({chosen.kind}): try the script that requires it."
        )
    rehearsal = rehearse(trial)
    outcome = _taken(run_beside(realm, chosen, rehearsal.bindings), rehearsal)
    provider = realm.provider
    stood_for = DryRun(
        client_id=trial.client.client_id,
        subject=rehearsal.subject,
        token_type=trial.token_type,
        occasion=rehearsal.occasion,
        exchangers=exchangers(outcome.may_act, realm.clients, provider.grantTypes),
    )
    return replace(outcome, dry_run=stood_for)


def _taken(outcome: ScriptOutcome, rehearsal: Rehearsal) -> ScriptOutcome:
    """The outcome, which failed where AM can make nothing of what the script gave."""
    if outcome.error is not None:
        return outcome
    try:
        rehearsal.take(outcome)
    except ByScript as problem:
        return problem.outcome
    return outcome
