"""``workbench import``: files of a PingAM into a store, or a look at what they hold."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.bench import Workbench
from workbench.errors import CommandError
from workbench.terminal import meanwhile, shown

if TYPE_CHECKING:
    from workbench.interop.frodo.plan import ImportPlan

NOT_KEPT = "Nothing was kept: --into STORE names the store that it is imported into."


def add_import_command(commands: Any) -> None:
    """Add ``import`` to the commands of a parser."""
    importing = commands.add_parser(
        "import",
        help="files of frodo and fr-config-manager into a store",
        description="Takes scripts, OAuth2 clients, AI agents, their groups and the "
        "OAuth2 Provider; says what it changes, and changes all of it or nothing. "
        "Without --into, and with --dry-run, it only says so. Exit status 0 where it "
        "can be imported, or was; else 1.",
        epilog="Example: workbench import exported/ --into bench.store --dry-run",
    )
    importing.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder"
    )
    importing.add_argument(
        "--into",
        type=Path,
        metavar="STORE",
        help="as of serve --store; made where there is none",
    )
    importing.add_argument(
        "--realm", metavar="NAME", help="into which realm; default: the bench's own"
    )
    importing.add_argument(
        "--source-realm",
        default="",
        metavar="NAME",
        help="of files of several realms, the one that is taken",
    )
    importing.add_argument(
        "--dry-run", action="store_true", help="say what would change, and stop"
    )
    importing.add_argument("--json", action="store_true", help="for programs")
    importing.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    if options.dry_run and options.into is not None and not options.into.exists():
        raise CommandError(f"There is no store {options.into} to compare with.")
    applies = options.into is not None and not options.dry_run
    makes_store = applies and not options.into.exists()
    if options.into is None or makes_store:
        with Workbench() as wb:
            plan = _plan(wb, options)
    if makes_store and plan.refused:  # nor is there an empty store then
        applies = False
    if options.into is not None and (applies or options.dry_run):
        with Workbench.stored(options.into) as wb:
            plan = _plan(wb, options)
            if applies and not plan.refused:
                with meanwhile("Importing"):
                    plan = plan.apply()
                    wb.keep()
    _print(plan, options)
    return 1 if plan.refused else 0


def _plan(wb: Workbench, options: argparse.Namespace) -> "ImportPlan":
    if options.realm is not None and options.realm not in wb.realms:
        if options.dry_run:
            raise CommandError(f"There is no realm {options.realm} in the store.")
        wb.realms.add(options.realm)
    with meanwhile("Reading the files"):
        return wb.import_files(
            *options.paths, realm=options.realm, source_realm=options.source_realm
        )


def _print(plan: "ImportPlan", options: argparse.Namespace) -> None:
    from workbench.interop.frodo.plan_faces import plan_json, plan_text

    if options.json:
        print(json.dumps(plan_json(plan), indent=2))
        return
    print(shown(plan_text(plan), sys.stdout))
    if options.into is None and not plan.refused:
        print(f"\n{NOT_KEPT}")
