"""Running the script that a setting names, as far as the wire can tell."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.am.scripts import Bindings, Script, ScriptFailed, ScriptOutcome
from workbench.errors import RegistrationError, ServerError

if TYPE_CHECKING:
    from workbench.am.realm import Realm


def run_script(
    realm: "Realm",
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
        script = realm.script_for(kind, name)
    except RegistrationError as problem:
        raise ServerError(failed, hint=str(problem)) from None
    if script is None:
        return None
    outcome = realm.engine.run(script, seen())
    if outcome.error is not None:
        raise ScriptFailed(failed, outcome)
    return outcome
