"""The scripts of a realm: ``/scripts`` (PingAM 8.1, "Manage scripts over REST")."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from workbench.am.admin.further import SCRIPT
from workbench.am.basics.secrets import safe_text
from workbench.am.realm import Realm
from workbench.am.rest.script import read_script, script_json
from workbench.server.admin.collection import Body, Collection
from workbench.server.admin.refusals import rest_error


class ScriptResources(Collection):
    """Scripts by their id, which need not be a UUID (recorded of AIC)."""

    fields = ("_id", "name")

    def ids(self, realm: Realm) -> Sequence[str]:
        """Those of all, whatever they are for; AM's own samples are not among them."""
        return list(realm.scripts)

    def found(self, realm: Realm, name: str) -> Body | None:
        """A script, its source in base64."""
        script = realm.scripts.get(name)
        if script is None:
            return None
        return script_json(script, realm.further.of(SCRIPT, name))

    def looked_for(self, realm: Realm, field: str, value: str) -> Sequence[str]:
        """By id, or by the name that no other has."""
        if field == "_id":
            return super().looked_for(realm, field, value)
        return [each.id for each in realm.scripts.values() if each.name == value]

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Add a script under this id, or change the one that has it."""
        read = read_script({**body, "_id": name, "script": _lines(body.get("script"))})
        called = read.script.name
        if any(i != name for i in self.looked_for(realm, "name", called)):
            # recorded of AIC
            raise rest_error(
                409,
                f"Script with name {called} already exist in realm {realm.path}",
                hint=f"Another script is called {safe_text(called)}.",
            )
        realm.scripts.put(read.script, read.further)

    def new_id(self, realm: Realm, body: Body) -> str:
        """The id that the body says, or a new one."""
        return super().new_id(realm, body) or realm.ids.uuid()

    def delete(self, realm: Realm, name: str) -> None:
        """Delete it; what names it names nothing from then on."""
        realm.scripts.delete(name)


def _lines(source: Any) -> list[str]:
    """A source line by line; over REST it is base64, however short or odd it looks.

    Raises:
        RestError: It is not, or is no UTF-8 below; that AM answers 400 is inferred.
    """
    try:
        octets = base64.b64decode(source, validate=True)
        return octets.decode().split("\n")
    except (TypeError, ValueError, binascii.Error):
        raise rest_error(400, hint="script is base64 of UTF-8 text.") from None
