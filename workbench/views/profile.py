"""Profiles and provider settings as tables of switches."""

from typing import Any

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.views.page.html import code, page, table
from workbench.views.page.plain import columns, inline


def profile_html(profile: Profile) -> str:
    """Each switch with its value and what it means."""
    return _html(profile, f"Profile {profile.name}")


def profile_text(profile: Profile) -> str:
    """The same as text."""
    return _text(profile, f"Profile {profile.name}")


def provider_html(settings: ProviderSettings) -> str:
    """Each setting under PingAM's name with its value."""
    return _html(settings, "OAuth2 Provider")


def provider_text(settings: ProviderSettings) -> str:
    """The same as text."""
    return _text(settings, "OAuth2 Provider")


def _values(values: Any) -> list[tuple[str, Any, str]]:
    """Name, value and meaning; a secret value is not told."""
    return [
        (name, "…" if said.secret else getattr(values, name), _meaning(said, values))
        for name, said in settings_of(type(values)).items()
        if name != "name"
    ]


def _meaning(said: Setting, values: Any) -> str:
    """What it is, and what of its value does nothing here."""
    remark = said.remark_on(getattr(values, said.name))
    return f"{said.label or said.help} {remark}".rstrip()


def word(value: Any) -> str:
    """A setting's value as people say it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return inline(", ".join(map(str, value)))
    return "no limit" if value is None else inline(value)


def _html(values: Any, caption: str) -> str:
    rows = [
        (code(name), code(word(value)), meaning)
        for name, value, meaning in _values(values)
    ]
    header = ("Name", "Value", "Meaning")
    return page(table(header, rows, caption=caption, widths=(38, 32, 30)))


def _text(values: Any, caption: str) -> str:
    rows = [(n, word(value), meaning) for n, value, meaning in _values(values)]
    return f"{inline(caption)}\n{columns(rows, indent='  ')}"
