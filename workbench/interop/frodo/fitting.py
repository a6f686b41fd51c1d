"""Whether the clients of a realm fit together with their groups once all is there."""

from collections.abc import Iterator
from dataclasses import replace

from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Clients
from workbench.am.realm import Realm
from workbench.am.rest.client import place_of
from workbench.am.rest.leaf import because
from workbench.errors import RegistrationError
from workbench.interop.frodo.bodies_read import BodiesRead, value_of
from workbench.interop.frodo.fault import FileFault

ANY = "any"
"""Stands for the secret that a client has or will get."""


def unfit(realm: Realm, bodies: BodiesRead) -> Iterator[FileFault]:
    """What would not fit: clients that come, and those of the realm.

    Args:
        realm: The realm, which stays as it is.
        bodies: What would be put into it.
    """
    scratch = Clients()
    groups = {g.key: g for kind in (Client, AIAgent) for g in realm.groups.of(kind)}
    groups |= {key: value_of(each.read) for key, each in bodies.groups.items()}
    for group in groups.values():
        scratch.add_group(group)
    for own in realm.clients:
        stays = own not in bodies.clients
        if stays and (problem := _problem(scratch, realm.clients.own(own))):
            why = f"{own} of the realm would not fit: {because(problem)}"
            yield FileFault("", "", why)
    for each in bodies.clients.values():
        client = value_of(each.read)
        if problem := _problem(scratch, client):
            place = place_of(type(client), problem.about)
            yield each.fault(place, because(problem))


def _problem(scratch: Clients, client: Client) -> RegistrationError | None:
    try:
        scratch[client.client_id] = replace(client, secret=client.secret or ANY)
    except RegistrationError as problem:
        return problem
    return None
