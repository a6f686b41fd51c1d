"""What is said of each setting, as rows for tables and reference pages."""

from dataclasses import MISSING
from typing import Any, NamedTuple

from workbench.am.basics.setting import Setting, settings_of


class SettingRow(NamedTuple):
    """One setting in a table.

    Attributes:
        name: In Python.
        rest: Over REST, or "" where that is unknown.
        label: AM's words.
        tab: Of AM's admin UI.
        default: In a fresh AM, as JSON has it; None where one must be given.
        type: What its value is, for people.
        choices: The only values there are; () for any.
        overridable: Whether a client's override block can replace it.
        inheritable: Whether a group can hand it on.
        help: One sentence.
        unsupported: What AM does with it and the bench does not.
    """

    name: str
    rest: str
    label: str
    tab: str
    default: Any
    type: str
    choices: tuple[str, ...]
    overridable: bool
    inheritable: bool
    help: str
    unsupported: str


def rows(owner: type) -> tuple[SettingRow, ...]:
    """A row for each setting of a class, in AM's order.

    Args:
        owner: Such as ``ProviderSettings``, ``Overrides``, ``Client`` or ``AIAgent``;
            the override block of a client is left to a table of its own.
    """
    known = settings_of(owner).values()
    return tuple(_row(said) for said in known if said.kind in (bool, int, str, tuple))


def _row(said: Setting) -> SettingRow:
    given = said.default is not MISSING
    return SettingRow(
        name=said.name,
        rest=said.rest,
        label=said.label,
        tab=said.tab,
        default=said.as_json(said.default) if given else None,
        type=said.takes,
        choices=tuple(word for word, _ in said.words) or said.choices,
        overridable=said.overridable,
        inheritable=said.inheritable,
        help=said.help,
        unsupported=said.unsupported,
    )
