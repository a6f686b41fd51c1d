"""Add or change a person: AM's identity page."""

from typing import Any

import ipywidgets

from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.errors import RegistrationError
from workbench.forms.parts.form import Form, make_field
from workbench.forms.parts.menu import IDENTITIES, MenuPath, in_realm

_ATTRIBUTES = {
    "givenName": "First Name",
    "sn": "Last Name",
    "cn": "Full Name",
    "mail": "Email Address",
}
"""The attributes with a field of their own, and AM's labels for them."""


class UserForm(Form):
    """Adds or changes a person; ``realm.add_user`` and ``update_user`` do the same.

    Args:
        realm: Where the person is.
        values: Fields to fill in: ``name``, ``password``, ``givenName``, ``sn``,
            ``cn``, ``mail``, ``active``, ``groups``, ``more``. The name of somebody
            who is there fills in the rest.

    Raises:
        SettingError: There is no such field.
    """

    action = "Save Changes"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        user = realm.users.get(values.get("name", ""))
        self.title = f"User {user.name}" if user else "Add a user"
        super().__init__(_known(user) | values)
        self.fields["name"].disabled = user is not None
        realm.watchers.add(self)

    def make_fields(self) -> dict[str, Any]:
        """AM's labels in AM's order."""
        text = ipywidgets.Text
        return {
            "name": make_field(text, "User ID", "_id: the subject is (usr!name)."),
            "password": make_field(
                ipywidgets.Password,
                "Password",
                "userPassword: write only; empty leaves it as it is.",
            ),
            **{
                name: make_field(text, label, f"{name}: an attribute.")
                for name, label in _ATTRIBUTES.items()
            },
            "active": make_field(
                ipywidgets.Dropdown,
                "User Status",
                "inetUserStatus: an inactive person cannot log in.",
                options=[("Active", True), ("Inactive", False)],
            ),
            "groups": make_field(
                ipywidgets.Textarea,
                "Groups",
                "One a line; a group that is new is added.",
                rows=2,
            ),
            "more": make_field(
                ipywidgets.Textarea,
                "Further attributes",
                "name=value, one a line; a name twice has two values.",
                rows=3,
            ),
        }

    def menus(self) -> list[MenuPath]:
        """AM's page of people, and the person's own."""
        name = self.fields["name"]
        own = (name.value,) if name.value in self.realm.users else ()
        return [in_realm(self.realm, *IDENTITIES, *own)]

    def submit(self) -> User:
        """Save the person.

        Raises:
            RegistrationError: A field is unfit; nothing typed is lost.
        """
        name = self.fields["name"].value
        given: dict[str, Any] = {"attributes": self._attributes()}
        given["active"] = self.fields["active"].value
        lines = map(str.strip, self.fields["groups"].value.splitlines())
        given["groups"] = tuple(filter(None, lines))
        if self.password.value or name not in self.realm.users:
            given["password"] = self.password.value
        change = name in self.realm.users
        save = self.realm.users.update if change else self.realm.add_user
        self.value = save(name, **given)
        self.password.value = ""
        return self.value

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of somebody who was saved."""
        return f"User {result.name} was saved.", True

    def _attributes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {
            name: (self.fields[name].value,)
            for name in _ATTRIBUTES
            if self.fields[name].value
        }
        for line in filter(str.strip, self.fields["more"].value.splitlines()):
            name, sign, value = line.partition("=")
            if not sign or not name.strip():
                raise RegistrationError(
                    f"A further attribute is name=value; not {line!r}.", about="more"
                )
            name = name.strip()
            found[name] = (*found.get(name, ()), value.strip())
        return found


def _known(user: User | None) -> dict[str, Any]:
    """The fields of somebody who is there, but for the password."""
    if user is None:
        return {}
    own = {n: v[0] for n, v in user.attributes.items() if n in _ATTRIBUTES and v}
    more = [
        f"{name}={value}"
        for name, values in user.attributes.items()
        if name not in (*_ATTRIBUTES, "uid")
        for value in values
    ]
    groups = "\n".join(user.groups)
    return {**own, "active": user.active, "groups": groups, "more": more}
