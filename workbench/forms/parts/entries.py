"""Who is registered in a realm: AI agents, clients, users and groups, as one list."""

from collections.abc import Mapping
from itertools import islice

from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.effective import ruling
from workbench.am.clients.group import Group
from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.am.settings.overrides import Overridable
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import NotYet
from workbench.views.page.html import page, table
from workbench.views.page.left_out import beyond_html, beyond_text
from workbench.views.page.plain import visible_text

EVERYBODY, AGENTS, CLIENTS = "all", "AI Agents", "Clients"
USERS, GROUPS = "Users", "Groups"

Entry = Client | User | Group
Key = str
"""What tells somebody from everybody else: the kind of entry, and the name."""

COLUMNS = ("Name", "Type", "Scopes", "May act script", "Tokens", "Status")

MOST = 100
"""How many are listed where no kernel runs."""

LONGEST = 300
"""Characters of a cell; what is beyond is left out."""


def client_key(client_id: str) -> Key:
    """The key of a client or AI agent."""
    return f"client:{client_id}"


def user_key(name: str) -> Key:
    """The key of a person."""
    return f"user:{name}"


def key_of(each: Entry) -> Key:
    """What tells somebody from everybody else."""
    if isinstance(each, Client):
        return client_key(each.client_id)
    return user_key(each.name) if isinstance(each, User) else f"group:{each.key}"


def find_entry(realm: Realm, key: Key) -> Entry:
    """Whoever has this key.

    Raises:
        NotYet: Nobody has.
    """
    kind, _, name = key.partition(":")
    found: Entry | None = None
    if kind == "client":
        found = realm.clients.get(name)
    elif kind == "user":
        found = realm.users.get(name)
    else:
        found = next((each for each in groups_of(realm) if each.key == name), None)
    if found is None:
        raise NotYet(f"{name} is not there any more.")
    return found


def groups_of(realm: Realm) -> list[Group]:
    """The groups of AI agents, then those of clients."""
    return [*realm.groups.of(AIAgent), *realm.groups.of(Client)]


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
    if isinstance(each, User):
        return f"User {each.name}"
    return f"{each.kind} {each.client_id}"


def cells_of(
    each: Entry, provider: ProviderSettings, scripts: Mapping[str, str]
) -> tuple[str, ...]:
    """Somebody as a row: what counts after overrides and the group.

    Args:
        each: With the values that count.
        provider: The realm's settings.
        scripts: The names of its scripts, by id.
    """
    if isinstance(each, Group):
        plural = AGENTS if each.kind is AIAgent else CLIENTS
        return _shown(each.name, f"group of {plural}", "", "", "", "")
    status = "✓ active" if each.active else "✗ inactive"
    if isinstance(each, User):
        return _shown(each.name, "user", "", "", "", status)
    block = ruling(provider, each)
    named = block.accessTokenMayActScript
    return _shown(
        each.client_id,
        f"{each.kind}, public" if each.public else each.kind,
        " ".join(each.scopes),
        scripts.get(named, ""),
        tokens_of(block),
        status,
    )


def tokens_of(block: Overridable | ProviderSettings) -> str:
    """What a client gets: a JWT that one can read, or a name for a token."""
    if not block.statelessTokensEnabled:
        return "opaque"
    return "encrypted" if block.tokenEncryptionEnabled else "signed"


def script_names(realm: Realm) -> dict[str, str]:
    """The names of a realm's scripts by what a setting can say: the id, or the name."""
    names = {each.name: each.name for each in realm.scripts.values()}
    return names | {each.id: each.name for each in realm.scripts.values()}


def clients_html(realm: Realm) -> str:
    """Who is registered, as a table."""
    if not realm.clients:
        return page("<p>Nobody is registered yet.</p>")
    scripts = script_names(realm)
    rows = [
        cells_of(realm.clients[each], realm.provider, scripts)
        for each in islice(realm.clients, MOST)
    ]
    many = len(realm.clients)
    listed = table(COLUMNS, rows, caption=f"Registered: {many:,}")
    return page(listed + beyond_html(many, len(rows)))


def clients_text(realm: Realm) -> str:
    """The number of clients, and the first of them a line each."""
    many = len(realm.clients)
    first = [realm.clients[each] for each in islice(realm.clients, MOST)]
    lines = [f"  {each.client_id} ({each.kind})" for each in first]
    return "\n".join(filter(None, [f"{many:,}", *lines, beyond_text(many, len(lines))]))


def _shown(*cells: str) -> tuple[str, ...]:
    return tuple(visible_text(cell[:LONGEST]) for cell in cells)
