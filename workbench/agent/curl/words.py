"""A command line into words, as a POSIX shell splits it (XCU section 2.2).

Quotes, backslashes, line continuations, comments and ``$NAME``; whatever else a
shell would do with a character is refused, because it would not be done here.
"""

import re
from collections.abc import Callable

from workbench.agent.curl.ansi_c import ansi_c
from workbench.agent.curl.pasted import mended, viewer_in
from workbench.errors import CommandError

Variables = Callable[[str], str]
"""The value of a variable by its name; raises CommandError where there is none."""

_NAME = re.compile(r"\$(?:env:(\w+)|\{(?:env:)?(\w+)\}|([A-Za-z_]\w*))")
_EXPANDS = re.compile(r"`|\$(?:[({\w#?@*!$-]|\\\n)")
_CURLY = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '\u201c\u201d\u201e\u201f"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "\u2018\u2019\u201a\u201b'"),
}
"""A typographic quotation mark, and what may close what it opens."""
_REST_OF_WORD = re.compile(r"(?:\\.|[^\s\\])*")
_SEVERAL = (",", "..")
"""What braces stand for several words with."""
_OPERATORS = "|&;<>()"


def no_variables(name: str) -> str:
    """Refuse every variable."""
    raise CommandError(f"${name}: there is no variable of this name.")


def words(text: str, variables: Variables = no_variables) -> list[str]:
    """The words of one command.

    Args:
        text: The command; a backslash at the end of a line continues it.
        variables: Gives the value of ``$NAME``; it is not split into words.

    Raises:
        CommandError: A quote is open, a second command follows, or a shell would
            do something that is not done here.
    """
    return read_words(text, variables)[0]


def read_words(text: str, variables: Variables) -> tuple[list[str], list[str]]:
    """The same, with a sentence for whatever was mended or left aside."""
    better, notes = mended(text)
    reader = _Reader(better, variables)
    return reader.read(), [*notes, *reader.notes]


class _Reader:
    """Goes through the text once, character by character."""

    def __init__(self, text: str, variables: Variables) -> None:
        self.text = text
        self.variables = variables
        self.at = 0
        self.word: list[str] | None = None  # its pieces
        self.found: list[str] = []
        self.notes: list[str] = []
        self.looked_through = 0  # for braces that a shell expands, up to here
        self.last_several = 0

    def read(self) -> list[str]:
        while self.at < len(self.text):
            self._step(self.text[self.at])
        self._end_word()
        return self.found

    def _step(self, character: str) -> None:
        if self.text.startswith("\\\n", self.at):
            self.at += 2
        elif character == "\n":
            self._end_word()
            self._end_command()
        elif character in " \t":
            self._end_word()
            self.at += 1
        elif character == "#" and self.word is None:
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        else:
            self._part_of_word(character)

    def _part_of_word(self, character: str) -> None:
        if character == "'":
            self._single_quoted()
        elif character == '"':
            self._double_quoted()
        elif character == "\\":
            self._escaped(self.text[self.at + 1 : self.at + 2])
        elif character in "$`":
            self._expansion(quoted=False)
        elif character in _CURLY and self.word is None:
            self._curly_quoted(_CURLY[character])
        else:
            self._operator_or_letter(character)

    def _operator_or_letter(self, character: str) -> None:
        viewer = viewer_in(self.text[self.at :]) if character in _OPERATORS else None
        if viewer:
            self.notes.append(f"Left aside: {viewer} (it only shows the answer).")
            self.text = self.text[: self.at]
            return
        self._refuse_operators(character)
        self._add(character, 1)

    def _refuse_operators(self, character: str) -> None:
        if character in _OPERATORS:
            raise CommandError(
                f"{character} outside of quotes tells a shell to do something else; "
                "there is no shell here. Quote it, or leave it out."
            )
        if character == "~" and self.word is None:
            raise CommandError("~ stands for a home folder; there is no shell here.")
        if character == "{" and self._several_follow():
            raise CommandError(
                "{…} outside of quotes is expanded by a shell; quote it."
            )

    def _several_follow(self) -> bool:
        """Whether this word goes on to what braces stand for several of.

        Each word is looked through once, however many braces it has.
        """
        if self.at >= self.looked_through:
            rest = _REST_OF_WORD.match(self.text, self.at)
            self.looked_through = end = rest.end() if rest else self.at
            self.last_several = max(
                self.text.rfind(each, self.at, end) for each in _SEVERAL
            )
        return self.at < self.last_several

    def _escaped(self, character: str) -> None:
        if not character:
            raise CommandError("The command ends in a \\ with nothing after it.")
        self._add(character, 2)

    def _single_quoted(self) -> None:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            raise self._open_quote("'")
        self._add(self.text[self.at + 1 : end], end + 1 - self.at)

    def _curly_quoted(self, closing: str) -> None:
        """A word in the quotes of a word processor, which no shell knows."""
        rest = self.text[self.at + 1 :]
        ends = [at for at, each in enumerate(rest) if each in closing]
        if not ends:
            raise self._open_quote(self.text[self.at])
        note = "Mended in the command: curly quotes, which no shell knows."
        self.notes += [] if note in self.notes else [note]
        self._add(rest[: ends[0]], ends[0] + 2)

    def _double_quoted(self) -> None:
        start = self.at
        self._add("", 1)
        while not self.text.startswith('"', self.at):
            rest = self.text[self.at : self.at + 2]
            if not rest:
                self.at = start
                raise self._open_quote('"')
            if rest == "\\\n":
                self.at += 2
            elif rest[0] == "\\" and rest[1:] in ("$", "`", '"', "\\"):
                self._add(rest[1], 2)
            elif rest[0] in "$`":
                self._expansion(quoted=True)
            else:
                self._add(rest[0], 1)
        self.at += 1

    def _expansion(self, *, quoted: bool) -> None:
        rest = self.text[self.at : self.at + 3]
        named = _NAME.match(self.text, self.at)
        escaped = None if quoted else ansi_c(self.text, self.at)
        if named:
            value = self.variables(named[1] or named[2] or named[3])
            self._add(value, named.end() - self.at)
        elif escaped:
            self._add(*escaped)
        elif rest.startswith("$'") and not quoted:
            raise self._open_quote("'")
        elif _EXPANDS.match(rest) or (rest.startswith('$"') and not quoted):
            raise CommandError(
                f"{rest[:2]}… is worked out by a shell; there "
                "is none here. Only $NAME and ${NAME} stand for a variable of the "
                "notebook; put the rest in single quotes."
            )
        else:
            self._add("$", 1)

    def _add(self, text: str, length: int) -> None:
        self.word = self.word or []
        self.word.append(text)
        self.at += length

    def _end_word(self) -> None:
        if self.word is not None:
            self.found.append("".join(self.word))
        self.word = None

    def _end_command(self) -> None:
        rest = self.text[self.at :]
        if self.found and any(
            line.strip() and not line.strip().startswith("#")
            for line in rest.split("\n")
        ):
            raise CommandError(
                "There is more after the end of the command. Put a \\ at the very end "
                "of each line that goes on, and one command into a cell."
            )
        self.at = len(self.text) if self.found else self.at + 1

    def _open_quote(self, quote: str) -> CommandError:
        line = self.text.count("\n", 0, self.at) + 1
        return CommandError(f"The quote {quote} in line {line} is never closed.")
