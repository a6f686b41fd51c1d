"""One client's OAuth2 Provider Overrides (PingAM 8.1, AI agents)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, TypeVar, get_type_hints

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.validation import check_value
from workbench.am.scripts.plugin import PROVIDER, SCRIPT_SETTINGS, type_setting
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.tabs import OVERRIDES
from workbench.am.settings.unsupported import only_default
from workbench.am.settings.values import SCOPES_POLICY_SET

T = TypeVar("T")

_PLUGIN_TYPES = frozenset(map(type_setting, SCRIPT_SETTINGS))


def _as_overrides(provider: type[ProviderSettings]) -> Mapping[str, Setting]:
    """The provider's settings that a client can override, as described there."""
    return {
        name: replace(
            said,
            tab=OVERRIDES.title,
            section=OVERRIDES.section,
            help=said.client_help or said.help,
            choices=said.client_choices or said.choices,
        )
        for name, said in settings_of(provider).items()
        if said.overridable
    }


def with_the_rest(block: type[T]) -> type[T]:
    """Also what the provider calls overridable and the block does not name itself."""
    hints = get_type_hints(ProviderSettings)
    for name, said in _as_overrides(ProviderSettings).items():
        if name not in block.__annotations__:
            block.__annotations__[name] = hints[name]
            setattr(block, name, said.default)
    return block


@dataclass(frozen=True, slots=True, kw_only=True)
@with_the_rest
class Overridable:
    """What a client's block of overrides holds, in the order of AM's admin UI.

    The provider describes each setting. Named here are those that the bench reads,
    and their defaults in a block; any other that the provider calls overridable
    comes after them, with the provider's default.
    """

    described: ClassVar[Mapping[str, Setting]] = _as_overrides(ProviderSettings)

    providerOverridesEnabled: bool = OVERRIDES.setting(
        False,
        "Enable OAuth2 Provider Overrides",
        "The settings below replace the realm's, all of them.",
    )
    statelessTokensEnabled: bool = False
    tokenEncryptionEnabled: bool = False
    issueRefreshToken: bool = True
    issueRefreshTokenOnRefreshedToken: bool = True
    accessTokenMayActScript: str = EMPTY
    oidcMayActScript: str = EMPTY
    usePolicyEngineForScope: bool = False
    scopesPolicySet: str = SCOPES_POLICY_SET
    clientsCanSkipConsent: bool = False
    acceptAudienceParametersInTokenExchangeRequests: bool = False
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides(Overridable):
    """One client's "OAuth2 Provider Overrides".

    While ``providerOverridesEnabled`` is on, every other field replaces the
    realm's value at once (PingAM 8.1, AI agents); while off, all are ignored. A
    plugin whose type is ``PROVIDER`` is the realm's even then (measured).
    """

    def __post_init__(self) -> None:
        for item in fields(self):
            value = check_value(type(self), item.name, getattr(self, item.name))
            object.__setattr__(self, item.name, value)

    def rules(self, name: str) -> bool:
        """Whether the block's value of a setting counts, and not the realm's."""
        kind = type_setting(name) if name in SCRIPT_SETTINGS else name
        inherits = kind in _PLUGIN_TYPES and getattr(self, kind) == PROVIDER
        return self.providerOverridesEnabled and not inherits

    def but(self, **changes: Any) -> "Overrides":
        """The same overrides with some values changed.

        Raises:
            SettingError: No such override, or not a value for it.
        """
        changes = {n: v for n, v in changes.items() if not only_default(n, v)}
        for name, value in changes.items():
            check_value(type(self), name, value)
        return replace(self, **changes)


OVERRIDABLE = tuple(Overridable.described)
"""The provider's settings that a client can override."""
