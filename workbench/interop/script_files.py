"""The scripts in a file: JavaScript itself, or JSON as AM, frodo and Amster write it.

An export of frodo has ``script: {id: body}``, also beside clients; AM answers a body,
or ``{"result": [body, ...]}``; Amster wraps a body as ``data``. A file may hold a list
of any of these.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.am.rest.script_body import Beside, decoded
from workbench.errors import WorkbenchError
from workbench.interop.bodies import FoundScript, read_body
from workbench.interop.kinds import (
    UTF_16,
    kind_of_name,
    kind_of_octets,
    kind_of_text,
)

LONGEST = 8 << 20
"""Octets of a script in a file of its own."""

FR_CONFIG = "scripts-config"
"""The folder of fr-config-manager in which the JSON of scripts is."""

TAKEN = "A script in JavaScript, or JSON as AM or frodo writes it, is needed."
JSON_START = re.compile(
    r'\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[\[{]\s*"|\[\s*\]\s*\Z|\{\s*\}\s*\Z)'
)
"""How JSON begins, and no script."""

OTHER_JSON = (
    ("cells", "a notebook"),
    ("trees", "an export of journeys, whose scripts run on no bench"),
    ("agent", "an export of agents, which holds no scripts"),
    ("application", "an export of clients without a script"),
    ("service", "an export of services, which holds no scripts"),
    ("keys", "a set of keys (JWKS)"),
    ("access_token", "a token response"),
    ("issuer", "a server's metadata"),
    ("redirect_uris", "a client's registration"),
    ("coreOAuth2ClientConfig", "a client or an agent, which holds no script"),
    ("dependencies", "a package of npm"),
)
"""Members by which other JSON is known."""


def scripts_in(
    octets: bytes, name: str, beside: Beside | None = None
) -> list[FoundScript]:
    """The scripts that a file holds; one that cannot be taken says why.

    Args:
        octets: The file.
        name: Its name, or what to call it.
        beside: Reads another file that this one names; None where there is none.

    Raises:
        WorkbenchError: It is no text, or holds no script; the sentence says what it is.
    """
    text = text_of(octets, name)
    if name.lower().endswith(".json") or JSON_START.match(text):
        return _of_json(text, name, beside or _nothing_beside)
    known = kind_of_name(name)
    if known and known.what == "Groovy":
        return [FoundScript(name=name, source=text, language="GROOVY")]
    kind = known or kind_of_text(text)
    if kind:
        raise WorkbenchError(f"{name} is {kind.what}, {kind.by}. {TAKEN}")
    if not text.strip():
        raise WorkbenchError(f"{name} is empty. {TAKEN}")
    try:
        return [FoundScript(name=name, source=decoded(text))]
    except WorkbenchError as problem:
        raise WorkbenchError(f"{name}: {problem}") from None


def text_of(octets: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        WorkbenchError: It is no UTF-8 text.
    """
    kind = kind_of_octets(octets)
    if kind:
        raise WorkbenchError(f"{name} is {kind}, no UTF-8 text. {TAKEN}")
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if octets.startswith(UTF_16) and len(octets) > len(UTF_16[0]):
            wrong = f"{name} is UTF-16, no UTF-8 text: save it as UTF-8."
        else:
            wrong = f"{name} is no UTF-8 text: see its octet {problem.start + 1}."
        raise WorkbenchError(wrong) from None
    if "\0" in text:
        at = text.index("\0") + 1
        raise WorkbenchError(
            f"{name} is no text: its character {at} is NUL. Was it UTF-16? {TAKEN}"
        )
    return text


def reader_beside(file: Path) -> Beside:
    """Reads what a file names beside it: in its own folder, and by no link out of it.

    fr-config-manager's ``scripts-config`` names its scripts from the folder above.
    """
    folder = file.resolve().parent
    bases = [folder, folder.parent] if folder.name == FR_CONFIG else [folder]

    def read(path: str) -> str:
        if os.path.isabs(path) or ".." in re.split(r"[/\\]", path) or "\0" in path:
            raise PermissionError(1, "it is not in the same folder")
        for base in bases:
            found = (base / path).resolve()
            if found.is_file() and not found.is_relative_to(base):
                raise PermissionError(1, "it is a link out of the folder")
            if found.is_file():
                return text_of(_octets(found), path)
        raise FileNotFoundError(2, "there is none beside it")

    return read


def _octets(path: Path) -> bytes:
    if path.stat().st_size > LONGEST:
        raise PermissionError(1, f"it is larger than {LONGEST >> 20} megabytes")
    return path.read_bytes()


def _nothing_beside(path: str) -> str:
    raise FileNotFoundError(2, "nothing is beside it")


def _of_json(text: str, name: str, beside: Beside) -> list[FoundScript]:
    value = json_of(text, name)
    found = list(_found(value, name, "", beside))
    if not found:
        raise WorkbenchError(f"{name} is {_what(value)}. {TAKEN}")
    return found


def json_of(text: str, name: str) -> Any:
    """The value of a JSON file.

    Raises:
        WorkbenchError: It is damaged; the sentence says where.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        at = f"line {problem.lineno}, column {problem.colno}"
        broke = not text[problem.pos :].strip() or "Unterminated" in problem.msg
        what = "JSON that breaks off" if broke else "damaged JSON"
        raise WorkbenchError(f"{name} is {what}: {at}: {problem.msg}.") from None
    except (RecursionError, ValueError):
        raise WorkbenchError(f"{name} is JSON that no script is written in.") from None


def _found(value: Any, name: str, place: str, beside: Beside) -> Iterator[FoundScript]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _one(each, name, f"{place}[{number}]", beside)
    elif not isinstance(value, Mapping):
        return
    elif _is_export(value):
        for key, each in value["script"].items():
            where = f"{place}.script[{json.dumps(key)}]".lstrip(".")
            yield from _one(each, str(key), where, beside)
    elif "script" in value:
        yield read_body(value, name, place, beside)
    elif isinstance(value.get("result"), list):
        yield from _found(value["result"], name, f"{place}.result".lstrip("."), beside)
    elif isinstance(value.get("data"), Mapping) and "script" in value["data"]:
        yield read_body(value["data"], name, f"{place}.data".lstrip("."), beside)


def _one(value: Any, name: str, place: str, beside: Beside) -> Iterator[FoundScript]:
    """The scripts of an item of a list or an export, or what it is instead."""
    found = list(_found(value, name, place, beside))
    if found:
        yield from found
    elif not isinstance(value, Mapping) or not _is_export(value):
        yield FoundScript(name=name, place=place, problem=f"{place} is {_what(value)}.")


def _is_export(value: Mapping[str, Any]) -> bool:
    """Whether ``script`` holds scripts by id, as in frodo's exports."""
    inner = value.get("script")
    own = {"_id", "name", "context", "language", "evaluatorVersion"} & value.keys()
    return isinstance(inner, Mapping) and not own


def _what(value: Any) -> str:
    """What JSON is that holds no script."""
    if isinstance(value, list):
        return "a JSON list without a script" if value else "an empty JSON list"
    if not isinstance(value, Mapping):
        return f"JSON of a mere {_type(value)}"
    if not value:
        return "an empty JSON object"
    if "script" in value or "result" in value:
        return "an export that holds no script"
    if {"code", "reason", "message"} <= value.keys():
        return f"an error that AM answered: {value['code']} {value['reason']}"
    for member, what in OTHER_JSON:
        if member in value:
            return f"JSON, {what}"
    names = ", ".join(list(map(str, value))[:6])
    return f"JSON without a script; it has {names}"


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "truth value"
    return "text" if isinstance(value, str) else "number"
