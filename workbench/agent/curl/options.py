"""curl's command line (curl(1)): which options are given, and what becomes of each."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.agent.curl.manual import LONG, SHORT, Manual
from workbench.errors import CommandError


class Option(NamedTuple):
    """An option as given. Its value never shows in the repr."""

    name: str  # the long one; "url" for what is no option
    value: str  # "" for an option without a value
    typed: str  # as it was typed, such as -X
    on: bool = True  # False for --no-NAME
    aside: str = ""  # why it is left aside, or ""

    def __repr__(self) -> str:
        return f"<Option {self.name}>"


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
    name, equals, _ = word[2:].partition("=")
    if equals:
        raise CommandError(
            f"--{name}=…: curl takes a value as the next word, without a =, so "
            "nothing was sent."
        )
    found, on = _called(name), True
    if found is None and name.startswith("no-"):
        found, on = _called(name[3:]), False
    elif found is None and f"no-{name}" in LONG:
        found, on = LONG[f"no-{name}"], False
    if found is None or (found.takes_value and not on):
        raise _unknown(word)
    return _option(found, word, rest, on=on)


def _called(name: str) -> Manual | None:
    """The option of this name; curl also takes the beginning of one name alone."""
    if name in LONG:
        return LONG[name]
    begun = [manual for known, manual in LONG.items() if known.startswith(name)]
    return begun[0] if len(begun) == 1 and name else None


def _short(word: str, rest: Iterator[str]) -> Iterator[Option]:
    """One letter after another; the first that takes a value takes what is left."""
    for at, letter in enumerate(word[1:], start=1):
        typed = f"-{letter}"
        if letter not in SHORT:
            raise _unknown(typed)
        manual, left = SHORT[letter], word[at + 1 :]
        if manual.takes_value:
            yield _option(manual, typed, iter([left]) if left else rest)
            return
        yield _option(manual, typed, rest)


def _option(
    manual: Manual, typed: str, rest: Iterator[str], *, on: bool = True
) -> Option:
    if manual.refused and on:
        raise CommandError(
            f"{typed}: in curl this {manual.refused}. That is not done here, so "
            "nothing was sent."
        )
    value = next(rest, None) if manual.takes_value else ""
    if value is None:
        raise CommandError(f"curl's option {typed} needs a value after it.")
    return Option(manual.name, value, typed, on, manual.aside)


def _unknown(typed: str) -> CommandError:
    return CommandError(
        f"{typed}: curl has no such option, as far as is known here, so nothing was "
        "sent."
    )


def set_flags(given: Sequence[Option]) -> set[str]:
    """The names of what is given and not taken back by a later ``--no-NAME``."""
    last = {option.name: option.on for option in given}
    return {name for name, on in last.items() if on}


def last(given: Sequence[Option], name: str) -> str | None:
    """The value that counts where an option is given more than once."""
    values = [option.value for option in given if option.name == name]
    return values[-1] if values else None


def left_aside(given: Sequence[Option]) -> list[str]:
    """A sentence for each reason to leave options aside."""
    by_reason: dict[str, dict[str, None]] = {}
    for option in given:
        if option.aside:
            by_reason.setdefault(option.aside, {})[option.typed] = None
    return [
        f"Left aside: {', '.join(typed)} ({why})." for why, typed in by_reason.items()
    ]


def reads_a_file(option: Option) -> CommandError:
    """The refusal of a value that curl would read from a file."""
    return CommandError(
        f"{option.typed} @… reads a file in curl; that is not done here. "
        "Write the value itself, with --data-urlencode and a = before an @."
    )
