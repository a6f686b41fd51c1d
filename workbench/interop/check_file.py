"""The scripts of a file, each checked as what the file, or its text, says it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.realm import Realm
from workbench.am.rest.script_body import Beside
from workbench.am.scripts.kinds import MAY_ACT, kind_of
from workbench.am.scripts.script import (
    NEXT_GENERATION,
    MayActScript,
    Script,
    ScriptOutcome,
)
from workbench.errors import (
    CommandError,
    ScriptError,
    ScriptNotRunnable,
    WorkbenchError,
)
from workbench.interop.bodies import FoundScript
from workbench.interop.contexts import version_in
from workbench.interop.kinds import GROOVY, Kind, kind_of_name, language_of
from workbench.interop.script_files import scripts_in
from workbench.sandbox.check import Checked, check, reader_of
from workbench.sandbox.engines.outcome import GROOVY as NOT_RUNNABLE
from workbench.sandbox.lint.bound import a_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    """How the scripts of a file shall be checked.

    Attributes:
        context: What they are for where the file does not say; "" to guess.
        version: Their evaluator version where the file does not say; "" for 2.0.
        client_id: A registered client that asks, or None for one made up.
        scopes: Those asked for.
        user: A registered person, or None.
        request: Further parameters of the request.
        operation: What happens to the client of a registration script.
    """

    context: str = ""
    version: str = ""
    client_id: str | None = None
    scopes: tuple[str, ...] = ()
    user: str | None = None
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    operation: str = "CREATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedScript:
    """One script of a file, and what was found out about it.

    Attributes:
        found: The script as the file has it.
        checked: What the linter and a dry run say.
        context: What it was taken for, without the version.
        because: Why: ``file``, ``option``, ``default``, or the reason of a guess. Both
            are "" where it was taken for nothing.
        notes: What of the question does not hold for it.
    """

    found: FoundScript
    checked: Checked
    context: str
    because: str
    notes: tuple[str, ...] = ()

    @property
    def taken_for(self) -> str:
        """A sentence, where nobody said what the script is for; else ""."""
        groovy = isinstance(self.checked.outcome.error, ScriptNotRunnable)
        if self.because in ("", "file", "option") or groovy:
            return ""
        because = self.because
        if because == "default":
            because = "nothing in it says what it is for"
        return (
            f"Taken for {a_kind(self.context)}, because {because}; "
            "--context says otherwise."
        )


def check_file(
    realm: Realm,
    octets: bytes,
    name: str,
    asked: CheckAsked,
    beside: Beside | None = None,
) -> list[CheckedScript]:
    """Check each script of a file: lint it, and run it dry.

    Args:
        realm: Where the scripts are tried; they are not kept in it.
        octets: The file.
        name: Its name.
        asked: How to check.
        beside: Reads another file that this one names.

    Raises:
        WorkbenchError: The file holds no script.
    """
    return [_check(realm, found, asked) for found in scripts_in(octets, name, beside)]


def _check(realm: Realm, found: FoundScript, asked: CheckAsked) -> CheckedScript:
    if found.problem:
        return _refused(found, found.problem)
    context, because = _context(realm, found, asked)
    kind = _language(realm, found)
    if kind and kind.what != GROOVY:
        wrong = (
            f"{found.name} is {kind.what}, {kind.by}. AM runs JavaScript, and Groovy."
        )
        if not found.place:
            raise WorkbenchError(wrong)
        return _refused(found, wrong)
    version = found.evaluator_version or asked.version
    if kind is None:
        try:
            version = version_in(context, version)
        except CommandError as problem:
            return _refused(found, str(problem))
    checked = _checked(realm, _script(context, found, version), asked, kind)
    return CheckedScript(
        found=found,
        checked=checked,
        context=context,
        because=because,
        notes=(
            *_notes(found, asked),
            *_other_version(checked, found.evaluator_version or asked.version),
        ),
    )


def _context(realm: Realm, found: FoundScript, asked: CheckAsked) -> tuple[str, str]:
    """What a script is for, and how that is known."""
    if found.context:
        return found.context, "file"
    if asked.context:
        return asked.context, "option"
    _, guess = reader_of(realm).look(found.source)
    return (guess.family, guess.because) if guess else (MAY_ACT, "default")


def _language(realm: Realm, found: FoundScript) -> Kind | None:
    """What other language a script is in; None for JavaScript."""
    if found.language == "GROOVY":
        return kind_of_name(found.name) or Kind(GROOVY, "as its language says")
    readable, _ = reader_of(realm).look(found.source)
    if readable:
        return None
    return language_of(found.source)


def _checked(
    realm: Realm, script: Script, asked: CheckAsked, kind: Kind | None
) -> Checked:
    if kind is not None:
        groovy = f"This is Groovy, {kind.by}. {NOT_RUNNABLE}"
        return _outcome(script, ScriptNotRunnable(groovy))
    return check(
        realm,
        script,
        asked.client_id,
        asked.scopes,
        user=asked.user,
        request=asked.request,
        operation=asked.operation,
        alone=True,
    )


def _script(context: str, found: FoundScript, version: str) -> Script:
    kind = kind_of(context)
    known = version if version in kind.contexts else NEXT_GENERATION
    return kind(
        id="check", name=found.name, source=found.source, evaluator_version=known
    )


def _refused(found: FoundScript, problem: str) -> CheckedScript:
    """A script that is none."""
    script = MayActScript(id="check", name=found.name, source=found.source)
    return CheckedScript(
        found=found,
        checked=_outcome(script, ScriptError(problem)),
        context="",
        because="",
    )


def _outcome(script: Script, error: ScriptError) -> Checked:
    return Checked(outcome=ScriptOutcome(script=script, error=error))


def _notes(found: FoundScript, asked: CheckAsked) -> list[str]:
    """What was asked and the file says otherwise: the file counts."""
    notes = [found.note] if found.note else []
    if found.context and asked.context not in ("", found.context):
        notes.append(f"The file says {found.context}, so --context does not count.")
    if found.evaluator_version and asked.version not in ("", found.evaluator_version):
        notes.append(
            f"The file says evaluatorVersion {found.evaluator_version}, so the "
            "version asked for does not count."
        )
    return notes


def _other_version(checked: Checked, given: str) -> list[str]:
    """That a script reads like a legacy one, where nobody said its version."""
    legacy = any(each.code == "legacy-api" for each in checked.findings)
    if given or not legacy or checked.passed:
        return []
    return ["It reads like a legacy script; --legacy takes it as one."]
