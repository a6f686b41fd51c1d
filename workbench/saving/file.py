"""One readable file that holds a whole bench; written whole, or not at all.

A crash while it is written leaves what was there before: the new text goes into a file
beside it, which takes its name when it is on the disk. Only its owner can read it.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.agent.history import History
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.strict_json import RepeatedMember, read_strictly
from workbench.saving.calls import SavedCalls, history_of, read_history
from workbench.saving.converter import each_of, new_converter
from workbench.saving.fault import SavedFileError, Unfit, refused, unreadable
from workbench.saving.state import State, Tables, require_whole
from workbench.saving.tables import KEY_TABLES, MEMBERS, TABLES, read_row, row_of

FORMAT, VERSION = "delegation-workbench", 1

LARGEST = 1 << 30
"""Octets of a file that is opened."""

SECRETS = (
    "This file holds secrets: of clients, of people, and tokens. "
    "Whoever has it can act as each of them on this bench."
)

_KINDS_OF_FILE = {
    b"\x1f\x8b": "is compressed (gzip); unpack it first",
    b"PK": "is a ZIP archive",
    b"SQLite format 3": "is a store; Workbench.stored(path) and serve --store open it",
}

made = new_converter()
"""Turns the values of a bench into JSON, and back."""


def save(path: Path, state: State, calls: History, *, keys: bool) -> None:
    """Write a bench to a file.

    Args:
        path: The file; what is there is replaced.
        state: The bench.
        calls: Its calls.
        keys: Whether the keys go in.

    Raises:
        SavedFileError: It cannot be written, or holds what JSON has no word for.
    """
    told = made.unstructure(state)
    if not keys:
        told["server"]["seed"] = None
        for realm in told["realms"].values():
            for name in KEY_TABLES:
                del realm["tables"][name]
    head = {"format": FORMAT, "version": VERSION, "about": SECRETS, "keys": keys}
    document = {**head, **told, "history": history_of(made, calls, state.audit)}
    try:
        text = json.dumps(document, indent=1, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as problem:
        raise SavedFileError(
            f"The bench cannot be saved: a value in it is none of JSON's ({problem})."
        ) from None
    write_whole(path, text + "\n")


def write_whole(path: Path, text: str) -> None:
    """Replace a file by another of this text; before and after it is whole.

    Raises:
        SavedFileError: It cannot be written; what was there is as it was.
    """
    beside = ""
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        number, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except (OSError, ValueError) as problem:
        with contextlib.suppress(OSError, ValueError):
            os.unlink(beside)
        why = getattr(problem, "strerror", None) or problem
        raise SavedFileError(
            f"{safe_text(str(path))} cannot be written: {why}."
        ) from None
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Let the new name outlast a power cut, where folders can be written out."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def load(path: Path) -> tuple[State, SavedCalls]:
    """Read a bench from a file. Nothing in it is run.

    Raises:
        SavedFileError: It is no such file, damaged, or of a newer version; the
            message says where and why, and nothing of what is in it.
    """
    document = _document(path)
    rest = {name: document[name] for name in ("server", "realms", "trail", "audit")}
    try:
        state = made.structure(rest, State)
        return state, read_history(made, document["history"], state.audit)
    except Exception as problem:
        raise refused(str(path), problem) from None


def _document(path: Path) -> Mapping[str, Any]:
    octets = _octets(path)
    try:
        document = read_strictly(octets)
    except RepeatedMember as problem:
        fault = f"the member {safe_text(problem.name)} stands twice in one object"
    except RecursionError:
        fault = "it is nested too deep"
    except json.JSONDecodeError as problem:
        ends = problem.pos >= len(problem.doc.rstrip())
        what = "it ends too early" if ends else f"it is no JSON, {problem.msg}"
        fault = f"{what} (line {problem.lineno}, column {problem.colno})"
    except UnicodeDecodeError as problem:
        fault = f"octet {problem.start} is no text in UTF-8"
    except ValueError as problem:
        fault = f"{problem}".partition(";")[0]
    else:
        fault = _head_fault(document)
        if not fault:
            return document  # type: ignore[no-any-return]  # an object, as was seen
    raise SavedFileError(f"{path} cannot be opened: {fault}.")


def _octets(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            octets = file.read(LARGEST + 1)
    except OSError as problem:
        raise unreadable(path, problem) from None
    except ValueError:
        raise SavedFileError("The name of a file has no NUL in it.") from None
    if not octets.strip():
        raise SavedFileError(f"{path} is empty.")
    if len(octets) > LARGEST:
        raise SavedFileError(f"{path} is larger than {LARGEST >> 20} megabytes.")
    for start, words in _KINDS_OF_FILE.items():
        if octets.startswith(start):
            raise SavedFileError(f"{path} {words}.")
    return octets


def _head_fault(document: Any) -> str:
    if type(document) is not dict or document.get("format") != FORMAT:
        notebook = isinstance(document, dict) and "nbformat" in document
        what = "a notebook" if notebook else "another file"
        return f'it is {what}: no "format": "{FORMAT}" in it'
    version = document.get("version")
    if type(version) is int and version > VERSION:
        return (
            f"it is of version {safe_text(version)}, and this workbench knows "
            f"{VERSION}; a newer workbench wrote it"
        )
    if type(version) is not int or version != VERSION:
        return f"its version is none; this workbench knows {VERSION}"
    missing = [name for name in MEMBERS if name not in document]
    unknown = [name for name in document if name not in MEMBERS]
    if missing or unknown:
        lacks = f"{', '.join(missing)} is missing" if missing else ""
        has = f"nothing is called {safe_text(', '.join(unknown))}" if unknown else ""
        return "; ".join(filter(None, (lacks, has)))
    return ""


def _tables(value: Any, _: Any) -> Tables:
    if type(value) is not dict:
        raise Unfit("an object belongs here")

    def table(name: str, rows: Any) -> tuple[str, dict[str, Any]]:
        if name not in TABLES or type(rows) is not dict:
            raise Unfit("there is no such table")
        keys = each_of(
            rows.items(), lambda key, row: (key, read_row(made, name, key, row))
        )
        return name, dict(keys)

    found = Tables(each_of(value.items(), table))
    require_whole(found)
    return found


def _rows(tables: Tables) -> dict[str, Any]:
    return {
        name: {key: row_of(made, name, value) for key, value in tables[name].items()}
        for name in TABLES
        if name in tables
    }


made.register_structure_hook(Tables, _tables)
made.register_unstructure_hook(Tables, _rows)
