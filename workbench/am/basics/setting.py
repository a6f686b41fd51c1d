"""A setting described once, where it is declared, for everything that reads it.

Checks, forms, labels, names over REST and the reference pages all ask
:func:`settings_of`, so that a setting is added in one place.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_KEY = "setting"

_KINDS: Mapping[type, str] = {
    bool: "True or False",
    int: "a whole number",
    str: "a text",
    tuple: "a list of texts",
}
"""What people call each type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a server, a client or a profile.

    Attributes:
        name: Its name in Python.
        label: AM's words beside the field.
        help: One sentence.
        tab: The tab of AM's admin UI that it is on.
        section: The object that holds it in AM's JSON.
        rest: Its name over REST, or "" where that is unknown.
        kind: What its value is: bool, int, str, or tuple, which stands for a list
            of texts; anything else is nobody's to type in.
        optional: Whether it can be None.
        default: Its value in a fresh AM; ``MISSING`` where one must be given.
        choices: The only values, or those of a list's members; () for any.
        offered: What AM's UI offers where others can be had too, as words and value.
        words: Words for its values and over REST, where these are not its values.
        lowest: The least number it can be.
        secret: Whether its value is never shown.
        overridable: Whether a client's override block can replace it.
        client_help: The sentence in that block, where it is another.
        client_choices: The only values there, likewise.
        inheritable: Whether a group of clients can hand it on.
        replaces: The provider's setting in whose place it counts unless it is 0.
        member: Its name in the metadata of a client that registers itself (RFC 7591;
            PingAM 8.1), or "" where none is understood.
        setter: The method of ``clientIdentity`` that sets it, likewise.
        unsupported: What AM does with it and the bench does not.
        absent: Those of a list's members that are kept and do nothing here.
    """

    name: str = ""
    label: str = ""
    help: str = ""
    tab: str = ""
    section: str = ""
    rest: str = ""
    kind: type = str
    optional: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, Any], ...] = ()
    lowest: int = 0
    secret: bool = False
    overridable: bool = False
    client_help: str = ""
    client_choices: tuple[str, ...] = ()
    inheritable: bool = False
    replaces: str = ""
    member: str = ""
    setter: str = ""
    unsupported: str = ""
    absent: tuple[str, ...] = ()

    def remark_on(self, value: Any) -> str:
        """What to tell of a value with members that do nothing here, or ""."""
        words = {each: said.partition(" (")[0] for said, each in self.offered}
        found = [words.get(each, each) for each in self.absent if each in value]
        told = f"{self.label} not on this bench: {', '.join(found)}"
        return f"{told} (kept, without effect)." if found else ""

    @property
    def takes(self) -> str:
        """What its value is, for people."""
        return _KINDS.get(self.kind, self.kind.__name__)

    @property
    def is_script(self) -> bool:
        """Whether it names a script; AM's names for these end so."""
        return self.name.endswith("Script")

    def as_json(self, value: Any) -> Any:
        """A value of it as JSON has it: its word, a list, or as it is."""
        words = {known: word for word, known in self.words}
        return words.get(value, list(value) if isinstance(value, tuple) else value)

    @property
    def tooltip(self) -> str:
        """The name over REST, then the sentence."""
        return f"{self.rest}: {self.help}" if self.rest else self.help

    @property
    def options(self) -> tuple[tuple[str, Any], ...]:
        """What AM's UI offers, as words and value; () where anything can be typed."""
        plain = tuple((each, each) for each in self.choices)
        return self.words or self.offered or plain


class Tab(NamedTuple):
    """A tab of AM's admin UI; its settings are declared with it.

    Attributes:
        title: AM's.
        section: The object that holds its settings in AM's JSON.
        inheritable: Whether groups hand these on, unless a setting says otherwise.
    """

    title: str = ""
    section: str = ""
    inheritable: bool = False

    def setting(self, default: T, label: str = "", help: str = "", **more: Any) -> T:
        """The default of a dataclass field, with its description.

        Args:
            default: In a fresh AM.
            label: AM's words.
            help: One sentence.
            more: What else there is to say, as attributes of :class:`Setting`; a
                name over REST need not be said where it is the field's own.
        """
        told: T = self._field(default, label, help, more)
        return told

    def required(self, label: str, help: str, **more: Any) -> Any:
        """A dataclass field without a default, with its description."""
        return self._field(MISSING, label, help, more)

    def _field(self, default: Any, label: str, help: str, more: dict[str, Any]) -> Any:
        shown = more.pop("repr", not more.get("secret", False))
        place = {"tab": self.title, "section": self.section}
        known = {**place, "inheritable": self.inheritable, **more}
        said = Setting(label=label, help=help, **known)
        own_name = bool(self.section) and "rest" not in more
        metadata = {_KEY: said, "own name": own_name}
        return field(default=default, repr=shown, metadata=metadata)


setting = Tab().setting
"""Describes a setting that AM's admin UI has not."""


def settings_of(owner: type) -> Mapping[str, Setting]:
    """The settings of a dataclass by name, in order.

    A field that says nothing of itself is described as in the class it is inherited
    from, or as ``described`` of its class says.
    """
    return _settings(owner)


@cache
def _settings(owner: type) -> Mapping[str, Setting]:
    hints = get_type_hints(owner)
    return {
        item.name: _completed(_said(owner, item.name), item, hints[item.name])
        for item in fields(owner)
    }


def remarks_on(owner: type, given: Mapping[str, Any]) -> str:
    """What to tell of values for an owner's settings that do nothing here, or "".

    Args:
        owner: The class that has the settings.
        given: Values by name.
    """
    known = settings_of(owner)
    told = (known[name].remark_on(value) for name, value in given.items())
    return "".join(f" {remark}" for remark in told if remark)


def _said(owner: type, name: str) -> Setting:
    for each in owner.__mro__:
        item = getattr(each, "__dataclass_fields__", {}).get(name)
        if item is not None and _KEY in item.metadata:
            said: Setting = item.metadata[_KEY]
            return replace(said, rest=name) if item.metadata["own name"] else said
    found: Setting = getattr(owner, "described", {}).get(name, Setting())
    return found


def _completed(said: Setting, item: Field[Any], hint: Any) -> Setting:
    """With what the declaration tells: name, default and type."""
    several = get_origin(hint) is tuple
    members = (hint,) if several else get_args(hint) or (hint,)
    kinds = [each for each in members if each is not NoneType]
    return replace(
        said,
        name=item.name,
        default=item.default,
        kind=tuple if several else kinds[0],
        optional=NoneType in members,
    )
