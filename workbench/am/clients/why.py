"""Why a setting is what it is for one client: whose value counts, and what it hides.

The order is that of :func:`~workbench.am.clients.effective.effective`: a client's
override block, while it is on, replaces the realm's settings all at once; a lifetime
of its own does whenever it is not 0; what a client inherits is its group's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.words import in_words
from workbench.am.clients.client import Client
from workbench.am.clients.effective import LIFETIMES
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.overrides import OVERRIDABLE
from workbench.am.settings.provider import ProviderSettings

OWN, GROUP, OVERRIDES, PROVIDER = "own", "group", "overrides", "provider"
"""Whose value counts: the client's, its group's, its override block's, the realm's."""

OPAQUE = "statelessTokensEnabled"
"""The setting that makes tokens JWTs; off, they are opaque."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Whose value of a setting counts for one client.

    Attributes:
        name: The setting, under the name of the provider, or of the client.
        value: What counts.
        whose: ``own``, ``group``, ``overrides`` or ``provider``.
        other: The value that does not count: the provider's, or that of an override
            block which is off; the same as ``value`` where there is no other.
        sentence: All of it for people.
    """

    name: str
    value: Any
    whose: str
    other: Any
    sentence: str

    @property
    def hides(self) -> bool:
        """Whether the client's value counts in place of another one of the realm.

        Where the realm names no script, there is none to hide.
        """
        return self.whose in (OWN, OVERRIDES) and self.other not in (self.value, EMPTY)

    @property
    def ignored(self) -> bool:
        """Whether the client has another value, which does not count."""
        return self.whose == PROVIDER and self.other != self.value


def why(
    name: str,
    provider: ProviderSettings,
    client: Client,
    said: Callable[[Any], str] = in_words,
) -> Why:
    """Why a setting is what it is for a client.

    Args:
        name: A setting of the provider that a client can override, the provider's
            name of a lifetime, or a field of a client.
        provider: The realm's settings.
        client: With the values that count for it.
        said: Says a value; a script's id may be better said by its name.
    """
    if name in OVERRIDABLE:
        return _overridable(name, provider, client, said)
    if name in LIFETIMES:
        return _lifetime(name, provider, client, said)
    label, value = settings_of(Client)[name].label, getattr(client, name)
    group = name in client.inherited
    whose = f"the group {client.group}, which it inherits from" if group else "its own"
    text = f"{_quoted(label)} of {client.client_id} is {said(value)}: {whose}."
    return Why(
        name=name,
        value=value,
        whose=GROUP if group else OWN,
        other=value,
        sentence=text,
    )


def why_opaque(provider: ProviderSettings, client: Client) -> str:
    """Which setting makes a client's tokens opaque, and what to set; "" if none."""
    found = why(OPAQUE, provider, client)
    if found.value:
        return ""
    who, block = client.client_id, f"overrides={{{OPAQUE!r}: True}}"
    cure = (
        f"wb.realm.update({who!r}, {block})"
        if found.whose == OVERRIDES
        else f"wb.provider.{OPAQUE} = True"
    )
    return f"{found.sentence} So its tokens are opaque; {cure} makes new ones JWTs."


def hidden(provider: ProviderSettings, client: Client) -> list[Why]:
    """The settings of the realm that a client's override block hides."""
    if not client.overrides.providerOverridesEnabled:
        return []
    known = (why(name, provider, client) for name in OVERRIDABLE)
    return [each for each in known if each.hides]


def _overridable(
    name: str, provider: ProviderSettings, client: Client, said: Callable[[Any], str]
) -> Why:
    realms, own = getattr(provider, name), getattr(client.overrides, name)
    lead = f"{_quoted(_described(name).label)} of {client.client_id} is"
    if client.overrides.rules(name):
        rest = (
            "as the provider's is, too"
            if own == realms
            else f"which hide the provider's: {said(realms)}"
        )
        text = f"{lead} {said(own)}, by its overrides, {rest}."
        return Why(name=name, value=own, whose=OVERRIDES, other=realms, sentence=text)
    text = f"{lead} {said(realms)}, as the provider says."
    switched_on = replace(client.overrides, providerOverridesEnabled=True)
    other = own if switched_on.rules(name) else realms
    if other != realms:
        text = f"{text} {said(own)}, in its overrides, does not count: they are off."
    return Why(name=name, value=realms, whose=PROVIDER, other=other, sentence=text)


def _lifetime(
    name: str, provider: ProviderSettings, client: Client, said: Callable[[Any], str]
) -> Why:
    realms, own = getattr(provider, name), getattr(client, LIFETIMES[name])
    lead = f"{_quoted(_described(name).label)} of {client.client_id} is"
    if own:
        text = (
            f"{lead} {said(own)}, its own, in place of the provider's {said(realms)}."
        )
        return Why(name=name, value=own, whose=OWN, other=realms, sentence=text)
    text = f"{lead} {said(realms)}, as the provider says."
    return Why(name=name, value=realms, whose=PROVIDER, other=realms, sentence=text)


def _described(name: str) -> Setting:
    return settings_of(ProviderSettings)[name]


def _quoted(label: str) -> str:
    return f'"{label}"'
