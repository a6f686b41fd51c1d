"""The parties of a realm as the linter of may act scripts needs them."""

from workbench.am.clients.effective import may_act_scripts
from workbench.am.realm import Realm
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import MayActScript, Script


def parties_around(realm: Realm, script: Script) -> Parties:
    """Who is in the realm, and whose tokens this script stamps."""
    saved = isinstance(script, MayActScript) and script.id in realm.scripts
    used_by = [
        client.client_id
        for client in (realm.clients.values() if saved else ())
        if script.id in may_act_scripts(realm.provider, client)
    ]
    return Parties(
        clients={name: each.grant_types for name, each in realm.clients.items()},
        users=frozenset(realm.users),
        used_by=tuple(used_by) if saved else None,
        typed_subjects=realm.profile.typed_subjects,
    )
