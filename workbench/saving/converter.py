"""Values of a bench as JSON has them, and back; cattrs does it, here is what it lacks.

Every value is checked as when the bench makes it: the classes refuse what cannot be.
Numbers, texts and truth values are never taken for one another.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter, IterableValidationError, IterableValidationNote
from cattrs.cols import (
    is_namedtuple,
    mapping_structure_factory,
    namedtuple_dict_structure_factory,
    namedtuple_dict_unstructure_factory,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from workbench.am.admin.audit import Event
from workbench.am.admin.clients import field_value
from workbench.am.basics.bounded import FARTHEST
from workbench.am.basics.clock import LATEST
from workbench.am.clients.group import Group
from workbench.am.exchange.rules import require_leavable
from workbench.am.people.session import Session
from workbench.am.scripts.script import ScriptOutcome
from workbench.am.settings.profile import Profile
from workbench.saving.fault import Unfit
from workbench.saving.kinds import add_kinds

T = TypeVar("T")

_TEXTS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}


def new_converter() -> Converter:
    """A converter that knows every value of a bench, and refuses any other member."""
    made = Converter(forbid_extra_keys=True)
    for kind in _TEXTS:
        made.register_structure_hook(kind, _exactly)
    made.register_structure_hook(float, _number)
    made.register_structure_hook(bytes, _octets)
    made.register_unstructure_hook(
        bytes, lambda value: base64.urlsafe_b64encode(value).decode()
    )
    made.register_unstructure_hook_func(lambda kind: kind is Any, lambda value: value)
    made.register_structure_hook_factory(_is_list, lambda kind: _items_of(kind, made))
    made.register_structure_hook_factory(
        _is_mapping, lambda kind: _of_object(mapping_structure_factory(kind, made))
    )
    made.register_structure_hook_factory(
        is_dataclass, lambda kind: _members(kind, made)
    )
    made.register_structure_hook_factory(
        is_namedtuple,
        lambda kind: _of_object(namedtuple_dict_structure_factory(kind, made)),
    )
    made.register_unstructure_hook_factory(
        is_namedtuple, lambda kind: namedtuple_dict_unstructure_factory(kind, made)
    )
    add_kinds(made, _members)
    for kind in (Event, ScriptOutcome):  # mostly empty, and there are many
        made.register_unstructure_hook(
            kind, make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True)
        )
    return made


def each_of(items: Iterable[tuple[Any, Any]], read: Callable[[Any, Any], T]) -> list[T]:
    """What comes of each item; faults are told together, each with its place.

    Args:
        items: Keys or numbers, with the values there.
        read: Makes something of one; is called with both.
    """
    found, faults = [], []
    for key, value in items:
        try:
            found.append(read(key, value))
        except Exception as fault:
            fault.add_note(IterableValidationNote("", key, None))
            faults.append(fault)
    if faults:
        raise IterableValidationError("", faults, list)
    return found


def _exactly(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise Unfit(f"{_TEXTS[kind]} belongs here")
    if isinstance(value, int) and abs(value) > FARTHEST:
        raise Unfit("the number is too large")
    return value


def _number(value: Any, kind: type[float]) -> float:
    if (type(value) is not float and type(value) is not int) or abs(value) > FARTHEST:
        raise Unfit("a number belongs here")
    return value


def _octets(value: Any, kind: type[bytes]) -> bytes:
    try:
        return base64.b64decode(value, altchars=b"-_", validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise Unfit("octets in Base64url belong here") from None


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in (tuple, list)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) in (dict, Mapping)


def _items_of(kind: Any, made: Converter) -> Callable[[Any, Any], Any]:
    several, kinds = get_origin(kind), get_args(kind)
    fixed = several is tuple and Ellipsis not in kinds

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list or (fixed and len(value) != len(kinds)):
            raise Unfit(f"a list{f' of {len(kinds)}' if fixed else ''} belongs here")
        items = enumerate(value)
        return several(
            each_of(
                items, lambda i, each: made.structure(each, kinds[i if fixed else 0])
            )
        )

    return structure


def _members(kind: type[T], made: Converter) -> Callable[[Any, Any], T]:
    """Reads a dataclass; a few have more to be held to than their own checks say."""
    if kind is Group:
        values = override(struct_hook=_values_of_group)
        return _of_object(make_dict_structure_fn(kind, made, values=values))
    if kind is Profile:
        return _leavable(_of_object(make_dict_structure_fn(Profile, made)))
    times = {Event: ("time",), Session: ("since", "used")}.get(kind, ())
    read = _of_object(make_dict_structure_fn(kind, made))
    return _with_times(read, times) if times else read


def _of_object(read: Callable[[Any, Any], T]) -> Callable[[Any, Any], T]:
    def structure(value: Any, kind: Any) -> T:
        if type(value) is not dict:
            raise Unfit("an object belongs here")
        return read(value, kind)

    return structure


def _with_times(
    read: Callable[[Any, Any], T], names: tuple[str, ...]
) -> Callable[[Any, Any], T]:
    def structure(value: Any, kind: Any) -> T:
        found = read(value, kind)
        if not all(0 <= getattr(found, name) <= LATEST for name in names):
            raise Unfit(f"{' and '.join(names)}: a time lies in the years 1970 to 9999")
        return found

    return structure


def _leavable(read: Callable[[Any, Any], Profile]) -> Callable[[Any, Any], Any]:
    def structure(value: Any, kind: Any) -> Profile:
        found = read(value, kind)
        require_leavable(found)
        return found

    return structure


def _values_of_group(values: Any, _: Any) -> dict[str, Any]:
    if type(values) is not dict:
        raise Unfit("an object belongs here")
    return {name: field_value(value) for name, value in values.items()}
