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
from workbench.am.settings.overrides import OVERRIDABLE, Overridable, Overrides
from workbench.am.settings.provider import ProviderSettings

LIFETIMES = {
    said.replaces: name for name, said in settings_of(Client).items() if said.replaces
}
"""The provider's lifetimes, and a client's own that count instead."""

_PLUGINS = tuple((type_setting(name), name) for name in SCRIPT_SETTINGS)
"""The settings of each plugin: its type, and its script, which counts where the type
says so. A client's type can be ``PROVIDER``: then the realm's settings rule."""


_BLOCK = attrgetter(*OVERRIDABLE)


def with_own(clients: Iterable[Client]) -> list[Client]:
    """The clients for which some setting of the realm does not count."""
    return [
        client
        for client in clients
        if client.overrides.providerOverridesEnabled
        or any(getattr(client, own) for own in LIFETIMES.values())
    ]


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
    own = LIFETIMES.get(name)
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


def ruling(provider: ProviderSettings, client: Client) -> Overrides | ProviderSettings:
    """Whose value counts of each setting that is no plugin: the client's, or not."""
    block = client.overrides
    return block if block.providerOverridesEnabled else provider


def may_act_scripts(provider: ProviderSettings, client: Client) -> tuple[str, str]:
    """The ids of the scripts that stamp a client's access tokens and ID tokens.

    The same as :func:`effective` says, for whoever looks at every client.
    """
    own = ruling(provider, client)
    return own.accessTokenMayActScript, own.oidcMayActScript


def effective(provider: ProviderSettings, client: Client) -> Effective:
    """Resolve the settings for a client (PingAM 8.1, overrides; lifetimes: 0 inherits).

    Lifetimes stand outside the override block.
    """
    live = client.overrides.providerOverridesEnabled
    own = ruling(provider, client)
    block: dict[str, Any] = dict(zip(OVERRIDABLE, _BLOCK(own), strict=True))
    for kind, script in _PLUGINS:
        settings = provider if block[kind] == PROVIDER else own
        block[kind], named = getattr(settings, kind), getattr(settings, script)
        scripted = block[kind] == SCRIPTED and named not in SAMPLE_NAMES
        block[script] = named if scripted else EMPTY
    for name, lifetime in LIFETIMES.items():
        block[name] = getattr(client, lifetime) or getattr(provider, name)
    return Effective(providerOverridesEnabled=live, **block)
