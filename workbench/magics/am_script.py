"""``%%am_script``: the cell is a script of any context."""

from collections.abc import Mapping
from typing import Any

from workbench.am.scripts.script import LEGACY
from workbench.interop.contexts import context_named, version_in, version_named
from workbench.magics.line import Line, bench_called
from workbench.magics.may_act import show
from workbench.sandbox.check import Checked
from workbench.views.faces import Face
from workbench.views.scripts.script import kept_html, kept_text


def keep_in_context(variables: Mapping[str, Any], line: str, cell: str) -> Checked:
    """Keep the script, say so, and return what the linter and a dry run say.

    Args:
        variables: Those of the notebook; the bench is among them.
        line: What follows ``%%am_script``.
        cell: The script.

    Raises:
        CommandError: The line is unfit, or there is no such bench or context.
        RegistrationError: The script is empty or of another context or dialect
            before, or there is no such client or user; then nothing was kept.
    """
    read = Line("am_script")
    read.add_argument("context")
    read.add_argument("name")
    read.add_argument("--legacy", action="store_true")
    read.add_argument("--client")
    read.add_argument("--user")
    given = read.read(line)
    wb = bench_called(given.bench, variables)
    context = context_named(given.context)
    asked = LEGACY if given.legacy else version_named(given.context)
    version = version_in(context, asked)
    if given.client:
        wb.realm.client(given.client)
    if given.user:
        wb.realm.user(given.user)
    script = wb.realm.keep_script(given.name, cell, version, context=context)
    show(Face(html=kept_html(script), text=kept_text(script)))
    return wb.check(script.name, given.client, user=given.user)
