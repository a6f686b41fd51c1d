"""Edit a may act script and try it before it meets a token."""

from typing import Any

import ipywidgets

from workbench.am.realm import Realm
from workbench.am.scripts import LEGACY, NEXT_GENERATION, MayActScript, ScriptOutcome
from workbench.forms.form import Form, labelled
from workbench.views.script import outcome_html

MADE_UP = ("(a client made up for the run)", "")


class ScriptForm(Form):
    """Adds or changes a may act script; ``realm.add_script`` does the same.

    Args:
        realm: Where the script is kept.
        values: Fields to fill in: ``name``, ``evaluator_version``, ``source``,
            ``client``. The name of a script that is there fills in the rest.

    Raises:
        SettingError: There is no such field.
    """

    title = "May act script"
    action = "Save"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.outcome = ipywidgets.HTML()
        self.try_button = ipywidgets.Button(description="Dry run")
        super().__init__(self._known(values.get("name")) | values)
        self.try_button.on_click(lambda _button: self.report(self.dry_run))
        realm.watchers.add(self)

    def make_fields(self) -> dict[str, Any]:
        """AM's labels, then the client that a dry run is for."""
        return {
            "name": labelled(ipywidgets.Text, "Name", "name: unique in the realm."),
            "evaluator_version": labelled(
                ipywidgets.Dropdown,
                "Evaluator Version",
                "evaluatorVersion: cannot be changed once saved.",
                options=[("Next Generation", NEXT_GENERATION), ("Legacy", LEGACY)],
            ),
            "source": labelled(
                ipywidgets.Textarea,
                "Script",
                "script: JavaScript.",
                rows=10,
                layout=ipywidgets.Layout(width="64em", max_width="calc(100% - 8px)"),
            ),
            "client": labelled(
                ipywidgets.Dropdown,
                "Dry run for",
                "The client whose token the script would stamp.",
                options=self._clients(),
            ),
        }

    def body(self) -> list[Any]:
        """The fields, both buttons side by side, and what a dry run found."""
        self.fields["source"].add_class("wb-source")
        buttons = ipywidgets.HBox([self.button, self.try_button])
        return [*self.fields.values(), buttons, self.outcome]

    def submit(self) -> MayActScript:
        """Save the script.

        Raises:
            RegistrationError: Name or script is empty, or the version would change.
        """
        script = self.realm.keep_script(
            self.name.value, self.source.value, self.evaluator_version.value
        )
        self.value = script
        return script

    def dry_run(self) -> ScriptOutcome:
        """Run the text as it stands, saved or not; issue nothing."""
        script = MayActScript(
            id="dry-run",
            name=self.name.value or "dry run",
            source=self.source.value,
            evaluator_version=self.evaluator_version.value,
        )
        outcome = self.realm.dry_run(script, self.client.value or None)
        self.outcome.value = outcome_html(outcome)
        return outcome

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved script, or of a dry run."""
        if not isinstance(result, ScriptOutcome):
            return f"Script {result.name} was saved.", True
        if result.error is not None:
            return "The script failed in the dry run; see above.", False
        if not result.stamped:
            return "The dry run ended, but no may_act was stamped; see above.", False
        return "The dry run ended; nothing was issued.", True

    def refresh(self) -> None:
        """Offer the clients that the realm has by now."""
        self.offer("client", self._clients())

    def _clients(self) -> list[tuple[str, str]]:
        return [MADE_UP, *((name, name) for name in self.realm.clients)]

    def _known(self, name: str | None) -> dict[str, Any]:
        saved = self._saved(name) if name else None
        if saved is None:
            return {}
        return {"evaluator_version": saved.evaluator_version, "source": saved.source}

    def _saved(self, name: str) -> MayActScript | None:
        named = (each for each in self.realm.scripts.values() if each.name == name)
        return next(named, None)
