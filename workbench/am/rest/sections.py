"""The sections of AM's JSON: what the bench acts on, its defaults, and all else."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.rest.leaf import (
    META,
    AmJsonError,
    Further,
    Json,
    NotActedOn,
    is_hidden,
    joined,
    require_object,
    same,
    unwrapped,
    without_secrets,
)
from workbench.am.rest.value import OnlyAm, Scripts, rest_default, taken, told

Defaults = Mapping[str, Mapping[str, Any]]

UNKNOWN = "the bench does not know it"
NOT_HERE = "the bench does not act on it"

INHERITED = "inherited"
"""The field that no member is: over REST each member says of itself what it is."""


def acted_on(owner: type) -> Mapping[str, Mapping[str, Setting]]:
    """The settings that the bench acts on, by section and name over REST.

    One whose name AM's pages do not tell stands under its name in Python: AIC has
    ``aiAgentsEnabled`` so, of the others it is inferred. Such a one is told only where
    it is not AM's default.
    """
    return _acted_on(owner)


@cache
def _acted_on(owner: type) -> Mapping[str, Mapping[str, Setting]]:
    found: dict[str, dict[str, Setting]] = {}
    for said in settings_of(owner).values():
        told_by_itself = said.kind in (bool, int, str, tuple) and said.name != INHERITED
        if said.section and told_by_itself:
            found.setdefault(said.section, {})[said.rest or said.name] = said
    return found


@dataclass(slots=True)
class SectionsRead:
    """What sections of AM's JSON say.

    Attributes:
        values: Of the settings that the bench acts on, by name; all of them.
        inherited: The names of those that are a group's.
        further: What else is to be kept.
        aside: What of that is worth telling.
        secrets: What is never told again, by name over REST.
        named: The names of the settings that the JSON names.
    """

    values: dict[str, Any] = field(default_factory=dict)
    inherited: list[str] = field(default_factory=list)
    further: dict[str, dict[str, Any]] = field(default_factory=dict)
    aside: list[NotActedOn] = field(default_factory=list)
    secrets: dict[str, Any] = field(default_factory=dict, repr=False)
    named: set[str] = field(default_factory=set)


def read_sections(
    body: Json, owner: type, defaults: Defaults, scripts: Scripts
) -> SectionsRead:
    """Read those sections of a body that are an owner's.

    Args:
        body: The JSON object, flat, wrapped, sparse or a mixture.
        owner: The class whose settings count.
        defaults: AM's, of the members that the bench does not act on.
        scripts: Those that settings may name, by id.

    Raises:
        AmJsonError: A value is none of its setting's.
    """
    known = acted_on(owner)
    read = SectionsRead()
    for section in dict.fromkeys((*known, *defaults)):
        members = body.get(section)
        if members is not None:
            require_object(members, section)
            reader = _Section(read, section, owner, defaults.get(section, {}), scripts)
            for name, leaf in members.items():
                reader.read(name, leaf)
    for settings in known.values():
        for said in settings.values():
            if not said.secret:
                read.values.setdefault(said.name, rest_default(said))
    return read


def read_beside(body: Json, read: SectionsRead, sections: tuple[str, ...]) -> None:
    """Keep what stands beside the sections, but for what is of the answer itself.

    Args:
        body: The JSON object.
        read: What was read of the sections; it is added to.
        sections: Those that are known.
    """
    for name, value in body.items():
        if name not in sections and name not in META and not is_hidden(name):
            read.further.setdefault("", {})[name] = without_secrets(value)
            read.aside.append(NotActedOn(name, without_secrets(value), UNKNOWN))


@dataclass(frozen=True, slots=True)
class _Section:
    """Reads the members of one section."""

    found: SectionsRead
    section: str
    owner: type
    defaults: Mapping[str, Any]
    scripts: Scripts

    def read(self, name: str, leaf: Any) -> None:
        said = acted_on(self.owner).get(self.section, {}).get(name)
        if said is not None and said.secret:
            _, self.found.secrets[name] = unwrapped(leaf)
        elif said is not None:
            self._acted_on(name, said, leaf)
        elif not is_hidden(name):
            self._keep(name, leaf)

    def _acted_on(self, name: str, said: Setting, leaf: Any) -> None:
        place = joined(self.section, name)
        inherited, given = unwrapped(leaf)
        if inherited and not said.inheritable:
            raise AmJsonError(place, "it is each member's own, and no group's")
        try:
            value = taken(self.owner, said, given, place, self.scripts)
        except OnlyAm as only:
            value = rest_default(said)
            self.found.aside.append(NotActedOn(place, given, str(only)))
        self.found.values[said.name] = value
        self.found.named.add(said.name)
        if inherited:
            self.found.inherited.append(said.name)
        remark = said.remark_on(value) if value != rest_default(said) else ""
        if remark:
            self.found.aside.append(NotActedOn(place, given, remark.rstrip(".")))
        if not same(told(said, value, self.scripts), given):
            self.found.further.setdefault(self.section, {})[name] = given

    def _keep(self, name: str, leaf: Any) -> None:
        inherited, value = unwrapped(leaf)
        known = name in self.defaults
        if known and not inherited and same(value, self.defaults[name]):
            return
        kept = without_secrets(leaf if inherited else value)
        self.found.further.setdefault(self.section, {})[name] = kept
        why = NOT_HERE if known else UNKNOWN
        told_of = NotActedOn(joined(self.section, name), unwrapped(kept)[1], why)
        self.found.aside.append(told_of)


def sections_json(
    owner: type,
    value_of: Callable[[str], Any],
    defaults: Defaults,
    further: Further,
    scripts: Scripts,
) -> dict[str, Json]:
    """The sections of an owner, flat and complete, without secrets.

    Args:
        owner: The class whose settings are told.
        value_of: Gives the value of one by name.
        defaults: AM's, of the members that the bench does not act on.
        further: What was read beside the settings.
        scripts: Those that settings may name, by id.
    """
    known = acted_on(owner)
    found = {
        section: dict(defaults.get(section, {}))
        for section in dict.fromkeys((*known, *defaults))
    }
    for section, settings in known.items():
        for name, said in settings.items():
            value = value_of(said.name)
            if not said.secret and (said.rest or value != said.default):
                kept = further.get(section, {}).get(name, _NONE)
                if not _stands_for(kept, owner, said, value, scripts):
                    kept = told(said, value, scripts)
                found[section][name] = kept
    for section in found:
        for name, kept in further.get(section, {}).items():
            if name not in known.get(section, {}):
                found[section][name] = kept
    return deepcopy({name: members for name, members in found.items() if members})


_NONE = object()


def _stands_for(
    kept: Any, owner: type, said: Setting, value: Any, scripts: Scripts
) -> bool:
    """Whether what was once read still says what the value is."""
    if kept is _NONE:
        return False
    try:
        again = taken(owner, said, kept, "", scripts)
    except OnlyAm:
        again = rest_default(said)
    except AmJsonError:
        return False
    return bool(again == value)
