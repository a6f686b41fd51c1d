"""What comes in several kinds, each told from the others by one member: which."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from workbench.am.clients.client import AIAgent, Client
from workbench.am.exchange.decision import Decision, Granted, Refused
from workbench.am.scripts.kinds import kind_of
from workbench.am.scripts.script import ByScript, Script, ScriptOutcome
from workbench.errors import OAuthError, ScriptError, WorkbenchError
from workbench.saving.fault import Unfit

T = TypeVar("T")
Reader = Callable[[Any, Any], Any]

CLIENTS: Mapping[str, type[Client]] = {each.kind: each for each in (Client, AIAgent)}


def add_kinds(made: Converter, members: Callable[[Any, Converter], Reader]) -> None:
    """Teach a converter these kinds.

    Args:
        made: The converter.
        members: Gives what reads the members of a class.
    """
    _add(made, members, Client, "kind", lambda each: each.kind, _client_kind)
    _add(made, members, Script, "context", lambda each: each.context, _script_kind)
    _add(made, members, Decision, "granted", lambda each: each.granted, _decision_kind)
    made.register_unstructure_hook_func(_is(ScriptError), _script_error)
    made.register_structure_hook_func(_is(ScriptError), _script_error_again)
    made.register_unstructure_hook_func(
        _is(OAuthError), lambda error: _refusal(error, made)
    )
    made.register_structure_hook_func(
        _is(OAuthError), lambda value, _: _refusal_again(value, made)
    )
    made.register_unstructure_hook_func(_is_class, _class_name)
    made.register_structure_hook_func(_is_class, _class_again)


def _add(
    made: Converter,
    members: Callable[[Any, Converter], Reader],
    base: type,
    tag: str,
    tag_of: Callable[[Any], Any],
    kind_of_tag: Callable[[Any], type],
) -> None:
    readers: dict[str, Reader] = {}
    writers: dict[str, Callable[[Any], dict[str, Any]]] = {}

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not dict or tag not in value:
            raise Unfit(f"an object with {tag} belongs here")
        rest = {name: each for name, each in value.items() if name != tag}
        kind: Any = kind_of_tag(value[tag])
        if kind.__name__ not in readers:
            readers[kind.__name__] = members(kind, made)
        found = readers[kind.__name__](rest, kind)
        if tag_of(found) != value[tag]:
            raise Unfit(f"its {tag} is another's")
        return found

    def unstructure(value: Any) -> dict[str, Any]:
        kind = type(value)
        if kind.__name__ not in writers:
            writers[kind.__name__] = make_dict_unstructure_fn(kind, made)
        return {tag: tag_of(value), **writers[kind.__name__](value)}

    made.register_structure_hook_func(_is(base), structure)
    made.register_unstructure_hook_func(_is(base), unstructure)


def _is(base: type) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, type) and issubclass(kind, base)


def _client_kind(tag: Any) -> type[Client]:
    if type(tag) is not str or tag not in CLIENTS:
        raise Unfit(f"the kind is one of: {', '.join(CLIENTS)}")
    return CLIENTS[tag]


def _script_kind(tag: Any) -> type[Script]:
    return kind_of(tag)


def _decision_kind(tag: Any) -> type[Decision]:
    if type(tag) is not bool:
        raise Unfit("granted is true or false")
    return Granted if tag else Refused


# Errors are values here: what was told, beside an outcome or a decision.


def _script_error(error: ScriptError) -> dict[str, Any]:
    told = {name: getattr(error, name) for name in _OF_SCRIPT}
    return {"error": type(error).__name__, **told}


_OF_SCRIPT: Mapping[str, type] = {
    "message": str,
    "line": int,
    "column": int,
    "source_line": str,
    "hint": str,
}


def _script_error_again(value: Any, _: Any) -> ScriptError:
    told = _told(value, {"error": str, **_OF_SCRIPT}, {"line", "column"})
    return _named(ScriptError, told.pop("error"))(**told)


def _refusal(error: OAuthError, made: Converter) -> dict[str, Any]:
    outcome = made.unstructure(getattr(error, "outcome", None), ScriptOutcome | None)
    return {
        "error": type(error).__name__,
        "description": error.description,
        "hint": error.hint,
        "status": error.status,
        "by_setting": getattr(error, "by_setting", False),
        "outcome": outcome,
    }


def _refusal_again(value: Any, made: Converter) -> OAuthError:
    members = {"error": str, "description": str, "hint": str, "status": int}
    known = {**members, "by_setting": bool, "outcome": object}
    told = _told(value, known, {"outcome"})
    kind = _named(OAuthError, told["error"])
    error: OAuthError = kind.__new__(kind)
    WorkbenchError.__init__(error, told["description"])
    error.description, error.hint = told["description"], told["hint"]
    error.status = told["status"]
    vars(error)["by_setting"] = told["by_setting"]
    if issubclass(kind, ByScript):
        vars(error)["outcome"] = made.structure(told["outcome"], ScriptOutcome)
    return error


def _told(
    value: Any, members: Mapping[str, type], optional: set[str]
) -> dict[str, Any]:
    if type(value) is not dict or set(value) != set(members):
        raise Unfit(f"an object with {', '.join(members)} belongs here")
    for name, kind in members.items():
        absent = name in optional and value[name] is None
        if not absent and kind is not object and type(value[name]) is not kind:
            raise Unfit(f"{name} is none")
    return dict(value)


def _is_class(kind: Any) -> bool:
    return get_origin(kind) is type


def _class_name(kind: type) -> str:
    return getattr(kind, "kind", kind.__name__)


def _class_again(value: Any, kind: Any) -> type:
    (base,) = get_args(kind)
    return _client_kind(value) if issubclass(base, Client) else _named(base, value)


def _named(base: type[T], name: Any) -> type[T]:
    """The class of this name at or below a base; there is no other way to name one."""
    found: dict[str, type[T]] = {}
    waiting = [base]
    while waiting:
        each = waiting.pop()
        found[each.__name__] = each
        waiting += each.__subclasses__()
    if type(name) is not str or name not in found:
        raise Unfit("there is no error of this name")
    return found[name]
