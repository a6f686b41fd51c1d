"""Edit a may act script and try it before it meets a token."""

from typing import Any

import ipywidgets

from workbench.am.realm import Realm
from workbench.am.scripts import LEGACY, NEXT_GENERATION, MayActScript, ScriptOutcome
from workbench.forms.editor import completions_of, script_editor
from workbench.forms.findings import marks
from workbench.forms.form import Form, labelled
from workbench.forms.trial import TrialFields
from workbench.sandbox.check import Checked, check
from workbench.views.check import checked_html

MADE_UP = ("(a client made up for the run)", "")
NEW = ("(a new script)", "")


class ScriptForm(Form):
    """Adds or changes a may act script; ``realm.keep_script`` does the same.

    While somebody types, what a dry run finds wrong is underlined in the text.

    Args:
        realm: Where the script is kept.
        values: Fields to fill in: ``name``, ``evaluator_version``, ``source``,
            ``client``. The name of a script that is there fills in the rest.

    Attributes:
        saved: Opens a script that is there.
        trial: Whom a dry run is about, and what it asks for.

    Raises:
        SettingError: There is no such field.
    """

    title = "May act script"
    action = "Save"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.outcome = ipywidgets.HTML()
        self.try_button = ipywidgets.Button(description="Dry run")
        self.saved = labelled(
            ipywidgets.Dropdown,
            "Open",
            "Fills the form with a script that is there.",
            options=self._saved_scripts(),
        )
        self.trial = TrialFields(realm)
        super().__init__(self._known(values.get("name")) | values)
        self.try_button.on_click(lambda _button: self.report(self.dry_run))
        self._follow()
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
            "source": script_editor(
                description="Script",
                tooltip="script: JavaScript.",
                completions=completions_of(NEXT_GENERATION),
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
        folded = ipywidgets.Accordion(
            [ipywidgets.VBox(self.trial.widgets)],
            titles=["What the dry run stands for"],
            selected_index=None,
        )
        fields = [self.saved, *self.fields.values(), folded]
        return [*fields, buttons, self.outcome]

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
        checked = self._run()
        self.source.findings = marks(checked.outcome, checked.findings)
        self.outcome.value = checked_html(checked, timing=True)
        return checked.outcome

    def check(self) -> None:
        """Underline what a dry run would find wrong now.

        What an earlier dry run said is of another text, so it goes.
        """
        self.outcome.value = ""
        self.hush()
        if not self.source.value.strip():
            self.source.findings = []
            return
        checked = self._run()
        self.source.findings = marks(checked.outcome, checked.findings)

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved script, or of a dry run."""
        if not isinstance(result, ScriptOutcome):
            return f"Script {result.name} was saved.", True
        if result.error is not None:
            return "The script failed in the dry run; see above.", False
        if not result.stamped:
            return "The dry run ended, but no may_act was stamped; see above.", False
        return "The dry run ended; nothing was issued.", True

    def look(self) -> None:
        """Offer the clients and scripts that the realm has by now."""
        self.offer("client", self._clients())
        self.trial.refresh()
        offered = self._saved_scripts()
        if list(self.saved.options) != offered:
            with self.saved.hold_trait_notifications():
                chosen = self.saved.value
                self.saved.options = offered
                self.saved.value = chosen if (chosen, chosen) in offered else ""

    def edit(self, name: str) -> None:
        """Fill the form with a script that is there.

        Raises:
            RegistrationError: There is none.
        """
        script = self.realm.script(name)
        self.name.value = script.name
        self.evaluator_version.value = script.evaluator_version
        self.source.value = script.source

    def _follow(self) -> None:
        """Check the text whenever it, its dialect or its client is another."""
        choices = (self.source, self.evaluator_version, self.client)
        for field in (*choices, *self.trial.widgets):
            field.observe(lambda _change: self.attempt(self.check), "value")
        self.evaluator_version.observe(self._offer_names, "value")
        self.saved.observe(self._open, "value")
        if hasattr(self.source, "on_shown"):
            self.source.on_shown(lambda: self.attempt(self.check))

    def _offer_names(self, _change: Any) -> None:
        version = self.evaluator_version.value
        self.source.completions = completions_of(version)

    def _open(self, change: Any) -> None:
        if change["new"]:
            self.attempt(lambda: self.edit(change["new"]))

    def _run(self) -> Checked:
        script = MayActScript(
            id="dry-run",
            name=self.name.value or "dry run",
            source=self.source.value,
            evaluator_version=self.evaluator_version.value,
        )
        client_id = self.client.value or None
        return check(self.realm, script, client_id, **self.trial.arguments)

    def _clients(self) -> list[tuple[str, str]]:
        return [MADE_UP, *((name, name) for name in self.realm.clients)]

    def _saved_scripts(self) -> list[tuple[str, str]]:
        return [NEW, *((each.name, each.name) for each in self.realm.may_act_scripts)]

    def _known(self, name: str | None) -> dict[str, Any]:
        named = (each for each in self.realm.may_act_scripts if each.name == name)
        saved = next(named, None) if name else None
        if saved is None:
            return {}
        return {"evaluator_version": saved.evaluator_version, "source": saved.source}
