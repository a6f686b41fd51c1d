"""The AI agents, clients and people of a realm: find one, edit it, add, delete."""

from typing import Any

import ipywidgets
import traitlets

from workbench.am.clients.client import Client
from workbench.am.clients.group import Group
from workbench.am.dry_runs.delegations import DelegationFinder
from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parties.agent import AgentForm, NewClientForm
from workbench.forms.parties.client import ClientForm
from workbench.forms.parties.delegations import DelegationsForm
from workbench.forms.parties.glance import Glance
from workbench.forms.parties.group import GroupForm
from workbench.forms.parties.listing import Listing
from workbench.forms.parties.slices import soon
from workbench.forms.parties.switches import SwitchesForm
from workbench.forms.parties.user import UserForm
from workbench.forms.parts.entries import (
    AGENTS,
    CLIENTS,
    COLUMNS,
    EVERYBODY,
    GROUPS,
    USERS,
    Entry,
    Key,
    clients_html,
    clients_text,
    delete,
    find_entry,
    key_of,
    words_of,
)
from workbench.forms.parts.form import Form, boxes, make_field, spread
from workbench.forms.parts.menu import AGENTS as AGENT_MENUS
from workbench.forms.parts.menu import CLIENTS as CLIENT_MENUS
from workbench.forms.parts.menu import IDENTITIES, MenuPath, in_realm
from workbench.forms.table import rows_table

SHOW_GRAPH, HIDE_GRAPH = "Show who can act for whom", "Hide who can act for whom"


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
        self.found = rows_table(COLUMNS, "Registered")
        self.listing = Listing(realm)
        finder = DelegationFinder(realm)
        self.glance = Glance(realm, finder)
        self.delegations = DelegationsForm(realm, finder)
        self.place = ipywidgets.VBox([])
        self.editor: Form | None = None
        self._edited: Key | None = None
        self._make_buttons()
        super().__init__(values)
        self._link_fields()
        self.found.observe(self._chosen, "chosen")
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """What to look for."""
        return {
            "search": make_field(
                ipywidgets.Text,
                "Search",
                "Any part of the name, a scope, the script or the type.",
                placeholder="name, scope, script or type",
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
        """The table, below it who can act for whom, beside both whoever is chosen."""
        for field in self.fields.values():
            field.style.description_width = "5em"
            spread(field, "16em")
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
                _row(list(self.fields.values())),
                self.found,
                _row([*buttons, self.confirm, self.keep]),
                self.unfold,
                self.delegations,
            ],
            layout=ipywidgets.Layout(flex="1 1 38em", min_width="0"),
        )
        self.place.layout.flex, self.place.layout.min_width = "1 1 32em", "0"
        both = _row([left, self.place])
        return [self.switches, both]

    def submit(self) -> Form:
        """Open the form that registers an AI agent."""
        return self._add(AgentForm(self.realm))

    def new_client(self) -> Form:
        """Open the form that registers an OAuth2 client."""
        return self._add(NewClientForm(self.realm))

    def new_user(self) -> Form:
        """Open the form that adds a person."""
        return self._add(UserForm(self.realm))

    def new_group(self) -> Form:
        """Open the form that adds a group."""
        return self._add(GroupForm(self.realm))

    def _add(self, form: Form) -> Form:
        """Open an empty form; nobody is chosen then."""
        self.found.chosen = ""
        self._open(form)
        return form

    def edit(self, client_id: str) -> ClientForm:
        """Open the form of a client or agent.

        Raises:
            RegistrationError: There is none.
        """
        client = self.realm.client(client_id)
        form = self.editor
        if not isinstance(form, ClientForm) or not form.turn_to(client_id):
            form = ClientForm(self.realm, client_id)
            self._open(form)
        self._glance_at(client)
        return form

    def remove(self) -> Entry:
        """Delete whoever is chosen.

        Raises:
            NotYet: Nobody is.
        """
        if not self.found.chosen:
            raise NotYet("Choose somebody in the list first.")
        return delete(self.realm, self.found.chosen)

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a form that was opened, or of who was deleted."""
        if isinstance(result, Client | User | Group):
            return f"{words_of(result)} was deleted.", True
        return f"{result.title}: fill in the form.", True

    def look(self) -> None:
        """List who is there by now; what has not changed is left alone."""
        changes = self.listing.look()
        self.found.change(changes)
        if self._edited in changes.gone:
            self._open(None)
            self.glance.show("")
        elif changes and self.glance.client_id:
            self.glance.look_again()

    def html(self) -> str:
        """Who is registered, where no kernel runs."""
        return clients_html(self.realm)

    def text(self) -> str:
        """The same as text."""
        return f"{self.title}: {clients_text(self.realm)}"

    def _chosen(self, change: Any) -> None:
        self._ask(sure=False)
        if change["new"] and change["new"] != self._edited:
            self.hush()  # it was said of somebody else
            self.attempt(lambda: self._edit(change["new"]))

    def _edit(self, key: Key) -> None:
        entry = find_entry(self.realm, key)
        if isinstance(entry, Client):
            self._show(entry)
        elif isinstance(entry, User):
            self._open(UserForm(self.realm, name=entry.name))
        else:
            self._open(GroupForm(self.realm, entry))
        self._edited = key

    def _show(self, client: Client) -> None:
        """A client at a glance, and then its form, which takes longer to make."""
        if isinstance(self.editor, ClientForm):
            self.edit(client.client_id)
            return
        self._open(None)
        self._glance_at(client)
        soon(lambda: self._show_form(client.client_id))

    def _show_form(self, client_id: str) -> None:
        """Unless somebody else was chosen meanwhile."""
        if self.glance.client_id == client_id and self.editor is None:
            self.attempt(lambda: self.edit(client_id))

    def _glance_at(self, client: Client) -> None:
        self._edited = key_of(client)
        self.glance.show(client.client_id)
        self.delegations.offer_around(client.client_id)
        forms = () if self.editor is None else (self.editor,)
        self.place.children = (self.glance, *forms)

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
            self.glance.show("")
            form.observe(self._saved, "value")

    def _saved(self, change: Any) -> None:
        """Show somebody new among the others, with the tabs."""
        key = key_of(change["new"])
        if self._edited == key:
            return
        self.fields["search"].value = ""
        self.fields["kind"].value = EVERYBODY
        self.look()
        self.found.chosen = key
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
        self.unfold = ipywidgets.Button(
            description=SHOW_GRAPH,
            layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
        )
        self.unfold.on_click(lambda _button: self.attempt(self.unfold_graph))
        self.delegations.layout.display = "none"
        self._ask(sure=False)

    def _link_fields(self) -> None:
        """The table follows what is typed; the page does that without the kernel."""
        search, kind = self.fields["search"], self.fields["kind"]
        self.found.search = search.value
        link = traitlets.dlink if self.found.has_rows_here else ipywidgets.jsdlink
        self.searching = link((search, "value"), (self.found, "search"))
        traitlets.dlink((kind, "value"), (self.found, "kind"))

    def unfold_graph(self) -> None:
        """Show who can act for whom, and begin to look; or put it away again."""
        hidden = self.delegations.layout.display == "none"
        self.delegations.layout.display = "" if hidden else "none"
        self.unfold.description = HIDE_GRAPH if hidden else SHOW_GRAPH
        if hidden and self.delegations.value is None:
            self.delegations.report(self.delegations.submit)

    def _ask(self, *, sure: bool) -> None:
        for button in (self.confirm, self.keep):
            button.layout.display = "" if sure else "none"

    def _delete(self) -> None:
        self._ask(sure=False)
        self.report(self.remove)


def _row(widgets: list[Any]) -> Any:
    layout = ipywidgets.Layout(flex_flow="row wrap", grid_gap="0 8px")
    return ipywidgets.HBox(widgets, layout=layout)
