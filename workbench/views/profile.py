"""Profiles and provider settings as tables of switches."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.words import in_words
from workbench.am.settings.profile import Profile, switches
from workbench.am.settings.provider import ProviderSettings
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import columns, inline
from workbench.views.page.roles import SERVER, badge

MADE = "made a difference"


Matters = Mapping[str, Sequence[str]]
"""What each switch changed of an exchange, in sentences; the others are left out."""


def profile_html(profile: Profile, matters: Matters = MappingProxyType({})) -> str:
    """Each switch with its value and what it means.

    Args:
        profile: Whose switches.
        matters: Those that made a difference to an exchange come first, with this.
    """
    rows = [
        (
            Markup("{} <br><small>{}</small>").format(said.label, code(name)),
            code(word(getattr(profile, name))),
            Markup("{}{}").format(said.help, matter_html(matters.get(name, ()))),
        )
        for name, said in in_order(matters)
    ]
    header = ("Switch", "Value", "What it is about")
    title = f"Profile {profile.name}"
    return page(table(header, rows, caption=title, widths=(30, 22, 48)))


def profile_text(profile: Profile, matters: Matters = MappingProxyType({})) -> str:
    """The same as text."""
    rows = []
    for name, said in in_order(matters):
        label = f"{said.label} ({name})"
        rows.append((label, word(getattr(profile, name)), said.help))
        rows += [
            ("", "", f"{MADE} to the last exchange: {inline(each)}")
            for each in matters.get(name, ())
        ]
    return f"{inline(f'Profile {profile.name}')}\n{columns(rows, indent='  ')}"


def in_order(matters: Matters) -> list[tuple[str, Setting]]:
    """The switches as they are described; those that made a difference come first."""
    return sorted(switches().items(), key=lambda each: each[0] not in matters)


def matter_html(sentences: Sequence[str]) -> Markup:
    """What a switch changed, with a badge; nothing where it changed nothing."""
    if not sentences:
        return Markup()
    told = Markup("").join(Markup("<br>{}").format(escape(each)) for each in sentences)
    return Markup("<br>{} to the last exchange{}").format(badge(SERVER, MADE), told)


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
    return "" if value == () else inline(in_words(value))


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
