"""The whole bench in tabs: what displaying ``wb`` opens."""

from collections.abc import Callable
from typing import Any, cast

import ipywidgets

from workbench.agent.client import AgentClient, Call
from workbench.agent.history import History
from workbench.am.basics.words import counted
from workbench.am.realm import Realm
from workbench.forms.audit import AuditForm
from workbench.forms.file import FileForm, SavedBench
from workbench.forms.parties.agents import AgentsForm
from workbench.forms.parts.entries import clients_html
from workbench.forms.parts.form import Form
from workbench.forms.player.player import PlayerForm
from workbench.forms.requests.approvals import ApprovalsForm
from workbench.forms.requests.decision import DecisionForm
from workbench.forms.requests.history import HistoryForm
from workbench.forms.requests.request import RequestForm
from workbench.forms.scripts.script import ScriptForm
from workbench.forms.settings.profile import ProfileForm
from workbench.forms.settings.provider import ProviderForm
from workbench.forms.tokens.chain import ChainForm
from workbench.forms.tokens.inspector import TokenForm
from workbench.forms.tokens.timeline import TimelineForm
from workbench.forms.transfer import ExportForm, ImportForm
from workbench.interop.transferring import TransfersFiles
from workbench.views.audit import audit_html
from workbench.views.decision import decision_html
from workbench.views.page.html import escape, page

LATEST = 10
"""How many events the static face shows."""


class BenchForm(Form):
    """Every form in tabs; each is opened when its tab is, and sleeps when hidden.

    Args:
        realm: The realm.
        client: Sends requests.
        transcript: Where calls are kept.
        bench: What is saved to a file, and opened from one.
    """

    title = ""

    def __init__(
        self,
        realm: Realm,
        client: AgentClient,
        transcript: History,
        bench: SavedBench,
    ) -> None:
        self.realm, self.client, self.transcript = realm, client, transcript
        self.player = getattr(bench, "player", None)
        self.makers: dict[str, Callable[[], list[Form]]] = {
            "Agents": lambda: [AgentsForm(realm)],
            "Scripts": lambda: [ScriptForm(realm)],
            "Provider": lambda: [ProviderForm(realm)],
            "Profile": lambda: [ProfileForm(realm)],
            "Request": self._request,
            "Player": lambda: [PlayerForm(realm, transcript)],
            "Approvals": lambda: [ApprovalsForm(realm)],
            "Tokens": lambda: [TokenForm(realm, transcript)],
            "Chain": self._chain,
            "Audit": lambda: [TimelineForm(realm, transcript), AuditForm(realm)],
            "File": lambda: self._file(bench),
        }
        self.forms: dict[str, list[Form]] = {}
        super().__init__({})
        realm.watchers.add(self)
        self.go_to("Agents")

    def make_fields(self) -> dict[str, Any]:
        """The forms have the fields."""
        return {}

    def body(self) -> list[Any]:
        """The tabs, empty until opened."""
        pages = [ipywidgets.VBox([]) for _ in self.makers]
        self.tabs = ipywidgets.Tab(pages, titles=list(self.makers))
        self.tabs.observe(self._selected, "selected_index")
        return [self.tabs]

    def go_to(self, name: str) -> list[Form]:
        """Open a tab and return its forms.

        Raises:
            KeyError: There is no such tab.
        """
        if name not in self.forms:
            self.forms[name] = self.makers[name]()
            place = self.tabs.children[list(self.makers).index(name)]
            place.children = tuple(self.forms[name])
        for each, forms in self.forms.items():
            for form in forms:
                form.wake(asleep=each != name)
        self.tabs.selected_index = list(self.makers).index(name)
        return self.forms[name]

    def html(self) -> str:
        """The bench where no kernel runs: who is there, and what happened."""
        realm = self.realm
        title = f"{realm.oauth2_url}, profile {realm.profile.name}"
        parts = [page(f"<p><b>{escape(title)}</b></p>"), clients_html(realm)]
        exchange = next((e for e in reversed(realm.audit) if e.decision), None)
        if exchange is not None and exchange.decision is not None:
            parts.append(decision_html(exchange.decision))
        parts.append(audit_html(realm.audit.latest(LATEST)))
        return "".join(parts)

    def text(self) -> str:
        """The same in one line."""
        realm = self.realm
        return (
            f"<Workbench {realm.oauth2_url}, profile {realm.profile.name}, "
            f"{counted(len(realm.clients), 'client')}>"
        )

    def _request(self) -> list[Form]:
        """The builder, the decision, and the history; the builder follows both."""
        builder = RequestForm(self.realm, self.client, self.transcript)
        decision = DecisionForm(self.realm, self.client, self.transcript)

        def edit(call: Call) -> None:
            builder.fill(call)
            builder.hush()

        def follow(change: Any) -> None:
            builder.fill(change["new"])
            builder.show(change["new"])
            builder.say(*builder.done(change["new"]))

        history = HistoryForm(
            self.realm, self.client, self.transcript, edit, self.player
        )
        decision.observe(follow, "value")
        history.observe(follow, "value")
        return [builder, decision, history]

    def _file(self, bench: SavedBench) -> list[Form]:
        """Saving and opening, and files from and for a PingAM."""
        files = cast(TransfersFiles, bench)
        return [
            FileForm(self.realm, bench),
            ImportForm(self.realm, files),
            ExportForm(self.realm, files),
        ]

    def _chain(self) -> list[Form]:
        """The graph; the token that is chosen in it opens in the tab with tokens."""
        return [ChainForm(self.realm, self.transcript, opens=self._open_token)]

    def _open_token(self, value: str) -> None:
        cast(TokenForm, self.go_to("Tokens")[0]).lay_open(value)

    def _selected(self, change: Any) -> None:
        names = list(self.makers)
        if change["new"] is not None:
            self.attempt(lambda: self.go_to(names[change["new"]]))
