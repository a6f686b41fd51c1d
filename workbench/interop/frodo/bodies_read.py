"""The bodies of files as values: scripts first, since all others name them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.rest.client import ClientRead, read_client
from workbench.am.rest.group import GroupRead, read_group
from workbench.am.rest.leaf import AmJsonError
from workbench.am.rest.provider import ProviderRead, read_provider
from workbench.am.rest.script import ScriptRead, read_script
from workbench.am.scripts.kinds import KINDS
from workbench.am.scripts.plugin import SAMPLE_NAMES
from workbench.am.scripts.script import Script
from workbench.interop.frodo.entries import (
    AGENT,
    CLIENT,
    GROUP,
    PROVIDER,
    SCRIPT,
)
from workbench.interop.frodo.fault import FileFault
from workbench.interop.frodo.folder import FileEntry

Read = ScriptRead | ClientRead | GroupRead | ProviderRead

ALSO = "it is also in {}, and says something else there"

BY_FRODO = ("location", "nextDescendents")
"""What frodo writes into the provider beside what AM answers."""

PROVIDER_BLOCK = "_provider"
"""What frodo writes into a client: the provider of its realm."""


@dataclass(frozen=True, slots=True)
class BodyRead:
    """A body as a value.

    Attributes:
        read: The value.
        file: Where it is from.
        place: Where in the file.
        provider: That of its realm, as a client's export has it, or None.
        name_asked: The name that a script has in the file.
    """

    read: Read
    file: str
    place: str
    provider: Mapping[str, Any] | None = field(default=None, repr=False)
    name_asked: str = ""

    def fault(self, place: str, why: str) -> FileFault:
        """What is wrong with it."""
        return FileFault(self.file, ".".join(filter(None, (self.place, place))), why)


@dataclass(slots=True)
class BodiesRead:
    """All bodies of an import by kind and id.

    Attributes:
        realm_scripts: Those of the realm, by id.
        scripts: Read, by id; likewise the others.
        faults: What is wrong.
        left_out: How many scripts there are that no bench runs, by what they are.
    """

    realm_scripts: Mapping[str, Script]
    scripts: dict[str, BodyRead] = field(default_factory=dict)
    groups: dict[str, BodyRead] = field(default_factory=dict)
    clients: dict[str, BodyRead] = field(default_factory=dict)
    provider: dict[str, BodyRead] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def read_all(self, entries: Iterable[FileEntry]) -> None:
        """Read all bodies."""
        by_kind: dict[str, list[FileEntry]] = {}
        for each in entries:
            by_kind.setdefault(each.entry.kind, []).append(each)
        for each in by_kind.get(SCRIPT, ()):
            if not self._has_no_place(each.entry.body):
                self._read(each, self.scripts, self._script, _script_id)
        self._rename_scripts()
        known = {**self.realm_scripts, **self.scripts_by_id()}
        for each in by_kind.get(PROVIDER, ()):
            self._read(each, self.provider, lambda e: _provider(e, known), _no_id)
        for each in by_kind.get(GROUP, ()):
            self._read(each, self.groups, lambda e: _group(e, known), _group_key)
        for each in (*by_kind.get(CLIENT, ()), *by_kind.get(AGENT, ())):
            self._read(each, self.clients, lambda e: _client(e, known), _client_id)

    def scripts_by_id(self) -> dict[str, Script]:
        """The scripts that were read, by id."""
        return {key: value_of(each.read) for key, each in self.scripts.items()}

    def _has_no_place(self, body: Any) -> bool:
        """Count a script of a context that is not here, or one of AM's samples."""
        if not isinstance(body, Mapping):
            return False
        context, own = body.get("context"), body.get("_id")
        if isinstance(own, str) and own in SAMPLE_NAMES:
            self.left_out["sample of AM's own, which does what AM does without it"] += 1
            return True
        family = context.removesuffix("_NEXT_GEN") if isinstance(context, str) else ""
        if family and family not in KINDS:
            self.left_out[f"script for {family}"] += 1
            return True
        return False

    def _read(
        self,
        each: FileEntry,
        found: dict[str, BodyRead],
        read: Callable[[FileEntry], Read],
        key_of: Callable[[Any], str],
    ) -> None:
        place = each.entry.place
        try:
            value = read(each)
        except AmJsonError as problem:
            where = problem.within(place)
            self.faults.append(FileFault(each.file, where.place, where.why))
            return
        key = key_of(value)
        block = _block(each.entry.body)
        known = found.setdefault(key, BodyRead(value, each.file, place, block))
        if value_of(known.read) != value_of(value):
            there = ": ".join(filter(None, (known.file, known.place)))
            self.faults.append(FileFault(each.file, place, ALSO.format(there)))

    def _script(self, each: FileEntry) -> ScriptRead:
        entry = each.entry
        return read_script(entry.body, name=entry.key, beside=each.beside)

    def _rename_scripts(self) -> None:
        """Give a script whose name another has the name that frodo gives it."""
        taken = {s.name: s.id for s in self.realm_scripts.values()}
        taken = {n: own for n, own in taken.items() if own not in self.scripts}
        for key, each in self.scripts.items():
            script: Script = value_of(each.read)
            name, number = script.name, 0
            while taken.setdefault(name, key) != key:
                number += 1
                name = f"{script.name} - imported ({number})"
            if name != script.name and isinstance(each.read, ScriptRead):
                read = replace(each.read, script=replace(script, name=name))
                self.scripts[key] = replace(each, read=read, name_asked=script.name)


def _client(each: FileEntry, scripts: Mapping[str, Script]) -> ClientRead:
    entry = each.entry
    kind = Client if entry.kind == CLIENT else None
    return read_client(entry.body, scripts=scripts, kind=kind, name=entry.key)


def _group(each: FileEntry, scripts: Mapping[str, Script]) -> GroupRead:
    return read_group(each.entry.body, scripts=scripts, name=each.entry.key)


def _provider(each: FileEntry, scripts: Mapping[str, Script]) -> ProviderRead:
    body = each.entry.body
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name not in BY_FRODO}
    return read_provider(body, scripts=scripts)


def _block(body: Any) -> Mapping[str, Any] | None:
    block = body.get(PROVIDER_BLOCK) if isinstance(body, Mapping) else None
    return block if isinstance(block, Mapping) else None


def value_of(read: Read) -> Any:
    """What is put into the realm."""
    if isinstance(read, ScriptRead):
        return read.script
    if isinstance(read, ClientRead):
        return read.client
    return read.group if isinstance(read, GroupRead) else read.settings


def _script_id(read: ScriptRead) -> str:
    return read.script.id


def _client_id(read: ClientRead) -> str:
    return read.client.client_id


def _group_key(read: GroupRead) -> str:
    return read.group.key


def _no_id(read: ProviderRead) -> str:
    return ""
