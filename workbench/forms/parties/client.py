"""Edit a client or an AI agent: AM's tabs, with AM's labels in AM's order."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import traitlets

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import INHERITABLE
from workbench.am.clients.why import hidden, why
from workbench.am.realm import Realm
from workbench.am.settings.overrides import Overrides
from workbench.errors import WorkbenchError
from workbench.forms.parties.notices import notice_html, notices, opaque_notice
from workbench.forms.parts.fields import Options, read
from workbench.forms.parts.late import HTML, Column
from workbench.forms.parts.menu import AGENTS, CLIENTS, MenuPath, in_realm
from workbench.forms.parts.tabbed import TabbedForm

NO_GROUP = ("(none)", "")


class ClientForm(TabbedForm):
    """Changes a client or an AI agent; ``realm.update`` does the same.

    Fields that the client inherits from its group cannot be typed into.

    Args:
        realm: Where it is registered.
        client_id: Which one.
        values: Fields to fill in, under the names that ``realm.update`` takes, and
            the overrides under PingAM's names.

    Raises:
        RegistrationError: There is no such client.
        SettingError: There is no such field.
    """

    def __init__(self, realm: Realm, client_id: str, **values: Any) -> None:
        self.realm = realm
        self.client_id = client_id
        self.client = realm.client(client_id)
        self.title = f"{self.client.kind} {client_id}"
        self._changed: tuple[str, ...] = ()
        self.notices: dict[str, Any] = {}
        super().__init__(values)
        self._lock()
        for name in ("group", "inherited"):
            self.fields[name].observe(lambda _change: self._lock(), "value")
        for name in self.notices:
            self.fields[name].observe(lambda _change: self.attempt(self.tell), "value")
        self.tell()
        realm.watchers.add(self)

    def turn_to(self, client_id: str) -> bool:
        """Show another client or agent; what was typed and not saved is lost.

        Returns:
            Whether the fields can show it: not where it has a value that is none of
            those that a field offers.

        Raises:
            RegistrationError: There is no such client.
        """
        self.client = self.realm.client(client_id)
        self.client_id, self.value = client_id, None
        self.title = f"{self.client.kind} {client_id}"
        self.show_heading()
        self.point_out("", "")
        self.hush()
        self.secret.value = ""
        self.secret.placeholder = self._secret_now()
        self._seen = dict.fromkeys(self.fields, self)  # so that every field is shown
        try:
            self.look()
        except traitlets.TraitError:
            return False
        self._lock()
        return not self.changed()

    def menus(self) -> list[MenuPath]:
        """On its list."""
        listed = AGENTS if isinstance(self.client, AIAgent) else CLIENTS
        return [in_realm(self.realm, *listed, self.client_id)]

    def settings(self) -> Iterable[Setting]:
        """Those of a client, then those of its override block."""
        own = settings_of(Client).values()
        typed = [said for said in own if said.name not in ("client_id", "overrides")]
        return [*typed, *settings_of(Overrides).values()]

    def present(self, name: str) -> Any:
        """As it counts: the group's value where it is inherited."""
        if name == "secret":
            return ""  # write only
        return getattr(_owner(self.client, name), name)

    def options(self, said: Setting) -> Options:
        """Also the groups there are, and what can be inherited from one."""
        if said.name == "group":
            return self._groups()
        if said.name == "inherited":
            known = settings_of(Client)
            return [(known[name].label, name) for name in INHERITABLE]
        return super().options(said)

    def field(self, said: Setting) -> Any:
        """The secret is only written."""
        field = super().field(said)
        if said.name == "secret":
            field.placeholder = self._secret_now()
        return field

    def submit(self) -> Client:
        """Save what was changed; what was not keeps being inherited.

        Raises:
            RegistrationError: A field is unfit, or the client is gone; nothing
                typed is lost.
        """
        changes = self.changed()
        if self.fields["group"].value == NO_GROUP[1]:
            changes.pop("inherited", None)
        for name in changes.get("inherited", self.present("inherited")):
            changes.pop(name, None)
        self._changed = tuple(changes)
        block = {n: changes.pop(n) for n in settings_of(Overrides) if n in changes}
        if block:
            changes["overrides"] = block
        if changes:
            self.realm.update(self.client_id, **changes)
        self.look()
        self.secret.value = ""
        self.value = self.client
        return self.client

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved client."""
        lead = f"{result.kind} {result.client_id} was saved"
        return self.saved(self._changed, lead), True

    def look(self) -> None:
        """Show the client as it is by now, for as long as it is there."""
        if self.client_id in self.realm.clients:
            self.client = self.realm.client(self.client_id)
            self.offer("group", list(self._groups()))
            super().look()
            self.tell()

    def row(self, name: str) -> Any:
        """Below each override what it hides of the realm, or that it does not count."""
        if name not in settings_of(Overrides):
            return super().row(name)
        self.notices[name] = HTML()
        return Column([self.fields[name], self.notices[name]])

    def tell(self) -> None:
        """Say what the overrides hide as they are typed, saved or not."""
        told = notices(self.realm.provider, self._typed(), self.realm.scripts.said)
        for name, notice in self.notices.items():
            text = notice_html(told.get(name, ""))
            if notice.value != text:
                notice.value = text
                notice.layout.display = "" if text else "none"

    def html(self) -> str:
        """Where no kernel runs: the values, then what the overrides hide."""
        return f"{super().html()}{''.join(map(notice_html, self._sentences()))}"

    def text(self) -> str:
        """The same as text."""
        return "\n".join([super().text(), *self._sentences()])

    def _sentences(self) -> list[str]:
        provider, client = self.realm.provider, self._typed()
        found = [opaque_notice(provider, client)]
        said = self.realm.scripts.said
        hides = [why(each.name, provider, client, said).sentence
                 for each in hidden(provider, client)]  # fmt: skip
        return [*filter(None, found), *hides]

    def _typed(self) -> Client:
        """The client with its overrides as they stand in the fields, if they can be."""
        typed = {
            name: read(self.fields[name], getattr(self.client.overrides, name))
            for name in self.notices
        }
        try:
            return replace(self.client, overrides=self.client.overrides.but(**typed))
        except WorkbenchError:
            return self.client

    def _secret_now(self) -> str:
        return "as it is" if self.client.secret else "none"

    def _lock(self) -> None:
        """Nobody types into what is inherited; without a group nothing is."""
        grouped = self.fields["group"].value != NO_GROUP[1]
        self.fields["inherited"].layout.display = "" if grouped else "none"
        inherited = self.fields["inherited"].value if grouped else ()
        for name in INHERITABLE:
            if hasattr(self.fields[name], "disabled"):
                self.fields[name].disabled = name in inherited

    def _groups(self) -> Options:
        groups = self.realm.groups.of(type(self.client))
        return [NO_GROUP, *((each.name, each.name) for each in groups)]


def _owner(client: Client, name: str) -> Any:
    """The client, or its override block."""
    return client if hasattr(client, name) else client.overrides
