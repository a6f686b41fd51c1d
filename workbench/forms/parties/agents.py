"""The AI agents, clients and people of a realm: find one, edit it, add, delete."""

from typing import Any

import ipywidgets

from workbench.am.clients.client import Client
from workbench.am.clients.group import Group
from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parties.agent import AgentForm, NewClientForm
from workbench.forms.parties.client import ClientForm
from workbench.forms.parties.group import GroupForm
from workbench.forms.parties.switches import SwitchesForm
from workbench.forms.parties.user import UserForm
from workbench.forms.parts.entries import (
    AGENTS,
    CLIENTS,
    EVERYBODY,
    GROUPS,
    MOST,
    USERS,
    Entry,
    Key,
    clients_html,
    delete,
    everybody,
    find_entry,
    key_of,
    kind_of,
    listed_of,
    words_of,
)
from workbench.forms.parts.form import Form, boxes, make_field
from workbench.forms.parts.menu import AGENTS as AGENT_MENUS
from workbench.forms.parts.menu import CLIENTS as CLIENT_MENUS
from workbench.forms.parts.menu import IDENTITIES, MenuPath, in_realm
from workbench.views.page.html import escape, page
from workbench.views.page.left_out import beyond_text


class AgentsForm(Form):
    """Lists who is registered and opens the form of whoever is chosen.

    ``realm.clients`` and ``realm.users`` are the same list; ``realm.delete`` and
    ``realm.users.delete`` do what the button does.

    Args:
        realm: Whose AI agents, clients and users.
        values: Fields to fill in: ``search``, ``kind``.
    """

    title = "AI agents, OAuth2 clients and users"
    action = "Add AI Agent"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.switches = SwitchesForm(realm)
        self.found = make_field(
            ipywidgets.Select,
            "Registered",
            "Choose one to edit it.",
            options=[],
            rows=10,
        )
        self.count = ipywidgets.HTML()
        self.place = ipywidgets.VBox([])
        self.editor: Form | None = None
        self._edited: Key | None = None
        self._listing = False
        self._make_buttons()
        super().__init__(values)
        self.fields["search"].observe(lambda _: self.refresh(), "value")
        self.fields["kind"].observe(lambda _: self.refresh(), "value")
        self.found.observe(self._chosen, "value")
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """What to look for."""
        return {
            "search": make_field(
                ipywidgets.Text,
                "Search",
                "Any part of the ID or the name.",
            ),
            "kind": make_field(
                ipywidgets.Dropdown,
                "Show",
                "AM lists them apart: Applications > OAuth 2.0, and Identities.",
                options=[EVERYBODY, AGENTS, CLIENTS, USERS, GROUPS],
            ),
        }

    def menus(self) -> list[MenuPath]:
        """AM lists them apart."""
        lists = (AGENT_MENUS, CLIENT_MENUS, IDENTITIES)
        return [in_realm(self.realm, *each) for each in lists]

    def body(self) -> list[Any]:
        """The list on the left, the form of whoever is chosen on the right."""
        for field in (*self.fields.values(), self.found):
            field.style.description_width = "6em"
        buttons = [
            self.button,
            self.add_client,
            self.add_user,
            self.add_group,
            self.delete,
        ]
        for button in buttons:
            button.layout.width = "auto"
        left = ipywidgets.VBox(
            [
                *self.fields.values(),
                self.found,
                self.count,
                ipywidgets.HBox(
                    buttons, layout=ipywidgets.Layout(flex_flow="row wrap")
                ),
                ipywidgets.HBox([self.confirm, self.keep]),
            ],
            layout=ipywidgets.Layout(flex="1 1 19em", max_width="26em"),
        )
        self.place.layout.flex = "1 1 30em"
        both = ipywidgets.HBox(
            [left, self.place], layout=ipywidgets.Layout(flex_flow="row wrap")
        )
        return [self.switches, both]

    def submit(self) -> Form:
        """Open the form that registers an AI agent."""
        form = AgentForm(self.realm)
        self._open(form)
        return form

    def new_client(self) -> Form:
        """Open the form that registers an OAuth2 client."""
        form = NewClientForm(self.realm)
        self._open(form)
        return form

    def new_user(self) -> Form:
        """Open the form that adds a person."""
        form = UserForm(self.realm)
        self._open(form)
        return form

    def new_group(self) -> Form:
        """Open the form that adds a group."""
        form = GroupForm(self.realm)
        self._open(form)
        return form

    def edit(self, client_id: str) -> ClientForm:
        """Open the form of a client or agent.

        Raises:
            RegistrationError: There is none.
        """
        form = ClientForm(self.realm, client_id)
        self._open(form)
        return form

    def remove(self) -> Entry:
        """Delete whoever is chosen.

        Raises:
            NotYet: Nobody is.
        """
        if self.found.value is None:
            raise NotYet("Choose somebody in the list first.")
        return delete(self.realm, self.found.value)

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a form that was opened, or of who was deleted."""
        if isinstance(result, Client | User | Group):
            return f"{words_of(result)} was deleted.", True
        return f"{result.title}: fill in the form.", True

    def look(self) -> None:
        """List who is there by now and fits the search."""
        there = everybody(self.realm)
        fitting = [each for each in there if self._fits(each)]
        options = [(listed_of(each), key_of(each)) for each in fitting[:MOST]]
        if list(self.found.options) != options:
            self._relist(options)
        beyond = len(fitting) - len(options)
        more = f"; the first {MOST} are listed" if beyond > 0 else ""
        text = f"{len(fitting)} of {len(there)}{more}"
        self.count.value = page(f"<p><small>{escape(text)}</small></p>")
        if self._edited is not None and self._edited not in map(key_of, there):
            self._open(None)

    def html(self) -> str:
        """Who is registered, where no kernel runs."""
        return clients_html(self.realm)

    def text(self) -> str:
        """The same as text."""
        lines = [f"  {each.client_id} ({each.kind})" for each in self._first()]
        many = len(self.realm.clients)
        said = [f"{self.title}: {many:,}", *lines, beyond_text(many, len(lines))]
        return "\n".join(filter(None, said))

    def _first(self) -> list[Client]:
        return list(self.realm.clients.values())[:MOST]

    def _relist(self, options: list[tuple[str, Key]]) -> None:
        """Other options; whoever was chosen stays so, and nobody else is."""
        chosen, self._listing = self.found.value, True
        self.found.options = options
        self.found.value = chosen if chosen in [key for _, key in options] else None
        self._listing = False

    def _fits(self, each: Entry) -> bool:
        kind = self.fields["kind"].value
        if kind not in (EVERYBODY, kind_of(each)):
            return False
        wanted = self.fields["search"].value.strip().lower()
        return wanted in key_of(each)[1].lower() or wanted in each.name.lower()

    def _chosen(self, change: Any) -> None:
        if self._listing:
            return
        self._ask(sure=False)
        if change["new"] is not None:
            self.attempt(lambda: self._edit(change["new"]))

    def _edit(self, key: Key) -> None:
        entry = find_entry(self.realm, key)
        if isinstance(entry, User):
            self._open(UserForm(self.realm, name=entry.name))
        elif isinstance(entry, Group):
            self._open(GroupForm(self.realm, entry))
        else:
            self.edit(entry.client_id)
        self._edited = key

    def _open(self, form: Form | None) -> None:
        """Put a form in place of the last one, which is closed for good."""
        before, self.editor, self._edited = self.editor, form, None
        self.place.children = () if form is None else (form,)
        if before is not None:
            self.realm.watchers.discard(before)
            for box in list(boxes(before)):
                for child in box.children:
                    child.close()
            before.close()
        if isinstance(form, AgentForm | UserForm | GroupForm):
            form.observe(self._saved, "value")

    def _saved(self, change: Any) -> None:
        """Show somebody new among the others, with the tabs."""
        key = key_of(change["new"])
        if self._edited == key:
            return
        self.fields["search"].value = ""
        self.fields["kind"].value = EVERYBODY
        self.look()
        if key in [each for _, each in self.found.options]:
            self.found.value = key
        else:
            self._edit(key)
        self.say(f"{words_of(change['new'])} was registered.", True)

    def _make_buttons(self) -> None:
        self.add_client = ipywidgets.Button(description="Add Client")
        self.add_user = ipywidgets.Button(description="Add User")
        self.add_group = ipywidgets.Button(description="Add Group")
        self.delete = ipywidgets.Button(description="Delete")
        self.confirm = ipywidgets.Button(
            description="Yes, delete it", button_style="danger"
        )
        self.keep = ipywidgets.Button(description="Keep it")
        self.add_client.on_click(lambda _button: self.report(self.new_client))
        self.add_group.on_click(lambda _button: self.report(self.new_group))
        self.add_user.on_click(lambda _button: self.report(self.new_user))
        self.delete.on_click(lambda _button: self._ask(sure=True))
        self.confirm.on_click(lambda _button: self._delete())
        self.keep.on_click(lambda _button: self._ask(sure=False))
        self._ask(sure=False)

    def _ask(self, *, sure: bool) -> None:
        for button in (self.confirm, self.keep):
            button.layout.display = "" if sure else "none"

    def _delete(self) -> None:
        self._ask(sure=False)
        self.report(self.remove)
