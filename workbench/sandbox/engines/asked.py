"""One script that shall run: what is known of it before, and what is learnt by it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.scripts.script import Bindings, Script
from workbench.sandbox.engines.question import Limits, question_of, surroundings_of
from workbench.sandbox.engines.remembered import KnownScript, reading_of
from workbench.sandbox.language.too_large import MOST_TEXT, too_large

REQUIRE = re.compile(
    r"""\brequire\b(?:\s*\(\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)")\s*\))?"""
)
UNNAMED = 'throw new Error("Not emulated: require of a name that the script hides.");'
"""What runs of a library that nobody was seen to require."""

Find = Callable[[str], KnownScript | None]


class Asked:
    """A question in the making.

    Args:
        script: The script.
        reading: What is known of it, or None where nobody has read it.
        libraries: The texts of the libraries that it may require, by name.
        find: Gives what is known of a text.
    """

    def __init__(
        self,
        script: Script,
        reading: KnownScript | None,
        libraries: Mapping[str, str],
        find: Find,
    ) -> None:
        self.reading = reading
        self._script = script
        self._unread = {} if reading else {"": script.source}
        self._runs: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._spent = reading.seconds if reading else 0.0
        self._room = MOST_TEXT - len(script.source)
        needed = needed_by(script.source, libraries)
        for name, text in libraries.items():
            if name in needed:
                self._add(name, text, find)
            else:
                self._runs[name] = UNNAMED

    def _add(
        self, name: str, text: str, find: Callable[[str], KnownScript | None]
    ) -> None:
        large = too_large(text, self._room)
        if large is not None:
            self._refused[name] = large.message
            return
        self._room -= len(text)
        known = find(text)
        if known is None:
            self._unread[name] = text
            return
        self._spent += known.seconds
        if known.source is None:
            self._refused[name] = known.findings[0].message
        else:
            self._runs[name] = known.source

    def question(self, bindings: Bindings, limits: Limits) -> bytes:
        """The question, as a line of JSON.

        Raises:
            RecursionError: The bindings are nested too deep.
            TypeError, ValueError: A binding holds what JSON does not have.
        """
        known = self.reading
        return question_of(
            self._script,
            bindings,
            limits,
            what="run",
            text=self._script.source,
            source=known.source if known else "",
            codes=known.codes if known else {},
            unread=self._unread,
            foreseen=bool(known and known.codes),
            learnt=False,
            reading=0.0,
            traced=False,
            room=max(self._room, 0),
            surroundings=surroundings_of(bindings, self._runs, self._refused),
            **limits.for_one(self._spent),
        )

    def learnt(self, said: dict[str, Any]) -> list[KnownScript]:
        """What is known now, of the script and of its libraries.

        Raises:
            LookupError, TypeError, ValueError: The worker does not tell it.
        """
        found = []
        for name, told in said.get("read", {}).items():
            reading = reading_of(self._unread[name], told)
            found.append(reading)
            if not name:
                self.reading = reading
        codes = said["ran"]["codes"] if "ran" in said else None
        if codes is not None and self.reading is not None:
            seconds = self.reading.seconds + said["ran"]["reading"]
            self.reading = replace(self.reading, codes=codes, seconds=seconds)
            found.append(self.reading)
        return found


def needed_by(source: str, libraries: Mapping[str, str]) -> set[str]:
    """The libraries that a script requires, or one of those does.

    These are read with the script, and that takes of its time; the others are not.
    Where a text does not say plainly which it requires, all of them are.
    """
    needed: set[str] = set()
    texts = [source] if libraries else []
    while texts:
        text = texts.pop()
        named = [found[1] or found[2] for found in REQUIRE.finditer(text)]
        if None in named or ("\\u" in text):
            return set(libraries)
        new = {name for name in named if name in libraries} - needed
        needed |= new
        texts += [libraries[name] for name in new]
    return needed
