"""The chain of the last exchange, drawn."""

from typing import Any

import ipywidgets

from workbench.am.inspection import Inspection
from workbench.am.realm import Realm
from workbench.client import Transcript
from workbench.errors import NotYet
from workbench.forms.form import Form
from workbench.known import known_tokens
from workbench.repair import last_exchange
from workbench.views.chain import chain_html, chain_text


class ChainForm(Form):
    """Draws who acts for whom in the last exchange; ``wb.chain`` does the same.

    Args:
        realm: Whose tokens.
        transcript: Where the tokens come from.
    """

    title = "Who acts for whom"

    def __init__(self, realm: Realm, transcript: Transcript) -> None:
        self.realm, self.transcript = realm, transcript
        self.picture = ipywidgets.HTML()
        super().__init__({})
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """There is nothing to type."""
        return {}

    def body(self) -> list[Any]:
        """The picture."""
        return [self.picture]

    def submit(self) -> list[Inspection]:
        """The tokens that are drawn, in order of issue."""
        try:
            call = last_exchange(self.transcript)
        except NotYet:
            latest = known_tokens(self.transcript, self.realm, most=2)
            return [each.opened for each in reversed(latest)]
        sent = dict(call.form)
        values = [
            (sent[name], name.replace("_", " "))
            for name in ("actor_token", "subject_token")
            if name in sent
        ]
        if call.status == 200:
            values.append((call.access_token, "exchanged token"))
        return [self.realm.inspect(value, label) for value, label in values]

    def look(self) -> None:
        """Draw the last exchange."""
        self.picture.value = self.html()

    def html(self) -> str:
        """The picture, where no kernel runs."""
        return chain_html(self.submit())

    def text(self) -> str:
        """The same as text."""
        return chain_text(self.submit())
