"""The OAuth2 Provider service as AM's JSON has it, and back; never wrapped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.basics.setting import settings_of
from workbench.am.rest.leaf import (
    NOTHING,
    AmJsonError,
    Further,
    Json,
    NotActedOn,
    joined,
    require_object,
)
from workbench.am.rest.provider_defaults import PROVIDER_DEFAULTS
from workbench.am.rest.sections import (
    acted_on,
    read_beside,
    read_sections,
    sections_json,
)
from workbench.am.rest.value import Scripts
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.tabs import ADVANCED

SERVICE = "oauth-oidc"
"""What AM calls the service in a URL, and its type."""

_TYPE = {"_id": SERVICE, "name": "OAuth2 Provider", "collection": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRead:
    """The provider's settings as AM's JSON gives them.

    Attributes:
        settings: Those that the bench acts on, by name; the salt of subjects only
            where the JSON has it.
        further: What else is to be kept.
        aside: What of that is worth telling.
    """

    settings: Mapping[str, Any] = field(repr=False)
    further: Further = field(default_factory=dict)
    aside: tuple[NotActedOn, ...] = ()


def provider_json(
    provider: ProviderSettings, further: Further = NOTHING, *, scripts: Scripts
) -> Json:
    """The settings as AM answers them: complete, and without the salt of subjects.

    Args:
        provider: The settings.
        further: What was kept of their JSON.
        scripts: The realm's, by id.
    """
    sections = sections_json(
        ProviderSettings,
        lambda name: getattr(provider, name),
        PROVIDER_DEFAULTS,
        further,
        scripts,
    )
    return {"_id": "", "_type": dict(_TYPE), **sections, **further.get("", {})}


def read_provider(body: Any, *, scripts: Scripts) -> ProviderRead:
    """The settings that AM's JSON gives; what it leaves out has AM's default.

    But one whose name over REST is inferred stays as it is where the JSON has no such
    name: it may have another.

    Args:
        body: The JSON.
        scripts: Those that settings may name, by id.

    Raises:
        AmJsonError: It is none of the provider's; says where.
    """
    require_object(body)
    read = read_sections(body, ProviderSettings, PROVIDER_DEFAULTS, scripts)
    sections = tuple({**acted_on(ProviderSettings), **PROVIDER_DEFAULTS})
    read_beside(body, read, sections)
    salt = read.secrets.get("hashSalt")
    if salt is not None and not isinstance(salt, str):
        raise AmJsonError(joined(ADVANCED.section, "hashSalt"), "it is a text")
    settings = {} if salt is None else {"hashSalt": salt}
    inferred = {n for n, said in settings_of(ProviderSettings).items() if not said.rest}
    for name, value in read.values.items():
        if name in read.named or name not in inferred:
            settings[name] = value
    return ProviderRead(
        settings=settings, further=read.further, aside=tuple(read.aside)
    )
