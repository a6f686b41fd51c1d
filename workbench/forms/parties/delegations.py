"""Who can act for whom in the whole realm, drawn as scripts are run dry."""

from itertools import islice
from typing import Any

import ipywidgets

from workbench.am.basics.words import counted
from workbench.am.dry_runs.delegation import Delegations
from workbench.am.dry_runs.delegations import PER_SCRIPT, DelegationFinder
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parties.slices import InSlices
from workbench.forms.parts.form import Form, make_field, spread
from workbench.views.delegations.face import delegations_html, delegations_text
from workbench.views.page.html import page

NOBODY = ("(the first user, or one made up)", "")
MOST_USERS = 50
"""How many can be chosen from."""


class DelegationsForm(Form):
    """Finds who can act for whom; ``wb.delegations()`` finds the same.

    Args:
        realm: Whose clients and scripts.
        finder: Finds them; None for one of its own.
        values: Fields to fill in: ``client_id``, ``user``, ``per_script``.

    Attributes:
        value: What was found; observe it to follow.
    """

    title = "Who can act for whom"
    action = "Find"
    no_page = "AM has no page for this: it is what its may act scripts come to."

    def __init__(
        self, realm: Realm, finder: DelegationFinder | None = None, **values: Any
    ) -> None:
        self.realm = realm
        self.finder = finder or DelegationFinder(realm)
        self.search = InSlices(self._tell, self._found)
        self.halt = ipywidgets.Button(description="Stop", disabled=True)
        self.halt.on_click(lambda _button: self.attempt(self.stop))
        self.near = ipywidgets.Button(layout=ipywidgets.Layout(width="auto"))
        self.near.on_click(lambda _button: self.report(self._find_near))
        self.offer_around("")
        self.progress = ipywidgets.HTML()
        self.drawing = ipywidgets.HTML()
        super().__init__(values)
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """Around whom, for whom, and how thoroughly."""
        return {
            "client_id": make_field(
                ipywidgets.Text,
                "Around",
                "A client ID; empty for the whole realm.",
                placeholder="the whole realm",
            ),
            "user": make_field(
                ipywidgets.Dropdown,
                "People tried as",
                "A may act script can look at who the token is about.",
                options=[NOBODY],
            ),
            "per_script": make_field(
                ipywidgets.BoundedIntText,
                "Clients a script",
                "Where many clients share one script.",
                value=PER_SCRIPT,
                min=1,
                max=200,
            ),
        }

    def body(self) -> list[Any]:
        """The fields, what is being done, and the picture below."""
        for field in self.fields.values():
            field.style.description_width = "8.5em"
            spread(field, "22em")
        wrap = ipywidgets.Layout(flex_flow="row wrap")
        fields = ipywidgets.HBox(list(self.fields.values()), layout=wrap)
        buttons = ipywidgets.HBox([self.button, self.near, self.halt], layout=wrap)
        return [fields, buttons, self.progress, self.drawing]

    def submit(self) -> None:
        """Begin to look; the picture comes when all is found.

        Raises:
            RegistrationError: There is no such client.
        """
        about = self.client_id.value.strip()
        if about:
            self.realm.client(about)
        self.finder.user = self.user.value or None
        self.finder.per_script = self.per_script.value
        self.halt.disabled = False
        self.search.start(self.finder.steps(about))

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say: that it goes on, or what it took."""
        if self.search.running:
            return "Scripts are being run; the rest of the page can be used.", True
        return self._took(), True

    def stop(self) -> None:
        """Stop looking; what was drawn before stays.

        Raises:
            NotYet: Nothing is being looked for.
        """
        if not self.search.running:
            raise NotYet("Nothing is being looked for.")
        self.search.stop()
        self.halt.disabled, self.progress.value = True, ""
        self.say("Stopped; the picture is as it was before.", False)

    def look(self) -> None:
        """Offer the first users that there are by now."""
        names = islice(self.realm.users, MOST_USERS)
        options = [NOBODY, *((each, each) for each in names)]
        if list(self.user.options) != options:
            self.offer("user", options)

    def html(self) -> str:
        """What was found, where no kernel runs."""
        if self.value is None:
            return page("<p>Nobody has looked yet who can act for whom.</p>")
        return delegations_html(self.value)

    def text(self) -> str:
        """The same as text."""
        if self.value is None:
            return f"{self.title}: nobody has looked yet."
        return delegations_text(self.value)

    def _took(self) -> str:
        if self.value is None:
            return ""
        tried = counted(self.value.tried, "token")
        return f"{tried} tried; {counted(self.value.runs, 'script')} had to be run."

    def offer_around(self, client_id: str) -> None:
        """Offer what concerns one client alone; "" offers nothing."""
        self.near.description = f"Find around {client_id}"
        self.near.tooltip = client_id
        self.near.layout.display = "" if client_id else "none"

    def _find_near(self) -> None:
        self.client_id.value = self.near.tooltip
        self.submit()

    def _tell(self, done: int, of: int) -> None:
        self.progress.value = page(
            f'<p><progress value="{done}" max="{of}" aria-label="Dry runs">'
            f"</progress> {done} of {of} dry runs</p>"
        )

    def _found(self, what: Delegations) -> None:
        about = self.client_id.value.strip()
        self.value = what.around(about) if about else what
        self.halt.disabled, self.progress.value = True, ""
        self.drawing.value = delegations_html(self.value)
        self.say(*self.done(None))
