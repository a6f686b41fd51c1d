"""What an administrator keeps in a realm: the trail of it, settings and scripts."""

from dataclasses import replace
from typing import Any, Literal, TypeVar, overload

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.validation import instead
from workbench.am.basics.watching import Watchers
from workbench.am.scripts.plugin import PLUGINS, SAMPLE_NAMES, SCRIPT_SETTINGS
from workbench.am.scripts.script import (
    EMPTY,
    NEXT_GENERATION,
    LibraryScript,
    MayActScript,
    RegistrationScript,
    Script,
)
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import RegistrationError

S = TypeVar("S", bound=Script)

MAY_ACT: Literal["OAUTH2_MAY_ACT"] = "OAUTH2_MAY_ACT"

_KINDS: tuple[type[Script], ...] = (MayActScript, RegistrationScript, LibraryScript)

KINDS: dict[str, type[Script]] = {
    context.removesuffix("_NEXT_GEN"): kind
    for kind in (*_KINDS, *PLUGINS.values())
    for context in kind.contexts.values()
}
"""What scripts there are, by context."""


def kind_of(context: str) -> type[Script]:
    """The kind of script that runs in a context.

    Raises:
        RegistrationError: There is no such context.
    """
    family = context.removesuffix("_NEXT_GEN") if isinstance(context, str) else ""
    if family not in KINDS:
        raise RegistrationError(
            f"There is no script context {context!r} here. {instead(family, KINDS)}",
            about="context",
        )
    return KINDS[family]


def setting_kind(setting: str) -> type[Script]:
    """The kind of script that a setting of the provider or of a client names."""
    if setting == "dynamicClientRegistrationScript":
        return RegistrationScript
    return SCRIPT_SETTINGS.get(setting, MayActScript)


class Registry:
    """The provider settings and the scripts of a realm, and what was done to it.

    Args:
        path: The realm's path, such as ``/alpha``.
        ids: Gives identifiers.
        clock: Gives the time of audit events.
        properties: The server's advanced properties.
    """

    def __init__(
        self, path: str, ids: Ids, clock: Clock, properties: dict[str, str]
    ) -> None:
        self.path = path
        self.ids = ids
        self.clock = clock
        self.audit = AuditTrail()
        self.watchers = Watchers()
        self.provider = ProviderSettings()
        self.provider.watch(self.refresh)
        self.scripts: dict[str, Script] = {}
        self.properties = properties
        clock.watchers.add(self)

    def record(self, event: Event) -> None:
        """Add to the audit trail what happened, and tell whoever shows it."""
        self.audit.append(event)
        self.refresh()

    def refresh(self) -> None:
        """Tell whoever shows this realm that something in it changed."""
        self.watchers.refresh()

    # Settings

    def set_property(self, name: str, value: str) -> None:
        """Set a server property, as under Configure > Server Defaults > Advanced."""
        self.properties[name] = value
        self._record("setting", f"{name} was set to {value}.")

    def set_provider(self, **settings: Any) -> None:
        """Set settings of the OAuth2 Provider service, all or none.

        Raises:
            SettingError: No such setting, or not a value for it.
        """
        replace(self.provider, **settings)
        for name, value in settings.items():
            setattr(self.provider, name, value)
        self._record("setting", f"OAuth2 Provider: {', '.join(settings)} set.")

    # Scripts

    @overload
    def add_script(
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
    def add_script(
        self,
        name: str,
        source: str,
        evaluator_version: str = ...,
        *,
        context: str,
        language: str = ...,
        description: str = ...,
    ) -> Script: ...

    def add_script(
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
            id=self._script_id(name),
            name=name,
            source=source,
            evaluator_version=evaluator_version,
            language=language,
            description=description,
        )
        return self._add(script)

    def add_registration_script(
        self, name: str, source: str, *, description: str = ""
    ) -> RegistrationScript:
        """Add a dynamic client registration script, which is next generation.

        ``provider.dynamicClientRegistrationScript`` names the one that runs.

        Raises:
            RegistrationError: As for a may act script.
        """
        script = RegistrationScript(
            id=self._script_id(name), name=name, source=source, description=description
        )
        return self._add(script)

    def add_library_script(
        self, name: str, source: str, *, description: str = ""
    ) -> LibraryScript:
        """Add a library script, which next-generation scripts ``require()`` by name.

        Raises:
            RegistrationError: As for a may act script.
        """
        script = LibraryScript(
            id=self._script_id(name), name=name, source=source, description=description
        )
        return self._add(script)

    def keep_script(
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
            context: As :meth:`add_script` takes it.

        Raises:
            RegistrationError: Name or script is empty, or context or evaluator
                version would change, which they cannot (PingAM 8.1, "Manage
                scripts").
        """
        if not source.strip():
            raise RegistrationError("The script is empty; nothing was saved.")
        saved = self._script_named(name)
        if not isinstance(saved, kind_of(context)):
            return self.add_script(name, source, evaluator_version, context=context)
        if saved.evaluator_version != evaluator_version:
            raise RegistrationError(
                f"Script {name} has evaluator version {saved.evaluator_version}, which "
                "cannot be changed once it is saved. Give the new one another name."
            )
        return self.update_script(name, source)

    def update_script(self, name: str, source: str) -> Script:
        """Change a script's source; its context and evaluator version stay.

        Raises:
            RegistrationError: There is no such script.
        """
        script = replace(self._find(name, Script), source=source)
        self.scripts[script.id] = script
        self._record("register", f"Script {script.name} was changed.")
        return script

    def script(self, name: str) -> MayActScript:
        """The may act script of this name or id.

        Raises:
            RegistrationError: There is none; a script of another context is none.
        """
        return self._find(name, MayActScript)

    def script_for(self, kind: type[S], name: str) -> S | None:
        """The script that a setting names, by id or name; None where it names none.

        Args:
            kind: What the setting takes.
            name: Its value: ``[Empty]`` and AM's own samples are none.

        Raises:
            RegistrationError: There is no such script.
        """
        return None if name == EMPTY or name in SAMPLE_NAMES else self._find(name, kind)

    def scripts_for(self, setting: str) -> list[Script]:
        """Those that a setting can name."""
        return self._of(setting_kind(setting))

    @property
    def may_act_scripts(self) -> list[MayActScript]:
        """Those that a may act setting can name."""
        return self._of(MayActScript)

    @property
    def libraries(self) -> dict[str, str]:
        """The library scripts, source by name."""
        return {each.name: each.source for each in self._of(LibraryScript)}

    def any_script(self, name: str) -> Script:
        """The script of this name or id, whatever its context; raises as above."""
        return self._find(name, Script)

    def _find(self, name: str, kind: type[S]) -> S:
        script = self.scripts.get(name) or self._script_named(name)
        if isinstance(script, kind):
            return script
        if script is not None:
            raise RegistrationError(
                f"The script {name!r} is for {script.context}; "
                f"a {kind.kind} is needed here."
            )
        names = [each.name for each in self._of(kind)]
        known = instead(name, names) if names else "There are no scripts yet."
        raise RegistrationError(
            f"There is no {kind.kind} {name!r} in realm {self.path}. {known}"
        )

    def _of(self, kind: type[S]) -> list[S]:
        return [each for each in self.scripts.values() if isinstance(each, kind)]

    def _script_named(self, name: str) -> Script | None:
        return next((s for s in self.scripts.values() if s.name == name), None)

    def _script_id(self, name: str) -> str:
        """An id for a script of this name, which must be free."""
        if not isinstance(name, str) or not name.strip() or name == EMPTY:
            raise RegistrationError(f"A script needs a name, other than {EMPTY}.")
        if self._script_named(name) is not None:
            raise RegistrationError(
                f"Script with name {name} already exist in realm {self.path}.",
                call=f"update_script({name!r}, source) changes it.",
                about="name",
            )
        return self.ids.uuid()

    def _add(self, script: S) -> S:
        self.scripts[script.id] = script
        self._record("register", f"Script {script.name} was added.")
        return script

    def _record(self, kind: str, summary: str) -> None:
        self.record(Event(time=self.clock.now(), kind=kind, summary=summary))
