"""Words as a shell splits them, against a real shell."""

import subprocess

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.agent.curl.words import words
from workbench.errors import CommandError

LINES = [
    "a b\tc",
    "  a   b  ",
    "'a b' \"c d\"",
    "a'b'\"c\"d",
    "'' \"\" a",
    r"a\ b \'c\' \"d\" \\ \$x",
    r'"a\"b\\c\$d\`e\xf"',
    "'a\\b$c`d`\"e\"'",
    "a \\\n b\\\nc",
    "'a\\\nb' \"c\\\nd\"",
    "'two\nlines'",
    "a # a comment",
    "a#b '#c'",
    'a$ "b$" $% c',
    "a=b?c*d[e]",
    "{} a{b} ^!é€",
    "a~b --x=y",
    r"$'a\n\t\\\'\"\x41\101\u00e9\e' x$'y'z \"$'a'\"",
]


PIECES = [*"ab=-~{},.$%!^: \t", "'", '"', "\\", "\\\n", "$a", "'x'", '"y"', "é"]


def by_bash(line: str) -> list[str]:
    shell = subprocess.run(
        ["bash", "-c", f"for w in \\\n{line}\n do printf '%s\\0' \"$w\"; done"],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    return shell.stdout.split("\0")[:-1]


@pytest.mark.parametrize("line", LINES)
def test_splits_as_a_real_shell(line: str) -> None:
    assert words(line) == by_bash(line)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_splits_as_a_real_shell_or_not_at_all(line: str) -> None:
    try:
        found = words(line)
    except CommandError:
        assume(False)

    assert found == by_bash(line)


@pytest.mark.parametrize(
    "line",
    [
        "a | b", "a && b", "a; b", "a > b", "a < b", "a (b)", "`a`", "$(a)", '"$(a)"',
        '"`a`"', "$?", "$1", "${a:-b}", "~/a", "{a,b}", "{1..3}",
        "{\\ a,}", "$\\\n@", "'a", '"a', "a\\", "a\nb", "a\n\n'b",
    ],
)  # fmt: skip
def test_what_only_a_shell_does_is_refused(line: str) -> None:
    with pytest.raises(CommandError):
        words(line)


def test_a_variable_is_put_in_as_one_word() -> None:
    values = {"token": "a 'b' $c", "n": "1"}

    read = words("x=$token ${n}st \"$token\" '$token'", values.__getitem__)

    assert read == ["x=a 'b' $c", "1st", "a 'b' $c", "$token"]


def test_an_unknown_variable_is_refused_by_name() -> None:
    with pytest.raises(CommandError, match=r"\$token"):
        words("$token")


def test_an_open_quote_names_its_line() -> None:
    with pytest.raises(CommandError, match="line 2"):
        words("a \\\n 'b")


def test_blank_lines_and_comments_around_a_command_do_not_matter() -> None:
    assert words("\n# first\n\r\na b\n\n# last\n") == ["a", "b"]


@pytest.mark.parametrize(
    "word", ["{" * 200_000, "{\\x" * 60_000, "{" + "\\\\" * 100_000, "x{y" * 60_000]
)
def test_many_braces_take_no_longer_than_as_many_letters(word: str) -> None:
    """A hang, if each of them looked through the rest of its word."""
    assert len(words(f"curl {word}")) == 2


def test_braces_that_stand_for_several_are_found_in_their_own_word_alone() -> None:
    assert words("a{b} c,d {e f,g}") == ["a{b}", "c,d", "{e", "f,g}"]
    for line in ("a{b}{c,d}", "{a..c}", r"{a\ b,c}", "a b{c}d {e,f}"):
        with pytest.raises(CommandError, match="expanded by a shell"):
            words(line)
