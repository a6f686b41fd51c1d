"""The people of a realm: ``/users``.

A person's members are texts in lists under the names of attributes, as OpenAM's pages
print them. What a change leaves out stays, and an empty list removes a value; that 8.1
does so too is inferred, as is that what the server manages may come back. The members
that a directory adds, such as ``dn`` and ``objectClass``, are not here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.people.user import universal_id
from workbench.am.realm import Realm
from workbench.server.admin.collection import Body, Collection
from workbench.server.admin.refusals import rest_error

PASSWORD, STATUS = "userpassword", "inetUserStatus"
ACTIVE, INACTIVE = "Active", "Inactive"

MANAGED = frozenset({"username", "realm", "universalid", "dn", "objectClass"}) | {
    "createTimestamp",
    "modifyTimestamp",
}
"""What the server says of a person, and takes from nobody."""


class People(Collection):
    """The people of a realm, by their user name."""

    def ids(self, realm: Realm) -> Sequence[str]:
        """Their names."""
        return list(realm.users)

    def found(self, realm: Realm, name: str) -> Body | None:
        """A person; the password is never read."""
        user = realm.users.get(name)
        if user is None:
            return None
        attributes = {n: list(each) for n, each in user.attributes.items()}
        return {n: each for n, each in attributes.items() if _is_own(n)} | {
            "_id": user.name,
            "username": user.name,
            "realm": realm.path,
            "universalid": [universal_id(user.name, realm.path)],
            STATUS: [ACTIVE if user.active else INACTIVE],
        }

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Add a person, or change what the body has."""
        _require_name(name, body)
        attributes = {n: v for n, v in body.items() if n not in MANAGED}
        given: dict[str, Any] = {}
        for attribute in attributes:
            if attribute not in (PASSWORD, STATUS) and not _is_own(attribute):
                raise rest_error(400, hint=f"A person has no {safe_text(attribute)}.")
        if PASSWORD in attributes:
            given["password"] = _text(PASSWORD, attributes.pop(PASSWORD))
        if STATUS in attributes:
            given["active"] = _is_active(attributes.pop(STATUS))
        if there:
            realm.users.update(name, attributes=attributes, **given)
            return
        given.setdefault("password", "")
        realm.users.add(name, attributes=attributes, **given)

    def new_id(self, realm: Realm, body: Body) -> str:
        """The user name."""
        return str(body.get("username") or body.get("_id") or "")

    def delete(self, realm: Realm, name: str) -> None:
        """Delete a person, whose sessions end."""
        realm.users.delete(name)

    def farewell(self, body: Body) -> Body:
        """That it is done (OpenAM's pages: ``success`` is a text)."""
        return {"_id": body["_id"], "_rev": body["_rev"], "success": "true"}


def _is_own(attribute: str) -> bool:
    """Whether it is a person's to have: not the server's, and nothing secret."""
    secret = attribute.lower() == PASSWORD
    return not (secret or attribute in MANAGED or attribute.startswith("_"))


def _require_name(name: str, body: Mapping[str, Any]) -> None:
    """Refuse a body of somebody else."""
    for member in ("username", "uid"):
        value = body.get(member, name)
        if value not in (name, [name]):
            raise rest_error(400, hint=f"{member} is another than that of the path.")


def _text(name: str, value: Any) -> str:
    """The only text of an attribute."""
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(only, str):
        raise rest_error(400, hint=f"{name} is one text.")
    return only


def _is_active(value: Any) -> bool:
    status = _text(STATUS, value)
    if status not in (ACTIVE, INACTIVE):
        raise rest_error(400, hint=f"{STATUS} is {ACTIVE} or {INACTIVE}.")
    return status == ACTIVE
