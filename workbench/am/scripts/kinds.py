"""What kinds of script there are, by the context in which they run."""

from typing import Literal

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.plugin import PLUGINS, SCRIPT_SETTINGS
from workbench.am.scripts.script import (
    LibraryScript,
    MayActScript,
    RegistrationScript,
    Script,
)
from workbench.errors import RegistrationError

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
            f"There is no script context {context!r} here. "
            f"{name_instead(family, KINDS)}",
            about="context",
        )
    return KINDS[family]


def setting_kind(setting: str) -> type[Script]:
    """The kind of script that a setting of the provider or of a client names."""
    if setting == "dynamicClientRegistrationScript":
        return RegistrationScript
    return SCRIPT_SETTINGS.get(setting, MayActScript)
