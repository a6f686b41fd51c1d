"""curl's command line (curl(1)): the options that are carried out, and no others."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.errors import CommandError

FLAGS = {
    "G": "get",
    "I": "head",
    "L": "location",
    "S": "show-error",
    "g": "globoff",
    "i": "include",
    "k": "insecure",
    "s": "silent",
    "v": "verbose",
}
"""Options without a value: the short name, and the long one."""

VALUES = {
    "A": "user-agent",
    "H": "header",
    "X": "request",
    "b": "cookie",
    "d": "data",
    "e": "referer",
    "u": "user",
}
"""Options with a value, likewise."""

ONLY_LONG_FLAGS = ("basic",)
ONLY_LONG_VALUES = (
    "data-ascii",
    "data-binary",
    "data-raw",
    "data-urlencode",
    "json",
    "oauth2-bearer",
    "url",
)


class Option(NamedTuple):
    """An option as given."""

    name: str  # the long one; "url" for what is no option
    value: str  # "" for an option without a value
    typed: str  # as it was typed, such as -X


def options(words: Sequence[str]) -> Iterator[Option]:
    """The options after the word curl, in order.

    Raises:
        CommandError: There is an option that is not carried out here, or that
            lacks its value. A value is never in the message.
    """
    rest = iter(words)
    only_urls = False
    for word in rest:
        if only_urls or word == "-" or not word.startswith("-"):
            yield Option("url", word, word)
        elif word == "--":
            only_urls = True
        elif word.startswith("--"):
            yield _long(word, rest)
        else:
            yield from _short(word, rest)


def _long(word: str, rest: Iterator[str]) -> Option:
    name = word[2:]
    if name in FLAGS.values() or name in ONLY_LONG_FLAGS:
        return Option(name, "", word)
    if name in VALUES.values() or name in ONLY_LONG_VALUES:
        return Option(name, _value(word, rest), word)
    raise _not_here(word)


def _short(word: str, rest: Iterator[str]) -> Iterator[Option]:
    """One letter after another; the first that takes a value takes what is left."""
    for at, letter in enumerate(word[1:], start=1):
        typed = f"-{letter}"
        if letter in VALUES:
            value = word[at + 1 :] or _value(typed, rest)
            yield Option(VALUES[letter], value, typed)
            return
        if letter not in FLAGS:
            raise _not_here(typed)
        yield Option(FLAGS[letter], "", typed)


def _value(typed: str, rest: Iterator[str]) -> str:
    value = next(rest, None)
    if value is None:
        raise CommandError(f"curl's option {typed} needs a value after it.")
    return value


def _not_here(typed: str) -> CommandError:
    short = sorted(f"-{letter}" for letter in (*FLAGS, *VALUES))
    long = sorted(f"--{name}" for name in (*ONLY_LONG_FLAGS, *ONLY_LONG_VALUES))
    known = ", ".join([*short, *long])
    name = typed.partition("=")[0]
    return CommandError(
        f"{name}: this option of curl is not carried out here, so nothing was sent. "
        f"Those that are: {known}; and the long names of the short ones."
    )


def last(given: Sequence[Option], name: str) -> str | None:
    """The value that counts where an option is given more than once."""
    values = [option.value for option in given if option.name == name]
    return values[-1] if values else None


def reads_a_file(option: Option) -> CommandError:
    """The refusal of a value that curl would read from a file."""
    return CommandError(
        f"{option.typed} @… reads a file in curl; that is not done here. "
        "Write the value itself, with --data-urlencode and a = before an @."
    )
