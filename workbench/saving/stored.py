"""How a store lays a bench out: the same records as a file has, one a row."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from workbench.am.admin.audit import Event
from workbench.am.basics.strict_json import read_strictly
from workbench.saving.converter import each_of
from workbench.saving.fault import Unfit
from workbench.saving.file import made
from workbench.saving.state import (
    Extent,
    Progress,
    RealmSettingsState,
    RealmState,
    ServerState,
    State,
    Tables,
)

SCHEMA = (
    "CREATE TABLE parts (realm TEXT, name TEXT, json TEXT, PRIMARY KEY (realm, name))",
    "CREATE TABLE rows (number INTEGER PRIMARY KEY, realm TEXT, kind TEXT, key TEXT, "
    "json TEXT, UNIQUE (realm, kind, key))",
    "CREATE TABLE events (number INTEGER PRIMARY KEY, realm TEXT, json TEXT)",
)
"""``parts``: server, settings, progress and trail. ``rows``: the tables of the realms.
Numbers give the order. A key is JSON, since not every text is one of SQLite's."""

PUT_PART = "INSERT OR REPLACE INTO parts VALUES (?, ?, ?)"
PUT_ROW = (
    "INSERT INTO rows (realm, kind, key, json) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET json = excluded.json"
)
REMOVE_ROW = "DELETE FROM rows WHERE realm = ? AND kind = ? AND key = ?"
REMOVE_REALM = tuple(
    f"DELETE FROM {name} WHERE realm = ?" for name in ("rows", "parts")
)
PUT_EVENT = "INSERT INTO events (realm, json) VALUES (?, ?)"
REMOVE_EVENTS = "DELETE FROM events"
TRIM_EVENTS = (
    "DELETE FROM events WHERE realm = :realm AND number NOT IN "
    "(SELECT number FROM events WHERE realm = :realm ORDER BY number DESC LIMIT :own) "
    "AND number NOT IN (SELECT number FROM events ORDER BY number DESC LIMIT :all)"
)


def read_state(file: sqlite3.Connection) -> State | None:
    """What a store holds; None where nothing was written yet.

    Raises:
        Exception: Something in it cannot be; what a converter raises.
    """
    parts: dict[tuple[str, str], str] = {
        (realm, name): text
        for realm, name, text in file.execute("SELECT realm, name, json FROM parts")
    }
    if not parts:
        return None
    server = _part(parts, "", "server", ServerState)
    trail = _part(parts, "", "trail", Extent)
    own = {path: _part(parts, path, "trail", Extent) for path in server.realms}
    tables = _tables(file)
    audit, earlier = _events(file, trail, own)

    def realm(_: Any, path: str) -> tuple[str, RealmState]:
        return path, RealmState(
            settings=_part(parts, path, "settings", RealmSettingsState),
            progress=_part(parts, path, "progress", Progress),
            trail=own[path],
            tables=made.structure(tables.get(path, {}), Tables),
            earlier=tuple(earlier[path]),
        )

    realms = dict(each_of(((path, path) for path in server.realms), realm))
    return State(server=server, realms=realms, trail=trail, audit=tuple(audit))


def _part(parts: dict[tuple[str, str], str], realm: str, name: str, kind: Any) -> Any:
    if (realm, name) not in parts:
        raise Unfit(f"{name} is missing")
    return made.structure(_read(parts[realm, name]), kind)


def _read(text: Any) -> Any:
    if type(text) is not str:
        raise Unfit("a text belongs here")
    return read_strictly(text.encode())


def _tables(file: sqlite3.Connection) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    rows = file.execute("SELECT realm, kind, key, json FROM rows ORDER BY number")

    def row(_: Any, row: tuple[str, str, str, str]) -> None:
        realm, kind, key, text = row
        found[realm][kind][_key(key)] = _read(text)

    each_of(enumerate(rows), row)
    return {
        realm: {kind: dict(each) for kind, each in kinds.items()}
        for realm, kinds in found.items()
    }


def _key(text: str) -> str:
    key = _read(text)
    if type(key) is not str:
        raise Unfit("a key is a text")
    return key


def _events(
    file: sqlite3.Connection, everywhere: Extent, own: dict[str, Extent]
) -> tuple[list[Event], dict[str, list[Event]]]:
    """The latest events of all realms, and earlier ones of each."""
    rows = file.execute("SELECT json FROM events ORDER BY number")
    found: list[Event] = each_of(
        enumerate(rows), lambda _, row: made.structure(_read(row[0]), Event)
    )
    start = max(len(found) - everywhere.kept, 0)
    latest, before = found[start:], found[:start]
    return latest, {
        realm: list(_last(before, realm, most.kept - _count(latest, realm)))
        for realm, most in own.items()
    }


def _last(events: list[Event], realm: str, most: int) -> Iterator[Event]:
    of_realm = [each for each in events if each.realm == realm]
    yield from of_realm[max(len(of_realm) - most, 0) :] if most > 0 else ()


def _count(events: list[Event], realm: str) -> int:
    return sum(each.realm == realm for each in events)
