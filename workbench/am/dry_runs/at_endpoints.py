"""Dry runs of what an endpoint asks a script: scopes, claims, data, registration.

Sources: PingAM 8.1's page of each scripting API, for when AM runs the script.
"""

from dataclasses import replace

from workbench.am.clients.grant_types import REFRESH_TOKEN
from workbench.am.clients.registration import Registration
from workbench.am.dry_runs.of_tokens import claims_of, order_of, token_made_up
from workbench.am.dry_runs.trial import Rehearsal, Trial
from workbench.am.issuing.authorize_data import sent_data
from workbench.am.issuing.evaluate_scopes import told_of_scopes
from workbench.am.issuing.identities import identity_of
from workbench.am.issuing.run_script import client_bindings
from workbench.am.issuing.user_claims import (
    ClaimsQuestion,
    claims_bindings,
)
from workbench.am.issuing.user_claims import (
    claims_of as claims_given,
)
from workbench.am.issuing.validate_scopes import scope_answer, validation_bindings
from workbench.am.people.user import user_subject
from workbench.am.registration.register import (
    RegisteredClient,
    registration_bindings,
    stored_client,
)
from workbench.am.scopes.question import ACCESS, AUTHORIZATION, REFRESH, ScopeQuestion
from workbench.am.tokens.token import ACCESS_TOKEN


def scope_validation(trial: Trial) -> Rehearsal:
    """Scopes are asked for: with a person at ``/authorize``, else for a token.

    A ``grant_type`` among the parameters says for which: ``refresh_token`` refreshes
    a grant that has all of the client's scopes.
    """
    grant = trial.request.get("grant_type", "" if trial.user else "client_credentials")
    refreshes = grant in (REFRESH_TOKEN, [REFRESH_TOKEN])
    entry = REFRESH if refreshes else ACCESS if grant else AUTHORIZATION
    scope = " ".join(trial.wanted)
    path = "/access_token" if grant else "/authorize"
    kind = {"grant_type": grant} if grant else {"response_type": "code"}
    client_id = trial.client.client_id
    seen = trial.sent(path, client_id=client_id, scope=scope, **kind)
    asked = ScopeQuestion(
        client=trial.client,
        scope=scope,
        entry=entry,
        granted=trial.client.scopes if refreshes else (),
        user=trial.user,
        properties=lambda: seen,
    )
    return Rehearsal(
        bindings=validation_bindings(trial.realm, asked),
        subject=trial.user.name if trial.user else client_id,
        occasion=f"{client_id} asked {path} for the scopes {scope}, with {entry}",
        take=lambda outcome: scope_answer(trial.realm, asked, outcome),
    )


def scope_evaluation(trial: Trial) -> Rehearsal:
    """Somebody asks ``/tokeninfo`` about a token of the client."""
    trial = replace(trial, token_type=ACCESS_TOKEN)
    order = order_of(trial)
    whose = identity_of(trial.realm, trial.user or trial.client)
    seen = client_bindings(trial.realm, trial.sent("/tokeninfo"), trial.client, whose)
    claims = claims_of(trial, order)
    return Rehearsal(
        bindings=replace(seen, token=claims, further=token_made_up(trial)),
        subject=order.subname,
        occasion=f"somebody asked /tokeninfo about a token of {order.subname}",
        take=told_of_scopes,
    )


def authorize_data(trial: Trial) -> Rehearsal:
    """A person consented, and is about to be sent back to the client."""
    client, person = trial.client, trial.person
    sent = trial.sent(
        "/authorize",
        client_id=client.client_id,
        response_type="code",
        scope=" ".join(trial.wanted),
    )
    whose = identity_of(trial.realm, person)
    return Rehearsal(
        bindings=client_bindings(trial.realm, sent, client, whose, trial.session),
        subject=person.name,
        occasion=f"{person.name} let {client.client_id} have a code at /authorize",
        take=sent_data,
    )


def oidc_claims(trial: Trial) -> Rehearsal:
    """The client asks ``/userinfo`` who the person is."""
    client, person = trial.client, trial.person
    typed = trial.realm.profile.typed_subjects
    sub = user_subject(person.name, typed=typed)
    seen = trial.sent("/userinfo")
    asked = ClaimsQuestion(
        client=client,
        scopes=trial.wanted,
        user=person,
        claims={"sub": sub},
        sub=sub,
        properties=lambda: seen,
    )
    return Rehearsal(
        bindings=claims_bindings(trial.realm, asked),
        subject=person.name,
        occasion=f"{client.client_id} asked /userinfo about {person.name}",
        take=claims_given,
    )


def registration(trial: Trial) -> Rehearsal:
    """A client registers, changes or deletes itself."""
    realm, client = trial.realm, trial.client
    seen = trial.sent("/register")
    body = {"client_id": client.client_id, "client_name": client.client_id}
    asked = RegisteredClient(client=client, registration=Registration())
    return Rehearsal(
        bindings=registration_bindings(
            realm, trial.operation, asked, {**seen, "requestBody": body}
        ),
        subject=client.client_id,
        occasion=f"{client.client_id} came to /register ({trial.operation})",
        take=lambda outcome: stored_client(realm, asked, outcome),
    )
