"""Who uses a script, and what it did last: of which clients, when, and to what end."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from workbench.am.admin.audit import Event
from workbench.am.basics.setting import settings_of
from workbench.am.basics.words import counted
from workbench.am.clients.effective import with_own
from workbench.am.realm import Realm
from workbench.am.scripts.kinds import setting_kind
from workbench.am.scripts.plugin import SCRIPTED, type_setting
from workbench.am.scripts.script import LibraryScript, Script, ScriptOutcome
from workbench.am.settings.overrides import OVERRIDABLE
from workbench.am.settings.provider import ProviderSettings
from workbench.views.page.html import escape, page
from workbench.views.page.plain import shorten, visible_text, when
from workbench.views.page.roles import CLIENT, REFUSED, SCRIPT, SERVER, badge, who
from workbench.views.scripts.effect import effect
from workbench.views.scripts.given import effective as has_effect
from workbench.views.scripts.given import word_for

NAMED = 5
"""How many users are named; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptUse:
    """Where a script is set, and what came of it last.

    Attributes:
        script: Which one.
        provider: The labels of the realm's settings that name it.
        clients: The clients whose own settings name it, each with the label.
        ran: The event in which it ran last, or None.
        outcome: What it did then.
    """

    script: Script
    provider: tuple[str, ...]
    clients: tuple[tuple[str, str], ...]
    ran: Event | None
    outcome: ScriptOutcome | None


def script_use(realm: Realm, script: Script) -> ScriptUse:
    """Who uses a script of a realm now, and what it did last.

    Only what counts is use: a client whose overrides are off, or whose plugin is not
    of the scripted type, uses none of its own.
    """
    ran, outcome = _last(realm, script)
    return ScriptUse(
        script=script,
        provider=tuple(map(_label, _by_provider(realm, script))),
        clients=tuple(_by_clients(realm, script)),
        ran=ran,
        outcome=outcome,
    )


def _settings(script: Script) -> list[str]:
    """The provider's settings that can name such a script."""
    known = settings_of(ProviderSettings).values()
    return [
        said.name
        for said in known
        if said.is_script and isinstance(script, setting_kind(said.name))
    ]


def _by_provider(realm: Realm, script: Script) -> Iterator[str]:
    provider, names = realm.provider, (script.id, script.name)
    for setting in _settings(script):
        kind = getattr(provider, type_setting(setting), SCRIPTED)
        if getattr(provider, setting) in names and kind == SCRIPTED:
            yield setting


def _by_clients(realm: Realm, script: Script) -> Iterator[tuple[str, str]]:
    names = (script.id, script.name)
    settings = [each for each in _settings(script) if each in OVERRIDABLE]
    for client in with_own(realm.clients.values()):
        for setting in settings:
            block = client.overrides
            named = getattr(block, setting) in names and block.rules(setting)
            if named and getattr(block, type_setting(setting), SCRIPTED) == SCRIPTED:
                yield client.client_id, _label(setting)


def _label(setting: str) -> str:
    return settings_of(ProviderSettings)[setting].label


def _last(realm: Realm, script: Script) -> tuple[Event | None, ScriptOutcome | None]:
    for event in reversed(realm.audit):
        for outcome in event.scripts:
            if outcome.script.id == script.id:
                return event, outcome
    return None, None


def used_html(use: ScriptUse) -> str:
    """Who uses it, and its last outcome, in two lines."""
    named = [
        Markup("{} ({})").format(badge(SERVER, "provider"), each)
        for each in use.provider
    ]
    named += [who(CLIENT, name) for name, _ in use.clients[:NAMED]]
    users = Markup(", ").join(named)
    told = Markup("used by {}{}").format(users, _beyond(use))
    used = told if named else _unused(use.script)
    lead = Markup("{} {}").format(badge(SCRIPT), used)
    return page(f"<p>{lead}<br>{_failed(use)}{escape(_ran(use))}</p>")


def _failed(use: ScriptUse) -> Markup:
    """A badge where it did nothing of use."""
    if use.outcome is None or has_effect(use.outcome):
        return Markup()
    return Markup("{} ").format(badge(REFUSED, word_for(use.outcome)))


def used_text(use: ScriptUse) -> str:
    """The same as text."""
    names = [f"the provider ({each})" for each in use.provider]
    names += [f"{name} ({label})" for name, label in use.clients[:NAMED]]
    users = f"Used by {', '.join(names)}{_beyond(use)}."
    used = users if names else _unused(use.script)
    return f"{visible_text(used)}\n{visible_text(_ran(use))}"


def _beyond(use: ScriptUse) -> str:
    beyond = len(use.clients) - NAMED
    return f" and {counted(beyond, 'more client')}" if beyond > 0 else ""


def _unused(script: Script) -> str:
    if isinstance(script, LibraryScript):
        return "Scripts that require() a library are not looked for."
    return "No client uses it, nor does the provider."


def _ran(use: ScriptUse) -> str:
    """When it ran last, for whom, and what it did."""
    if use.ran is None or use.outcome is None:
        return "It has not run yet."
    for_whom = f" for {use.ran.client_id}" if use.ran.client_id else ""
    lead = f"Last ran {when(use.ran.time)}{for_whom}"
    error = use.outcome.error
    if error is not None:
        place = f" in line {error.line}" if error.line else ""
        return f"{lead}, and failed{place}: {shorten(error.message, 120)}"
    if use.outcome.stamped and use.ran.client_id:
        return f"{lead}. {effect(use.outcome.may_act, use.ran.client_id)}"
    return f"{lead}. {use.outcome.remark}"
