"""``workbench walk``: a use case in the terminal, here or against a server."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from workbench.agent.client import AgentClient
from workbench.agent.history import History
from workbench.agent.over_network import (
    ServerAddress,
    address_in,
    http_client,
    named_url,
)
from workbench.bench import Workbench
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.by_name import USE_CASES, use_case
from workbench.course.use_cases.ending import ApiWalk, End, has_end
from workbench.course.use_cases.ending_text import NO_APIS, end_text
from workbench.course.use_cases.look import InsideLook, OutsideLook, TokenLook
from workbench.course.use_cases.use_case import SECRET
from workbench.course.use_cases.walk import (
    Walk,
    brief_text,
    walk_text,
    walk_with,
)
from workbench.errors import CommandError, NotYet, WorkbenchError
from workbench.terminal import shown


def add_walk_command(commands: Any) -> None:
    """Add ``walk`` to the commands of a parser."""
    walking = commands.add_parser(
        "walk",
        help="a use case, request by request",
        epilog="Example: workbench walk agent-for-user --brief",
    )
    walking.add_argument(
        "use_case",
        choices=sorted(USE_CASES),
        nargs="?",
        default=AGENT_FOR_AGENT.name,
    )
    walking.add_argument(
        "--brief", action="store_true", help="the point of each step alone"
    )
    walking.add_argument("--json", action="store_true", help="for programs")
    walking.add_argument(
        "--against",
        metavar="READY",
        help="a running server: a file with the line that serve prints, - for "
        "standard input, or its base URL",
    )
    walking.add_argument(
        "--ca-file", type=Path, help="with a base URL: the authority to trust"
    )
    walking.add_argument(
        "--api",
        type=named_url,
        action="append",
        default=[],
        metavar="NAME=URL",
        help="with a base URL: an API to ask; may be given again",
    )
    walking.add_argument("--realm", default="alpha", help="default: %(default)s")
    walking.set_defaults(command=_walk)


def _walk(options: argparse.Namespace) -> int:
    if options.against is not None:
        return _walk_against(options)
    if options.ca_file or options.api or options.realm != "alpha":
        raise CommandError("--ca-file, --api and --realm go with --against.")
    with Workbench() as wb:
        look = InsideLook(wb.realm)
        walked = walk_with(wb.client, wb.prepare(options.use_case), look)
        end = None
        if has_end(walked):
            apis = wb.open_apis()
            urls = {name: api.url for name, api in apis.items()}
            end = ApiWalk(walked, wb.client, wb.http, look, urls, apis.log).walk()
        _print(options, walked, end, ())
    return 0


def _walk_against(options: argparse.Namespace) -> int:
    address = _address(options)
    chosen, history = use_case(options.use_case), History()
    issuer = f"{address.base_url}/oauth2/realms/root/realms/{options.realm}"
    with (
        http_client(address.ca_file, history) as http,
        http_client(address.ca_file) as unkept,
    ):
        client = AgentClient(http, issuer, history)
        clients = [step.source for step in chosen.steps]
        look = OutsideLook(issuer, unkept, clients, SECRET)
        try:
            walked = walk_with(client, chosen, look)
        except httpx.HTTPError as problem:
            kind = type(problem).__name__
            raise WorkbenchError(f"No answer from {issuer} ({kind}).") from None
        except NotYet as problem:
            raise WorkbenchError(
                f"{problem} The server needs what the use case needs: workbench serve "
                f"--use-case {chosen.name} registers it."
            ) from None
        end, remarks = _end_against(walked, client, http, look, address)
        _print(options, walked, end, remarks)
    return 0


def _end_against(
    walked: Walk,
    client: AgentClient,
    http: httpx.Client,
    look: TokenLook,
    address: ServerAddress,
) -> tuple[End | None, list[str]]:
    if not has_end(walked):
        return None, [look.remark]
    if not address.apis:
        return None, [look.remark, NO_APIS]
    return ApiWalk(walked, client, http, look, address.apis).walk(), [look.remark]


def _address(options: argparse.Namespace) -> ServerAddress:
    """Where the server is that ``--against`` names."""
    against = options.against
    if against.startswith(("http://", "https://")):
        base_url = against.rstrip("/")
        return ServerAddress(base_url, options.ca_file, dict(options.api))
    if options.ca_file or options.api:
        raise CommandError(
            "--ca-file and --api go with a base URL; the line that serve prints has "
            "both."
        )
    return address_in(
        sys.stdin.readline() if against == "-" else Path(against).read_text("utf-8")
    )


def _print(
    options: argparse.Namespace,
    walked: Walk,
    end: End | None,
    remarks: Sequence[str],
) -> None:
    """The three requests as they always were, then how it ended, then the remarks."""
    if options.json:
        whole = walked.json()
        if has_end(walked):
            whole["apis"] = end and end.json()
        if remarks:
            whole["remarks"] = list(remarks)
        print(json.dumps(whole, indent=2))
        return
    text = brief_text(walked) if options.brief else walk_text(walked)
    if end is not None:
        between = "\n" if options.brief else "\n\n"
        text += between + end_text(end, len(walked.steps) + 1, options.brief)
    print(shown("\n\n".join([text, *remarks]), sys.stdout))
