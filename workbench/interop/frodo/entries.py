"""What JSON of frodo, fr-config-manager and AM holds: bodies, each with its place.

Sources: exports and the source of frodo-lib and frodo-cli for ``script``,
``application``, ``agent`` (also ``agents``), ``agentGroup``, ``service`` and for the
export of everything, in which ``realm`` has these by realm; the source of
fr-config-manager for files of one body each. Amster wraps a body as ``data``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.rest.client import TYPES
from workbench.am.rest.provider import SERVICE

SCRIPT, CLIENT, AGENT = "script", "client", "agent"
GROUP, PROVIDER = "group", "provider"
KINDS_TAKEN = (SCRIPT, CLIENT, AGENT, GROUP, PROVIDER)
"""What a realm here has; an agent says itself of which type it is."""

MEMBERS: Mapping[str, str] = {
    "script": SCRIPT,
    "application": CLIENT,
    "agent": AGENT,
    "agents": AGENT,
    "agentGroup": GROUP,
    "service": PROVIDER,
}
"""What an export holds by id, by the member that holds it."""

OWN_OF_A_SCRIPT = frozenset({"_id", "name", "context", "language", "evaluatorVersion"})

PASSED_OVER = frozenset({"meta", "global"})
"""Members without a word on them: who exported, and what no realm has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One body.

    Attributes:
        kind: One of ``KINDS_TAKEN``; else a sentence's noun for what it is.
        key: The id that it stands under, or "".
        body: The JSON.
        place: Where it stands in its file.
        realm: The realm that the export says it is of, such as ``/alpha``, or "".
    """

    kind: str
    key: str
    body: Any
    place: str = ""
    realm: str = ""

    @property
    def taken(self) -> bool:
        """Whether it is of a kind that a realm here has."""
        return self.kind in KINDS_TAKEN


def entries_in(value: Any, realm: str = "", place: str = "") -> Iterator[Entry]:
    """The bodies that a value of JSON holds; nothing where it is something else.

    Args:
        value: The value.
        realm: That of what holds it.
        place: Where it stands.
    """
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from entries_in(each, realm, f"{place}[{number}]")
        return
    if not isinstance(value, Mapping):
        return
    kind = _kind_of_body(value)
    if kind:
        yield Entry(kind, "", value, place, realm)
    elif isinstance(value.get("result"), list):
        yield from entries_in(value["result"], realm, _within(place, "result"))
    elif isinstance(value.get("data"), Mapping) and "metadata" in value:
        yield from entries_in(value["data"], realm, _within(place, "data"))
    else:
        yield from _of_export(value, realm, place)


def _kind_of_body(value: Mapping[str, Any]) -> str:
    """What a body is that stands for itself; "" where it is none."""
    kind = value.get("_type")
    named = kind.get("_id") if isinstance(kind, Mapping) else None
    if isinstance(named, str) and named in TYPES:
        return AGENT
    if named == SERVICE:
        return PROVIDER
    if "script" in value and OWN_OF_A_SCRIPT & value.keys():
        return SCRIPT
    return ""


def _of_export(value: Mapping[str, Any], realm: str, place: str) -> Iterator[Entry]:
    realms = value.get("realm")
    if isinstance(realms, Mapping) and not realm:
        for name, held in realms.items():
            where = _within(place, f"realm.{name}")
            yield from entries_in(held, realm_of(name), where)
    for member, held in value.items():
        if member == "realm" or member in PASSED_OVER or not isinstance(held, Mapping):
            continue
        for key, body in held.items():
            kind = _kind_in(MEMBERS.get(member, ""), member, key, body)
            yield Entry(kind, key, body, _within(place, f"{member}.{key}"), realm)


def _kind_in(kind: str, member: str, key: str, body: Any) -> str:
    """What stands under a key of a member: something to take, or a noun for it."""
    if kind == PROVIDER:
        return PROVIDER if key == SERVICE else "service"
    if kind in (CLIENT, AGENT, GROUP) and isinstance(body, Mapping):
        named = body.get("_type")
        own = named.get("_id") if isinstance(named, Mapping) else None
        if isinstance(own, str) and own not in TYPES:
            return "agent of another type"
    return kind or f"entry of {member}"


def _within(place: str, part: str) -> str:
    return f"{place}.{part}" if place else part


def realm_of(name: str) -> str:
    """The path of the realm that frodo or fr-config-manager writes as this."""
    path = name.strip("/")
    if path in ("", "root"):
        return "/"
    return "/" + path.removeprefix("root-").removeprefix("root/")
