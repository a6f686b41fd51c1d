"""The chosen client at a glance, above its form: who may act for it, and for whom."""

import asyncio
from typing import Any

import ipywidgets

from workbench.am.dry_runs.delegation import Delegations
from workbench.am.dry_runs.delegations import DelegationFinder
from workbench.am.realm import Realm
from workbench.forms.parties.slices import InSlices
from workbench.forms.parts.entries import cells_of, script_names
from workbench.views.delegations.summary import client_summary

FIRST = 0.02
"""Seconds before scripts are run for somebody else: the form comes first."""

SOON = 0.25
"""Seconds after a change that are waited for the next."""


class Glance(ipywidgets.HTML):  # type: ignore[misc]
    """Draws a card at once, and again when the dry runs have ended.

    Args:
        realm: Whose clients.
        finder: Finds who can act for whom.
    """

    def __init__(self, realm: Realm, finder: DelegationFinder) -> None:
        self.realm, self.finder = realm, finder
        self.client_id = ""
        self.every: Delegations | None = None
        self._search = InSlices(lambda _done, _of: None, self._found)
        self._later: Any = None
        super().__init__()

    def show(self, client_id: str) -> None:
        """Show somebody else; "" for nobody."""
        if client_id == self.client_id:
            return
        self.client_id, self.every = client_id, None
        self._search.stop()
        self._draw()
        self.look_again()

    def look_again(self) -> None:
        """Find again what may have changed, once no more changes come."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._find()
            return
        wait = SOON if self.every else FIRST
        self._later = loop.call_later(wait, self._find)

    def _find(self) -> None:
        if self.client_id not in self.realm.clients:
            return
        self._search.start(self.finder.steps(self.client_id))

    def _found(self, every: Delegations) -> None:
        self.every = every
        self._draw()

    def _draw(self) -> None:
        client = self.realm.clients.get(self.client_id)
        if client is None:
            self.value = ""
            return
        cells = cells_of(client, self.realm.provider, script_names(self.realm))
        self.value = client_summary(client, cells, self.every)
