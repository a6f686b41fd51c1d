"""The parties of a realm as the linter of may act scripts needs them."""

from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.realm import Realm
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import MayActScript, Script


def parties_around(realm: Realm, script: Script) -> Parties:
    """Who is in the realm, and whose tokens this script stamps."""
    used_by = [
        client.client_id
        for client in realm.clients.values()
        if script.id in _scripts_of(realm, client)
    ]
    saved = isinstance(script, MayActScript) and script.id in realm.scripts
    return Parties(
        clients={name: each.grant_types for name, each in realm.clients.items()},
        users=frozenset(realm.users),
        used_by=tuple(used_by) if saved else None,
        typed_subjects=realm.profile.typed_subjects,
    )


def _scripts_of(realm: Realm, client: Client) -> tuple[str, str]:
    settings = effective(realm.provider, client)
    return settings.accessTokenMayActScript, settings.oidcMayActScript
