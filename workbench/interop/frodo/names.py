"""The names of exported files: slugs as frodo makes them.

Source: frodo-cli, which removes ``http://``, then all but letters, digits and a few
signs, and puts ``-`` for blanks. Before that its library has words for some signs
and plain letters for accented ones; other alphabets, which it spells out, stay here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable

_SCHEME = re.compile(r"^https?://")
_REMOVED = re.compile(r"[^\w\s$*_+~.()'\"!\-@:]+")
_BLANKS = re.compile(r"\s+")
_WORDS = str.maketrans(
    {
        **{"&": "and", "$": "dollar", "%": "percent", "|": "or"},
        **{"<": "less", ">": "greater", "ß": "ss", "æ": "ae", "Æ": "AE"},
        **{"ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE"},
    }
)
_ON_WINDOWS = re.compile(r'[*":]')

LONGEST = 150
"""Octets of a slug, so that the name of the file is one of every file system."""


def slug(name: str) -> str:
    """What stands for a name in the name of a file; "" where nothing of it can."""
    bare = _SCHEME.sub("", name).translate(_WORDS)
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", bare)
        if not unicodedata.combining(each)
    )
    kept = _ON_WINDOWS.sub("", _REMOVED.sub("", plain)).strip()
    text = _BLANKS.sub("-", kept).lstrip(".")
    return text.encode()[:LONGEST].decode(errors="ignore")


def file_namer() -> Callable[[str, str, str], str]:
    """Gives each file a name of its own, also where case does not count."""
    given: set[str] = set()

    def name_file(name: str, own: str, ending: str) -> str:
        """The name of a file.

        Args:
            name: What it is called after.
            own: What tells it from another of the same slug.
            ending: Such as ``script.json``.
        """
        digest = hashlib.sha256(f"{name} {own}".encode()).hexdigest()[:8]
        first = slug(name)
        for each in (first, f"{first}-{slug(own)}", f"{first}-{digest}"):
            candidate = f"{each.strip('-') or digest}.{ending}"
            if each and candidate.lower() not in given:
                break
        given.add(candidate.lower())
        return candidate

    return name_file
