"""Everybody of a realm as rows; a row is made again only where its source changed.

What is made again and comes out the same is no change: of a script that is added, which
every row might name, nobody hears who does not show it.
"""

from collections.abc import Iterator
from typing import Any

from workbench.am.clients.client import AIAgent, Client
from workbench.am.realm import Realm
from workbench.forms.parts.entries import (
    Entry,
    Key,
    cells_of,
    client_key,
    groups_of,
    key_of,
    kind_of,
    script_names,
    user_key,
)
from workbench.forms.table.rows import RowChanges, TableRow

Source = tuple[Any, Any]
"""What a row is made of: an entry as it is kept, and the group it inherits from."""


class Listing:
    """Follows a realm.

    Attributes:
        made: How many rows were made so far.
        world: The settings and scripts that rows depend on beside their sources.
    """

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.made = 0
        self.world: Any = None
        self._seen: dict[Key, Source] = {}
        self._rows: dict[Key, TableRow] = {}

    def look(self) -> RowChanges:
        """What is new, different and gone since the last time."""
        world = self._world()
        every, self.world = world != self.world, world
        sources = dict(self._sources())
        seen, self._seen = self._seen, sources
        wanted = [
            key
            for key, source in sources.items()
            if every or key not in seen or not _same(seen[key], source)
        ]
        gone = [key for key in seen if key not in sources]
        made = {key: self._row(key, sources[key]) for key in wanted}
        self.made += len(made)
        rows = {key: row for key, row in made.items() if row != self._rows.get(key)}
        self._rows.update(rows)
        for key in gone:
            del self._rows[key]
        return RowChanges(rows, tuple(gone))

    def _world(self) -> Any:
        provider = self.realm.provider
        return (
            provider.accessTokenMayActScript,
            provider.statelessTokensEnabled,
            provider.tokenEncryptionEnabled,
            script_names(self.realm),
        )

    def _sources(self) -> Iterator[tuple[Key, Source]]:
        realm = self.realm
        groups = {
            (kind, each.name): each
            for kind in (AIAgent, Client)
            for each in realm.groups.of(kind)
        }
        for client_id in realm.clients:
            own = realm.clients.own(client_id)
            yield client_key(client_id), (own, groups.get((type(own), own.group)))
        for name in realm.users:
            yield user_key(name), (realm.users[name], None)
        for group in groups_of(realm):
            yield key_of(group), (group, None)

    def _row(self, key: Key, source: Source) -> TableRow:
        entry: Entry = source[0]
        if isinstance(entry, Client) and entry.inherited:
            entry = self.realm.clients[entry.client_id]
        cells = cells_of(entry, self.realm.provider, self.world[-1])
        return TableRow(key, kind_of(entry), _also(entry), cells)


def _same(before: Source, now: Source) -> bool:
    """Whether nothing changed: values are frozen, so that a change is another one."""
    return before[0] is now[0] and before[1] is now[1]


def _also(entry: Entry) -> str:
    """The name for people, which a search finds too."""
    name = getattr(entry, "name", "")
    return str(name) if isinstance(entry, Client) else ""
