"""The contexts of scripts by what people call them."""

from collections.abc import Iterable

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.kinds import KINDS
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.errors import CommandError

SHORT = {
    "OAUTH2_MAY_ACT": ("may-act", "oauth2-may-act-script"),
    "OAUTH2_ACCESS_TOKEN_MODIFICATION": (
        *("modification", "access-token-modification", "token-modification", "atm"),
    ),
    "OAUTH2_VALIDATE_SCOPE": ("validate-scope", "scope-validation", "validate"),
    "OAUTH2_EVALUATE_SCOPE": ("evaluate-scope", "scope-evaluation", "evaluate"),
    "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER": (
        *("authorize-endpoint-data-provider", "authorize-data", "authorize"),
    ),
    "OIDC_CLAIMS": ("oidc-claims", "claims", "openid-claims"),
    "OAUTH2_DYNAMIC_CLIENT_REGISTRATION": (
        *("dynamic-client-registration", "registration", "dcr"),
    ),
    "LIBRARY": ("library",),
}
"""What a context can also be called; the first is what it is called here."""


def context_named(text: str) -> str:
    """The context of a name, without the evaluator version.

    AM's own names count, with or without ``_NEXT_GEN``; case does not, nor whether
    words are held together by ``-``, ``_`` or blanks.

    Raises:
        CommandError: There is no such context.
    """
    asked = _plain(text).removesuffix("-next-gen")
    for context, names in SHORT.items():
        if asked in (_plain(context), *names):
            return context
    short = [names[0] for names in SHORT.values()]
    near = name_instead(asked, short)
    raise CommandError(f"There is no script context {text!r} here. {near}")


def version_named(text: str) -> str:
    """The evaluator version that a context's name implies, or ""."""
    return NEXT_GENERATION if _plain(text).endswith("-next-gen") else ""


def version_in(context: str, asked: str) -> str:
    """The evaluator version that scripts of a context have.

    Args:
        context: One of AM's.
        asked: The version that somebody asked for, or "" for none in particular.

    Raises:
        CommandError: The context has no such version.
    """
    there: Iterable[str] = KINDS[context].contexts
    version = asked or NEXT_GENERATION
    if version not in there:
        name = "legacy" if version == LEGACY else "next generation"
        raise CommandError(f"AM has no {context} script of version {version} ({name}).")
    return version


def _plain(text: str) -> str:
    return "-".join(text.lower().replace("_", " ").replace("-", " ").split())
