"""A learner's code: a name, a date and what is solved, in letters that can be typed.

It is Base32 (RFC 4648 section 6) of: a version, three octets that name the course's
list of tasks, the day, a bit for each task, and the name with a trainer's own
exercises; then five octets of HMAC-SHA256 (RFC 2104) with the class key. Without a
key anybody who reads this can make one: it guards against slips, not against cheats.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version

from workbench.course.standing.parts import OWN, CoursePart
from workbench.errors import WorkbenchError

MARK = "WB1"
KEY = "WORKBENCH_CLASS_KEY"
LONGEST = 40
"""Characters of a name."""

LARGEST = 4000
"""Characters of a code; none is longer."""

SEAL = 5
"""Octets of the checksum."""

_FIRST_DAY = date(2020, 1, 1)
_DISTRIBUTION = "delegation-workbench"
_TYPED = str.maketrans("018", "OIB")
"""Base32 has no 0, 1 and 8: whoever types one means its look-alike."""


class ClassCodeError(WorkbenchError):
    """A learner's code, or a file of codes, that cannot be made or read."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a code says.

    Attributes:
        name: The learner's.
        day: When the code was made, by the learner's clock.
        solved: Keys of tasks, such as ``3.2`` and ``chain-splicing``.
    """

    name: str
    day: date
    solved: frozenset[str]


def written(
    name: str,
    solved: Iterable[str],
    parts: Iterable[CoursePart],
    *,
    key: str = "",
    today: date | None = None,
) -> str:
    """The code of a learner.

    Args:
        name: At most 40 characters.
        solved: Keys of tasks.
        parts: All there is to solve.
        key: The class key; "" takes that of the environment, if it has one.
        today: The date; None: of this machine's clock, in UTC.

    Raises:
        ClassCodeError: The name cannot be used.
    """
    name, keys, done = _fit(name), list(_keys(parts)), set(solved)
    own = sorted(done & {t.key for p in parts if p.name == OWN for t in p.tasks})
    bits = sum(1 << place for place, each in enumerate(keys) if each in done)
    day = (today or datetime.now(UTC).date()) - _FIRST_DAY
    octets = bits.to_bytes((len(keys) + 7) // 8, "big")
    body = (
        b"\x01"
        + _course(keys)
        + day.days.to_bytes(2, "big")
        + bytes([len(octets)])
        + octets
        + "\n".join((name, course_version(), *own)).encode()
    )
    letters = base64.b32encode(body + _seal(body, key)).decode().rstrip("=")
    return "-".join([MARK, *re.findall(".{1,5}", letters)])


def read_code(text: str, parts: Iterable[CoursePart], *, key: str = "") -> HandedIn:
    """What a code says, once its checksum is right.

    Args:
        text: The code; case, blanks and hyphens do not matter.
        parts: All there is to solve.
        key: The class key, as for :func:`written`.

    Raises:
        ClassCodeError: Why it cannot be read.
    """
    octets = _octets(text)
    body, seal = octets[:-SEAL], octets[-SEAL:]
    if not hmac.compare_digest(seal, _seal(body, key)):
        raise ClassCodeError(
            "the checksum is wrong: a letter was lost or changed, or the class key "
            "is another"
        )
    keys, many = list(_keys(parts)), body[6]
    lines = body[7 + many :].decode("utf-8", "replace").split("\n")
    if body[1:4] != _course(keys):
        made = lines[1] if len(lines) > 1 else "another version"
        raise ClassCodeError(
            f"it was made with another version of the course ({made[:20]}; this one "
            f"is {course_version()}): verify it with that"
        )
    bits = int.from_bytes(body[7 : 7 + many], "big")
    done = {each for place, each in enumerate(keys) if bits >> place & 1}
    day = _FIRST_DAY + timedelta(int.from_bytes(body[4:6], "big"))
    own = {each for each in lines[2:] if 0 < len(each) <= LONGEST}
    return HandedIn(lines[0][:LONGEST], day, frozenset(done | own))


def course_version() -> str:
    """The version of the installed course."""
    return version(_DISTRIBUTION)


def _octets(text: str) -> bytes:
    letters = re.sub(r"[\s-]", "", text[: LARGEST + 1]).upper()
    if not letters.startswith(MARK):
        raise ClassCodeError(f"a code begins with {MARK}")
    if len(text) > LARGEST:
        raise ClassCodeError(f"no code is longer than {LARGEST} characters")
    letters = letters.removeprefix(MARK).translate(_TYPED)
    try:
        octets = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        raise ClassCodeError("it has letters that no code has, or lacks some") from None
    if len(octets) < 7 + SEAL or octets[0] != 1:
        raise ClassCodeError("it is too short, or of another version")
    return octets


def _keys(parts: Iterable[CoursePart]) -> Iterable[str]:
    return (t.key for part in parts if part.name != OWN for t in part.tasks)


def _course(keys: Iterable[str]) -> bytes:
    """Three octets that name the list of tasks."""
    return hashlib.sha256("\n".join(keys).encode()).digest()[:3]


def _seal(body: bytes, key: str) -> bytes:
    used = key or os.environ.get(KEY, "")
    return hmac.digest(used.encode("utf-8", "replace"), body, "sha256")[:SEAL]


def _fit(name: str) -> str:
    found = unicodedata.normalize("NFC", " ".join(str(name).split()))
    if not found or len(found) > LONGEST or not found.isprintable():
        raise ClassCodeError(
            f"A name has 1 to {LONGEST} printable characters, such as Ada Lovelace."
        )
    return found
