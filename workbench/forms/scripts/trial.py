"""What a dry run of a script stands for: who asks, about whom, for what."""

from typing import Any

import ipywidgets

from workbench.am.dry_runs.trial import OPERATIONS
from workbench.am.realm import Realm
from workbench.am.scripts.script import MayActScript, RegistrationScript, Script
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.forms.parts.form import make_field

NOBODY = ("(the client itself)", "")


class TrialFields:
    """The fields beside the client; they are no settings, so no face shows them.

    Args:
        realm: Whose people can be chosen.
    """

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.scopes = make_field(
            ipywidgets.Text,
            "Dry run asks for scope(s)",
            "scope: what the script sees in scopes; empty: all that the client has.",
        )
        self.user = make_field(
            ipywidgets.Dropdown,
            "Dry run is about",
            "The person who logged in; identity in the script.",
            options=self._people(),
        )
        self.token_type = make_field(
            ipywidgets.Dropdown,
            "Dry run makes",
            "The token that the script would stamp; an ID token is about a person.",
            options=[("an access token", ACCESS_TOKEN), ("an ID token", ID_TOKEN)],
        )
        self.parameters = make_field(
            ipywidgets.Text,
            "Dry run also sends",
            "Further request parameters: name=value name=value.",
        )
        self.operation = make_field(
            ipywidgets.Dropdown,
            "Dry run is of",
            "operation: what happens to the client of a registration script.",
            options=list(OPERATIONS),
        )

    @property
    def widgets(self) -> list[Any]:
        """The fields in order."""
        fields = [self.scopes, self.user, self.token_type, self.parameters]
        return [*fields, self.operation]

    def show_for(self, kind: type[Script]) -> None:
        """Show the fields that count for a kind of script."""
        registers = kind is RegistrationScript
        shown = {
            self.scopes: not registers,
            self.user: not registers,
            self.token_type: kind is MayActScript,
            self.operation: registers,
        }
        for field, counts in shown.items():
            field.layout.display = "" if counts else "none"

    @property
    def arguments(self) -> dict[str, Any]:
        """What is chosen, as a dry run takes it."""
        request: dict[str, list[str]] = {}
        for each in self.parameters.value.split():
            name, _, value = each.partition("=")
            request.setdefault(name, []).append(value)
        counts = self.token_type.layout.display != "none"
        return {
            "scopes": tuple(self.scopes.value.replace(",", " ").split()),
            "user": self.user.value or None,
            "token_type": self.token_type.value if counts else ACCESS_TOKEN,
            "request": request,
            "operation": self.operation.value,
        }

    def refresh(self) -> None:
        """Offer the people that the realm has by now."""
        chosen, offered = self.user.value, self._people()
        if list(self.user.options) != offered:
            with self.user.hold_trait_notifications():
                self.user.options = offered
                self.user.value = chosen if (chosen, chosen) in offered else ""

    def _people(self) -> list[tuple[str, str]]:
        return [NOBODY, *((name, name) for name in self.realm.users)]
