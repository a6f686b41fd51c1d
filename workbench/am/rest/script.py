"""Scripts as AM's JSON has them, and back."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workbench.am.rest.leaf import (
    META,
    NOTHING,
    AmJsonError,
    Further,
    Json,
    NotActedOn,
    because,
    is_hidden,
    require_object,
    same,
    without_secrets,
)
from workbench.am.rest.script_body import (
    Beside,
    context_in_body,
    language_in_body,
    source_in_body,
    version_in_body,
)
from workbench.am.rest.sections import UNKNOWN
from workbench.am.scripts.kinds import kind_of
from workbench.am.scripts.script import Script
from workbench.errors import RegistrationError, WorkbenchError

_NOBODY = {"createdBy": "null", "lastModifiedBy": "null"}
_NEVER = {"creationDate": 0, "lastModifiedDate": 0}

SCRIPT_DEFAULTS: Json = {"default": False, **_NOBODY, **_NEVER}
"""What AM's JSON has beside what the bench acts on, as AM's own scripts have it."""

_SOURCE = "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRead:
    """A script as AM's JSON gives it.

    Attributes:
        script: The script.
        further: What else is to be kept.
        aside: What of that is worth telling.
    """

    script: Script
    further: Further = field(default_factory=dict)
    aside: tuple[NotActedOn, ...] = ()


def script_json(script: Script, further: Further = NOTHING) -> Json:
    """A script as AM answers it, its source in base64.

    Args:
        script: The script.
        further: What was kept of its JSON.
    """
    kept = further.get("", {})
    said = _said(script)
    for name in said.keys() & kept.keys():
        if _again(name, kept[name], script):
            said[name] = kept[name]
    text = base64.b64encode(script.source.encode()).decode()
    others = {n: each for n, each in kept.items() if n not in said}
    return {"_id": script.id, **said, _SOURCE: text, **SCRIPT_DEFAULTS, **others}


def _said(script: Script) -> Json:
    return {
        "name": script.name,
        "description": script.description or None,
        "context": script.family,
        "language": script.language,
        "evaluatorVersion": script.evaluator_version,
    }


def _again(name: str, kept: Any, script: Script) -> bool:
    """Whether a context that was kept still says what the script is for."""
    if name == "description":
        return (kept or "") == script.description
    return bool(context_in_body({"context": kept}) == script.family)


def read_script(
    body: Any, *, name: str = "", beside: Beside | None = None
) -> ScriptRead:
    """The script that AM's JSON is, its source in any of the four spellings.

    Args:
        body: The JSON.
        name: Its id where it has none of its own; that of the URL or of the file.
        beside: Reads another file that it names; None where there is none.

    Raises:
        AmJsonError: It is no such script; says where.
    """
    require_object(body)
    own = body.get("_id", name)
    if not isinstance(own, str) or not own or (name and own != name):
        raise AmJsonError("_id", "it is another than the one that it stands under")
    version = _member("evaluatorVersion", lambda: version_in_body(body))
    context = _member("context", lambda: context_in_body(body))
    if not context:
        raise AmJsonError("context", "it is missing: what is the script for")
    language = _member("language", lambda: language_in_body(body, version))
    source = _member(
        _SOURCE, lambda: source_in_body(body.get(_SOURCE), beside or _nothing_beside)
    )
    for text in ("name", "description"):
        if not isinstance(body.get(text) or "", str):
            raise AmJsonError(text, "it is a text")
    if not (body.get("name") or "").strip():
        raise AmJsonError("name", "a script needs a name")
    try:
        script = kind_of(context)(
            id=own,
            name=body["name"],
            source=source,
            evaluator_version=version,
            language=language,
            description=body.get("description") or "",
        )
    except RegistrationError as problem:
        raise AmJsonError(problem.about, because(problem)) from None
    return _with_further(body, script)


def _member(name: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except WorkbenchError as problem:
        raise AmJsonError(name, because(problem)) from None


def _nothing_beside(path: str) -> str:
    raise FileNotFoundError(2, "nothing is beside it")


def _with_further(body: Json, script: Script) -> ScriptRead:
    said = _said(script)
    kept: Json = {}
    aside = []
    for name, value in body.items():
        if name in META or name == _SOURCE or is_hidden(name):
            continue
        if name in said or name in SCRIPT_DEFAULTS:
            usual = said[name] if name in said else SCRIPT_DEFAULTS[name]
            if not same(value, usual):
                kept[name] = value
        else:
            kept[name] = without_secrets(value)
            aside.append(NotActedOn(name, kept[name], UNKNOWN))
    further = {"": kept} if kept else {}
    return ScriptRead(script=script, further=further, aside=tuple(aside))
