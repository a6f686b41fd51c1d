"""OAuth2 clients and AI agents as AM's JSON has them, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.clients.client import AIAgent, Client
from workbench.am.rest.client_defaults import CLIENT_DEFAULTS
from workbench.am.rest.leaf import (
    NOTHING,
    AmJsonError,
    Further,
    Json,
    NotActedOn,
    because,
    is_wrapper,
    joined,
    require_object,
    wrapped,
)
from workbench.am.rest.sections import (
    SectionsRead,
    acted_on,
    read_beside,
    read_sections,
    sections_json,
)
from workbench.am.rest.value import Scripts
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.tabs import CLIENT_CORE, OVERRIDES
from workbench.errors import RegistrationError

TYPES: Mapping[str, type[Client]] = {"OAuth2Client": Client, "AIAgent": AIAgent}
"""What clients there are, by AM's name for the type."""

TYPE_NAMES: Mapping[str, str] = {
    "OAuth2Client": "OAuth2 Clients",
    "AIAgent": "AI Agents",
}
"""What AM calls the types for people."""

GROUP, PASSWORD = "agentgroup", "userpassword"

OVERRIDDEN = {OVERRIDES.section: CLIENT_DEFAULTS[OVERRIDES.section]}
OF_CLIENTS = {n: each for n, each in CLIENT_DEFAULTS.items() if n not in OVERRIDDEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRead:
    """A client or an agent as AM's JSON gives it.

    Attributes:
        client: With its own values; its secret only where the JSON has one.
        further: What else is to be kept.
        aside: What of that is worth telling.
    """

    client: Client
    further: Further = field(default_factory=dict)
    aside: tuple[NotActedOn, ...] = ()


def type_of(kind: type[Client]) -> str:
    """AM's name for the type of a client."""
    return "AIAgent" if issubclass(kind, AIAgent) else "OAuth2Client"


def type_json(kind: type[Client]) -> Json:
    """The member ``_type``."""
    name = type_of(kind)
    return {"_id": name, "name": TYPE_NAMES[name], "collection": True}


def client_json(
    own: Client, further: Further = NOTHING, *, scripts: Scripts, wrap: bool
) -> Json:
    """A client as AM answers it: complete, and without its secret.

    Args:
        own: With its own values, those beneath inherited ones too; for a query's flat
            answer the one with those that count.
        further: What was kept of its JSON.
        scripts: The realm's, by id.
        wrap: As a single GET has it; else as a query has it.
    """
    kind = type(own)
    sections = sections_json(
        kind, lambda name: getattr(own, name), OF_CLIENTS, further, scripts
    )
    if wrap:
        for section, members in sections.items():
            sections[section] = _wrapped(section, members, own)
    block = own.overrides
    sections |= sections_json(
        Overrides, lambda name: getattr(block, name), OVERRIDDEN, further, scripts
    )
    ordered = {name: sections[name] for name in CLIENT_DEFAULTS}
    head = {"_id": own.client_id, "_type": type_json(kind)}
    return {**head, **ordered, **further.get("", {})}


def _wrapped(section: str, members: Json, own: Client) -> Json:
    known = acted_on(type(own)).get(section, {})
    found: Json = {}
    for name, value in members.items():
        if name == GROUP:
            found |= {name: value} if value is not None else {}
        elif name in known:
            found[name] = wrapped(value, inherited=known[name].name in own.inherited)
        else:
            found[name] = value if is_wrapper(value) else wrapped(value)
    return found


def read_client(
    body: Any, *, scripts: Scripts, kind: type[Client] | None = None, name: str = ""
) -> ClientRead:
    """The client or agent that AM's JSON is: flat, wrapped, sparse or a mixture.

    What it leaves out has AM's default: a PUT replaces.

    Args:
        body: The JSON.
        scripts: Those that it may name, by id.
        kind: What it is where it has no ``_type``.
        name: Its id where it has none of its own; that of the URL or of the file.

    Raises:
        AmJsonError: It is no such client; says where.
    """
    require_object(body)
    known = kind_in(body, kind)
    client_id = id_in(body, name)
    read = read_sections(body, known, OF_CLIENTS, scripts)
    block = read_sections(body, Overrides, OVERRIDDEN, scripts)
    read_beside(body, read, tuple(CLIENT_DEFAULTS))
    secret = _secret(read)
    try:
        client = known(
            client_id=client_id,
            secret=secret,
            inherited=tuple(read.inherited),
            overrides=Overrides(**block.values),
            **read.values,
        )
    except RegistrationError as problem:
        raise AmJsonError(place_of(known, problem.about), because(problem)) from None
    return ClientRead(
        client=client,
        further={**read.further, **block.further},
        aside=(*read.aside, *block.aside),
    )


def kind_in(body: Json, otherwise: type[Client] | None) -> type[Client]:
    """What kind of client a body says that it is, or is taken for."""
    given = body.get("_type")
    named = given.get("_id") if isinstance(given, dict) else given
    if named is None and otherwise is not None:
        return otherwise
    if not isinstance(named, str) or named not in TYPES:
        known = " and ".join(TYPES)
        raise AmJsonError("_type._id", f"the bench has agents of the types {known}")
    found = TYPES[named]
    if otherwise is not None and found is not otherwise:
        raise AmJsonError("_type._id", f"{type_of(otherwise)} belongs here")
    return found


def id_in(body: Json, name: str) -> str:
    """The id that a body has, which is the one that it is known by."""
    given = body.get("_id", name)
    if not isinstance(given, str) or (name and given != name):
        raise AmJsonError("_id", "it is another than the one that it stands under")
    return given


def _secret(read: SectionsRead) -> str | None:
    given = read.secrets.get(PASSWORD)
    if given is not None and not isinstance(given, str):
        raise AmJsonError(joined(CLIENT_CORE.section, PASSWORD), "it is a text")
    return given or None


def place_of(kind: type[Client], about: str) -> str:
    """Where AM's JSON has a field of a client; "_id" for its id, "" where unknown."""
    if about == "client_id":
        return "_id"
    for section, settings in acted_on(kind).items():
        for name, said in settings.items():
            if said.name == about:
                return joined(section, name)
    return ""
