"""Scripts: what they are, what they see, and what came of running one.

Sources: PingAM 8.1 "May act scripting API", "Dynamic client registration scripting
API" and "Manage scripts". An engine satisfies :class:`ScriptEngine`; the bench hands
one to the realm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

from workbench.am.scripts.client_setters import CLIENT_SETTERS
from workbench.am.scripts.dry_run import DryRun
from workbench.am.scripts.surroundings import Surroundings
from workbench.errors import (
    EngineUnavailable,
    InvalidRequest,
    OAuthError,
    RegistrationError,
    ScriptError,
    ServerError,
)

EMPTY = "[Empty]"
"""PingAM's literal text for "no script" in a setting."""

LEGACY, NEXT_GENERATION = "1.0", "2.0"

CONTEXTS = {LEGACY: "OAUTH2_MAY_ACT", NEXT_GENERATION: "OAUTH2_MAY_ACT_NEXT_GEN"}

REGISTRATION = "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"
"""The context of a dynamic client registration script; next generation only."""

LIBRARY = "LIBRARY"
"""The context of a library script; next generation only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script as the realm keeps it. Its context says where it may run."""

    kind: ClassVar[str] = "script"  # for people
    contexts: ClassVar[Mapping[str, str]] = {}  # by evaluator version

    id: str
    name: str
    source: str
    evaluator_version: str = NEXT_GENERATION  # evaluatorVersion
    language: str = "JAVASCRIPT"  # or GROOVY: kept, but not runnable here
    description: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.source, str) or not isinstance(self.name, str):
            raise RegistrationError("A script's name and source are texts.")
        if self.evaluator_version not in self.contexts:
            raise RegistrationError(
                f"evaluator_version is {self.evaluator_version!r}; "
                'it must be "1.0" (legacy) or "2.0" (next generation).'
            )
        if self.language not in ("JAVASCRIPT", "GROOVY"):
            raise RegistrationError(
                f"language is {self.language!r}; it must be JAVASCRIPT or GROOVY."
            )
        if self.language == "GROOVY" and self.evaluator_version != LEGACY:
            raise RegistrationError(
                "Next-generation scripts are JavaScript only; "
                'a Groovy script needs evaluator_version="1.0".'
            )

    @property
    def context(self) -> str:
        """The script context, such as ``OAUTH2_MAY_ACT_NEXT_GEN``."""
        return self.contexts[self.evaluator_version]

    @property
    def family(self) -> str:
        """The same without the evaluator version: ``OAUTH2_MAY_ACT``."""
        return self.context.removesuffix("_NEXT_GEN")

    @property
    def legacy(self) -> bool:
        """Whether the script runs with the legacy bindings."""
        return self.evaluator_version == LEGACY

    def remark(self, result: Any) -> str:
        """One sentence on what AM took of it; "" where that is in other members."""
        return ""

    @property
    def logger_name(self) -> str:
        """The name its log lines carry in AM's debug log."""
        return f"scripts.{self.context}.{self.id}.({self.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MayActScript(Script):
    """A may act script.

    The evaluator version picks the bindings: ``"1.0"`` is legacy, ``"2.0"``
    next generation. It cannot be changed later (PingAM 8.1, "Manage scripts").
    """

    kind = "may act script"
    contexts: ClassVar[Mapping[str, str]] = CONTEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationScript(Script):
    """A dynamic client registration script, always next generation."""

    kind = "dynamic client registration script"
    contexts: ClassVar[Mapping[str, str]] = {NEXT_GENERATION: REGISTRATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryScript(Script):
    """What next-generation scripts ``require()`` (PingAM 8.1, "Library scripts")."""

    kind = "library script"
    contexts: ClassVar[Mapping[str, str]] = {NEXT_GENERATION: LIBRARY}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientIdentity:
    """What a dynamic client registration script sees of its client.

    Source: PingAM 8.1 "Dynamic client registration scripting API". A client that
    was just deleted is not there any more: the script's ``clientIdentity`` is null.
    """

    name: str
    ai_agent: bool
    attributes: Mapping[str, list[str]]
    universal_id: str = ""
    setters: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: dict(CLIENT_SETTERS), repr=False
    )  # its methods: what each takes, and the attribute that it sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """What a script can see, as plain JSON values.

    Sources: PingAM 8.1 "May act scripting API" for the first six members,
    "Script bindings" for the rest; ``operation`` and ``client`` are a registration
    script's.
    """

    token: Mapping[str, Any] = field(default_factory=dict)
    # claims of the token about to be signed
    client_properties: Mapping[str, Any] | None = None  # clientProperties
    identity: Mapping[str, Any] | None = None
    # {"name", "universalId", "type", "attributes": {name: [values]}}, and where it is
    # not so "exists", "active", "groups"; {"empty": true} with nobody behind it
    request_properties: Mapping[str, Any] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    session: Mapping[str, str] | None = None  # properties; None without a cookie
    realm: str = "/"
    surroundings: Surroundings = field(default_factory=Surroundings)
    libraries: Mapping[str, str] = field(default_factory=dict, repr=False)
    # library scripts for require(), source by name
    operation: str = ""  # CREATE, UPDATE or DELETE
    client: ClientIdentity | None = None  # clientIdentity
    now: int | None = None  # where the bench's clock stands, in seconds; None: it runs
    ahead: int = 0  # seconds that it was moved forward
    seed: str = ""  # of random values where no token has a jti
    further: Mapping[str, Any] = field(default_factory=dict)
    # what a plugin script sees beside these, by binding


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line the script logged."""

    level: str  # trace, debug, info, warn, error; legacy: message, warning, error
    text: str


@dataclass(frozen=True, slots=True)
class CaughtError:
    """An error that a script caught, so that it went on as if there were none."""

    error: ScriptError
    thrown: bool = False  # whether the script itself threw it


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptOutcome:
    """What came of running a script once.

    ``stamped`` is true where ``token.setMayAct`` was called. A script's return
    value has no effect in AM; it is kept so that a forgotten call can be shown.
    """

    script: Script
    stamped: bool = False
    may_act: Any = None  # what setMayAct was given, as JSON
    act_set: bool = False
    act: Any = None  # what setAct was given, as JSON
    returned: Any = None  # ignored by AM
    stored: Mapping[str, list[str]] | None = field(default=None, repr=False)
    # the identity's attributes after identity.store()
    session: Mapping[str, str] | None = field(default=None, repr=False)
    # the properties that session.setProperty set
    client: Mapping[str, list[str]] | None = field(default=None, repr=False)
    # attributes that a registration script stored; None where it stored none
    result: Any = field(default=None, repr=False)
    # what AM takes of a plugin script, as its kind says; may quote a token
    log: tuple[LogLine, ...] = field(default=(), repr=False)  # may quote a request
    error: ScriptError | None = None
    caught: tuple[CaughtError, ...] = field(default=(), repr=False)
    # what it caught, for a check to tell; AM knows nothing of it
    seconds: float = 0.0
    dry_run: DryRun | None = (
        None  # what a dry run stood for; None where a token was made
    )
    token_name: str = ""  # tokenName of what a may act script stamped

    @property
    def remark(self) -> str:
        """One sentence on what the script did."""
        if self.error is not None:
            return f"The script failed: {self.error.message}"
        if self.script.context == REGISTRATION:
            return self._registration_remark
        if taken := self.script.remark(self.result):
            return taken
        if self.stamped and self.act_set:
            return "The script called token.setMayAct and token.setAct."
        if self.stamped:
            return "The script called token.setMayAct."
        if self.act_set:
            return "The script called token.setAct, but not token.setMayAct."
        if self.returned is not None:
            return (
                "The script returned a value instead of calling token.setMayAct; "
                "AM ignores return values, so nothing was stamped."
            )
        return "The script did not call token.setMayAct, so nothing was stamped."

    @property
    def _registration_remark(self) -> str:
        if self.client is None:
            return "The script did not call clientIdentity.store(); nothing changed."
        names = ", ".join(sorted(self.client)) or "nothing"
        return f"The script called clientIdentity.store() with {names}."


class ByScript(OAuthError):
    """What goes over the wire because of a script; a subclass says what it did.

    Args:
        description: The ``error_description`` member, in PingAM's words.
        outcome: The script's: its error, its log and its source.
    """

    did: ClassVar[str] = "failed"

    def __init__(self, description: str, outcome: ScriptOutcome) -> None:
        script = outcome.script
        done = f"The {script.kind} {script.name} {self.did}."
        told = str(outcome.error or done)
        if isinstance(outcome.error, EngineUnavailable):
            told = f"{told} {outcome.error.hint}"
        super().__init__(description, hint=told)
        self.outcome = outcome


class ScriptFailed(ByScript, ServerError):
    """A script failed; the wire learns no more than that."""


class ScriptRefused(ByScript, InvalidRequest):
    """A script refused the request with AM's own exception."""

    did = "refused the request"


def with_error(outcome: ScriptOutcome, message: str) -> ScriptOutcome:
    """The same outcome, which AM can make nothing of."""
    return replace(outcome, error=ScriptError(message))


class ScriptEngine(Protocol):
    """Runs scripts; never raises for what a script does."""

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        """Run the script in a fresh world; failures are in the outcome."""
        ...
