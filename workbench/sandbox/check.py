"""A script looked at and tried: what the linter and a dry run say of it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from workbench.am.dry_runs.dry_run import dry_run
from workbench.am.issuing.parties import parties_around
from workbench.am.realm import Realm
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.plugin import AccessTokenModificationScript
from workbench.am.scripts.script import (
    LibraryScript,
    MayActScript,
    Script,
    ScriptOutcome,
)
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.errors import EngineUnavailable
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.language.reading import ReadScript, refusal


class Reader(Protocol):
    """Reads a script's tree, as the script engines do."""

    def read(self, source: str) -> ReadScript:
        """The tree, and what AM would not accept of the script."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found out about a script.

    Attributes:
        outcome: What a dry run did.
        findings: What the linter says, in the order of the source.
    """

    outcome: ScriptOutcome
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether AM would run it to its end."""
        return self.outcome.error is None

    @property
    def passed(self) -> bool:
        """Whether it does what scripts of its context are for, and nothing is wrong.

        A may act script stamps a claim, a modification script changes the token. A
        registration script may leave its client alone, and a library cannot be run.
        """
        wrong = any(each.severity == "error" for each in self.findings)
        return self.accepted and not wrong and self._did_something

    @property
    def _did_something(self) -> bool:
        script, result = self.outcome.script, self.outcome.result
        if isinstance(script, MayActScript):
            return self.outcome.stamped
        if isinstance(script, AccessTokenModificationScript):
            return any(result[each] for each in ("set", "removed", "extra"))
        return True


def check(
    realm: Realm,
    script: Script | str,
    client_id: str | None = None,
    scopes: tuple[str, ...] = (),
    *,
    user: str | None = None,
    token_type: str = ACCESS_TOKEN,
    request: Mapping[str, Any] | None = None,
    operation: str = "CREATE",
    alone: bool = False,
) -> Checked:
    """Lint a script and run it dry; takes what a dry run takes.

    A library script is linted alone: it runs where another script requires it.

    Args:
        realm: Where the script is, or would be.
        script: A script, saved or not, or the name or id of a saved one.
        client_id: Whose token the script would stamp; None for one made up.
        scopes: Those asked for.
        user: Who the token is about; None where the client acts as itself.
        token_type: The URN of an access token or an ID token.
        request: Further parameters of the request.
        operation: What happens to the client of a registration script.
        alone: Leave out the realm around the script: who exists and who uses it.

    Raises:
        RegistrationError: There is no such script, client or user.
    """
    chosen = realm.scripts.find(script) if isinstance(script, str) else script
    if isinstance(chosen, LibraryScript):
        return check_language(realm, chosen)
    outcome = dry_run(
        realm,
        chosen,
        client_id,
        scopes,
        user=user,
        token_type=token_type,
        request=request,
        operation=operation,
    )
    if alone and outcome.dry_run is not None:
        outcome = replace(outcome, dry_run=replace(outcome.dry_run, exchangers=()))
    unread = isinstance(outcome.error, EngineUnavailable)
    if chosen.language == "GROOVY" or unread:  # nothing here reads it
        return Checked(outcome=outcome)
    from workbench.sandbox.lint import lint  # not before a script is checked

    around = None if alone else parties_around(realm, chosen)
    reading = reader_of(realm).read(chosen.source)
    findings = lint(chosen, reading, around, outcome)
    return Checked(outcome=outcome, findings=findings)


def check_language(realm: Realm, script: Script) -> Checked:
    """What AM's engine would refuse of a script of any kind; nothing is run."""
    if script.language == "GROOVY":  # nothing here reads it
        return Checked(outcome=ScriptOutcome(script=script))
    try:
        reading = reader_of(realm).read(script.source)
    except EngineUnavailable as problem:
        return Checked(outcome=ScriptOutcome(script=script, error=problem))
    error = None if reading.program is not None else refusal(script, reading)
    outcome = ScriptOutcome(script=script, error=error)
    return Checked(outcome=outcome, findings=reading.findings)


def reader_of(realm: Realm) -> Reader:
    """The realm's engine where it can read scripts, else one that does."""
    engine: Any = realm.engine
    return engine if hasattr(engine, "read") else _own_reader()


@functools.cache
def _own_reader() -> Reader:
    return QuickJSEngine()
