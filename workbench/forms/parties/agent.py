"""Register an AI agent: the fields of AM's create page and its overrides tab."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.realm import Realm
from workbench.am.scripts.script import EMPTY, MayActScript
from workbench.am.settings.overrides import Overrides
from workbench.errors import FeatureDisabled
from workbench.forms.parties.notices import notice_html, opaque_notice
from workbench.forms.parts.form import Form, make_field
from workbench.forms.parts.menu import AGENTS, CLIENTS, MenuPath, in_realm


class AgentForm(Form):
    """Registers an AI agent in a realm; ``realm.register_agent`` does the same.

    Args:
        realm: Where the agent is registered.
        values: Fields to fill in: ``client_id``, ``secret``, ``redirection_uris``,
            ``scopes``, ``default_scopes``, ``overrides_enabled``,
            ``may_act_script``, ``client_side_tokens``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Register an AI agent"
    action = "Create"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.notice = ipywidgets.HTML()
        super().__init__(values)
        for name in ("overrides_enabled", "client_side_tokens"):
            self.fields[name].observe(lambda _change: self.look(), "value")
        self.look()
        self.enable = ipywidgets.Button(description="Enable AI agents")
        self.enable.on_click(lambda _button: self.report(self.enable_ai_agents))
        realm.watchers.add(self)

    def make_fields(self) -> dict[str, Any]:
        """AM's labels in AM's order."""
        text, box = ipywidgets.Text, ipywidgets.Checkbox
        return {
            "client_id": _field(text, "client_id"),
            "secret": _field(ipywidgets.Password, "secret", help="Write only."),
            "redirection_uris": _field(ipywidgets.Textarea, "redirection_uris", rows=2),
            "scopes": _field(text, "scopes", help="Separated by spaces."),
            "default_scopes": _field(text, "default_scopes"),
            "overrides_enabled": _field(box, "providerOverridesEnabled"),
            "may_act_script": _field(
                ipywidgets.Dropdown, "accessTokenMayActScript", options=self._scripts()
            ),
            "client_side_tokens": _field(box, "statelessTokensEnabled"),
        }

    def body(self) -> list[Any]:
        """The fields, what they make of its tokens, and the button."""
        return [*self.fields.values(), self.notice, self.button]

    def menus(self) -> list[MenuPath]:
        """The list that the agent is added to."""
        return [in_realm(self.realm, *AGENTS)]

    def submit(self) -> Client:
        """Register the agent.

        Raises:
            FeatureDisabled: AI agents are off; the form then offers to enable them.
            RegistrationError: A field is unfit; nothing typed is lost.
        """
        try:
            agent = self._register()(
                self.client_id.value,
                secret=self.secret.value,
                redirection_uris=self.redirection_uris.value.split(),
                scopes=_words(self.scopes.value),
                default_scopes=_words(self.default_scopes.value),
                overrides={
                    "providerOverridesEnabled": self.overrides_enabled.value,
                    "accessTokenMayActScript": self.may_act_script.value,
                    "statelessTokensEnabled": self.client_side_tokens.value,
                },
            )
        except FeatureDisabled:
            if self.enable not in self.children:
                self.children = (*self.children, self.enable)
            raise
        self._withdraw_offer()
        self.value = agent
        return agent

    def enable_ai_agents(self) -> str:
        """Set the server property and the realm switch, as the button offers."""
        self.realm.settings.enable_ai_agents()
        self._withdraw_offer()
        return "AI agents are enabled. Create the agent now."

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a registered agent, or of the switches."""
        if isinstance(result, Client):
            return f"{result.kind} {result.client_id} was registered.", True
        return str(result), True

    def look(self) -> None:
        """Offer the scripts that the realm has by now; say what makes tokens opaque."""
        self.offer("may_act_script", self._scripts())
        self.notice.value = notice_html(self._told())

    def html(self) -> str:
        """The form where no kernel runs, and what it makes of tokens."""
        return f"{super().html()}{notice_html(self._told())}"

    def text(self) -> str:
        """The same as text."""
        return f"{super().text()}\n{self._told()}".rstrip()

    def _told(self) -> str:
        block = {
            "providerOverridesEnabled": self.overrides_enabled.value,
            "statelessTokensEnabled": self.client_side_tokens.value,
        }
        typed = Client(client_id="new", overrides=Overrides(**block))
        return opaque_notice(self.realm.provider, typed)

    def _register(self) -> Callable[..., Client]:
        return self.realm.register_agent

    def _scripts(self) -> list[tuple[str, str]]:
        named = [(each.name, each.id) for each in self.realm.scripts.of(MayActScript)]
        return [(EMPTY, EMPTY), *named]

    def _withdraw_offer(self) -> None:
        self.children = tuple(each for each in self.children if each != self.enable)

    def _fill(self, name: str, given: Any) -> None:
        if name == "may_act_script":
            given = self.realm.script(given).id
            self.fields["overrides_enabled"].value = True
        super()._fill(name, given)


class NewClientForm(AgentForm):
    """Registers an OAuth2 client; ``realm.register_client`` does the same."""

    title = "Register an OAuth2 client"

    def menus(self) -> list[MenuPath]:
        """The list that the client is added to."""
        return [in_realm(self.realm, *CLIENTS)]

    def _register(self) -> Callable[..., Client]:
        return self.realm.register_client


def _field(kind: type, name: str, help: str = "", **more: Any) -> Any:
    """The field of a setting; ``help`` where another sentence fits a new agent."""
    said = {**settings_of(Overrides), **settings_of(Client)}[name]
    return make_field(
        kind, said.label, replace(said, help=help or said.help).tooltip, **more
    )


def _words(text: str) -> list[str]:
    """Entries separated by spaces or commas, as people type them."""
    return text.replace(",", " ").split()
