"""The ``workbench`` command."""

import argparse
import contextlib
import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from workbench.am.basics.pointing import close_to
from workbench.bench import Workbench
from workbench.class_command import add_class_command
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.by_name import USE_CASES
from workbench.course.use_cases.walk import brief_text, walk, walk_text
from workbench.errors import WorkbenchError
from workbench.lab_command import add_lab_command
from workbench.pictures_command import add_pictures_command
from workbench.script_command import add_script_command
from workbench.terminal import RED, has_colour, in_colour, meanwhile, shown
from workbench.views.page.plain import visible_text

if TYPE_CHECKING:
    from workbench.server.serve import Listener

DEFAULT_PORT = 8443

NEW_LINES = "\n\t"
"""What a message may have that steers a terminal a little."""

AWAY = 0.0005
"""Seconds that a thread which answers may keep the connections' thread waiting."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may not have a ✓
    try:
        status: int = options.command(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (WorkbenchError, OSError) as problem:
        return _failed(problem)
    except KeyboardInterrupt:
        return 130  # as a shell says it of Ctrl-C
    return status


def _failed(problem: Exception) -> int:
    if isinstance(problem, BrokenPipeError):
        # Nobody reads on, as in `walk | head`; nor shall Python flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    name = in_colour("workbench:", RED) if has_colour(sys.stderr) else "workbench:"
    print(f"{name} {visible_text(problem, keep=NEW_LINES)}", file=sys.stderr)
    return 1


class CommandLine(argparse.ArgumentParser):
    """Reads a command line; what it says of one steers no terminal."""

    def error(self, message: str) -> NoReturn:
        """End with a message; it may quote an argument, such as a file's name."""
        _, unknown, given = message.partition("unrecognized arguments: ")
        near = close_to(given.split(" ")[0], self._options()) if unknown else ""
        meant = f" (did you mean {near}?)" if near else ""
        super().error(f"{visible_text(message)}{meant}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices, and say which of them is near."""
        if action.choices is None or value in action.choices:
            return
        near = close_to(str(value), map(str, action.choices))
        meant = f" (did you mean {near}?)" if near else ""
        known = ", ".join(map(str, action.choices))
        raise argparse.ArgumentError(
            action, f"there is no {value!r}{meant}; choose from: {known}"
        )

    def _options(self) -> set[str]:
        """Its options, and those of its commands."""
        found = {name for each in self._actions for name in each.option_strings}
        for each in self._actions:
            if isinstance(each.choices, dict):
                found |= set().union(*(c._options() for c in each.choices.values()))
        return found


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(
        prog="workbench",
        description="See, change and break delegation between AI agents, "
        "as PingAM 8.1 does it. A teaching tool, never a production server.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_lab_command(commands)
    _add_walk(commands)
    _add_serve(commands)
    add_script_command(commands)
    add_pictures_command(commands)
    add_class_command(commands)
    return parser


def _add_walk(commands: Any) -> None:
    walking = commands.add_parser(
        "walk",
        help="a use case, request by request",
        epilog="Example: workbench walk agent-for-user --brief",
    )
    _use_case_argument(walking, "use_case", nargs="?", default=AGENT_FOR_AGENT.name)
    walking.add_argument(
        "--brief", action="store_true", help="the point of each step alone"
    )
    walking.add_argument("--json", action="store_true", help="for programs")
    walking.set_defaults(command=_walk)


def _add_serve(commands: Any) -> None:
    serving = commands.add_parser(
        "serve",
        help="the server on a loopback port",
        epilog="Example: workbench serve --port 0 --use-case agent-for-agent",
    )
    serving.add_argument(
        "--port",
        type=int,
        help=f"0: any free; default: that of the store, or {DEFAULT_PORT}",
    )
    serving.add_argument(
        "--realm",
        action="append",
        metavar="NAME",
        help="alpha where none is named; may be given again",
    )
    serving.add_argument("--no-tls", action="store_true", help="plain HTTP")
    serving.add_argument("--base-url", help="what iss and discovery say")
    _use_case_argument(
        serving,
        "--use-case",
        help="register what this needs, in each realm that has nobody yet",
    )
    serving.add_argument(
        "--store",
        metavar="PATH",
        help="keep all in this file, for the next time; it holds secrets",
    )
    serving.set_defaults(command=_serve)


def _use_case_argument(
    parser: argparse.ArgumentParser, *name: str, **more: Any
) -> None:
    parser.add_argument(*name, choices=sorted(USE_CASES), **more)


def _walk(options: argparse.Namespace) -> int:
    with Workbench() as wb:
        walked = walk(wb.realm, wb.client, wb.prepare(options.use_case))
        if options.json:
            print(json.dumps(walked.json(), indent=2))
        else:
            text = brief_text(walked) if options.brief else walk_text(walked)
            print(shown(text, sys.stdout))
    return 0


def _serve(options: argparse.Namespace) -> int:
    told_to_stop: SimpleQueue[int] = SimpleQueue()  # a handler may always put
    sys.setswitchinterval(AWAY)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: told_to_stop.put(number))
    with contextlib.ExitStack() as stack:
        with meanwhile("Starting the server"):
            listener, base_url = stack.enter_context(_listening(options))
            wb = stack.enter_context(_served(options, base_url))
        ready = {
            "base_url": wb.realm.base_url,
            "ca_file": listener.ca_file and str(listener.ca_file),
            "curl_home": listener.curl_home and str(listener.curl_home),
            "pid": os.getpid(),
        }
        with listener.serving(wb.app, *_host_in(options.base_url)):
            print(json.dumps(ready), flush=True)
            _wait_for(told_to_stop)
    return 0


@contextlib.contextmanager
def _listening(options: argparse.Namespace) -> Iterator[tuple["Listener", str]]:
    """A bound port, and the base URL there: those of the store, where they can be had.

    What a store has issued names its base URL, and counts at no other.
    """
    from workbench.server.serve import listen, own_port

    tls = not options.no_tls
    before = "" if options.store is None else Workbench.base_url_of(options.store)
    wanted = DEFAULT_PORT if options.port is None else options.port
    known = None if options.base_url else own_port(before, tls=tls)
    with contextlib.ExitStack() as stack:
        listener = None
        if known is not None and options.port in (None, 0, known):
            with contextlib.suppress(WorkbenchError):  # somebody has it
                listener = stack.enter_context(listen(known, tls=tls))
        if listener is not None:
            yield listener, before
            return
        listener = stack.enter_context(listen(wanted, tls=tls))
        yield listener, options.base_url or f"{listener.url}/am"


def _served(options: argparse.Namespace, base_url: str) -> Workbench:
    """The bench to serve: a new one, or the one that its store has."""
    names = options.realm or ["alpha"]
    if options.store is None:
        wb = Workbench(realm=names[0], base_url=base_url)
    else:
        wb = Workbench.stored(options.store, realm=names[0], base_url=base_url)
    if wb.moved_from:
        print(
            f"workbench: {options.store} was served as {wb.moved_from}; tokens of then "
            f"name that as issuer, and count only with --base-url {wb.moved_from}.",
            file=sys.stderr,
        )
    for name in names:
        if name not in wb.realms:
            wb.realms.add(name)
    for name in names if options.use_case else ():
        if not (wb.realms[name].clients or wb.realms[name].scripts):
            wb.prepare(options.use_case, name)
    wb.keep()
    return wb


def _host_in(base_url: str | None) -> tuple[str, ...]:
    """What the server is called besides its own names; a name of IPv6 in brackets."""
    host = urlsplit(base_url or "").hostname
    return () if host is None else (f"[{host}]" if ":" in host else host,)


def _wait_for(queue: "SimpleQueue[int]") -> None:
    while True:
        with contextlib.suppress(Empty):
            queue.get(timeout=1)  # seconds: Windows heeds Ctrl-C between waits only
            return
