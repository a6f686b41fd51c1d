"""The bench: one object that wires a PingAM, an agent's client and the views."""

from contextlib import ExitStack
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.agent.pasted import inspect_pasted
from workbench.agent.repair import last_exchange, remedies_of, repair
from workbench.am.admin.audit import AuditTrail
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.words import counted
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.issuing.dry_run import dry_run
from workbench.am.realm import Realm
from workbench.am.scripts.script import MayActScript, ScriptEngine, ScriptOutcome
from workbench.am.scripts.surroundings import Surroundings
from workbench.am.settings.profile import PROFILES, Profile, profile_named
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.inspection import Inspection
from workbench.course.scenario import ScenarioBench
from workbench.course.scenarios import Differences, ask_all, differences
from workbench.course.sequence import sequence_of
from workbench.course.use_case import UseCase
from workbench.course.use_cases import use_case
from workbench.forms.opening import OpensForms
from workbench.sandbox.check import Checked, check
from workbench.sandbox.engines.by_name import engine_named
from workbench.server.app import Application, in_process
from workbench.views import faces
from workbench.views.calls import call, curl, transcript
from workbench.views.chain import face as chain
from workbench.views.differences import differences_html, differences_text
from workbench.views.faces import Face
from workbench.views.sequence import face as sequence
from workbench.views.tokens import timeline
from workbench.views.tokens.compare import Comparison, compare
from workbench.views.tokens.seen import spans

if TYPE_CHECKING:
    import pandas

BASE_URL = "https://am.example.com:8443/am"
"""Where the vendor's pages say PingAM is."""

Seen = str | Call | Inspection
"""A token as its value, as the call that brought it, or already laid open."""


class Workbench(OpensForms):
    """A fresh PingAM with realm alpha, AI agents off, and everything around it.

    Args:
        now: Seconds since the epoch to freeze the clock at; None: the system's.
        seed: With a seed, ids, keys and signatures are the same on every run.
        profile: ``pingam-8.1``, ``rfc8693-strict`` or ``aic``.
        realm: The realm's name.
        base_url: The server's URL, ending in ``/am``.
        engine: Runs may act scripts: ``"quickjs"``, which emulates AM's engine and
            needs nothing else; ``"rhino"``, AM's own, which needs Java; or an engine.

    Raises:
        SettingError: There is no such profile or engine.
    """

    def __init__(
        self,
        *,
        now: int | None = None,
        seed: str | None = None,
        profile: str = "pingam-8.1",
        realm: str = "alpha",
        base_url: str = BASE_URL,
        engine: ScriptEngine | str = "quickjs",
    ) -> None:
        self.clock = Clock(now)
        self.server_properties: dict[str, str] = {}
        self.engine = engine_named(engine) if isinstance(engine, str) else engine
        self.realm = Realm(
            realm,
            base_url=base_url.rstrip("/"),
            profile=profile_named(profile),
            clock=self.clock,
            ids=Ids(seed),
            engine=self.engine,
            properties=self.server_properties,
        )
        self.app = Application(self.realm)
        self.transcript = Transcript()
        self.transcript.watchers.add(self.realm.watchers)
        self.http = httpx.Client(
            transport=httpx.WSGITransport(in_process(self.app)),
            event_hooks={"response": [self.transcript.keep]},
            trust_env=False,
        )
        # As with curl, a session goes along only where a request says so.
        self.http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.client = AgentClient(self.http, self.realm.oauth2_url, self.transcript)

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
        self.realm.settings.use_profile(profile)

    def enable_ai_agents(self) -> None:
        """Switch AI agents on: the server property and the realm switch."""
        self.realm.settings.enable_ai_agents()

    def dry_run(
        self,
        script: str | MayActScript,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
        **more: Any,
    ) -> ScriptOutcome:
        """Run a may act script as if somebody asked for a token; issue nothing.

        Args:
            script: The script's name or id.
            client_id: A registered client; None for one made up on the spot.
            scopes: Those asked for; by default all that the client may have.
            more: ``user``, ``token_type`` and ``request``, as
                :func:`~workbench.am.issuing.dry_run.dry_run` takes them.

        Raises:
            RegistrationError: There is no such script, client or user.
        """
        return dry_run(self.realm, script, client_id, scopes, **more)

    def check(
        self,
        script: str | MayActScript,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
        **more: Any,
    ) -> Checked:
        """The same, with what the linter says about the script."""
        return check(self.realm, script, client_id, scopes, **more)

    def prepare(self, name: str) -> UseCase:
        """Register what a use case needs, such as ``agent-for-agent``.

        Raises:
            WorkbenchError: There is no such use case.
        """
        chosen = use_case(name)
        chosen.prepare(self.realm)
        return chosen

    # What happened

    @property
    def audit(self) -> AuditTrail:
        """What happened, oldest first; an exchange's event has its decision."""
        return self.realm.audit

    @property
    def decision(self) -> Decision:
        """The decision of the latest exchange.

        Raises:
            NotYet: There was none yet.
        """
        return self.audit.decision

    def remedies(self) -> dict[str, tuple[Remedy, ...]]:
        """What would make each failed rule of the latest exchange pass."""
        return remedies_of(self.realm)

    def repair(self, remedy: Remedy) -> Call:
        """Do what a remedy says and send the latest exchange again.

        Raises:
            NotYet: No exchange has been sent.
        """
        return repair(remedy, last_exchange(self.transcript), self.realm, self.client)

    def audit_table(self) -> "pandas.DataFrame":
        """The audit trail as a table, one row an event."""
        from workbench.views.frames import audit_frame

        return audit_frame(self.audit)

    def compare_profiles(self, *more: Profile) -> Differences:
        """Send the same requests under every profile, each on a bench of its own.

        Args:
            more: Profiles beside the three, such as ``wb.profile.but(...)``.
        """
        profiles = (*PROFILES.values(), *more)
        return differences(
            {profile.name: self._ask_under(profile) for profile in profiles}
        )

    def _ask_under(self, profile: Profile) -> list[str]:
        with ExitStack() as benches:

            def fresh() -> ScenarioBench:
                bench = Workbench(now=0, seed="profiles", engine=self.engine)
                benches.callback(bench.http.close)
                bench.profile = profile
                return ScenarioBench(bench.realm, bench.client)

            return ask_all(fresh)

    # What to look at

    def inspect(self, token: Seen, label: str = "token") -> Inspection:
        """Lay a token open, also as somebody pastes it: claims, signature, state."""
        if isinstance(token, Inspection):
            return token
        value = token.access_token if isinstance(token, Call) else token
        return inspect_pasted(self.realm, value, label)

    def compare(self, subject: Seen, actor: Seen | None, issued: Seen) -> Comparison:
        """What the new token kept, changed, gained and lost, and who decided."""
        return compare(
            self.inspect(subject, "subject token"),
            None if actor is None else self.inspect(actor, "actor token"),
            self.inspect(issued, "issued token"),
        )

    def compare_table(
        self, subject: Seen, actor: Seen | None, issued: Seen
    ) -> "pandas.DataFrame":
        """The same as a table, one row a claim."""
        from workbench.views.frames import comparison_frame

        return comparison_frame(self.compare(subject, actor, issued))

    def chain(self, *tokens: Seen, title: str = "") -> Face:
        """Draw who acts for whom, from tokens in the order they were issued."""
        opened = [
            self.inspect(token, f"token {number}")
            for number, token in enumerate(tokens, start=1)
        ]
        html = chain.chain_html(opened, title=title)
        return Face(html=html, text=chain.chain_text(opened))

    def sequence(self, name: str, present: int | None = None) -> Face:
        """Draw a use case's requests, with the present step marked (from 1)."""
        drawing = sequence_of(use_case(name))
        return Face(
            html=sequence.sequence_html(drawing, present),
            text=sequence.sequence_text(drawing, present),
        )

    def timeline(self) -> Face:
        """Draw what was issued, ends and was revoked, on a time axis."""
        found, now = spans(self.transcript, self.realm), self.clock.now()
        return Face(
            html=timeline.timeline_html(found, now),
            text=timeline.timeline_text(found, now),
        )

    def curl(self, made: Call) -> Face:
        """The call as the exact ``curl`` command. It runs, so secrets are in it."""
        return Face(html=curl.curl_html(made), text=curl.curl(made))

    # Housekeeping

    def close(self) -> None:
        """Close the HTTP client and stop the script engine."""
        self.http.close()
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


faces.attach_all()
faces.attach(Call, call.call_html, call.call_text)
faces.attach(Transcript, transcript.transcript_html, transcript.transcript_text)
faces.attach(Differences, differences_html, differences_text)
faces.attach(
    UseCase,
    lambda chosen: sequence.sequence_html(sequence_of(chosen), None),
    lambda chosen: sequence.sequence_text(sequence_of(chosen), None),
)
