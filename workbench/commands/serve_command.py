"""``workbench serve``: the server, and the APIs next door, on loopback ports."""

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.bench import Workbench
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.by_name import USE_CASES
from workbench.errors import CommandError, WorkbenchError
from workbench.server.admin.administrator import ADMIN
from workbench.terminal import meanwhile

if TYPE_CHECKING:
    from workbench.server.serve import Listener

DEFAULT_PORT = 8443

PASSWORD = "WORKBENCH_ADMIN_PASSWORD"
"""The variable of the environment that no other user of the machine can see."""

AWAY = 0.0005
"""Seconds that a thread which answers may keep the connections' thread waiting."""


def add_serve_command(commands: Any) -> None:
    """Add ``serve`` to the commands of a parser."""
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
    serving.add_argument(
        "--use-case",
        choices=sorted(USE_CASES),
        help="register what this needs, in each realm that has nobody yet",
    )
    serving.add_argument(
        "--store",
        metavar="PATH",
        help="keep all in this file, for the next time; it holds secrets",
    )
    serving.add_argument(
        "--admin-password",
        metavar="P",
        help=f"of {ADMIN}, for the admin REST API; default: that of {PASSWORD}, which "
        "other users of the machine cannot see as they can an argument, or random",
    )
    serving.add_argument(
        "--with-apis",
        action="store_true",
        help=f"three risk-scoring APIs beside it, for {AGENT_FOR_AGENT.name}",
    )
    serving.set_defaults(command=_serve)


def _serve(options: argparse.Namespace) -> int:
    _check(options)
    told_to_stop: SimpleQueue[int] = SimpleQueue()  # a handler may always put
    sys.setswitchinterval(AWAY)
    kept_to_itself = _take_password(options)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: told_to_stop.put(number))
    with contextlib.ExitStack() as stack:
        with meanwhile("Starting the server"):
            listener, base_url = stack.enter_context(_listening(options))
            wb = stack.enter_context(_served(options, base_url))
        ready: dict[str, Any] = {
            "base_url": wb.realm.base_url,
            "ca_file": listener.ca_file and str(listener.ca_file),
            "curl_home": listener.curl_home and str(listener.curl_home),
            "admin_user": ADMIN,
            "admin_password": None if kept_to_itself else str(wb.admin_password),
            "pid": os.getpid(),
        }
        stack.enter_context(listener.serving(wb.app, *_host_in(options.base_url)))
        if options.with_apis:
            ready["apis"] = stack.enter_context(_apis(wb, listener))
        print(json.dumps(ready), flush=True)
        _wait_for(told_to_stop)
    return 0


def _take_password(options: argparse.Namespace) -> bool:
    """Take the password from the environment, and say whether it came from there.

    It is taken out, so that no process that is started later has it; whoever put it
    there knows it, so it is not printed.
    """
    there = os.environ.pop(PASSWORD, None)
    if options.admin_password is not None or there is None:
        return False
    options.admin_password = there
    return True


def _check(options: argparse.Namespace) -> None:
    """Refuse what does not go together."""
    if not options.with_apis:
        return
    if options.use_case != AGENT_FOR_AGENT.name:
        raise CommandError(
            f"--with-apis goes with --use-case {AGENT_FOR_AGENT.name}: the APIs are "
            "for its agents."
        )
    if options.store is not None:
        raise CommandError(
            "--with-apis goes without --store: the APIs get other ports each time, and "
            "what a store keeps would name those of before."
        )


@contextlib.contextmanager
def _apis(wb: Workbench, listener: "Listener") -> Iterator[dict[str, str]]:
    from workbench.course.apis.served import served_apis

    with served_apis(wb.realm, listener) as urls:
        yield dict(urls)


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
    fresh = {"realm": names[0], "base_url": base_url}
    fresh["admin_password"] = options.admin_password
    if options.store is None:
        wb = Workbench(**fresh)
    else:
        wb = Workbench.stored(options.store, **fresh)
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
