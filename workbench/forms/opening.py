"""The bench's forms, each opened by one call; widgets are loaded on first use."""

from typing import TYPE_CHECKING, Any, cast

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.agent.history import History
from workbench.am.realm import Realm
from workbench.errors import SettingError

if TYPE_CHECKING:
    from workbench.course.use_cases.use_case import UseCase
    from workbench.forms.apis import ApisForm
    from workbench.forms.audit import AuditForm
    from workbench.forms.bench import BenchForm
    from workbench.forms.file import FileForm, SavedBench
    from workbench.forms.parties.agent import AgentForm
    from workbench.forms.parties.agents import AgentsForm
    from workbench.forms.parties.client import ClientForm
    from workbench.forms.parties.delegations import DelegationsForm
    from workbench.forms.player.player import PlayerForm
    from workbench.forms.requests.approvals import ApprovalsForm
    from workbench.forms.requests.decision import DecisionForm
    from workbench.forms.requests.explaining import ExplainForm
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
    from workbench.interop.twin.stands_for import Server


class OpensForms:
    """Whatever has a realm, a client and a transcript, and is saved, opens forms."""

    realm: Realm
    client: AgentClient
    transcript: Transcript
    history: History

    def forms(self) -> "BenchForm":
        """Every form in tabs, as displaying the bench shows it."""
        from workbench.forms.bench import BenchForm

        bench = cast("SavedBench", self)
        return BenchForm(self.realm, self.client, self.history, bench)

    def file_form(self, **values: Any) -> "FileForm":
        """The form that saves the bench to a file, and opens it from one."""
        from workbench.forms.file import FileForm

        return FileForm(self.realm, cast("SavedBench", self), **values)

    def import_form(self, **values: Any) -> "ImportForm":
        """The form that takes in files of a PingAM, and says first what changes."""
        from workbench.forms.transfer import ImportForm

        return ImportForm(self.realm, cast("TransfersFiles", self), **values)

    def export_form(self, **values: Any) -> "ExportForm":
        """The form that writes the realm as files for a PingAM, without secrets."""
        from workbench.forms.transfer import ExportForm

        return ExportForm(self.realm, cast("TransfersFiles", self), **values)

    def agent_form(self, **values: Any) -> "AgentForm":
        """The form that registers an AI agent, with some fields filled in."""
        from workbench.forms.parties.agent import AgentForm

        return AgentForm(self.realm, **values)

    def agents_form(self, **values: Any) -> "AgentsForm":
        """The list of clients and AI agents, with a form for each."""
        from workbench.forms.parties.agents import AgentsForm

        return AgentsForm(self.realm, **values)

    def client_form(self, client_id: str, **values: Any) -> "ClientForm":
        """The form that changes a client or AI agent, in AM's tabs."""
        from workbench.forms.parties.client import ClientForm

        return ClientForm(self.realm, client_id, **values)

    def delegations_form(self, **values: Any) -> "DelegationsForm":
        """Who can act for whom in the realm, as its may act scripts have it."""
        from workbench.forms.parties.delegations import DelegationsForm

        return DelegationsForm(self.realm, **values)

    def script_form(self, **values: Any) -> "ScriptForm":
        """The form that edits and tries a may act script."""
        from workbench.forms.scripts.script import ScriptForm

        return ScriptForm(self.realm, **values)

    def provider_form(self, **values: Any) -> "ProviderForm":
        """The OAuth2 Provider's settings, with who overrides them."""
        from workbench.forms.settings.provider import ProviderForm

        return ProviderForm(self.realm, **values)

    def profile_form(self, **values: Any) -> "ProfileForm":
        """The profile's switches, those first that made a difference last."""
        from workbench.forms.settings.profile import ProfileForm

        return ProfileForm(self.realm, **values)

    def request_form(self, **values: Any) -> "RequestForm":
        """The form that builds and sends a token request."""
        from workbench.forms.requests.request import RequestForm

        return RequestForm(self.realm, self.client, self.transcript, **values)

    def history_form(self) -> "HistoryForm":
        """Every request of the bench: to repeat, edit, name and compare."""
        from workbench.forms.requests.history import HistoryForm

        player = getattr(self, "player", None)
        return HistoryForm(self.realm, self.client, self.history, player=player)

    def decision_form(self) -> "DecisionForm":
        """The last decision, with what would make each failed rule pass."""
        from workbench.forms.requests.decision import DecisionForm

        return DecisionForm(self.realm, self.client, self.transcript)

    def explain_form(
        self, server: "Server | None" = None, **values: Any
    ) -> "ExplainForm":
        """Why another server refused an exchange, out of what was captured of it."""
        from workbench.forms.requests.explaining import ExplainForm

        return ExplainForm(cast("Any", self), server, **values)

    def approvals_form(self, **values: Any) -> "ApprovalsForm":
        """What clients ask people by the back channel, to approve or deny."""
        from workbench.forms.requests.approvals import ApprovalsForm

        return ApprovalsForm(self.realm, **values)

    def token_form(self, **values: Any) -> "TokenForm":
        """The token inspector."""
        from workbench.forms.tokens.inspector import TokenForm

        return TokenForm(self.realm, self.transcript, **values)

    def chain_form(self, *shown: str | Call) -> "ChainForm":
        """Who acts for whom, to point at: in an exchange, by default the latest.

        ``shown`` is that call, or else tokens in order of issue.
        """
        from workbench.forms.tokens.chain import ChainForm

        return ChainForm(self.realm, self.transcript, *shown)

    def timeline_form(self, **values: Any) -> "TimelineForm":
        """Tokens over time, and the clock."""
        from workbench.forms.tokens.timeline import TimelineForm

        return TimelineForm(self.realm, self.transcript, **values)

    def audit_form(self, **values: Any) -> "AuditForm":
        """The audit trail, as it grows."""
        from workbench.forms.audit import AuditForm

        return AuditForm(self.realm, **values)

    def apis_form(self, **values: Any) -> "ApisForm":
        """The APIs next door: whom their policies name, and who asked.

        Raises:
            NotYet: They are not open.
        """
        from workbench.forms.apis import ApisForm

        return ApisForm(cast("Any", self).apis, **values)

    def player(self, *what: "Call | str | UseCase") -> "PlayerForm":
        """Plays calls step by step: what the server did, each rule, the answer.

        Args:
            what: Calls; or a use case or its name, which is played on a fresh bench
                of its own. Without any: the latest exchange, else the latest call.

        Raises:
            WorkbenchError: There is no such use case, or it is neither.
        """
        from workbench.course.use_cases.by_name import use_case
        from workbench.course.use_cases.use_case import UseCase
        from workbench.forms.player.player import PlayerForm

        calls = [each for each in what if isinstance(each, Call)]
        cases = [each for each in what if not isinstance(each, Call)]
        if not cases:
            return PlayerForm(self.realm, self.transcript, *calls)
        named = cases[0]
        if len(what) > 1 or not isinstance(named, str | UseCase):
            raise SettingError("Play calls, or one use case.")
        case = use_case(named) if isinstance(named, str) else named
        realm, transcript = self._sent_beside(case)
        return PlayerForm(realm, transcript, *transcript, title=case.title)

    def _sent_beside(self, case: "UseCase") -> tuple[Realm, Transcript]:
        """Prepare and send a use case on a fresh bench of this time and profile."""
        bench = cast("Any", self)
        fresh = type(bench)(now=bench.clock.now(), seed="beside", engine=bench.engine)
        fresh.profile = bench.profile
        case.prepare(fresh.realm)
        for _call in case.send(fresh.client):
            pass
        fresh.http.close()
        return fresh.realm, fresh.transcript
