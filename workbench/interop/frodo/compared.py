"""Each thing of an import beside what the realm has under its id."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.am.admin import further as kept
from workbench.am.admin.settings import AI_AGENTS_PROPERTY
from workbench.am.basics.secrets import MASK
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.credentials import is_without_credentials
from workbench.am.clients.group import Group
from workbench.am.realm import Realm
from workbench.am.rest.client import client_json
from workbench.am.rest.group import group_json
from workbench.am.rest.leaf import Json, same
from workbench.am.rest.provider import provider_json
from workbench.am.rest.script import SCRIPT_DEFAULTS, script_json
from workbench.am.rest.sections import acted_on
from workbench.am.rest.value import Scripts
from workbench.am.scripts.script import Script
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.tabs import ADVANCED
from workbench.interop.frodo.bodies_read import BodiesRead, BodyRead, value_of
from workbench.interop.frodo.differences import differences, of_client
from workbench.interop.frodo.fault import FileFault
from workbench.interop.frodo.plan import CHANGED, NEW, SAME, Change, Planned
from workbench.views.page.left_out import first_names

NO_SECRET = (
    "It comes without a secret, as from every export: it gets one that nobody knows, "
    "until update(…, secret=…) gives it another."
)
GROOVY = "It is Groovy, which is kept and cannot run here."
RENAMED = "Another script has the name {}, so that it gets this one, as with frodo."
ELSEWHERE = "The provider of its realm differs from that of this one: {}."
SWITCHED_ON = "The files hold AI agents, so that these are switched on."
AI_AGENTS, PROVIDER = "AI agents", "OAuth2 Provider"
SALT = f"{ADVANCED.section}.hashSalt"
MOST_NAMES = 6


@dataclass(slots=True)
class Comparing:
    """Makes what is planned, a thing after the other.

    Attributes:
        realm: The realm, which stays as it is.
        bodies: What was read.
        scripts: Those that settings may name once it is done, by id.
        faults: What cannot be.
    """

    realm: Realm
    bodies: BodiesRead
    scripts: dict[str, Script]
    faults: list[FileFault] = field(default_factory=list)

    def all(self) -> Iterator[Planned]:
        """Everything, in the order in which it is put."""
        for each in self.bodies.scripts.values():
            yield self._script(each)
        for each in self.bodies.provider.values():
            yield self._provider(each)
        if self._needs_ai_agents():
            yield self._ai_agents()
        for each in self.bodies.groups.values():
            yield self._group(each)
        for each in self.bodies.clients.values():
            yield self._client(each)

    def _script(self, each: BodyRead) -> Planned:
        script: Script = value_of(each.read)
        before = self.realm.scripts.get(script.id)
        if before is not None and before.context != script.context:
            why = (
                f"the script {before.name} is for {before.context} in this realm, and "
                "its context and evaluator version cannot be changed"
            )
            self.faults.append(each.fault("context", why))
        bare = {**SCRIPT_DEFAULTS, "name": script.name, "language": "JAVASCRIPT"}
        told = bare if before is None else self._script_json(before)
        asked = each.name_asked or script.name
        remarks = [RENAMED.format(asked)] if asked != script.name else []
        if script.language == "GROOVY":
            remarks.append(GROOVY)
        return self._planned(
            "script",
            script.name,
            each,
            told,
            script_json(script, each.read.further),
            there=before is not None,
            remarks=tuple(remarks),
        )

    def _script_json(self, script: Script) -> Json:
        return script_json(script, self.realm.further.of(kept.SCRIPT, script.id))

    def _provider(self, each: BodyRead) -> Planned:
        settings = value_of(each.read)
        before = self.realm.provider
        after = ProviderSettings(
            **{n: getattr(before, n) for n in type(before).__dataclass_fields__}
            | settings
        )
        further = self.realm.further.of(kept.PROVIDER)
        changes = differences(
            provider_json(before, further, scripts=self.realm.scripts),
            provider_json(after, each.read.further, scripts=self.scripts),
            self.scripts,
        )
        if after.hashSalt != before.hashSalt:
            changes.append(Change(SALT, MASK, MASK))
        return Planned(
            kind=PROVIDER,
            name="",
            state=CHANGED if changes else SAME,
            changes=tuple(changes),
            aside=each.read.aside,
            file=each.file,
            value=settings,
            further=each.read.further,
        )

    def _needs_ai_agents(self) -> bool:
        settings = self.realm.settings
        on = settings.ai_agents_property and settings.provider.aiAgentsEnabled
        wanted = (*self.bodies.groups.values(), *self.bodies.clients.values())
        return not on and any(_is_of_agents(value_of(each.read)) for each in wanted)

    def _ai_agents(self) -> Planned:
        return Planned(
            kind=AI_AGENTS,
            name="",
            state=CHANGED,
            changes=(Change(AI_AGENTS_PROPERTY, "false", "true"),),
            remarks=(SWITCHED_ON,),
        )

    def _group(self, each: BodyRead) -> Planned:
        group: Group = value_of(each.read)
        known = {g.name: g for g in self.realm.groups.of(group.kind)}
        before = known.get(group.name)
        bare = before or Group(name=group.name, kind=group.kind, values={})
        further = self.realm.further.of(kept.GROUP, group.key)
        return self._planned(
            group.title,
            "",
            each,
            group_json(bare, further, scripts=self.realm.scripts),
            group_json(group, each.read.further, scripts=self.scripts),
            there=before is not None,
        )

    def _client(self, each: BodyRead) -> Planned:
        client: Client = value_of(each.read)
        own = client.client_id
        there = own in self.realm.clients
        before = self.realm.clients.own(own) if there else None
        if before is not None and type(before) is not type(client):
            why = f"{own} is the id of another kind here: {before.kind}"
            self.faults.append(each.fault("_type._id", why))
        bare = before or type(client)(client_id=own)
        further = self.realm.further.of(kept.CLIENT, own)
        needs = not there and is_without_credentials(client)
        remarks = [NO_SECRET] if needs else []
        if each.provider is not None and not self.bodies.provider:
            remarks += elsewhere(self.realm.provider, each.provider, self.realm.scripts)
        return self._planned(
            client.kind,
            own,
            each,
            client_json(bare, further, scripts=self.realm.scripts, wrap=False),
            client_json(client, each.read.further, scripts=self.scripts, wrap=False),
            there=there,
            remarks=tuple(remarks),
            more=of_client(before, client),
        )

    def _planned(
        self,
        kind: str,
        name: str,
        each: BodyRead,
        before: Json,
        after: Json,
        *,
        there: bool,
        remarks: tuple[str, ...] = (),
        more: list[Change] | None = None,
    ) -> Planned:
        changes = (*differences(before, after, self.scripts), *(more or ()))
        return Planned(
            kind=kind,
            name=name,
            state=(CHANGED if changes else SAME) if there else NEW,
            changes=changes,
            aside=each.read.aside,
            remarks=remarks,
            file=each.file,
            value=value_of(each.read),
            further=each.read.further,
        )


def _is_of_agents(value: Any) -> bool:
    return value.kind is AIAgent if type(value) is Group else type(value) is AIAgent


def elsewhere(here: ProviderSettings, block: Any, scripts: Scripts) -> list[str]:
    """What of the provider that a client's export tells of differs, in a sentence.

    Args:
        here: The settings of this realm.
        block: AM's JSON of the other.
        scripts: Those of this realm, by id.
    """
    own = provider_json(here, scripts=scripts)
    names = [
        name
        for section, settings in acted_on(ProviderSettings).items()
        for name in settings
        if isinstance(told := block.get(section), dict)
        and name in told
        and name in own.get(section, {})
        and not same(told[name], own[section][name])
    ]
    if not names:
        return []
    return [ELSEWHERE.format(", ".join(first_names(names, MOST_NAMES)))]
