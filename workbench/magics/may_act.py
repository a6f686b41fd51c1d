"""``%%may_act``: the cell is a may act script."""

from collections.abc import Mapping
from typing import Any

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.magics.line import Line, bench_called
from workbench.sandbox.check import Checked
from workbench.views.faces import Face
from workbench.views.scripts.script import kept_html, kept_text


def keep(variables: Mapping[str, Any], line: str, cell: str) -> Checked:
    """Keep the script, say so, and return what the linter and a dry run say.

    Args:
        variables: Those of the notebook; the bench is among them.
        line: What follows ``%%may_act``.
        cell: The script.

    Raises:
        CommandError: The line is unfit, or there is no such bench.
        RegistrationError: The script is empty or of another dialect before, or
            there is no such client; then nothing was kept.
    """
    read = Line("may_act")
    read.add_argument("name")
    read.add_argument("--legacy", action="store_true")
    read.add_argument("--client")
    given = read.read(line)
    wb = bench_called(given.bench, variables)
    if given.client:
        wb.realm.client(given.client)
    version = LEGACY if given.legacy else NEXT_GENERATION
    script = wb.realm.keep_script(given.name, cell, version)
    show(Face(html=kept_html(script), text=kept_text(script)))
    return wb.check(script.name, given.client)


def show(what: Face) -> None:
    """Show something below the cell."""
    from IPython.display import display

    display(what)
