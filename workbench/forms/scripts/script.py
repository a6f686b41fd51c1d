"""Edit a script, and try it before it meets a token or a request."""

from typing import Any, TypeVar

import ipywidgets

from workbench.am.realm import Realm
from workbench.am.scripts.kinds import MAY_ACT, kind_of
from workbench.am.scripts.script import (
    NEXT_GENERATION,
    LibraryScript,
    MayActScript,
    Script,
    ScriptOutcome,
)
from workbench.course.templates import TEMPLATES, template
from workbench.forms.editor import completions_of, script_editor
from workbench.forms.parts.form import Form, make_field
from workbench.forms.parts.menu import SCRIPTS, MenuPath, in_realm
from workbench.forms.scripts.around import AroundScript
from workbench.forms.scripts.findings import finding_widgets, marks
from workbench.forms.scripts.trial import TrialFields
from workbench.forms.scripts.types import SCRIPT_TYPES, VERSIONS
from workbench.sandbox.check import Checked, check
from workbench.views.scripts.check import checked_html, checked_text
from workbench.views.scripts.given import effective, word_for

S = TypeVar("S", bound=Script)

MADE_UP = ("(a client made up for the run)", "")
NEW = ("(a new script)", "")
NO_TEMPLATE = ("(the text as it is)", "")


class ScriptForm(Form):
    """Adds or changes a script; ``realm.keep_script`` does the same.

    While somebody types, what a dry run finds wrong is underlined in the text. A
    library script cannot be run dry: of it, what AM's engine would refuse is
    underlined. What a dry run came to stands in the static face, too.

    Args:
        realm: Where the script is kept.
        values: Fields to fill in: ``name``, ``context``, ``evaluator_version``,
            ``source``, ``client``. The name of a script that is there fills in the
            rest.

    Attributes:
        saved: Opens a script that is there.
        template: Fills in one of the usual scripts; ``template`` of
            ``workbench.course.templates`` gives the same text.
        around: Who uses the script and what it did last, as ``wb.script_use(name)``
            says; and what would change in it.
        trial: Whom a dry run is about, and what it asks for.

    Raises:
        SettingError: There is no such field.
    """

    title = "Script"
    action = "Save"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.outcome = ipywidgets.HTML()
        self.tried: Checked | None = None
        self.try_button = ipywidgets.Button(description="Dry run")
        self.saved = make_field(
            ipywidgets.Dropdown,
            "Open",
            "Fills the form with a script that is there.",
            options=self._saved_scripts(),
        )
        self.template = make_field(
            ipywidgets.Dropdown,
            "Start from",
            "Puts one of the usual scripts in place of the text.",
            options=[NO_TEMPLATE],
        )
        self.around = AroundScript(realm)
        self._same = False
        self.trial = TrialFields(realm)
        known = self._known(values.get("name"))
        super().__init__(known | values)
        if known:
            self.saved.value = self.name.value
        self.try_button.on_click(lambda _button: self.report(self.dry_run))
        self._follow()
        realm.watchers.add(self)

    def make_fields(self) -> dict[str, Any]:
        """AM's labels, then the client that a dry run is for."""
        return {
            "name": make_field(ipywidgets.Text, "Name", "name: unique in the realm."),
            "context": make_field(
                ipywidgets.Dropdown,
                "Script Type",
                "context: where the script may run; cannot be changed once saved.",
                options=[(words, context) for context, words in SCRIPT_TYPES.items()],
            ),
            "evaluator_version": make_field(
                ipywidgets.Dropdown,
                "Evaluator Version",
                "evaluatorVersion: cannot be changed once saved.",
                options=[(words, version) for version, words in VERSIONS.items()],
            ),
            "source": script_editor(
                description="Script",
                tooltip="script: JavaScript.",
                completions=completions_of(MAY_ACT, NEXT_GENERATION),
                layout=ipywidgets.Layout(width="64em", max_width="calc(100% - 8px)"),
            ),
            "client": make_field(
                ipywidgets.Dropdown,
                "Dry run for",
                "The client that asks, and whose token it is.",
                options=self._clients(),
            ),
        }

    def menus(self) -> list[MenuPath]:
        """AM's list of scripts."""
        return [in_realm(self.realm, *SCRIPTS)]

    def body(self) -> list[Any]:
        """The fields, both buttons side by side, and what a dry run found."""
        self.fields["source"].add_class("wb-source")
        buttons = ipywidgets.HBox([self.button, self.try_button])
        self.folded = ipywidgets.Accordion(
            [ipywidgets.VBox(self.trial.widgets)],
            titles=["What the dry run stands for"],
            selected_index=None,
        )
        name, *kind, source, client = self.fields.values()
        above = [self.saved, name, self.around.use, self.template, *kind]
        # What comes and goes stands below the buttons: they stay under the pointer.
        below = [client, self.folded, buttons, self.around.change, self.outcome]
        return [*above, source, *below]

    def submit(self) -> Script:
        """Save the script; one that is as it was saved is left alone.

        Raises:
            RegistrationError: Name or script is empty, or the version would change.
        """
        now = (self.context.value, self.evaluator_version.value, self.source.value)
        kept = self.around.saved(self.name.value)
        self._same = kept is not None and now == (
            kept.family,
            kept.evaluator_version,
            kept.source,
        )
        if kept is None or not self._same:
            kept = self.realm.keep_script(
                self.name.value,
                self.source.value,
                self.evaluator_version.value,
                context=self.context.value,
            )
        self.value = kept
        return kept

    def dry_run(self) -> ScriptOutcome:
        """Run the text as it stands, saved or not; issue nothing."""
        checked = self._run()
        self.source.findings = marks(checked.outcome, checked.findings)
        self.outcome.value = checked_html(checked, timing=True)
        self.tried = checked
        return checked.outcome

    def check(self) -> None:
        """Underline what a dry run would find wrong now.

        What an earlier dry run said is of another text, so it goes.
        """
        self.outcome.value, self.tried = "", None
        self.hush()
        if not self.source.value.strip():
            self.source.findings = []
            return
        checked = self._run()
        if kind_of(self.context.value) is LibraryScript:
            self.source.findings = finding_widgets(checked.findings)
        else:
            self.source.findings = marks(checked.outcome, checked.findings)

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved script, or of a dry run."""
        if not isinstance(result, ScriptOutcome):
            if self._same:
                return f"Nothing to save: {result.name} is as it was saved.", True
            unused = self.around.unused(result)
            return f"Script {result.name} was saved. {unused}".rstrip(), True
        if result.error is not None:
            return "The script failed in the dry run; see above.", False
        may_act = isinstance(result.script, MayActScript)
        if may_act and not result.stamped:
            return "The dry run ended, but no may_act was stamped; see above.", False
        if not effective(result):
            return f"The dry run ended, {word_for(result)}; see above.", False
        return "The dry run ended; nothing was issued.", True

    def look(self) -> None:
        """Offer the clients and scripts that the realm has by now."""
        self.offer("client", self._clients())
        self.trial.refresh()
        self._show_around(None)
        offered = self._saved_scripts()
        if list(self.saved.options) != offered:
            with self.saved.hold_trait_notifications():
                chosen = self.saved.value
                self.saved.options = offered
                self.saved.value = chosen if (chosen, chosen) in offered else ""

    def text(self) -> str:
        """The form without a browser, and what a dry run came to."""
        told = f"\n{checked_text(self.tried)}" if self.tried else ""
        around = self.around.text(self.name.value, self.source.value)
        return f"{super().text()}{around}{told}"

    def html(self) -> str:
        """The form where no kernel runs, and what a dry run came to."""
        around = self.around.html(self.name.value, self.source.value)
        tried = checked_html(self.tried) if self.tried else ""
        return f"{super().html()}{around}{tried}"

    def edit(self, name: str) -> None:
        """Fill the form with a script that is there.

        Raises:
            RegistrationError: There is none.
        """
        script = self.realm.scripts.find(name)
        self.name.value = script.name
        self.context.value = script.family
        self.evaluator_version.value = script.evaluator_version
        self.source.value = script.source

    def _follow(self) -> None:
        """Check the text whenever it, its dialect or its client is another."""
        self.context.observe(self._show_kind, "value")
        self._show_kind(None)
        choices = (self.source, self.context, self.evaluator_version, self.client)
        for field in (*choices, *self.trial.widgets):
            field.observe(lambda _change: self.attempt(self.check), "value")
        self.evaluator_version.observe(self._offer_names, "value")
        self.saved.observe(self._open, "value")
        self.template.observe(self._start, "value")
        self.name.observe(self._show_around, "value")
        self.source.observe(self._show_change, "value")
        self._show_around(None)
        if hasattr(self.source, "on_shown"):
            self.source.on_shown(lambda: self.attempt(self.check))

    def _show_kind(self, _change: Any) -> None:
        """Offer what there is for this kind: versions, names, a dry run."""
        kind = kind_of(self.context.value)
        versions = [
            (VERSIONS[each], each) for each in VERSIONS if each in kind.contexts
        ]
        self.offer("evaluator_version", versions)
        display = "none" if kind is LibraryScript else ""
        for part in (self.client, self.folded, self.try_button):
            part.layout.display = display
        self.trial.show_for(kind)
        self._offer_names(None)

    def _show_around(self, _change: Any) -> None:
        self.attempt(lambda: self.around.show(self.name.value, self.source.value))

    def _show_change(self, change: Any) -> None:
        self.attempt(lambda: self.around.show_change(self.name.value, change["new"]))

    def _start(self, change: Any) -> None:
        """Put a template in place of the text."""
        if change["new"]:
            version = self.evaluator_version.value
            self.source.value = template(change["new"], version)

    def _offer_templates(self) -> None:
        context, version = self.context.value, self.evaluator_version.value
        fitting = [
            (each.title, name)
            for name, each in TEMPLATES.items()
            if each.context == context and version in each.sources
        ]
        self.template.options = [NO_TEMPLATE, *fitting]
        self.template.layout.display = "" if fitting else "none"

    def _offer_names(self, _change: Any) -> None:
        self._offer_templates()
        self.source.completions = completions_of(
            self.context.value, self.evaluator_version.value
        )

    def _open(self, change: Any) -> None:
        if change["new"]:
            self.attempt(lambda: self.edit(change["new"]))

    def _run(self) -> Checked:
        script = self._script(kind_of(self.context.value))
        client_id = self.client.value or None
        return check(self.realm, script, client_id, **self.trial.arguments)

    def _script(self, kind: type[S]) -> S:
        """The text as it stands, as a script that is not saved."""
        return kind(
            id="dry-run",
            name=self.name.value or "dry run",
            source=self.source.value,
            evaluator_version=self.evaluator_version.value,
        )

    def _clients(self) -> list[tuple[str, str]]:
        return [MADE_UP, *((name, name) for name in self.realm.clients)]

    def _saved_scripts(self) -> list[tuple[str, str]]:
        return [NEW, *((each.name, each.name) for each in self.realm.scripts.values())]

    def _known(self, name: str | None) -> dict[str, Any]:
        named = (each for each in self.realm.scripts.values() if each.name == name)
        saved = next(named, None) if name else None
        if saved is None:
            return {}
        return {
            "context": saved.family,
            "evaluator_version": saved.evaluator_version,
            "source": saved.source,
        }
