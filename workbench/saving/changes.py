"""What of a bench has changed since it was written, as statements for its store."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Any

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.table import Table
from workbench.am.realm import Realm
from workbench.am.realms import Realms
from workbench.saving.file import made
from workbench.saving.state import (
    bounds,
    extent,
    progress,
    server_state,
    settings_state,
)
from workbench.saving.stored import (
    PUT_EVENT,
    PUT_PART,
    PUT_ROW,
    REMOVE_EVENTS,
    REMOVE_REALM,
    REMOVE_ROW,
    TRIM_EVENTS,
)
from workbench.saving.tables import row_of

Statements = list[tuple[str, list[Any]]]

SET, GONE, AGAIN = "set", "gone", "again"
"""What became of a key; one that was gone in between stands last from then on."""

TOO_MANY = 1000
"""Events after which those are removed that are in no trail any more."""

NOT_KEPT = "Decision and scripts could not be kept: a value was nested too deep."

_text = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class Marks:
    """The changed keys of one table, in the order in which they stand there."""

    def __init__(self, path: str, table: Table[Any], *, anew: bool) -> None:
        self._path, self._table = path, table
        self._keys: dict[str, str] = dict.fromkeys(table, SET) if anew else {}
        self._taken: dict[str, str] = {}
        table.changed = self._heard

    def _heard(self, key: str) -> None:
        _mark(self._keys, key, SET if key in self._table else GONE)

    def rows(self) -> Statements:
        """What to do to the rows: remove some, and put others."""
        if not self._keys and not self._taken:
            return []
        heard, self._keys = self._keys, {}
        for key, mark in heard.items():
            _mark(self._taken, key, mark)
        removed, put = [], []
        for key, mark in self._taken.items():
            place = (self._path, self._table.name, _text(key))
            if mark != SET:
                removed.append(place)
            if key in self._table:
                value = row_of(made, self._table.name, self._table[key])
                put.append((*place, _text(value)))
        found = ((REMOVE_ROW, removed), (PUT_ROW, put))
        return [each for each in found if each[1]]

    def written(self) -> None:
        """What was last told is in the store."""
        self._taken.clear()

    def ignore(self) -> None:
        """Listen no longer."""
        self._table.changed = None


def _mark(keys: dict[str, str], key: str, mark: str) -> None:
    if mark == SET and keys.get(key) != GONE:
        keys.setdefault(key, SET)  # who was there again stays where that was
        return
    if mark == SET:
        mark = AGAIN
    keys.pop(key, None)
    keys[key] = mark


class Changes:
    """Listens to the tables of realms, and compares the rest with what was written.

    Args:
        realms: Whose changes.
        anew: Whether nothing of them was written yet.
    """

    def __init__(self, realms: Realms, *, anew: bool) -> None:
        self._realms = realms
        self._marks: dict[str, tuple[Realm, list[Marks]]] = {}
        self._removed: set[str] = set()
        self._seen: dict[tuple[str, str], Any] = {}
        self._written: dict[tuple[str, str], Any] = {}
        self._since_trim = 0
        self._told: Event | None = None
        self._last = realms.audit[-1] if realms.audit and not anew else None
        for path, realm in realms.items():
            self._listen(path, realm, anew=anew)

    def _listen(self, path: str, realm: Realm, *, anew: bool) -> None:
        marks = [Marks(path, table, anew=anew) for table in realm.tables.values()]
        self._marks[path] = realm, marks

    def collect(self) -> Statements:
        """What has to be written now."""
        self._follow_realms()
        found: Statements = [
            (statement, [(path,) for path in self._removed])
            for statement in REMOVE_REALM
            if self._removed
        ]
        for _, marks in self._marks.values():
            found += (statement for each in marks for statement in each.rows())
        return [*found, *self._events(), *self._parts()]

    def written(self) -> None:
        """All that was collected is in the store."""
        self._removed.clear()
        self._written, self._last = self._seen, self._told
        for _, marks in self._marks.values():
            for each in marks:
                each.written()

    def stop(self) -> None:
        """Listen no longer: nobody would take note of it."""
        for _, marks in self._marks.values():
            for each in marks:
                each.ignore()

    def _follow_realms(self) -> None:
        """Forget realms that are gone, and listen to new ones."""
        for path, (realm, marks) in list(self._marks.items()):
            if self._realms.get(path) is not realm:
                self._removed.add(path)
                del self._marks[path]
                for each in marks:
                    each.ignore()
        for path, realm in self._realms.items():
            if path not in self._marks:
                self._listen(path, realm, anew=True)

    def _events(self) -> Statements:
        audit = self._realms.audit
        self._told = audit[-1] if audit else None
        fresh = list(takewhile(lambda each: each is not self._last, reversed(audit)))
        if len(fresh) == len(audit) and (audit or self._last):
            known = set(map(id, audit))
            fresh += (
                each
                for realm in self._realms.values()
                for each in reversed(realm.audit)
                if id(each) not in known
            )
            return [(REMOVE_EVENTS, [()]), (PUT_EVENT, _event_rows(fresh))]
        self._since_trim += len(fresh)
        put = [(PUT_EVENT, _event_rows(fresh))] if fresh else []
        return [*put, *self._trim()]

    def _trim(self) -> Statements:
        if self._since_trim < TOO_MANY:
            return []
        self._since_trim = 0
        everywhere = len(self._realms.audit)
        return [
            (
                TRIM_EVENTS,
                [
                    {"realm": path, "own": len(realm.audit), "all": everywhere}
                    for path, realm in self._realms.items()
                ],
            )
        ]

    def _parts(self) -> Statements:
        self._seen, put = {}, []
        for place, (mark, tell) in self._all_parts().items():
            self._seen[place] = mark
            again = place[0] in self._removed
            if again or place not in self._written or self._written[place] != mark:
                put.append((*place, _text(made.unstructure(tell()))))
        return [(PUT_PART, put)] if put else []

    def _all_parts(self) -> Mapping[tuple[str, str], tuple[Any, Callable[[], Any]]]:
        """Each part with what it is known again by, and what tells it."""
        realms = self._realms
        clock = (realms.clock.frozen_at, realms.clock.ahead)
        server = (tuple(realms), realms.seed, clock, dict(realms.properties))
        found: dict[tuple[str, str], tuple[Any, Callable[[], Any]]] = {
            ("", "server"): (server, lambda: server_state(realms)),
            ("", "trail"): (_extent(realms.audit), lambda: extent(realms.audit)),
        }
        for path, realm in realms.items():
            found |= _parts_of(path, realm)
        return found


def _parts_of(
    path: str, realm: Realm
) -> dict[tuple[str, str], tuple[Any, Callable[[], Any]]]:
    around = _text(made.unstructure(realm.surroundings))
    settings = (realm.profile, realm.provider.as_now(), around)
    exchange = realm.last_exchange
    ids = (realm.ids.given, realm.ids.scripts, realm.backchannel.latest)
    come = (ids, realm.recorder.tracking, exchange, bounds(realm))
    return {
        (path, "settings"): (settings, lambda: settings_state(realm)),
        (path, "progress"): (come, lambda: progress(realm)),
        (path, "trail"): (_extent(realm.audit), lambda: extent(realm.audit)),
    }


def _extent(trail: AuditTrail) -> tuple[int, int, int]:
    return trail.most, trail.left_out, len(trail)


def _event_rows(newest_first: list[Event]) -> list[Any]:
    return [_event_row(each) for each in reversed(newest_first)]


def _event_row(event: Event) -> tuple[str, str]:
    try:
        return event.realm, _text(made.unstructure(event))
    except (TypeError, ValueError, RecursionError):
        bare = replace(event, decision=None, scripts=(), hint=NOT_KEPT)
        return event.realm, _text(made.unstructure(bare))
