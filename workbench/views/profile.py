"""Profiles and provider settings as tables of switches."""

from dataclasses import fields
from typing import Any

from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.views.labels.provider import PROVIDER
from workbench.views.page.html import code, page, table
from workbench.views.page.plain import columns, inline

SWITCHES = {
    "typed_subjects": "sub is (age!name) or (usr!name) rather than the bare name",
    "actor_required_by_sub": "may_act with a sub asks for an actor token",
    "actor_is_client": "the actor token must be the acting client's own",
    "scopes_capped_by_subject": "no scope beyond those of the subject token",
    "lifetime_capped_by_subject": "the new token ends no later than the subject token",
    "refresh_token_on_exchange": "when an exchange also gives a refresh token",
    "act_for_ai_agents": "an AI agent is named in act even without an actor token",
    "exchange_again_without_actor": "a delegated token sent without an actor token",
    "actor_history": "what becomes of an act inside the actor token",
    "loops": "whether an actor may appear in a chain twice",
    "max_chain_depth": "how many actors a token may name",
    "tokens_of_inactive_clients": "live tokens of a client made inactive or deleted",
    "granted_scope": "which scopes an exchange grants",
    "scopes_from_script": "whether a scope validation script can add scopes",
    "policies_see_exchange_subject": "policies know whom an exchanged token is about",
    "policies_on_password": "policies for scopes rule the password grant too",
}

SETTINGS = {
    name: label.label for group in PROVIDER.values() for name, label in group.items()
}


def profile_html(profile: Profile) -> str:
    """Each switch with its value and what it means."""
    return _html(profile, SWITCHES, f"Profile {profile.name}")


def profile_text(profile: Profile) -> str:
    """The same as text."""
    return _text(profile, SWITCHES, f"Profile {profile.name}")


def provider_html(settings: ProviderSettings) -> str:
    """Each setting under PingAM's name with its value."""
    return _html(settings, SETTINGS, "OAuth2 Provider")


def provider_text(settings: ProviderSettings) -> str:
    """The same as text."""
    return _text(settings, SETTINGS, "OAuth2 Provider")


def _values(values: Any, meanings: dict[str, str]) -> list[tuple[str, Any, str]]:
    """Name, value and meaning; of what stays out of a repr, the value is not told."""
    return [
        (
            each.name,
            getattr(values, each.name) if each.repr else "…",
            meanings.get(each.name, ""),
        )
        for each in fields(values)
        if each.name != "name"
    ]


def word(value: Any) -> str:
    """A setting's value as people say it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return inline(", ".join(map(str, value)))
    return "no limit" if value is None else inline(value)


def _html(values: Any, meanings: dict[str, str], caption: str) -> str:
    rows = [
        (code(name), code(word(value)), meaning)
        for name, value, meaning in _values(values, meanings)
    ]
    header = ("Name", "Value", "Meaning")
    return page(table(header, rows, caption=caption, widths=(38, 32, 30)))


def _text(values: Any, meanings: dict[str, str], caption: str) -> str:
    rows = [
        (n, word(value), meaning) for n, value, meaning in _values(values, meanings)
    ]
    return f"{inline(caption)}\n{columns(rows, indent='  ')}"
