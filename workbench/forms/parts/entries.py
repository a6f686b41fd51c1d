"""Who is registered in a realm: AI agents, clients, users and groups, as one list."""

from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.effective import effective
from workbench.am.clients.group import Group
from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.views.page.html import page, table
from workbench.views.page.left_out import beyond_html

EVERYBODY, AGENTS, CLIENTS = "all", "AI Agents", "Clients"
USERS, GROUPS = "Users", "Groups"

Entry = Client | User | Group
Key = tuple[type, str]
"""What tells somebody from everybody else."""

MOST = 100
"""How many are listed at once."""


def everybody(realm: Realm) -> list[Entry]:
    """Clients and AI agents as they count, then users, then groups."""
    groups = (*realm.groups.of(AIAgent), *realm.groups.of(Client))
    return [*realm.clients.values(), *realm.users.values(), *groups]


def find_entry(realm: Realm, key: Key) -> Entry:
    """Whoever has this key.

    Raises:
        NotYet: Nobody has.
    """
    entry = next((each for each in everybody(realm) if key_of(each) == key), None)
    if entry is None:
        raise NotYet(f"{key[1]} is not there any more.")
    return entry


def delete(realm: Realm, key: Key) -> Entry:
    """Delete whoever has this key.

    Raises:
        NotYet: Nobody has.
        RegistrationError: It is a group with members.
    """
    entry = find_entry(realm, key)
    if isinstance(entry, Group):
        realm.groups.delete(entry)
        return entry
    if isinstance(entry, User):
        return realm.users.delete(entry.name)
    return realm.delete(entry.client_id)


def key_of(each: Entry) -> Key:
    """What tells somebody from everybody else."""
    if isinstance(each, Client):
        return Client, each.client_id
    if isinstance(each, User):
        return User, each.name
    return Group, f"{_plural(each)}: {each.name}"


def kind_of(each: Entry) -> str:
    """The list in AM that somebody is on."""
    if isinstance(each, User):
        return USERS
    if isinstance(each, Group):
        return GROUPS
    return AGENTS if isinstance(each, AIAgent) else CLIENTS


def words_of(each: Entry) -> str:
    """Somebody in a sentence, such as ``AI agent risk-agent``."""
    if isinstance(each, Group):
        return each.title
    kind = "User" if isinstance(each, User) else each.kind
    return f"{kind} {key_of(each)[1]}"


def listed_of(each: Entry) -> str:
    """Somebody in a list."""
    if isinstance(each, Group):
        return f"{each.name} (group of {_plural(each)})"
    kind = "user" if isinstance(each, User) else each.kind
    return f"{key_of(each)[1]} ({kind})"


def _plural(group: Group) -> str:
    return AGENTS if group.kind is AIAgent else CLIENTS


def clients_html(realm: Realm) -> str:
    """Who is registered, as a table."""
    clients = list(realm.clients.values())
    if not clients:
        return page("<p>Nobody is registered yet.</p>")
    rows = [
        (each.client_id, each.kind, " ".join(each.scopes), _script(realm, each))
        for each in clients[:MOST]
    ]
    header = ("Client ID", "Kind", "Scope(s)", "May act script")
    listed = table(header, rows, caption=f"Registered: {len(clients):,}")
    return page(listed + beyond_html(len(clients), len(rows)))


def _script(realm: Realm, client: Client) -> str:
    script = realm.scripts.get(
        effective(realm.provider, client).accessTokenMayActScript
    )
    return script.name if script else ""
