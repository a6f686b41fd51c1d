"""A fuzz target: octets in, and either a value or an error that was promised.

A target returns where the promise is kept, and raises anything at all where it is not.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.stories import agent_for_user
from workbench import Workbench
from workbench.am.basics.secrets import hide_tokens

NOW = 1_790_000_000
"""When the bench of every target stands still, in seconds since the epoch."""


CUT_SHORT = re.compile(r"[\w-]*…", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """One target.

    Attributes:
        name: That of its folder in the corpus, too.
        run: Takes octets.
        seeds: What is worth starting from.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


@cache
def bench() -> Workbench:
    """One bench for all that changes nothing; its tokens are the same on every run."""
    return agent_for_user(Workbench(now=NOW, seed="fuzz"))


def text_of(octets: bytes) -> str:
    """Any text, half characters too."""
    return octets.decode("utf-8", "surrogateescape")


def shows_no_token(text: str) -> None:
    """A text for people has nothing in it that has the shape of a token.

    A word that was cut short can have the length of one, and is none.
    """
    whole = CUT_SHORT.sub(" ", text)
    assert hide_tokens(whole) == whole, "the text shows a token"


def name_of(octets: bytes) -> str:
    """What a file of the corpus is called: by what is in it."""
    return hashlib.sha256(octets).hexdigest()[:12]
