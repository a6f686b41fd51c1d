"""One file of JSON, read so that nobody can read it in another way."""

import json
import os
import stat
from pathlib import Path
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.strict_json import RepeatedMember, read_strictly
from workbench.interop.frodo.fault import FileFault, ImportRefused
from workbench.interop.kinds import UTF_16, kind_of_octets

LARGEST = 64 << 20
"""Octets of a file; an export of a whole realm has a few megabytes."""

BOM = b"\xef\xbb\xbf"


def read_document(path: Path, name: str) -> Any:
    """The value of a file.

    Args:
        path: The file.
        name: What to call it.

    Raises:
        ImportRefused: It cannot be read, or is no JSON; says where it is damaged.
    """
    octets = _octets(path, name)
    try:
        return read_strictly(octets.removeprefix(BOM))
    except RepeatedMember as problem:
        repeated = safe_text(problem.name, 60)
        why = f"the member {repeated} stands twice in one object"
    except RecursionError:
        why = "it is nested too deep"
    except json.JSONDecodeError as problem:
        at = f"line {problem.lineno}, column {problem.colno}"
        broke = not problem.doc[problem.pos :].strip() or "Unterminated" in problem.msg
        what = "JSON that breaks off" if broke else "damaged JSON"
        why = f"it is {what}, {at}: {problem.msg}"
    except UnicodeDecodeError as problem:
        why = f"it is no UTF-8 text: see its octet {problem.start + 1}"
    except ValueError as problem:
        why = str(problem).partition(";")[0]
    raise ImportRefused([FileFault(name, "", why)])


def _octets(path: Path, name: str) -> bytes:
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as f:
            regular = stat.S_ISREG(os.fstat(f.fileno()).st_mode)
            octets = f.read(LARGEST + 1) if regular else b""
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        raise ImportRefused(
            [FileFault(name, "", f"it cannot be read: {why}")]
        ) from None
    kind = "UTF-16" if octets.startswith(UTF_16) else kind_of_octets(octets)
    if not regular:
        fault = "it is a device or a pipe, and no file"
    elif len(octets) > LARGEST:
        fault = f"it is larger than {LARGEST >> 20} megabytes"
    elif not octets.strip():
        fault = "it is empty"
    elif kind:
        fault = f"it is {kind}, and no UTF-8 text"
    else:
        return octets
    raise ImportRefused([FileFault(name, "", fault)])
