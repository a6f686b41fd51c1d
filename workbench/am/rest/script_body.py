"""What a script's JSON says, member by member, in every spelling that there is.

Sources: PingAM 8.1 "Manage scripts over REST" for the body, whose ``script`` is
base64; the source and exports of frodo-lib for its files, where it is a list of
lines, one text, or the name of a file beside. AM takes a missing ``evaluatorVersion``
for ``1.0``.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.am.basics.words import counted
from workbench.am.scripts.kinds import KINDS
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.errors import WorkbenchError

LEAST = 16  # characters of what is surely meant as base64
ALPHABET = re.compile(r"[A-Za-z0-9+/=\s]*")
ODD = re.compile(r"[^A-Za-z0-9+/=\s]")

Beside = Callable[[str], str]
"""Reads a file beside the one that names it; OSError where there is none."""


def version_in_body(body: Mapping[str, Any]) -> str:
    """The evaluator version; ``1.0`` where none is said, as AM has it; may raise."""
    given = body.get("evaluatorVersion")
    if given is None:
        written = str(body.get("context"))
        return NEXT_GENERATION if written.endswith("_NEXT_GEN") else LEGACY
    if given not in (LEGACY, NEXT_GENERATION):
        raise WorkbenchError(
            f"evaluatorVersion is {_shown(given)}; AM has the texts "
            '"1.0" (legacy) and "2.0" (next generation).'
        )
    return str(given)


def context_in_body(body: Mapping[str, Any]) -> str:
    """What it is for, without the version; "" where nothing is said; may raise."""
    given = body.get("context")
    if given is None:
        return ""
    if not isinstance(given, str) or not given:
        raise WorkbenchError(f"context is {_shown(given)}; it must be a text.")
    family = given.removesuffix("_NEXT_GEN")
    if family not in KINDS:
        raise WorkbenchError(
            f"context is {given}, whose scripts do not run on this bench; it has "
            f"{', '.join(KINDS)}."
        )
    return family


def language_in_body(body: Mapping[str, Any], version: str) -> str:
    """``JAVASCRIPT`` or ``GROOVY``; raises where it goes not with the version."""
    given = body.get("language", "JAVASCRIPT")
    if given not in ("JAVASCRIPT", "GROOVY"):
        raise WorkbenchError(
            f"language is {_shown(given)}; AM has JAVASCRIPT and GROOVY."
        )
    if given == "GROOVY" and version != LEGACY:
        raise WorkbenchError(
            'language is GROOVY and evaluatorVersion "2.0"; AM has no such scripts: '
            "Groovy needs 1.0."
        )
    return str(given)


def source_in_body(given: Any, beside: Beside) -> str:
    """The script in any of its spellings.

    Args:
        given: The member ``script``.
        beside: Reads another file that it names.

    Raises:
        WorkbenchError: It is none; the sentence says where it is damaged.
    """
    if isinstance(given, list):
        for number, line in enumerate(given):
            if not isinstance(line, str):
                raise WorkbenchError(
                    f"script is a list of lines, but script[{number}] is "
                    f"{_shown(line)}, which is no text."
                )
        return "\n".join(given)
    if isinstance(given, Mapping) and isinstance(given.get("file"), str):
        return _file(given["file"], beside)
    if not isinstance(given, str):
        raise WorkbenchError(
            f"script is {_shown(given)}; it must be base64, a text or a list of lines."
        )
    if given.startswith("file://"):
        return _file(given.removeprefix("file://"), beside)
    return _short(given) or decoded(given)


def _short(text: str) -> str:
    """The script in a text too short to look like base64, but that is it; else ""."""
    if len(text) % 4 or len(text) >= LEAST:
        return ""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:  # no base64, or of no text
        return ""


def _file(path: str, beside: Beside) -> str:
    try:
        return beside(path)
    except (OSError, WorkbenchError) as problem:
        why = getattr(problem, "strerror", None) or str(problem).rstrip(".")
        wrong = f"script is the file {path}, which cannot be read: {why}."
        raise WorkbenchError(wrong) from None


def decoded(text: str) -> str:
    """The script in a text: itself, or what it is as base64.

    A text that has the letters of base64 alone is taken as such, as frodo does.

    Raises:
        WorkbenchError: It is base64 that was damaged.
    """
    if not _is_meant_as_base64(text):
        return text
    compact = "".join(text.split())
    odd = ODD.search(compact)
    if odd:
        raise WorkbenchError(
            f"script is base64, but its character {odd.start() + 1} is {odd[0]!r}, "
            "which base64 does not have."
        )
    if len(compact) % 4:
        raise WorkbenchError(
            f"script is base64 that breaks off: it has "
            f"{counted(len(compact), 'character')}, "
            "which is no multiple of four."
        )
    try:
        octets = base64.b64decode(compact, validate=True)
    except binascii.Error as problem:
        raise WorkbenchError(f"script is damaged base64: {problem}.") from None
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise WorkbenchError(
            "script is base64 of what is no UTF-8 text: see the octet "
            f"{problem.start + 1} of what it decodes to."
        ) from None


def _is_meant_as_base64(text: str) -> bool:
    """Whether it has hardly anything but base64: one word, nearly all letters."""
    compact = "".join(text.split())
    if len(compact) < LEAST or re.search(r"[ \t]\S", text.strip()):
        return False
    if ALPHABET.fullmatch(text):
        return True
    return len(compact) >= 4 * LEAST and len(ODD.findall(compact)) <= len(compact) // 50


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}..."
