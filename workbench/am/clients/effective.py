"""What applies to one client: the realm's settings, its overrides, its lifetimes."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.scripts.plugin import (
    PROVIDER,
    SAMPLE_NAMES,
    SCRIPT_SETTINGS,
    SCRIPTED,
    type_setting,
)
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.overrides import OVERRIDABLE, Overridable
from workbench.am.settings.provider import ProviderSettings

_LIFETIMES = {
    said.replaces: name for name, said in settings_of(Client).items() if said.replaces
}
"""The provider's lifetimes, and a client's own that count instead."""

_PLUGINS = tuple((type_setting(name), name) for name in SCRIPT_SETTINGS)
"""The settings of each plugin: its type, and its script, which counts where the type
says so. A client's type can be ``PROVIDER``: then the realm's settings rule."""


_BLOCK = attrgetter(*OVERRIDABLE)


def overridden_by(name: str, clients: Iterable[Client]) -> list[tuple[str, Any]]:
    """The clients for which a realm setting does not count, with what does.

    Args:
        name: The provider setting.
        clients: Those of the realm.
    """
    if name in OVERRIDABLE:
        return [
            (client.client_id, getattr(client.overrides, name))
            for client in clients
            if client.overrides.rules(name)
        ]
    own = _LIFETIMES.get(name)
    if own is None:
        return []
    found = [(client.client_id, getattr(client, own)) for client in clients]
    return [(client_id, value) for client_id, value in found if value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective(Overridable):
    """What applies to one client after overrides.

    A plugin's script is ``[Empty]`` where AM does the usual thing.
    """

    codeLifetime: int
    accessTokenLifetime: int
    refreshTokenLifetime: int
    jwtTokenLifetime: int

    @property
    def decided_by(self) -> str:
        """Whose values these are, but for lifetimes: the client's or the realm's."""
        live = self.providerOverridesEnabled
        return "client setting" if live else "provider setting"


def effective(provider: ProviderSettings, client: Client) -> Effective:
    """Resolve the settings for a client (PingAM 8.1, overrides; lifetimes: 0 inherits).

    Lifetimes stand outside the override block.
    """
    live = client.overrides.providerOverridesEnabled
    ruling = client.overrides if live else provider
    block: dict[str, Any] = dict(zip(OVERRIDABLE, _BLOCK(ruling), strict=True))
    for kind, script in _PLUGINS:
        settings = provider if block[kind] == PROVIDER else ruling
        block[kind], named = getattr(settings, kind), getattr(settings, script)
        scripted = block[kind] == SCRIPTED and named not in SAMPLE_NAMES
        block[script] = named if scripted else EMPTY
    for name, own in _LIFETIMES.items():
        block[name] = getattr(client, own) or getattr(provider, name)
    return Effective(providerOverridesEnabled=live, **block)
