"""Puts what was planned into a realm: all of it, or the realm stays as it was."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.clients.group import Group
from workbench.am.realm import Realm
from workbench.am.rest.leaf import because
from workbench.am.scripts.script import Script
from workbench.errors import RegistrationError, WorkbenchError
from workbench.interop.frodo.compared import AI_AGENTS
from workbench.interop.frodo.fault import FileFault, ImportRefused
from workbench.interop.frodo.folder import FilesRead
from workbench.interop.frodo.plan import SAME, ImportPlan, Planned
from workbench.interop.frodo.planning import plan_import
from workbench.views.page.attached import Draws, attach_later

TOUCHED = ("scripts", "clients", "groups", "further settings")
"""The tables of a realm that an import changes."""


def plan_of(realm: Realm, files: FilesRead, source_realm: str = "") -> ImportPlan:
    """What importing files would change in a realm; its ``apply`` changes it.

    Args:
        realm: The realm.
        files: What was read.
        source_realm: Of files of several realms, the path of the one that is taken.

    Raises:
        CommandError: The files are of several realms, and it has to be said of which.
    """
    carry_out = partial(_carry_out, realm, files, source_realm)
    return plan_import(realm, files, carry_out, source_realm)


def _carry_out(realm: Realm, files: FilesRead, source_realm: str) -> ImportPlan:
    with realm.turns.taken:
        plan = plan_of(realm, files, source_realm)
        if plan.refused:
            raise ImportRefused(plan.refused)
        undo = _Undo(realm)
        try:
            _put_all(realm, plan)
        except BaseException as problem:
            undo()
            if not isinstance(problem, WorkbenchError):
                raise
            raise ImportRefused([FileFault("", "", because(problem))]) from None
        return replace(plan, done=True)


def _put_all(realm: Realm, plan: ImportPlan) -> None:
    """Put each thing; a group that its members do not fit as yet, after these."""
    later = []
    for each in plan.planned:
        if each.state == SAME:
            continue
        try:
            _put(realm, each)
        except RegistrationError:
            if not isinstance(each.value, Group):
                raise
            later.append(each)
    for each in later:
        _put(realm, each)


def _put(realm: Realm, planned: Planned) -> None:
    value = planned.value
    if isinstance(value, Script):
        realm.scripts.put(value, planned.further)
    elif isinstance(value, Group):
        realm.groups.put(value, planned.further)
    elif isinstance(value, Client):
        realm.clients.put(value, planned.further)
    elif planned.kind == AI_AGENTS:
        realm.settings.enable_ai_agents()
    else:
        realm.settings.put_provider(value, planned.further)


def _faces() -> Draws:
    from workbench.interop.frodo.plan_faces import plan_html, plan_text

    return plan_html, plan_text


attach_later(ImportPlan, _faces)


class _Undo:
    """Lets a realm be as it was when this was made."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm
        self._tables = {name: dict(realm.tables[name]) for name in TOUCHED}
        self._provider = realm.provider.as_now()
        self._properties = dict(realm.settings.properties)

    def __call__(self) -> None:
        realm = self._realm
        for name, rows in self._tables.items():
            _refill(realm.tables[name], rows.items())
        for name in type(self._provider).__dataclass_fields__:
            setattr(realm.provider, name, getattr(self._provider, name))
        realm.settings.properties.clear()
        realm.settings.properties.update(self._properties)
        realm.recorder.note("register", "The import failed; all is as it was before.")


def _refill(table: Any, rows: Iterable[tuple[str, Any]]) -> None:
    for key in list(table):
        del table[key]
    table.update(rows)
