"""The scripts of a realm, of every kind, and what an administrator does with them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, TypeVar, overload

from workbench.am.admin.further import SCRIPT, FurtherStore
from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.basics.clock import Ids
from workbench.am.basics.steady import Steady
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.basics.words import in_words, with_article
from workbench.am.rest.leaf import NOTHING, Further
from workbench.am.scripts.kinds import MAY_ACT, kind_of, setting_kind
from workbench.am.scripts.plugin import SAMPLE_NAMES
from workbench.am.scripts.script import (
    EMPTY,
    NEXT_GENERATION,
    LibraryScript,
    MayActScript,
    RegistrationScript,
    Script,
)
from workbench.errors import RegistrationError

S = TypeVar("S", bound=Script)


class ScriptStore(Steady[Script]):
    """The scripts of a realm, by their id.

    Args:
        path: The realm's path, such as ``/alpha``.
        ids: Gives identifiers.
        recorder: Keeps the audit trail.
        further: Keeps what AM's JSON says of them beside.
    """

    def __init__(
        self, path: str, ids: Ids, recorder: Recorder, further: FurtherStore
    ) -> None:
        self._path = path
        self._ids = ids
        self._recorder = recorder
        self._further = further
        self._scripts: Table[Script] = Table("scripts")

    def __getitem__(self, script_id: str) -> Script:
        return self._scripts[script_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scripts)

    def __len__(self) -> int:
        return len(self._scripts)

    @overload
    def add(
        self,
        name: str,
        source: str,
        evaluator_version: str = ...,
        *,
        context: Literal["OAUTH2_MAY_ACT"] = ...,
        language: str = ...,
        description: str = ...,
    ) -> MayActScript: ...

    @overload
    def add(
        self,
        name: str,
        source: str,
        evaluator_version: str = ...,
        *,
        context: str,
        language: str = ...,
        description: str = ...,
    ) -> Script: ...

    @in_turn
    def add(
        self,
        name: str,
        source: str,
        evaluator_version: str = NEXT_GENERATION,
        *,
        context: str = MAY_ACT,
        language: str = "JAVASCRIPT",
        description: str = "",
    ) -> Script:
        """Add a script; without a context, a may act script.

        Args:
            name: Unique in the realm.
            source: The script.
            evaluator_version: ``"2.0"`` for next generation, ``"1.0"`` for legacy.
            context: Where it may run, as AM names it: ``OAUTH2_MAY_ACT``,
                ``OAUTH2_ACCESS_TOKEN_MODIFICATION``, ... ; with ``_NEXT_GEN`` or
                without, for the evaluator version says that.
            language: ``JAVASCRIPT``, or ``GROOVY``, which is kept but cannot run.
            description: For people.

        Raises:
            RegistrationError: The name is taken or empty, or a value is unfit.
        """
        script = kind_of(context)(
            id=self._new_id(name),
            name=name,
            source=source,
            evaluator_version=evaluator_version,
            language=language,
            description=description,
        )
        return self._keep(script)

    @in_turn
    def add_registration(
        self, name: str, source: str, *, description: str = ""
    ) -> RegistrationScript:
        """Add a dynamic client registration script, which is next generation.

        ``provider.dynamicClientRegistrationScript`` names the one that runs.

        Raises:
            RegistrationError: As for a may act script.
        """
        script = RegistrationScript(
            id=self._new_id(name), name=name, source=source, description=description
        )
        return self._keep(script)

    @in_turn
    def add_library(
        self, name: str, source: str, *, description: str = ""
    ) -> LibraryScript:
        """Add a library script, which next-generation scripts ``require()`` by name.

        Raises:
            RegistrationError: As for a may act script.
        """
        script = LibraryScript(
            id=self._new_id(name), name=name, source=source, description=description
        )
        return self._keep(script)

    @in_turn
    def save(
        self,
        name: str,
        source: str,
        evaluator_version: str = NEXT_GENERATION,
        *,
        context: str = MAY_ACT,
    ) -> Script:
        """Add a script, or change the one of this name, as an editor saves.

        Args:
            name: Unique in the realm.
            source: The script.
            evaluator_version: ``"2.0"`` for next generation, ``"1.0"`` for legacy.
            context: As :meth:`add` takes it.

        Raises:
            RegistrationError: Name or script is empty, or context or evaluator
                version would change, which they cannot (PingAM 8.1, "Manage
                scripts").
        """
        if not source.strip():
            raise RegistrationError(
                "The script is empty; nothing was saved.",
                about="source",
            )
        saved = self._by_name(name)
        if not isinstance(saved, kind_of(context)):
            return self.add(name, source, evaluator_version, context=context)
        if saved.evaluator_version != evaluator_version:
            raise RegistrationError(
                f"Script {name} has evaluator version {saved.evaluator_version}, which "
                "cannot be changed once it is saved. Give the new one another name.",
                about="name",
            )
        return self.update(name, source)

    @in_turn
    def update(self, name: str, source: str) -> Script:
        """Change a script's source; its context and evaluator version stay.

        Raises:
            RegistrationError: There is no such script.
        """
        script = replace(self.find(name), source=source)
        self._scripts[script.id] = script
        self._recorder.note("register", f"Script {script.name} was changed.")
        return script

    @in_turn
    def put(self, script: Script, further: Further = NOTHING) -> Script:
        """Keep a script under its own id: a new one, or in place of that of this id.

        Args:
            script: The script.
            further: What AM's JSON says of it beside.

        Raises:
            RegistrationError: Another script has the name, or context or evaluator
                version would change, which they cannot.
        """
        self._require_putting(script)
        done = "changed" if script.id in self else "added"
        self._scripts[script.id] = script
        self._further.keep(further, SCRIPT, script.id)
        self._recorder.note("register", f"Script {script.name} was {done}.")
        return script

    def _require_putting(self, script: Script) -> None:
        before = self._scripts.get(script.id)
        if before is None or before.name != script.name:
            self._require_name(script.name)
        if before is not None and before.context != script.context:
            raise RegistrationError(
                f"Script {before.name} is for {before.context}, and its context and "
                "evaluator version cannot be changed once it is saved.",
                about="context",
            )

    @in_turn
    def delete(self, name: str) -> Script:
        """Delete the script of this name or id and return it.

        A setting that names it names a script that is not there from then on.

        Raises:
            RegistrationError: There is no such script.
        """
        script = self.find(name)
        del self._scripts[script.id]
        self._further.forget(SCRIPT, script.id)
        self._recorder.note("register", f"Script {script.name} was deleted.")
        return script

    def may_act(self, name: str) -> MayActScript:
        """The may act script of this name or id.

        Raises:
            RegistrationError: There is none; a script of another context is none.
        """
        return self._find(name, MayActScript)

    def find(self, name: str) -> Script:
        """The script of this name or id, whatever its context; raises as above."""
        return self._find(name, Script)

    def named_by_setting(self, kind: type[S], value: str) -> S | None:
        """The script that a setting names, by id or name; None where it names none.

        Args:
            kind: What the setting takes.
            value: The setting's: ``[Empty]`` and AM's own samples are none.

        Raises:
            RegistrationError: There is no such script.
        """
        return None if self.names_none(value) else self._find(value, kind)

    @staticmethod
    def names_none(value: str) -> bool:
        """Whether a setting of this value names no script."""
        return value == EMPTY or value in SAMPLE_NAMES

    def of(self, kind: type[S]) -> list[S]:
        """The scripts of one kind."""
        return [each for each in self._scripts.values() if isinstance(each, kind)]

    def for_setting(self, setting: str) -> list[Script]:
        """Those that a setting can name."""
        return self.of(setting_kind(setting))

    def said(self, value: Any) -> str:
        """A setting's value as people say it; that of a script is the script's name."""
        if not isinstance(value, str):
            return in_words(value)
        script = self._scripts.get(value)
        return script.name if script else SAMPLE_NAMES.get(value, value)

    @property
    def libraries(self) -> dict[str, str]:
        """The library scripts, source by name."""
        return {each.name: each.source for each in self.of(LibraryScript)}

    def _find(self, name: str, kind: type[S]) -> S:
        script = self._scripts.get(name) or self._by_name(name)
        if isinstance(script, kind):
            return script
        if script is not None:
            raise RegistrationError(
                f"The script {name!r} is for {script.context}; "
                f"{with_article(kind.kind)} is needed here."
            )
        names = [each.name for each in self.of(kind)]
        known = name_instead(name, names) if names else "There are no scripts yet."
        raise RegistrationError(
            f"There is no {kind.kind} {name!r} in realm {self._path}. {known}"
        )

    def _by_name(self, name: str) -> Script | None:
        return next((s for s in self._scripts.values() if s.name == name), None)

    def _new_id(self, name: str) -> str:
        """An id for a script of this name, which must be free."""
        self._require_name(name)
        return self._ids.uuid()

    def _require_name(self, name: str) -> None:
        if not isinstance(name, str) or not name.strip() or name == EMPTY:
            raise RegistrationError(
                f"A script needs a name, other than {EMPTY}.", about="name"
            )
        if self._by_name(name) is not None:
            raise RegistrationError(
                f"Script with name {name} already exist in realm {self._path}.",
                call=f"update_script({name!r}, source) changes it.",
                about="name",
            )

    def _keep(self, script: S) -> S:
        self._scripts[script.id] = script
        self._recorder.note("register", f"Script {script.name} was added.")
        return script
