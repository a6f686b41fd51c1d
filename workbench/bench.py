"""The bench: one object that wires a PingAM, an agent's client and the views."""

from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from workbench.administering import IsAdministered
from workbench.agent.client import AgentClient, Call
from workbench.agent.difference import CallDifference
from workbench.agent.history import Calls, History
from workbench.agent.in_process import LocalClient
from workbench.am.admin.audit import AuditTrail
from workbench.am.basics.clock import Clock
from workbench.am.basics.pointing import PointsElsewhere
from workbench.am.basics.words import counted
from workbench.am.reading.refresh_token_use import unusable_refresh_token
from workbench.am.realm import Realm
from workbench.am.realms import Realms
from workbench.am.scripts.script import Script, ScriptEngine, ScriptOutcome
from workbench.am.scripts.surroundings import Surroundings
from workbench.am.settings.profile import PROFILES, Profile, profile_named
from workbench.am.settings.provider import ProviderSettings
from workbench.course.apis.access_log import AccessLog
from workbench.course.use_cases.use_case import UseCase
from workbench.explaining import ExplainsDecisions
from workbench.forms.opening import OpensForms
from workbench.interop.transferring import TransfersFiles
from workbench.keeping import KeepsItself
from workbench.looking import LooksAtTokens, Seen
from workbench.sandbox.check import Checked, check
from workbench.sandbox.engines.by_name import engine_named
from workbench.server.admin.administrator import Administrator
from workbench.server.app import Application
from workbench.tools import OpensTools
from workbench.views import faces
from workbench.views.page.attached import Draws, attach_later

if TYPE_CHECKING:
    import pandas

    from workbench.course.differences.scenarios import Differences

BASE_URL = "https://am.example.com:8443/am"
"""Where the vendor's pages say PingAM is."""


class Workbench(
    OpensForms,
    OpensTools,
    ExplainsDecisions,
    LooksAtTokens,
    KeepsItself,
    IsAdministered,
    TransfersFiles,
    PointsElsewhere,
):
    """A fresh PingAM with realm alpha, AI agents off, and everything around it.

    Args:
        now: Seconds since the epoch to freeze the clock at; None: the system's.
        seed: With a seed, ids, keys and signatures are the same on every run.
        profile: ``pingam-8.1``, ``rfc8693-strict`` or ``aic``.
        realm: The name of its own realm; ``wb.realms`` has it, the top level, and
            any others.
        base_url: The server's URL, ending in ``/am``.
        admin_password: Of ``amadmin``, who administers over REST; None: a random one.
        engine: Runs may act scripts: ``"quickjs"``, which emulates AM's engine and
            needs nothing else; ``"rhino"``, AM's own, which needs Java; or an engine.

    Raises:
        SettingError: There is no such profile or engine, or the password is none.
    """

    _spelt = "wb"
    _parts = ("client", "realm", "history", "clock")

    def __init__(
        self,
        *,
        now: int | None = None,
        seed: str | None = None,
        profile: str = "pingam-8.1",
        realm: str = "alpha",
        base_url: str = BASE_URL,
        admin_password: str | None = None,
        engine: ScriptEngine | str = "quickjs",
    ) -> None:
        self.clock = Clock(now)
        self.server_properties: dict[str, str] = {}
        self.engine = engine_named(engine) if isinstance(engine, str) else engine
        self.realms = Realms(
            realm,
            base_url=base_url.rstrip("/"),
            profile=profile_named(profile),
            clock=self.clock,
            seed=seed,
            engine=self.engine,
            properties=self.server_properties,
        )
        self.realm: Realm = self.realms.main
        self._administrator = Administrator(self.clock, admin_password)
        self.app = Application(self.realms, self._administrator)
        self.history = self.transcript = History()
        self.history.watchers.add(self.realms.watchers)
        self.history.about_refresh_token = partial(unusable_refresh_token, self.realm)
        self.http: httpx.Client = LocalClient(self.app, self.history.keep)
        self.history.send = self.http.send
        self.history.into_file = self._write_calls
        self.client: AgentClient = self.client_for(realm)

    def client_for(self, realm: str) -> AgentClient:
        """Sends requests to a realm of this name, such as ``beta`` or ``/``.

        Raises:
            SettingError: There is no such realm.
        """
        url = self.realms.find(realm).oauth2_url
        return AgentClient(self.http, url, self.transcript)

    # What an administrator sets

    @property
    def provider(self) -> ProviderSettings:
        """The realm's OAuth2 Provider settings, under PingAM's names."""
        return self.realm.provider

    @property
    def surroundings(self) -> Surroundings:
        """What scripts find around AM: HTTP answers, secrets, properties, ..."""
        return self.realm.surroundings

    @property
    def profile(self) -> Profile:
        """The profile in force; assign ``wb.profile.but(...)`` to change a switch."""
        return self.realm.profile

    @profile.setter
    def profile(self, profile: Profile | str) -> None:
        if not isinstance(profile, Profile):
            profile = profile_named(profile)
        self.realms.use_profile(profile)

    def enable_ai_agents(self, realm: str | None = None) -> None:
        """Switch AI agents on: the server property and the realm switch.

        Args:
            realm: Whose switch; None: the bench's own realm.

        Raises:
            SettingError: There is no such realm.
        """
        chosen = self.realm if realm is None else self.realms.find(realm)
        chosen.settings.enable_ai_agents()

    def dry_run(
        self,
        script: str | Script,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
        **more: Any,
    ) -> ScriptOutcome:
        """Run a script as if AM came to it; issue, send and keep nothing.

        Args:
            script: The script's name or id.
            client_id: A registered client; None for one made up on the spot.
            scopes: Those asked for; by default all that the client may have.
            more: ``user``, ``token_type``, ``request``, ``operation``, as
                :func:`~workbench.am.dry_runs.dry_run.dry_run` takes them.

        Raises:
            RegistrationError: There is no such script, client or user.
        """
        from workbench.am.dry_runs.dry_run import dry_run

        return dry_run(self.realm, script, client_id, scopes, **more)

    def check(
        self,
        script: str | Script,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
        **more: Any,
    ) -> Checked:
        """The same, with what the linter says about the script."""
        return check(self.realm, script, client_id, scopes, **more)

    def prepare(self, name: str, realm: str | None = None) -> UseCase:
        """Register what a use case needs, such as ``agent-for-agent``.

        Args:
            name: The use case's.
            realm: Where; None: the bench's own realm.

        Raises:
            WorkbenchError: There is no such use case, or realm.
        """
        from workbench.course.use_cases.by_name import use_case

        chosen = use_case(name)
        chosen.prepare(self.realm if realm is None else self.realms.find(realm))
        return chosen

    # What happened

    @property
    def audit(self) -> AuditTrail:
        """What happened, oldest first; an exchange's event has its decision."""
        return self.realm.audit

    def audit_table(self) -> "pandas.DataFrame":
        """The audit trail as a table, one row an event.

        Cells are what was sent: a CSV file made of them is no file for a spreadsheet,
        which runs what begins with ``=``, ``+``, ``-`` or ``@``.
        """
        from workbench.views.frames import audit_frame

        return audit_frame(self.audit)

    def compare_profiles(self, *more: Profile) -> "Differences":
        """Send the same requests under every profile, each on a bench of its own.

        Args:
            more: Profiles beside the three, such as ``wb.profile.but(...)``.
        """
        from workbench.course.differences.scenarios import differences

        profiles = (*PROFILES.values(), *more)
        return differences(
            {profile.name: self._ask_under(profile) for profile in profiles}
        )

    def _ask_under(self, profile: Profile) -> list[str]:
        from workbench.course.differences.scenario import ScenarioBench
        from workbench.course.differences.scenarios import ask_all

        with ExitStack() as benches:

            def fresh() -> ScenarioBench:
                bench = Workbench(now=0, seed="profiles", engine=self.engine)
                benches.callback(bench.http.close)
                bench.profile = profile
                return ScenarioBench(bench.realm, bench.client)

            return ask_all(fresh)

    # Housekeeping

    def close(self) -> None:
        """Close what is open: MCP server, HTTP client, store, script engine."""
        self.close_mcp()
        self.http.close()
        self.stop_keeping()
        close = getattr(self.engine, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ipython_display_(self) -> None:
        """In a notebook the bench shows itself as its forms, in tabs."""
        self.forms()._ipython_display_()

    def __repr__(self) -> str:
        return (
            f"<Workbench {self.realm.oauth2_url}, profile {self.profile.name}, "
            f"{counted(len(self.realm.clients), 'client')}>"
        )


__all__ = ["Seen", "Workbench"]


def _call() -> Draws:
    from workbench.views.calls.call import call_html, call_text

    return call_html, call_text


def _transcript() -> Draws:
    from workbench.views.calls.transcript import transcript_html, transcript_text

    return transcript_html, transcript_text


def _use_case() -> Draws:
    from workbench.course.use_cases.sequence import sequence_of
    from workbench.views.sequence.face import sequence_html, sequence_text

    return (
        lambda chosen: sequence_html(sequence_of(chosen), None),
        lambda chosen: sequence_text(sequence_of(chosen), None),
    )


def _difference() -> Draws:
    from workbench.views.calls.difference import difference_html, difference_text

    return difference_html, difference_text


def _access_log() -> Draws:
    from workbench.course.apis.faces import log_html, log_text

    return log_html, log_text


faces.attach_all()
attach_later(AccessLog, _access_log)
attach_later(Call, _call)
attach_later(History, _transcript)
attach_later(Calls, _transcript)
attach_later(CallDifference, _difference)
attach_later(UseCase, _use_case)
