"""The services of a realm: ``/realm-config/services``; the OAuth2 Provider is one."""

from collections.abc import Mapping, Sequence

from workbench.am.admin.further import PROVIDER
from workbench.am.realm import Realm
from workbench.am.rest.provider import SERVICE, provider_json, read_provider
from workbench.server.admin.collection import Action, Body, Collection
from workbench.server.admin.refusals import rest_error

PATH = "/realm-config/services"
DESCEND = "nextdescendents"


class ServiceResources(Collection):
    """The services that a realm has: here the OAuth2 Provider alone."""

    def actions(self, name: str) -> Mapping[str, Action]:
        """What stands below all services, or below one: nothing below the provider."""
        return {DESCEND: _nothing if name else _services}

    def ids(self, realm: Realm) -> Sequence[str]:
        """The provider's."""
        return [SERVICE]

    def found(self, realm: Realm, name: str) -> Body | None:
        """The provider's settings, without the salt of subjects."""
        if name != SERVICE:
            return None
        further = realm.further.of(PROVIDER)
        told = provider_json(realm.provider, further, scripts=realm.scripts)
        return {**told, "_id": SERVICE}

    def shown(self, realm: Realm, body: Body) -> Body:
        """The same; on its own a service has no id (recorded of AM 8.0.1)."""
        return {**body, "_id": ""}

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Set the provider's settings; what is left out stays, which is inferred."""
        if name != SERVICE:
            raise rest_error(501, hint=f"Of AM's services the bench has {SERVICE}.")
        before = self.found(realm, name) or {}
        sent = {
            section: {**before[section], **members}
            if isinstance(members, dict) and isinstance(before.get(section), dict)
            else members
            for section, members in body.items()
        }
        read = read_provider({**before, **sent}, scripts=realm.scripts)
        realm.settings.put_provider(read.settings, read.further)

    def delete(self, realm: Realm, name: str) -> None:
        """Refused: a realm of the bench has its provider always."""
        raise rest_error(501, hint="A realm of the bench has its provider always.")


def _services(realm: Realm, body: Body) -> Body:
    return {"result": [ServiceResources().found(realm, SERVICE)]}


def _nothing(realm: Realm, body: Body) -> Body:
    return {"result": []}
