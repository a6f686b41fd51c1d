"""Clients that register, change and delete themselves (RFC 7591 and RFC 7592).

A dynamic client registration script, where the provider names one, runs once AM has
processed the request (PingAM 8.1, "Customize dynamic client registration"). That a
script which fails undoes the whole request is inferred.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.am.clients.attributes import attributes, with_attributes
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.registration import Registration
from workbench.am.issuing.run_script import realm_bindings, run_script
from workbench.am.people.user import AGENT, universal_id
from workbench.am.realm import Realm
from workbench.am.registration.metadata import WITH_TOKEN, read_metadata
from workbench.am.scripts.script import (
    Bindings,
    ClientIdentity,
    RegistrationScript,
    ScriptFailed,
    ScriptOutcome,
    with_error,
)
from workbench.am.settings.profile import NOTHING
from workbench.errors import InvalidClientMetadata, InvalidToken, RegistrationError

CREATE, UPDATE, DELETE = "CREATE", "UPDATE", "DELETE"
"""What ``operation`` says to a script."""

SCRIPT_FAILED = "Error running dynamic client registration script"
"""All that the wire learns of a failed script; the text is inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRequest:
    """A request to register or to change a client.

    Attributes:
        metadata: The JSON body.
        properties: What a script sees as ``requestProperties``.
        with_token: Whether it may have every member, as an access token for
            registration or the profile lets it.
    """

    metadata: Mapping[str, Any]
    properties: Mapping[str, Any]
    with_token: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredClient:
    """A client that registered itself, and the script that ran on the way, if any."""

    client: Client
    registration: Registration
    scripts: tuple[ScriptOutcome, ...] = ()


def create(
    realm: Realm, asked: RegistrationRequest, kind: type[Client]
) -> RegisteredClient:
    """Register a client; its id and secret are generated, whatever it asks for.

    Where open registration is off, ``generateRegistrationAccessTokens`` has no effect
    (AM's help for it); that a token is generated then is inferred.

    Raises:
        OAuthError: It cannot be registered so; nothing is kept.
    """
    provider = realm.provider
    sent = read_metadata(asked.metadata, provider, with_token=asked.with_token)
    client = kind(
        client_id=realm.ids.uuid(),
        secret=None if sent.fields["public"] else realm.ids.token(),
        **sent.fields,
    )
    managed = (
        provider.generateRegistrationAccessTokens
        or not provider.allowDynamicRegistration
    )
    token = realm.ids.token() if managed else ""
    registration = Registration(access_token=token, further=sent.further)
    made = RegisteredClient(client=client, registration=registration)
    made = _run_registration_script(realm, CREATE, made, asked.properties)
    realm.clients.keep(made.client, made.registration)
    return made


def update(
    realm: Realm, asked: RegistrationRequest, client: Client
) -> RegisteredClient:
    """Change a client: what is not sent becomes the default (RFC 7592 section 2.2).

    Its id, its secret and its overrides stay; what it says is its own from now on,
    inherited from no group any more. What the server made and a client
    sends back, such as ``registration_client_uri``, is ignored.

    Raises:
        OAuthError: It cannot be changed so; it stays as it was.
    """
    client = realm.clients.own(client.client_id)
    _check_identity(asked.metadata, client)
    kept = realm.clients.registrations[client.client_id]
    same = [asked.metadata.get(n) in (None, kept.further.get(n)) for n in WITH_TOKEN]
    free = realm.profile.registration_scope == NOTHING or all(same)
    sent = read_metadata(asked.metadata, realm.provider, with_token=free)
    secret = client.secret
    if secret is None and not sent.fields["public"]:
        secret = realm.ids.token()
    inherited = tuple(n for n in client.inherited if n not in sent.fields)
    changed = replace(client, secret=secret, inherited=inherited, **sent.fields)
    registration = replace(kept, further=sent.further)
    made = RegisteredClient(client=changed, registration=registration)
    made = _run_registration_script(realm, UPDATE, made, asked.properties)
    _require_there(realm, client)
    realm.clients.keep(made.client, made.registration)
    return made


def delete(
    realm: Realm, client: Client, properties: Mapping[str, Any]
) -> tuple[ScriptOutcome, ...]:
    """Delete a client; tokens that were issued to it stay (inferred).

    Raises:
        ServerError: The script failed; the client stays.
    """
    kept = realm.clients.registrations[client.client_id]
    gone = RegisteredClient(client=client, registration=kept)
    gone = _run_registration_script(realm, DELETE, gone, properties)
    _require_there(realm, client)
    realm.clients.forget(client.client_id)
    return gone.scripts


def _require_there(realm: Realm, client: Client) -> None:
    """Refuse where an administrator deleted the client while its script ran.

    Raises:
        InvalidToken: What opened the registration opens nothing any more.
    """
    if client.client_id not in realm.clients.registrations:
        raise InvalidToken(hint=f"{client.client_id} was deleted meanwhile.")


def _check_identity(sent: Mapping[str, Any], client: Client) -> None:
    """A client names itself, and may repeat its secret, but change neither."""
    if sent.get("client_id") != client.client_id:
        raise InvalidClientMetadata(
            "Invalid client_id requested.",
            hint="An update has the client's own client_id (RFC 7592 section 2.2).",
        )
    secret = sent.get("client_secret")
    if secret is None:
        return
    kept = (client.secret or "").encode()
    if not isinstance(secret, str) or not hmac.compare_digest(secret.encode(), kept):
        raise InvalidClientMetadata(
            "Invalid client_secret requested.",
            hint="A client cannot choose its secret (RFC 7592 section 2.2).",
        )


def _run_registration_script(
    realm: Realm, operation: str, asked: RegisteredClient, properties: Mapping[str, Any]
) -> RegisteredClient:
    """The client after the registration script, where the provider names one."""
    name = realm.provider.dynamicClientRegistrationScript

    def seen() -> Bindings:
        return registration_bindings(realm, operation, asked, properties)

    outcome = run_script(realm, RegistrationScript, name, seen, SCRIPT_FAILED)
    return asked if outcome is None else stored_client(realm, asked, outcome)


def registration_bindings(
    realm: Realm, operation: str, asked: RegisteredClient, properties: Mapping[str, Any]
) -> Bindings:
    """What a registration script sees."""
    return replace(
        realm_bindings(realm, properties),
        operation=operation,
        client=None if operation == DELETE else _identity(realm, asked),
    )


def stored_client(
    realm: Realm, asked: RegisteredClient, outcome: ScriptOutcome
) -> RegisteredClient:
    """The client with what a script stored of it.

    Raises:
        ScriptFailed: There is no such attribute, or no such value of one.
    """
    stored = outcome.client or {}
    try:
        client, registration = with_attributes(
            asked.client, asked.registration, stored, realm.scripts
        )
        realm.clients.require_whole(client)
    except RegistrationError as problem:
        failed = with_error(outcome, str(problem))
        raise ScriptFailed(SCRIPT_FAILED, failed) from None
    return RegisteredClient(
        client=client, registration=registration, scripts=(outcome,)
    )


def _identity(realm: Realm, asked: RegisteredClient) -> ClientIdentity:
    name = asked.client.client_id
    return ClientIdentity(
        name=name,
        universal_id=universal_id(name, realm.path, AGENT),
        ai_agent=isinstance(asked.client, AIAgent),
        attributes=attributes(asked.client, asked.registration),
    )
