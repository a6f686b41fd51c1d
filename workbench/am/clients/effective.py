"""What applies to one client: the realm's settings, its overrides, its lifetimes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.scripts.plugin import (
    SCRIPT_SETTINGS,
    ruling_script,
)
from workbench.am.settings.overrides import OVERRIDABLE, OVERRIDE_CHOICES
from workbench.am.settings.provider import ProviderSettings

_AS_THEY_ARE = tuple(
    name
    for name in OVERRIDABLE
    if name not in OVERRIDE_CHOICES and name not in SCRIPT_SETTINGS
)


_LIFETIMES = {
    "codeLifetime": "authorization_code_lifetime",
    "accessTokenLifetime": "access_token_lifetime",
    "refreshTokenLifetime": "refresh_token_lifetime",
    "jwtTokenLifetime": "jwt_token_lifetime",
}


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
class Effective:
    """What applies to one client after overrides, and who decided it.

    A plugin's script is ``[Empty]`` where AM does the usual thing.
    """

    statelessTokensEnabled: bool
    tokenEncryptionEnabled: bool
    issueRefreshToken: bool
    issueRefreshTokenOnRefreshedToken: bool
    accessTokenMayActScript: str
    oidcMayActScript: str
    usePolicyEngineForScope: bool
    scopesPolicySet: str
    acceptAudienceParametersInTokenExchangeRequests: bool
    clientsCanSkipConsent: bool
    overrideableOIDCClaims: tuple[str, ...]
    accessTokenModificationScript: str
    validateScopeScript: str
    evaluateScopeScript: str
    authorizeEndpointDataProviderScript: str
    oidcClaimsScript: str
    codeLifetime: int
    accessTokenLifetime: int
    refreshTokenLifetime: int
    jwtTokenLifetime: int
    decided_by: str  # "client setting" or "provider setting", but for lifetimes


def effective(provider: ProviderSettings, client: Client) -> Effective:
    """Resolve the settings for a client (PingAM 8.1, overrides; lifetimes: 0 inherits).

    Lifetimes stand outside the override block.
    """
    live = client.overrides.providerOverridesEnabled
    ruling = client.overrides if live else provider
    block: dict[str, Any] = {name: getattr(ruling, name) for name in _AS_THEY_ARE}
    for name in SCRIPT_SETTINGS:
        block[name] = ruling_script(name, ruling, provider)
    return Effective(
        **block,
        codeLifetime=client.authorization_code_lifetime or provider.codeLifetime,
        accessTokenLifetime=(
            client.access_token_lifetime or provider.accessTokenLifetime
        ),
        refreshTokenLifetime=(
            client.refresh_token_lifetime or provider.refreshTokenLifetime
        ),
        jwtTokenLifetime=client.jwt_token_lifetime or provider.jwtTokenLifetime,
        decided_by="client setting" if live else "provider setting",
    )
