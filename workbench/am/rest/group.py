"""Groups of clients and of AI agents as AM's JSON has them, and back.

That AM answers their members plain is inferred from a recorded group of another type.
"""

from dataclasses import dataclass, field
from typing import Any

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.clients.group import Group
from workbench.am.rest.client import (
    GROUP,
    OF_CLIENTS,
    id_in,
    kind_in,
    place_of,
    type_json,
)
from workbench.am.rest.leaf import (
    NOTHING,
    AmJsonError,
    Further,
    Json,
    NotActedOn,
    because,
    joined,
    require_object,
)
from workbench.am.rest.sections import read_beside, read_sections, sections_json
from workbench.am.rest.value import Scripts
from workbench.am.settings.tabs import CLIENT_CORE
from workbench.errors import RegistrationError


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRead:
    """A group as AM's JSON gives it.

    Attributes:
        group: Its values, where they are not the kind's default.
        further: What else is to be kept.
        aside: What of that is worth telling.
    """

    group: Group
    further: Further = field(default_factory=dict)
    aside: tuple[NotActedOn, ...] = ()


def group_json(group: Group, further: Further = NOTHING, *, scripts: Scripts) -> Json:
    """A group as AM answers it, complete.

    Args:
        group: The group.
        further: What was kept of its JSON.
        scripts: The realm's, by id.
    """
    sections = sections_json(group.kind, group.value, OF_CLIENTS, further, scripts)
    del sections[CLIENT_CORE.section][GROUP]
    head = {"_id": group.name, "_type": type_json(group.kind)}
    return {**head, **sections, **further.get("", {})}


def read_group(
    body: Any, *, scripts: Scripts, kind: type[Client] | None = None, name: str = ""
) -> GroupRead:
    """The group that AM's JSON is; takes what :func:`read_client` takes.

    Raises:
        AmJsonError: It is no such group; says where.
    """
    require_object(body)
    known, own = kind_in(body, kind), id_in(body, name)
    read = read_sections(body, known, OF_CLIENTS, scripts)
    read_beside(body, read, tuple(OF_CLIENTS))
    if read.values.pop("group") or read.inherited:
        place = joined(CLIENT_CORE.section, GROUP)
        raise AmJsonError(place, "a group inherits from no other")
    fields = settings_of(known)
    values = {n: v for n, v in read.values.items() if v != fields[n].default}
    try:
        group = Group(name=own, kind=known, values=values)
    except RegistrationError as problem:
        place = "_id" if problem.about == "name" else place_of(known, problem.about)
        raise AmJsonError(place, because(problem)) from None
    return GroupRead(group=group, further=read.further, aside=tuple(read.aside))
