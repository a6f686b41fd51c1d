"""The two switches of AI agents: which one is off, and a button to set it."""

from typing import Any

import ipywidgets

from workbench.am.admin.settings import AI_AGENTS_PROPERTY
from workbench.am.realm import Realm
from workbench.forms.parts.form import Form
from workbench.forms.parts.menu import PROVIDER, SERVER_DEFAULTS, MenuPath, in_realm
from workbench.views.page.html import bad, code, escape, good, page

PROPERTY = "Server property (Configure > Server Defaults > Advanced)"
SWITCH = "Realm switch (Services > OAuth2 Provider > AI Agents)"


class SwitchesForm(Form):
    """Sets what AI agents need; ``wb.enable_ai_agents()`` sets both.

    Args:
        realm: Whose AI agents.
    """

    title = "AI agents need two switches"
    action = "Enable AI agents"

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.states = (ipywidgets.HTML(), ipywidgets.HTML())
        self.setters = (
            self._setter("Set the property to true", self.set_property),
            self._setter("Switch AI Agents on", self.set_switch),
        )
        super().__init__({})
        realm.watchers.add(self)
        self.look()

    def menus(self) -> list[MenuPath]:
        """One for each switch."""
        return [SERVER_DEFAULTS, in_realm(self.realm, *PROVIDER, "AI Agents")]

    def body(self) -> list[Any]:
        """Each switch with its state and, while it is off, a button."""
        return [
            *(
                ipywidgets.HBox(
                    [state, setter], layout=ipywidgets.Layout(flex_flow="row wrap")
                )
                for state, setter in zip(self.states, self.setters, strict=True)
            ),
            self.button,
        ]

    def submit(self) -> str:
        """Set both."""
        self.realm.settings.enable_ai_agents()
        return "AI agents are enabled."

    def set_property(self) -> str:
        """Set the server property alone."""
        self.realm.settings.set_property(AI_AGENTS_PROPERTY, "true")
        return f"{AI_AGENTS_PROPERTY} is true."

    def set_switch(self) -> str:
        """Set the realm switch alone."""
        self.realm.set_provider(aiAgentsEnabled=True)
        return "Enable AI Agents is on."

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a switch that was set."""
        return str(result), True

    def look(self) -> None:
        """Show which is on; the buttons of those that are go away."""
        on = self._on()
        for state, setter, text, is_on in zip(
            self.states, self.setters, self._lines(), on, strict=True
        ):
            state.value = page(f"<p>{text}</p>")
            state.layout.display = "none" if all(on) else ""
            setter.layout.display = "none" if is_on else ""
        self.button.layout.display = "none" if any(on) else ""
        self.children[0].layout.display = "none" if all(on) else ""

    @property
    def enabled(self) -> bool:
        """Whether both are on."""
        return all(self._on())

    def shown(self) -> list[tuple[str, str]]:
        """Both switches as text."""
        words = ["on" if is_on else "off" for is_on in self._on()]
        return list(zip((PROPERTY, SWITCH), words, strict=True))

    def _on(self) -> tuple[bool, bool]:
        return (
            self.realm.settings.ai_agents_property,
            self.realm.provider.aiAgentsEnabled,
        )

    def _lines(self) -> tuple[str, str]:
        first, second = (good("on") if is_on else bad("off") for is_on in self._on())
        return (
            f"{first} {escape(PROPERTY)}: {code(AI_AGENTS_PROPERTY)}",
            f"{second} {escape(SWITCH)}: Enable AI Agents",
        )

    def _setter(self, words: str, work: Any) -> Any:
        button = ipywidgets.Button(
            description=words, layout=ipywidgets.Layout(width="auto")
        )
        button.on_click(lambda _button: self.report(work))
        return button
