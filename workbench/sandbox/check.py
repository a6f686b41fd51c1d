"""A script looked at and tried: what the linter and a dry run say of it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from workbench.am.dry_runs.dry_run import dry_run
from workbench.am.issuing.parties import parties_around
from workbench.am.realm import Realm
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.script import MayActScript, Script, ScriptOutcome
from workbench.am.tokens.token import ACCESS_TOKEN
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
        """Whether it stamps a claim, and nothing is wrong with it."""
        wrong = any(each.severity == "error" for each in self.findings)
        return self.accepted and self.outcome.stamped and not wrong


def check(
    realm: Realm,
    script: MayActScript | str,
    client_id: str | None = None,
    scopes: tuple[str, ...] = (),
    *,
    user: str | None = None,
    token_type: str = ACCESS_TOKEN,
    request: Mapping[str, Any] | None = None,
    alone: bool = False,
) -> Checked:
    """Lint a script and run it dry; takes what :meth:`Realm.dry_run` takes.

    Args:
        realm: Where the script is, or would be.
        script: A script, saved or not, or the name or id of a saved one.
        client_id: Whose token the script would stamp; None for one made up.
        scopes: Those asked for.
        user: Who the token is about; None where the client acts as itself.
        token_type: The URN of an access token or an ID token.
        request: Further parameters of the request.
        alone: Leave out the realm around the script: who exists and who uses it.

    Raises:
        RegistrationError: There is no such script, client or user.
    """
    chosen = realm.script(script) if isinstance(script, str) else script
    outcome = dry_run(
        realm,
        chosen,
        client_id,
        scopes,
        user=user,
        token_type=token_type,
        request=request,
    )
    if alone and outcome.dry_run is not None:
        outcome = replace(outcome, dry_run=replace(outcome.dry_run, exchangers=()))
    if chosen.language == "GROOVY":  # nothing here reads it
        return Checked(outcome=outcome)
    from workbench.sandbox.lint import lint  # not before a script is checked

    around = None if alone else parties_around(realm, chosen)
    reading = _reader(realm).read(chosen.source)
    findings = lint(chosen, reading, around, outcome)
    return Checked(outcome=outcome, findings=findings)


def check_language(realm: Realm, script: Script) -> Checked:
    """What AM's engine would refuse of a script of any kind; nothing is run."""
    if script.language == "GROOVY":  # nothing here reads it
        return Checked(outcome=ScriptOutcome(script=script))
    reading = _reader(realm).read(script.source)
    error = None if reading.program is not None else refusal(script, reading)
    outcome = ScriptOutcome(script=script, error=error)
    return Checked(outcome=outcome, findings=reading.findings)


def _reader(realm: Realm) -> Reader:
    """The realm's engine where it can read scripts, else one that does."""
    engine: Any = realm.engine
    return engine if hasattr(engine, "read") else _own_reader()


@functools.cache
def _own_reader() -> Reader:
    return QuickJSEngine()
