"""The paths of the admin REST API below a realm, and who answers at each."""

from collections.abc import Mapping

from workbench.am.basics.realm_path import TOP
from workbench.server.admin.administrator import Administrator
from workbench.server.admin.agents import AGENTS
from workbench.server.admin.collection import Collection
from workbench.server.admin.common_rest import Addressed, Answering, methods_of
from workbench.server.admin.login import Sessions, server_info, version
from workbench.server.admin.people import People
from workbench.server.admin.scripts import ScriptResources
from workbench.server.admin.services import PATH as SERVICES
from workbench.server.admin.services import ServiceResources

LOGIN = "/authenticate"

COLLECTIONS: Mapping[str, Collection] = {
    **AGENTS,
    SERVICES: ServiceResources(),
    "/scripts": ScriptResources(),
    "/users": People(),
}
"""The collections by their path; where one lies below another, the deeper counts."""


class AdminPaths:
    """Every path of the admin REST API.

    Args:
        administrator: Who alone may use it.
    """

    def __init__(self, administrator: Administrator) -> None:
        self._administrator = administrator
        self._sessions = Sessions(administrator)
        self._deep_first = sorted(COLLECTIONS, key=len, reverse=True)
        self._fixed: Mapping[str, Mapping[str, Answering]] = {
            "/serverinfo/*": {"GET": server_info},
            "/serverinfo/version": {"GET": version},
            "/sessions": {"POST": self._sessions.post},
        }

    def instead(self, realm: str, below: str) -> Mapping[str, Answering] | None:
        """What answers in place of a realm's own endpoint; ``amadmin`` is of the top.

        Args:
            realm: The realm's path.
            below: The path below it.
        """
        if realm == TOP and below == LOGIN:
            return {"POST": self._sessions.authenticate}
        return None

    def find(self, below: str) -> Mapping[str, Answering] | None:
        """Who answers at a path below a realm, by method; None where nobody does.

        All that follows a collection's path is the id, whatever stands in it: it is
        looked up and never a path of anything.
        """
        fixed = self._fixed.get(below.removesuffix("/"))
        if fixed is not None:
            return fixed
        for path in self._deep_first:
            if below == path or below.startswith(f"{path}/"):
                name, collection = below[len(path) + 1 :], COLLECTIONS[path]
                if name and collection.lists_only:
                    return None
                return methods_of(Addressed(collection, name, self._administrator))
        return None
