"""What would make a failed rule about the two tokens pass."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import CLIENT_CREDENTIALS, TOKEN_EXCHANGE
from workbench.am.clients.names import client_subject
from workbench.am.exchange.decision import CLIENT
from workbench.am.exchange.may_act import members
from workbench.am.exchange.remedies.remedy import (
    Known,
    Remedy,
    Suggest,
    Suggested,
    loosening,
    no_audience,
    of_client,
    of_profile,
    of_provider,
    of_request,
    only_scopes,
)
from workbench.am.scopes.scope import requested_scopes
from workbench.am.scripts.script import EMPTY, MayActScript
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.profile import ALLOW
from workbench.am.settings.values import (
    TOKEN_EXCHANGE_CLASSES,
    TOKEN_VALIDATOR_CLASSES,
)
from workbench.am.tokens.token import ACCESS_TOKEN, TOKEN_NAMES

MOST_SCRIPTS = 3
"""How many scripts are offered for one client."""


def no_actor(text: str, **changes: None) -> Remedy:
    """No actor token sent, so that nobody sees who acts."""
    done = "The actor was left out: this is an impersonation."
    return loosening(of_request(text, done, **changes))


# The tokens


def validators(role: str) -> Suggest:
    """A type that is not among the validators."""
    name = f"{role}_token_type"

    def found(known: Known) -> Suggested:
        if known.request.parameters.get(name) in TOKEN_NAMES:
            text = "Set the provider's Token Validator to its default."
            done = "The provider's Token Validator was set to its default."
            classes = TOKEN_VALIDATOR_CLASSES
            yield of_provider(text, done, tokenValidatorClasses=classes)
        yield from types(role)(known)

    return found


def exchanger(known: Known) -> Suggested:
    """A pair of types without an exchanger."""
    sent = known.request.parameters
    if sent.get("requested_token_type", ACCESS_TOKEN) in TOKEN_NAMES:
        text = "Set the provider's Token Exchanger to its default."
        done = "The provider's Token Exchanger was set to its default."
        yield of_provider(text, done, tokenExchangeClasses=TOKEN_EXCHANGE_CLASSES)
    text, done = "Ask for an access token.", "An access token was asked for."
    yield of_request(text, done, requested_token_type=ACCESS_TOKEN)


def types(role: str) -> Suggest:
    """Another type for one parameter."""
    name = f"{role}_token_type"

    def found(_known: Known) -> Suggested:
        text = f"Send the access token type as {name}."
        done = f"The access token type was sent as {name}."
        yield of_request(text, done, **{name: ACCESS_TOKEN})

    return found


def both_sent(role: str) -> Suggest:
    """A token without its type, or the other way round."""

    def found(known: Known) -> Suggested:
        kind, sent = f"{role}_token_type", known.request.parameters
        if not {kind, f"{role}_token"} & set(sent):
            yield Remedy(text=f"Send {role}_token and {kind}.")
        elif kind not in sent:
            done = f"{kind} was sent too."
            yield of_request(f"Send {kind} too.", done, **{kind: ACCESS_TOKEN})
        else:
            yield Remedy(text=f"Send {role}_token too.")
            if role == "actor":
                yield no_actor("Leave the actor out.", actor_token_type=None)

    return found


def new_token(role: str) -> Suggest:
    """A token that has ended, was revoked, or is not of this realm."""

    def found(known: Known) -> Suggested:
        token = known.request.subject if role == "subject" else known.request.actor
        client = known.issued_to(token)
        claims = token.claims if token else None
        if client and claims and claims.get("grant_type") == CLIENT_CREDENTIALS:
            text = f"Get a new token of {client.client_id} as the {role} token."
            done = f"{client.client_id} got a new token, sent as the {role}'s."
            yield Remedy(text=text, did=done, renew=(role,))
        else:
            yield Remedy(text=f"Get a new {role} token and send that.")

    return found


def holder(role: str) -> Suggest:
    """A token of a client that is inactive or gone, where the profile minds."""

    def found(known: Known) -> Suggested:
        token = known.request.subject if role == "subject" else known.request.actor
        client = known.issued_to(token)
        if client and not client.active:
            text = f"Set {client.client_id} to Active."
            done = f"{client.client_id} was set to Active."
            yield of_client(client, text, done, active=True)
        text = "Let the profile take tokens of inactive clients."
        done = "The profile takes tokens of inactive clients now."
        yield of_profile(text, done, tokens_of_inactive_clients=ALLOW)

    return found


def person(role: str) -> Suggest:
    """A token of a person who is gone, where the profile minds."""

    def found(known: Known) -> Suggested:
        text = "Let the profile take tokens of people who are gone."
        done = "The profile takes tokens of people who are gone now."
        yield of_profile(text, done, tokens_of_gone_people=ALLOW)
        yield Remedy(
            text=f"Activate the person of the {role} token: "
            "wb.realm.users.update(name, active=True)."
        )

    return found


def within_caveats(known: Known) -> Suggested:
    """More than the caveats of the tokens sent leave."""
    limits, client = known.request.limits, known.acting
    assert limits is not None
    if limits.beyond_audience(known.request.audiences):
        yield no_audience()
    asked = requested_scopes(client, known.request.parameters.get("scope")).scopes
    if limits.beyond_scope(asked):
        for scopes in (asked, client.scopes[:1], client.scopes):
            fitting = " ".join(beyond(scopes, limits.beyond_scope(scopes)))
            if fitting:
                yield only_scopes(fitting)
                break
    yield Remedy(text="Send a token without the caveat, from whoever has it.")


# Who may act


def _script_text(known: Known) -> str:
    """What a may act script has to do for this exchange to pass."""
    names = f'"client_id": "{known.acting.client_id}"' if known.request.client else ""
    actor = known.request.actor.claims if known.request.actor else None
    if actor is not None:
        names += f', "sub": "{safe_text(actor["sub"])}"'
    return f"token.setMayAct({{{names}}})"


def may_act_present(known: Known) -> Suggested:
    """A subject token that lets nobody act."""
    client = known.issued_to(known.request.subject)
    if client is None:
        yield Remedy(text="Send a subject token that carries may_act.")
        return
    live = client.overrides.providerOverridesEnabled
    if live and client.overrides.accessTokenMayActScript != EMPTY:
        yield from new_token("subject")(known)
    for script in _likeliest(known)[:MOST_SCRIPTS]:
        if script.id != client.overrides.accessTokenMayActScript or not live:
            yield _with_script(known, client, script)
    yield Remedy(
        text=f"Let the may act script of {client.client_id} run "
        f"{_script_text(known)}, and get a new token of it."
    )


def _likeliest(known: Known) -> list[MayActScript]:
    """The scripts, those that speak of the acting client first."""
    acting = known.request.client.client_id if known.request.client else ""
    return sorted(known.scripts.values(), key=lambda each: acting not in each.source)


def _with_script(known: Known, client: Client, script: MayActScript) -> Remedy:
    """The script in the client's override block, which otherwise stays as it acts."""
    block: dict[str, Any] = {}
    if not client.overrides.providerOverridesEnabled:
        provider = known.request.provider
        block = {
            item.name: getattr(provider, item.name)
            for item in fields(Overrides)
            if hasattr(provider, item.name)
        }
        block["providerOverridesEnabled"] = True
    block["accessTokenMayActScript"] = script.id
    return Remedy(
        text=f"Set {script.name} as may act script of {client.client_id}, "
        "and get a new token of it.",
        did=f"{script.name} is now the may act script of {client.client_id}, which "
        "got a new token.",
        where=CLIENT,
        client_id=client.client_id,
        changes={"overrides": block},
        renew=("subject",),
    )


def _named(known: Known) -> Iterator[tuple[Client, bool]]:
    """Whom the subject token's may_act names, and whether as an actor by its token."""
    subject, profile = known.request.subject, known.request.profile
    may_act = (subject.claims or {}).get("may_act", {}) if subject else {}
    subs = members(may_act, "sub")
    for client_id in members(may_act, "client_id"):
        client = known.clients.get(client_id) if isinstance(client_id, str) else None
        if client is None or not client.active or not client.secret:
            continue
        own = client_subject(client_id, typed=profile.typed_subjects)
        if {TOKEN_EXCHANGE, CLIENT_CREDENTIALS} <= set(client.grant_types) and (
            not subs or own in subs
        ):
            yield client, bool(subs)


def sent_by_whom_it_names(known: Known) -> Suggested:
    """The client that may_act names sends it itself, as the actor where it asks so."""
    for client, as_actor in _named(known):
        name = client.client_id
        token = " with a token of its own as actor_token" if as_actor else ""
        yield Remedy(
            text=f"Let {name} send it, whom may_act names{token and ','}{token}.",
            did=f"{name}, whom may_act names, sent it{token}.",
            sender=name,
        )


def may_act_names(known: Known) -> Suggested:
    """A may_act that names somebody else."""
    yield from sent_by_whom_it_names(known)
    client = known.issued_to(known.request.subject)
    whose = f"the may act script of {client.client_id}" if client else "a script"
    yield Remedy(text=f"Let {whose} run {_script_text(known)}, and get a new token.")


def may_act_has_sub(known: Known) -> Suggested:
    """A may_act without the sub that delegation needs."""
    text = "Leave the actor token out: an impersonation needs no sub."
    yield no_actor(text, actor_token=None, actor_token_type=None)
    yield from may_act_names(known)
