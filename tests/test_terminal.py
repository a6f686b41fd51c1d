"""What a person at a terminal sees, and a program that reads the same does not."""

import copy
import io
import os
import subprocess
import sys
import time

import pytest

from workbench import Workbench
from workbench.am.basics.pointing import close_to
from workbench.terminal import has_colour, meanwhile, painted, shown

pty = pytest.importorskip("pty", reason="a pseudo terminal is POSIX's")

COMMAND = [sys.executable, "-m", "workbench"]
ASKED_FOR = ("NO_COLOR", "FORCE_COLOR", "TERM")


class Terminal(io.StringIO):
    """Text that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ASKED_FOR:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


def at_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command writes where its output is a terminal."""
    ours, theirs = pty.openpty()
    rest = {n: v for n, v in os.environ.items() if n not in ASKED_FOR}
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**rest, "TERM": "xterm", **environment},
    ) as process:
        os.close(theirs)
        octets = b""
        while chunk := _read(ours):
            octets += chunk
        process.wait(timeout=30)
    os.close(ours)
    return octets.decode()


def _read(number: int) -> bytes:
    try:
        return os.read(number, 65_536)
    except OSError:  # as Linux says that the other end is closed
        return b""


def piped(*arguments: str, **environment: str) -> str:
    rest = {n: v for n, v in os.environ.items() if n not in ASKED_FOR}
    done = subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=rest | environment,
    )
    return done.stdout + done.stderr


def test_a_walk_is_coloured_at_a_terminal_and_says_the_same() -> None:
    seen = at_a_terminal("walk", "--brief")
    assert "1. \x1b[32m✓\x1b[0m risk-agent, the actor, gets a token" in seen
    assert "\x1b[33m◆\x1b[0m acted for by (age!risk-agent)" in seen


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "0"}], ids=str
)
def test_whoever_wants_no_colour_gets_none(environment: dict[str, str]) -> None:
    assert "\x1b" not in at_a_terminal("walk", "--brief", **environment)


def test_a_pipe_gets_no_colour_unless_it_is_forced() -> None:
    assert "\x1b" not in piped("walk", "--brief")
    assert "\x1b[32m✓" in piped("walk", "--brief", FORCE_COLOR="1")
    assert "\x1b" not in piped("walk", "--brief", FORCE_COLOR="1", NO_COLOR="1")


def test_json_is_never_coloured() -> None:
    assert "\x1b" not in at_a_terminal("walk", "--json")


def test_a_brief_walk_is_two_lines_a_step() -> None:
    assert piped("walk", "--brief").splitlines()[:8] == [
        "risk-agent acts on behalf of data-agent",
        "",
        "1. ✓ risk-agent, the actor, gets a token of its own.",
        "     ● (age!risk-agent), scope read",
        "2. ✓ data-agent, the subject, gets a token; the script stamps may_act.",
        "     ● (age!data-agent), may be acted for by (age!risk-agent), scope read",
        "3. ✓ risk-agent exchanges both tokens for one that names them both.",
        "     ● (age!data-agent), ◆ acted for by (age!risk-agent), scope read",
    ]


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("wlak",), "there is no 'wlak' (did you mean walk?)"),
        (("walk", "agent-for-usr"), "(did you mean agent-for-user?)"),
        (("walk", "--breif"), "(did you mean --brief?)"),
        (("script", "chek"), "(did you mean check?)"),
        (("serve", "--use-case", "autonomous"), "(did you mean autonomous-agent?)"),
    ],
    ids=str,
)
def test_a_slip_is_answered_with_what_was_meant(
    arguments: tuple[str, ...], meant: str
) -> None:
    assert meant in piped(*arguments)


@pytest.mark.parametrize("command", [("lab",), ("walk",), ("serve",), ("script",)])
def test_the_help_of_each_command_has_an_example(command: tuple[str, ...]) -> None:
    assert f"Example: workbench {command[0]}" in piped(*command, "--help")


def test_what_takes_long_says_what_it_is_and_leaves_no_trace(
    plain: pytest.MonkeyPatch,
) -> None:
    plain.setattr("workbench.terminal.AFTER", 0.01)
    out = Terminal()
    with meanwhile("Starting the server", out):
        time.sleep(0.2)
    assert out.getvalue().startswith("\rStarting the server …")
    assert out.getvalue().endswith(f"\r{' ' * 21}\r")


def test_what_is_quick_or_unseen_says_nothing(plain: pytest.MonkeyPatch) -> None:
    quick, unseen = Terminal(), io.StringIO()
    with meanwhile("Starting the server", quick):
        pass
    plain.setattr("workbench.terminal.AFTER", 0.0)
    with meanwhile("Starting the server", unseen):
        time.sleep(0.05)
    assert quick.getvalue() == unseen.getvalue() == ""


def test_colour_changes_no_word(plain: pytest.MonkeyPatch) -> None:
    text = "Title\n=====\n✓ granted ● a\nWhy: no.\n=== x"
    coloured = painted(text)
    for code in (1, 2, 31, 32, 33, 34, 0):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == text
    assert has_colour(Terminal())
    assert shown("✓", io.StringIO()) == "✓"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("exchange", "wb has no exchange; wb.client.exchange is there."),
        ("register_agent", "wb has no register_agent; wb.realm.register_agent is t"),
        ("regster_agent", "Did you mean wb.realm.register_agent?"),
        ("hstory", "Did you mean wb.history?"),
        ("inspct", "Did you mean wb.inspect?"),
        ("zzz", "wb has no zzz; dir(wb) lists what it has."),
    ],
)
def test_an_attribute_that_is_not_there_is_pointed_to(
    wb: Workbench, name: str, told: str
) -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(wb, name)
    assert told in str(raised.value)


def test_a_realm_points_to_what_is_meant(wb: Workbench) -> None:
    with pytest.raises(AttributeError, match=r"Did you mean wb\.realm\.register_agent"):
        wb.realm.regster_agent  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"wb\.realm\.provider\.tokenSigningAlgo"):
        wb.realm.tokenSigningAlgorithm  # type: ignore[attr-defined]  # noqa: B018


def test_what_asks_for_names_of_its_own_is_answered_as_ever(wb: Workbench) -> None:
    assert not hasattr(wb, "_repr_png_")
    assert not hasattr(wb.realm, "__deepcopy__")
    assert copy.copy(wb.realm).path == wb.realm.path


def test_nothing_is_near_to_what_is_far() -> None:
    assert close_to("zzz", ["walk", "serve"]) == ""
    assert close_to("wlak", ["walk", "_wlak"]) == "walk"
