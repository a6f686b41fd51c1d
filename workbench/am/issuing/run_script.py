"""Running the script that a setting names: what it sees, what the wire learns of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from workbench.am.clients.client import Client
from workbench.am.issuing.identities import keep_identity
from workbench.am.people.session import Session
from workbench.am.realm import Realm
from workbench.am.scripts.script import (
    Bindings,
    Script,
    ScriptFailed,
    ScriptOutcome,
    with_error,
)
from workbench.errors import RegistrationError, ServerError


def realm_bindings(realm: Realm, properties: Mapping[str, Any]) -> Bindings:
    """What every script sees: the request, what its realm lends, and the time.

    Args:
        realm: Whose script it is.
        properties: What it sees as ``requestProperties``.
    """
    clock = realm.clock
    return Bindings(
        request_properties=properties,
        realm=realm.path,
        surroundings=realm.surroundings,
        libraries=realm.scripts.libraries,
        now=clock.now() if clock.frozen else None,
        ahead=clock.ahead,
        seed=realm.ids.script_seed(),
    )


def client_bindings(
    realm: Realm,
    properties: Mapping[str, Any],
    client: Client,
    identity: Mapping[str, Any] | None,
    session: Session | None = None,
) -> Bindings:
    """The same with whom it is about; each kind of script adds its own.

    Args:
        realm: Whose script it is.
        properties: What it sees as ``requestProperties``.
        client: Whose settings named it.
        identity: Whose it is about, as :mod:`~workbench.am.issuing.identities` has it.
        session: The login whose cookie came with the request, or None.
    """
    return replace(
        realm_bindings(realm, properties),
        client_properties=client.properties(),
        identity=identity,
        session=_properties(realm, session) if session else None,
    )


def _properties(realm: Realm, session: Session) -> dict[str, str]:
    return session.properties(realm.path, urlsplit(realm.base_url).path)


def run_script(
    realm: Realm,
    kind: type[Script],
    name: str,
    seen: Callable[[], Bindings],
    failed: str,
) -> ScriptOutcome | None:
    """What came of the script; None where the setting names none.

    What it stored of its identity, and set in its session, is kept.

    Args:
        realm: Whose script it is.
        kind: What the setting takes.
        name: The setting's value, an id or a name.
        seen: Gives what the script sees.
        failed: All that the wire learns where it fails.

    Raises:
        ScriptFailed: It did.
        ServerError: There is no such script.
    """
    try:
        script = realm.scripts.named_by_setting(kind, name)
    except RegistrationError as problem:
        raise ServerError(failed, hint=str(problem)) from None
    if script is None:
        return None
    bindings = seen()
    outcome = run_beside(realm, script, bindings)
    if outcome.error is not None:
        raise ScriptFailed(failed, outcome)
    try:
        _keep(realm, bindings, outcome)
    except RegistrationError as problem:
        raise ScriptFailed(failed, with_error(outcome, str(problem))) from None
    return outcome


def run_beside(realm: Realm, script: Script, bindings: Bindings) -> ScriptOutcome:
    """Run a script; others touch the realm while it runs.

    What was looked at before it is looked at again after it, or was held by
    :meth:`~workbench.am.basics.turns.Turns.alone`.
    """
    with realm.turns.let_go():
        return realm.engine.run(script, bindings)


def _keep(realm: Realm, seen: Bindings, outcome: ScriptOutcome) -> None:
    """Keep what the script left in the realm; that a bad value fails it is inferred."""
    if outcome.stored is not None and seen.identity is not None:
        keep_identity(realm, seen.identity, outcome.stored)
    if outcome.session is not None and seen.session is not None:
        handle = seen.session["SessionHandle"]
        realm.sessions.keep_properties(handle, outcome.session)
