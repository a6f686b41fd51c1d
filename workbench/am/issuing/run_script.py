"""Running the script that a setting names: what it sees, what the wire learns of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.people.session import Session
from workbench.am.people.user import User, identity
from workbench.am.realm import Realm
from workbench.am.scripts.script import Bindings, Script, ScriptFailed, ScriptOutcome
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
    user: User | None,
    session: Session | None = None,
) -> Bindings:
    """The same with whom it is about; each kind of script adds its own.

    Args:
        realm: Whose script it is.
        properties: What it sees as ``requestProperties``.
        client: Whose settings named it.
        user: Whom ``identity`` wraps; None where a client acts as itself.
        session: The login whose cookie came with the request, or None.
    """
    return replace(
        realm_bindings(realm, properties),
        client_properties=client.properties(),
        identity=identity(user, realm.path) if user else None,
        session=session.properties(realm.path) if session else None,
    )


def run_script(
    realm: Realm,
    kind: type[Script],
    name: str,
    seen: Callable[[], Bindings],
    failed: str,
) -> ScriptOutcome | None:
    """What came of the script; None where the setting names none.

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
    outcome = realm.engine.run(script, seen())
    if outcome.error is not None:
        raise ScriptFailed(failed, outcome)
    return outcome
