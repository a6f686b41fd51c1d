"""The two settings of a plugin script: whether a script counts, and which."""

from workbench.am.scripts.plugin import JAVA, PROVIDER, SCRIPTED
from workbench.am.settings.tabs import PLUGINS


def plugin_type(default: str, words: str) -> str:
    """Describe the setting that says whether a script counts."""
    return PLUGINS.setting(
        default,
        f"{words} Plugin Type",
        "SCRIPTED: the script below counts; JAVA: AM's own class does the usual thing.",
        choices=(SCRIPTED, JAVA),
        unsupported="No Java class of one's own is run.",
        client_choices=(PROVIDER, SCRIPTED, JAVA),
        overridable=True,
    )


def plugin_script(default: str, words: str, does: str) -> str:
    """Describe the setting that names the script."""
    return PLUGINS.setting(default, f"{words} Script", does, overridable=True)
