"""What an administrator sets for a realm as a whole: settings, switches, keys."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.further import PROVIDER, FurtherStore
from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.basics.setting import remarks_on
from workbench.am.basics.watching import Watchers
from workbench.am.exchange.rules import require_leavable
from workbench.am.rest.leaf import NOTHING, Further
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.values import SIGNING_ALGORITHMS
from workbench.am.tokens.keys import KeyRing
from workbench.errors import FeatureDisabled, SettingError

AI_AGENTS_PROPERTY = "org.forgerock.am.oauth2.aiagents.enabled"
"""The server's advanced property; off in a fresh PingAM."""


class RealmSettings:
    """The OAuth2 Provider service, the server's properties, and the profile.

    Args:
        profile: Where servers differ.
        properties: The server's advanced properties.
        keys: The realm's signing keys.
        recorder: Keeps the audit trail.
        watchers: Who looks again when a setting was set.
        further: Keeps what AM's JSON says of the provider beside.
    """

    def __init__(
        self,
        profile: Profile,
        properties: dict[str, str],
        keys: KeyRing,
        recorder: Recorder,
        watchers: Watchers,
        further: FurtherStore,
    ) -> None:
        self._further = further
        self.profile = profile
        self.properties = properties
        self.provider = ProviderSettings()
        self.provider.watch(watchers.refresh)
        self._keys = keys
        self._recorder = recorder
        self._watchers = watchers

    @in_turn
    def set_provider(self, **settings: Any) -> None:
        """Set settings of the OAuth2 Provider service, all or none.

        Raises:
            SettingError: No such setting, or not a value for it.
        """
        replace(self.provider, **settings)
        for name, value in settings.items():
            setattr(self.provider, name, value)
        remark = remarks_on(ProviderSettings, settings)
        self._recorder.note(
            "setting", f"OAuth2 Provider: {', '.join(settings)} set.{remark}"
        )

    @in_turn
    def put_provider(
        self, settings: Mapping[str, Any], further: Further = NOTHING
    ) -> None:
        """Set the OAuth2 Provider service as AM's JSON gives it, all or nothing.

        Args:
            settings: By name.
            further: What the JSON says beside.

        Raises:
            SettingError: No such setting, or not a value for it.
        """
        changed = {
            name: value
            for name, value in settings.items()
            if getattr(self.provider, name, None) != value
        }
        if changed:
            self.set_provider(**changed)
        self._further.keep(further, PROVIDER)

    @in_turn
    def set_property(self, name: str, value: str) -> None:
        """Set a server property, as under Configure > Server Defaults > Advanced."""
        self.properties[name] = value
        self._recorder.note("setting", f"{name} was set to {value}.")

    def use_profile(self, profile: Profile) -> None:
        """Answer as this profile says from now on.

        Raises:
            SettingError: It leaves out a rule that there is not, or has to be.
        """
        require_leavable(profile)
        self.profile = profile
        self._watchers.refresh()

    @in_turn
    def rotate_key(self, algorithm: str, *, keep: bool = True) -> None:
        """Sign with a new key from now on; earlier tokens count unless ``keep`` is off.

        Raises:
            SettingError: There is no such algorithm.
        """
        if algorithm not in SIGNING_ALGORITHMS:
            raise SettingError(
                f"{algorithm!r} is none of {', '.join(SIGNING_ALGORITHMS)}."
            )
        self._keys.rotate(algorithm, keep=keep)
        self._recorder.note("setting", f"The key for {algorithm} was changed.")

    @property
    def ai_agents_property(self) -> bool:
        """Whether the server's advanced property for AI agents is ``true``."""
        return self.properties.get(AI_AGENTS_PROPERTY) == "true"

    @in_turn
    def enable_ai_agents(self) -> None:
        """Switch AI agents on: the server property and the realm switch."""
        self.properties[AI_AGENTS_PROPERTY] = "true"
        self.provider.aiAgentsEnabled = True
        self._recorder.note("setting", "AI agents were enabled.")

    def require_ai_agents(self) -> None:
        """Say no where AI agents are off.

        Raises:
            FeatureDisabled: They are; names the missing switch.
        """
        missing = []
        if not self.ai_agents_property:
            missing.append(f"the server property {AI_AGENTS_PROPERTY} is not true")
        if not self.provider.aiAgentsEnabled:
            missing.append('the realm switch "Enable AI Agents" is off')
        if missing:
            raise FeatureDisabled(
                f"AI agents are off: {' and '.join(missing)}.",
                call="wb.enable_ai_agents() sets both.",
            )
