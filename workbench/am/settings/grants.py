"""The settings that list grants and response types, and which of these run here."""

from collections.abc import Collection, Mapping
from typing import Any

from workbench.am.basics.setting import Tab
from workbench.am.settings.values import (
    ABSENT_GRANT_TYPES,
    ABSENT_RESPONSE_TYPES,
    GRANT_TYPES,
    RESPONSE_TYPES,
)

NOT_ON_THIS_BENCH = "not on this bench"


def grant_types(tab: Tab, default: tuple[str, ...], help: str, **more: Any) -> Any:
    """A setting that lists grant types.

    Args:
        tab: Where it stands.
        default: In a fresh AM.
        help: One sentence.
        more: What else there is to say, as attributes of a setting.
    """
    return tab.setting(
        default,
        "Grant Types",
        help,
        offered=_marked(GRANT_TYPES, ABSENT_GRANT_TYPES),
        unsupported="Implicit, UMA, device code, SAML2 and JWT bearer can be named, "
        "and give no token.",
        absent=ABSENT_GRANT_TYPES,
        **more,
    )


def response_types(tab: Tab, **more: Any) -> Any:
    """A setting that lists response types; takes what else there is to say."""
    return tab.setting(
        RESPONSE_TYPES,
        "Response Types",
        "What authorization may answer with.",
        offered=_marked({each: each for each in RESPONSE_TYPES}, ABSENT_RESPONSE_TYPES),
        unsupported="Authorization answers with a code alone.",
        absent=ABSENT_RESPONSE_TYPES,
        **more,
    )


def _marked(
    offered: Mapping[str, str], absent: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """What a form offers, as words and value; the words say what is not here."""
    return tuple(
        (f"{words} ({NOT_ON_THIS_BENCH})" if name in absent else words, name)
        for name, words in offered.items()
    )
