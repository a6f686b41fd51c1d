"""Settings that PingAM has and the bench has not: only their defaults can be set.

Names and defaults are those of PingAM 8.1's OAuth2Client REST endpoint and of AM's
exports, so that a block read from a server can be handed over as it is.
"""

from collections.abc import Mapping
from typing import Any

from workbench.errors import SettingError

_REGISTRY = "org.forgerock.oauth2.core.plugins.registry"

NOT_HERE: Mapping[str, Any] = {
    "accessTokenModifierClass": None,
    "validateScopeClass": f"{_REGISTRY}.DefaultScopeValidator",
    "evaluateScopeClass": f"{_REGISTRY}.DefaultScopeEvaluator",
    "authorizeEndpointDataProviderClass": f"{_REGISTRY}.DefaultEndpointDataProvider",
    "oidcClaimsClass": None,
    "parRequestUriLifetime": 90,
    "customLoginUrlTemplate": None,
    "enableRemoteConsent": False,
    "remoteConsentServiceId": None,
    "useForceAuthnForMaxAge": False,
    "enableApplicationContext": False,
    "dynamicClientRegistrationSoftwareStatementRequired": False,
}


def only_default(name: str, value: Any) -> bool:
    """Whether this is such a setting, set to its default.

    Raises:
        SettingError: It is such a setting, set to something else.
    """
    if name not in NOT_HERE:
        return False
    if value == NOT_HERE[name]:
        return True
    raise SettingError(
        f"{name} is a setting of PingAM that does nothing on the bench; it can only be "
        f"{NOT_HERE[name]!r}. The reference of differences says what is not there.",
        about=name,
    )
