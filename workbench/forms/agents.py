"""The clients and AI agents of a realm: find one, edit it, add, delete."""

from typing import Any

import ipywidgets

from workbench.am.identities import AIAgent, Client
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.agent import AgentForm, NewClientForm
from workbench.forms.client import ClientForm
from workbench.forms.form import Form, boxes, labelled
from workbench.forms.switches import SwitchesForm
from workbench.views.html import escape, page, table

EVERYBODY, AGENTS, CLIENTS = "all", "AI Agents", "Clients"
MOST = 100
"""How many are listed at once; the search finds the others."""


class AgentsForm(Form):
    """Lists who is registered and opens the form of whoever is chosen.

    ``realm.clients`` is the same list; ``realm.update`` and ``realm.delete`` do
    what the buttons do.

    Args:
        realm: Whose clients and AI agents.
        values: Fields to fill in: ``search``, ``kind``.
    """

    title = "AI agents and OAuth2 clients"
    action = "Add AI Agent"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.switches = SwitchesForm(realm)
        self.found = labelled(
            ipywidgets.Select,
            "Registered",
            "Choose one to edit it.",
            options=[],
            rows=10,
        )
        self.count = ipywidgets.HTML()
        self.place = ipywidgets.VBox([])
        self.editor: Form | None = None
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
            "search": labelled(
                ipywidgets.Text,
                "Search",
                "Any part of the client ID or the name.",
            ),
            "kind": labelled(
                ipywidgets.Dropdown,
                "Show",
                "AM lists both apart, under Applications > OAuth 2.0.",
                options=[EVERYBODY, AGENTS, CLIENTS],
            ),
        }

    def body(self) -> list[Any]:
        """The list on the left, the form of whoever is chosen on the right."""
        for field in (*self.fields.values(), self.found):
            field.style.description_width = "6em"
        buttons = [self.button, self.add_client, self.delete]
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

    def edit(self, client_id: str) -> ClientForm:
        """Open the form of a client or agent.

        Raises:
            RegistrationError: There is none.
        """
        form = ClientForm(self.realm, client_id)
        self._open(form)
        return form

    def remove(self) -> Client:
        """Delete whoever is chosen.

        Raises:
            NotYet: Nobody is.
        """
        if self.found.value is None:
            raise NotYet("Choose an agent or client in the list first.")
        return self.realm.delete(self.found.value)

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a form that was opened, or of who was deleted."""
        if isinstance(result, Client):
            return f"{result.kind} {result.client_id} was deleted.", True
        return f"{result.title}: fill in the form.", True

    def look(self) -> None:
        """List who is there by now and fits the search."""
        fitting = [each for each in self.realm.clients.values() if self._fits(each)]
        options = [(f"{each.client_id} ({each.kind})", each.client_id)
                   for each in fitting[:MOST]]  # fmt: skip
        if list(self.found.options) != options:
            chosen = self.found.value
            self.found.options = options
            there = chosen in [client_id for _, client_id in options]
            self.found.value = chosen if there else None
        beyond = len(fitting) - len(options)
        more = f"; the first {MOST} are listed" if beyond > 0 else ""
        text = f"{len(fitting)} of {len(self.realm.clients)}{more}"
        self.count.value = page(f"<p><small>{escape(text)}</small></p>")
        gone = isinstance(self.editor, ClientForm)
        if gone and self.editor.client_id not in self.realm.clients:  # type: ignore[union-attr]
            self._open(None)

    def html(self) -> str:
        """Who is registered, where no kernel runs."""
        return clients_html(self.realm)

    def text(self) -> str:
        """The same as text."""
        lines = [f"  {each.client_id} ({each.kind})" for each in self._first()]
        return "\n".join([f"{self.title}: {len(self.realm.clients)}", *lines])

    def _first(self) -> list[Client]:
        return list(self.realm.clients.values())[:MOST]

    def _fits(self, client: Client) -> bool:
        agent = isinstance(client, AIAgent)
        kind = self.fields["kind"].value
        if (kind == AGENTS and not agent) or (kind == CLIENTS and agent):
            return False
        wanted = self.fields["search"].value.strip().lower()
        return wanted in client.client_id.lower() or wanted in client.name.lower()

    def _chosen(self, change: Any) -> None:
        self._ask(sure=False)
        if change["new"] is not None:
            self.attempt(lambda: self.edit(change["new"]))

    def _open(self, form: Form | None) -> None:
        """Put a form in place of the last one, which is closed for good."""
        before, self.editor = self.editor, form
        self.place.children = () if form is None else (form,)
        if before is not None:
            self.realm.watchers.discard(before)
            for box in list(boxes(before)):
                for child in box.children:
                    child.close()
            before.close()
        if isinstance(form, AgentForm):
            form.observe(self._registered, "value")

    def _registered(self, change: Any) -> None:
        """Show the new one among the others, and its tabs."""
        self.fields["search"].value = ""
        self.fields["kind"].value = EVERYBODY
        self.look()
        name = change["new"].client_id
        if name in [client_id for _, client_id in self.found.options]:
            self.found.value = name
        else:
            self.edit(name)
        self.say(f"{change['new'].kind} {name} was registered.", True)

    def _make_buttons(self) -> None:
        self.add_client = ipywidgets.Button(description="Add Client")
        self.delete = ipywidgets.Button(description="Delete")
        self.confirm = ipywidgets.Button(
            description="Yes, delete it", button_style="danger"
        )
        self.keep = ipywidgets.Button(description="Keep it")
        self.add_client.on_click(lambda _button: self.report(self.new_client))
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


def clients_html(realm: Realm) -> str:
    """Who is registered, as a table."""
    clients = list(realm.clients.values())
    if not clients:
        return page("<p>Nobody is registered yet.</p>")
    rows = [
        (each.client_id, each.kind, " ".join(each.scopes), _script(realm, each))
        for each in clients[:MOST]
    ]
    header = ("Client ID", "Kind", "Scope(s)", "May act script")
    return page(table(header, rows, caption=f"Registered: {len(clients)}"))


def _script(realm: Realm, client: Client) -> str:
    script = realm.scripts.get(realm.effective(client).accessTokenMayActScript)
    return script.name if script else ""
