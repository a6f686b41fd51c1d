"""What ``/authorize`` sends to the client beside the code: a script's own data.

Source: PingAM 8.1 "Authorize endpoint data provider". AM's own class adds nothing.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.issuing.identities import identity_of
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.people.session import Session
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import AuthorizeDataScript
from workbench.am.scripts.script import (
    Bindings,
    ScriptFailed,
    ScriptOutcome,
    with_error,
)

DATA_FAILED = "Error running authorize endpoint data provider script"
"""All that the wire learns of a failed script; inferred."""

AMS_OWN = frozenset({"code", "state", "iss", "client_id"})
"""Parameters that no script sets, not even where AM sends none; inferred."""

LONGEST = 8192
"""Characters of all that a script adds, encoded: as long as a header may be in the
Tomcat that AM runs in."""


def authorize_data(
    realm: Realm,
    client: Client,
    session: Session,
    properties: Callable[[], Mapping[str, Any]],
) -> tuple[dict[str, str], ScriptOutcome | None]:
    """Texts by parameter, and the script that gave them, if one did.

    Raises:
        ScriptFailed: It did, or gave what cannot be sent.
        ServerError: There is no such script.
    """
    name = effective(realm.provider, client).authorizeEndpointDataProviderScript

    def seen() -> Bindings:
        whose = identity_of(realm, session.user)
        return client_bindings(realm, properties(), client, whose, session)

    outcome = run_script(realm, AuthorizeDataScript, name, seen, DATA_FAILED)
    return ({}, None) if outcome is None else (sent_data(outcome), outcome)


def sent_data(outcome: ScriptOutcome) -> dict[str, str]:
    """What is sent of what a script gave, texts by parameter.

    Raises:
        ScriptFailed: It gave what cannot be sent.
    """
    try:
        return _as_sent(outcome.result)
    except ValueError as problem:
        failed = with_error(outcome, str(problem))
        raise ScriptFailed(DATA_FAILED, failed) from None


def _as_sent(given: Any) -> dict[str, str]:
    """What a script gave as texts by parameter, AM's own left out.

    Numbers and booleans are sent as JSON writes them; inferred.

    Raises:
        ValueError: It is no map of such values, or cannot stand in a URL.
    """
    if not isinstance(given, dict) or not all(map(_can_be_sent, given.values())):
        raise ValueError("The script has to end with a map of texts.")
    data = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
        if name not in AMS_OWN
    }
    try:
        length = len(urlencode(data))
    except UnicodeEncodeError:
        raise ValueError("The script gave half a character, a surrogate.") from None
    if length > LONGEST:
        raise ValueError(f"The script gave more than {LONGEST} characters to send.")
    return data


def _can_be_sent(value: object) -> bool:
    return isinstance(value, str | int | float)
