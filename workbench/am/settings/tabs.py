"""The tabs of AM's admin UI, and the objects that hold their settings in its JSON."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.am.basics.setting import Setting, Tab

CORE = Tab("Core", "coreOAuth2Config")
ADVANCED = Tab("Advanced", "advancedOAuth2Config")
REGISTRATION = Tab("Client Dynamic Registration", "clientDynamicRegistrationConfig")
ADVANCED_OPENID = Tab("Advanced OpenID Connect", "advancedOIDCConfig")
OPENID = Tab("OpenID Connect", "coreOIDCConfig")
CONSENT = Tab("Consent", "consent")
CIBA = Tab("CIBA", "cibaConfig")
PLUGINS = Tab("Plugins", "pluginsConfig")
AI_AGENTS = Tab("AI Agents", "aiAgentsConfig")

CLIENT_CORE = Tab("Core", "coreOAuth2ClientConfig", inheritable=True)
CLIENT_ADVANCED = Tab("Advanced", "advancedOAuth2ClientConfig", inheritable=True)
CLIENT_OPENID = Tab("OpenID Connect", "coreOpenIDClientConfig", inheritable=True)
CLIENT_SIGNING = Tab(
    "Signing and Encryption", "signEncOAuth2ClientConfig", inheritable=True
)
OVERRIDES = Tab("OAuth2 Provider Overrides", "overrideOAuth2ClientConfig")


def by_tab(settings: Iterable[Setting]) -> dict[str, dict[str, Setting]]:
    """Each tab with its settings by name, in the order in which they come.

    One without a tab stands on Advanced, one without a label under its own name.
    """
    found: dict[str, dict[str, Setting]] = {}
    for said in settings:
        shown = said if said.label else replace(said, label=said.name)
        found.setdefault(said.tab or ADVANCED.title, {})[said.name] = shown
    return found
