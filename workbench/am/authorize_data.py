"""What ``/authorize`` sends to the client beside the code: a script's own data.

Source: PingAM 8.1 "Authorize endpoint data provider". AM's own class adds nothing.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workbench.am.identities import Client
from workbench.am.plugins import AuthorizeDataScript
from workbench.am.running import run_script
from workbench.am.scripts import Bindings, ScriptFailed, ScriptOutcome, with_error
from workbench.am.sessions import Session
from workbench.am.users import identity

if TYPE_CHECKING:
    from workbench.am.realm import Realm

DATA_FAILED = "Error running authorize endpoint data provider script"
"""All that the wire learns of a failed script; inferred."""


def authorize_data(
    realm: "Realm",
    client: Client,
    session: Session,
    properties: Callable[[], Mapping[str, Any]],
) -> tuple[dict[str, str], ScriptOutcome | None]:
    """Texts by parameter, and the script that gave them, if one did.

    Raises:
        ScriptFailed: It did, or gave what no text is.
        ServerError: There is no such script.
    """
    name = realm.effective(client).authorizeEndpointDataProviderScript

    def seen() -> Bindings:
        return Bindings(
            client_properties=client.properties(),
            identity=identity(session.user, realm.path),
            request_properties=properties(),
            session=session.properties(realm.path),
            realm=realm.path,
            surroundings=realm.surroundings,
            libraries=realm.libraries,
        )

    outcome = run_script(realm, AuthorizeDataScript, name, seen, DATA_FAILED)
    if outcome is None:
        return {}, None
    data = outcome.result
    if not isinstance(data, dict) or not all(map(_is_text, data.values())):
        failed = with_error(outcome, "The script has to end with a map of texts.")
        raise ScriptFailed(DATA_FAILED, failed)
    return data, outcome


def _is_text(value: object) -> bool:
    return isinstance(value, str)
