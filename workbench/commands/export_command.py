"""``workbench export``: a realm as files that frodo imports."""

import argparse
from pathlib import Path
from typing import Any

from workbench.am.basics.words import counted
from workbench.bench import Workbench
from workbench.course.use_cases.by_name import USE_CASES
from workbench.errors import CommandError
from workbench.terminal import meanwhile
from workbench.views.page.plain import visible_text

SAVED = b"{"
"""How a saved bench begins; a store is no text."""

SECRETS = (
    "Secrets are in no export: give the imported clients their own, in a file's "
    "coreOAuth2ClientConfig.userpassword or in AM's admin UI."
)


def add_export_command(commands: Any) -> None:
    """Add ``export`` to the commands of a parser."""
    exporting = commands.add_parser(
        "export",
        help="a realm as files that frodo imports",
        description="Writes scripts, OAuth2 clients, AI agents, their groups and the "
        "OAuth2 Provider, a file each, without any secret.",
        epilog="Example: workbench export --use-case agent-for-agent --dir exported",
    )
    origin = exporting.add_mutually_exclusive_group(required=True)
    origin.add_argument(
        "--from",
        dest="origin",
        type=Path,
        metavar="STORE",
        help="as of serve --store, or a saved bench",
    )
    origin.add_argument(
        "--use-case", choices=sorted(USE_CASES), help="what this needs, on a new bench"
    )
    exporting.add_argument(
        "--dir",
        type=Path,
        default=Path(),
        metavar="D",
        help="made where there is none; default: this folder",
    )
    exporting.add_argument(
        "--realm", metavar="NAME", help="which realm; default: the bench's own"
    )
    exporting.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    with _bench(options) as wb:
        with meanwhile("Writing the files"):
            written = wb.export_files(options.dir, options.realm)
        agents = any(path.name.endswith(".ai.agent.json") for path in written)
    for path in written:
        print(visible_text(path))
    print(f"\nWrote {counted(len(written), 'file')}. {SECRETS}")
    if agents:
        print(
            "AI agents are imported by: frodo agent import -f NAME.ai.agent.json "
            "(after their scripts)."
        )
    return 0


def _bench(options: argparse.Namespace) -> Workbench:
    if options.origin is None:
        wb = Workbench()
        wb.prepare(options.use_case)
        return wb
    name = visible_text(options.origin)
    try:
        with options.origin.open("rb") as file:
            start = file.read(100).lstrip()
    except OSError as problem:
        raise CommandError(f"{name} cannot be read: {problem.strerror}.") from None
    if start.startswith(SAVED):
        return Workbench.load(options.origin)
    return Workbench.stored(options.origin)
