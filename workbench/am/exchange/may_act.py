"""Who may act for whom: reading the ``may_act`` of a token.

Sources: RFC 8693 section 4.4; PingAM 8.1 "Token exchange: delegation".
"""

from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import MayAct


def members(may_act: MayAct, name: str) -> tuple[Any, ...]:
    """A member of ``may_act`` as a list: AM takes one value or a collection."""
    value = may_act.get(name)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def members_shown(values: tuple[Any, ...], nothing: str) -> str:
    """Members for people, or what to say where there is none."""
    return " or ".join(_shown(value) for value in values) or nothing


def _shown(value: Any) -> str:
    return (
        safe_text(value)
        if isinstance(value, str)
        else f"{safe_text(value)} (not a text)"
    )
