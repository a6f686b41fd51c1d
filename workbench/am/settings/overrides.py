"""One client's OAuth2 Provider Overrides (PingAM 8.1, AI agents)."""

from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.am.basics.validation import checked
from workbench.am.scripts.plugin import (
    JAVA,
    PROVIDER,
    SCRIPT_SETTINGS,
    SCRIPTED,
    type_choices,
    type_setting,
)
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.provider import SCOPES_POLICY_SET
from workbench.am.settings.unsupported import only_default

OVERRIDE_CHOICES = type_choices(PROVIDER, SCRIPTED, JAVA)
"""Those of a client's override block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """One client's "OAuth2 Provider Overrides".

    While ``providerOverridesEnabled`` is on, every other field replaces the
    realm's value at once (PingAM 8.1, AI agents); while off, all are ignored. A
    plugin whose type is ``PROVIDER`` is the realm's even then (measured).
    """

    providerOverridesEnabled: bool = False
    statelessTokensEnabled: bool = False
    tokenEncryptionEnabled: bool = False
    issueRefreshToken: bool = True
    issueRefreshTokenOnRefreshedToken: bool = True
    accessTokenMayActScript: str = EMPTY
    oidcMayActScript: str = EMPTY
    usePolicyEngineForScope: bool = False
    scopesPolicySet: str = SCOPES_POLICY_SET
    acceptAudienceParametersInTokenExchangeRequests: bool = False
    clientsCanSkipConsent: bool = False
    overrideableOIDCClaims: tuple[str, ...] = ()
    accessTokenModificationPluginType: str = PROVIDER
    accessTokenModificationScript: str = EMPTY
    validateScopePluginType: str = PROVIDER
    validateScopeScript: str = EMPTY
    evaluateScopePluginType: str = PROVIDER
    evaluateScopeScript: str = EMPTY
    authorizeEndpointDataProviderPluginType: str = PROVIDER
    authorizeEndpointDataProviderScript: str = EMPTY
    oidcClaimsPluginType: str = PROVIDER
    oidcClaimsScript: str = EMPTY

    def __post_init__(self) -> None:
        for item in fields(self):
            given = getattr(self, item.name)
            value = checked(type(self), item.name, given, OVERRIDE_CHOICES)
            object.__setattr__(self, item.name, value)

    def rules(self, name: str) -> bool:
        """Whether the block's value of a setting counts, and not the realm's."""
        kind = type_setting(name) if name in SCRIPT_SETTINGS else name
        inherits = kind in OVERRIDE_CHOICES and getattr(self, kind) == PROVIDER
        return self.providerOverridesEnabled and not inherits

    def but(self, **changes: Any) -> "Overrides":
        """The same overrides with some values changed.

        Raises:
            SettingError: No such override, or not a value for it.
        """
        changes = {n: v for n, v in changes.items() if not only_default(n, v)}
        for name, value in changes.items():
            checked(type(self), name, value, OVERRIDE_CHOICES)
        return replace(self, **changes)


OVERRIDABLE = tuple(
    item.name for item in fields(Overrides) if item.name != "providerOverridesEnabled"
)
