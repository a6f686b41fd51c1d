"""Cell magics: ``%%may_act`` and ``%%am_script`` keep scripts, ``%%curl`` sends.

``import workbench`` offers them where it runs in IPython, unless something else has
their names; ``%load_ext workbench`` sets them in any case. They work on the bench
that the notebook calls ``wb``, or on the one whose name follows ``--bench``.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from workbench.errors import WorkbenchError

Magic = Callable[[str, str], Any]

TYPES_WITHIN = 2_000
"""Milliseconds in which completions learn what each name is; IPython's own are 400."""


def register(shell: Any, *, politely: bool = False) -> None:
    """Give a shell the magics.

    Args:
        shell: An IPython shell, whose variables they read and write.
        politely: Whether a magic of the same name stays.
    """
    for name, magic in magics(shell).items():
        if not (politely and name in shell.magics_manager.magics["cell"]):
            shell.register_magic_function(_reporting(magic), "cell", name)
    _let_types_be_told(shell)


def _let_types_be_told(shell: Any) -> None:
    """Let completions say what each name is, where nobody has set how long that takes.

    IPython counts from the beginning, and the first look into a package takes longer
    than it allows; the types themselves are there at once then.
    """
    completer: Any = getattr(shell, "Completer", None)
    limit = getattr(type(completer), "jedi_compute_type_timeout", None)
    if limit and completer.jedi_compute_type_timeout == limit.default_value:
        completer.jedi_compute_type_timeout = TYPES_WITHIN


def offer() -> None:
    """Register them where this runs in IPython; otherwise do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        register(shell, politely=True)


def magics(shell: Any) -> dict[str, Magic]:
    """The magics of a shell by name; what they need is imported on first use."""

    def may_act(line: str, cell: str) -> Any:
        """Keep the cell as a may act script, lint it and run it dry.

        ``%%may_act NAME [--legacy] [--client CLIENT] [--bench BENCH]``

        A script of this name is replaced; its dialect cannot change. The dry run
        is for CLIENT, or for a client made up on the spot, and issues nothing.
        A name with blanks stands in quotes.
        """
        from workbench.magics.may_act import keep

        return keep(shell.user_ns, line, cell)

    def am_script(line: str, cell: str) -> Any:
        """Keep the cell as a script of a context, lint it and run it dry.

        ``%%am_script CONTEXT NAME [--legacy] [--client CLIENT] [--user USER]
        [--bench BENCH]``

        CONTEXT is AM's name, such as OAUTH2_ACCESS_TOKEN_MODIFICATION, or a short
        one: modification, oidc-claims, evaluate-scope, validate-scope,
        authorize-endpoint-data-provider, dynamic-client-registration, library.
        """
        from workbench.magics.am_script import keep_in_context

        return keep_in_context(shell.user_ns, line, cell)

    def curl(line: str, cell: str) -> Any:
        """Send a curl command to the bench's server and show the answer.

        ``%%curl [NAME] [--bench BENCH]``

        The cell is one command, as the vendor's pages print it, with or without
        the prompt. The call is kept as NAME. ``$NAME`` in the command stands for
        a text, a number, or the access token of a call that was kept. An option that
        changes nothing here is left aside, and that is said. What would change the
        request and is not done is an error; then nothing was sent.
        """
        from workbench.magics.curl import send

        return send(shell.user_ns, line, cell)

    return {"may_act": may_act, "am_script": am_script, "curl": curl}


def _reporting(magic: Magic) -> Magic:
    """The magic, whose errors are shown as one sentence without a traceback."""

    @wraps(magic)
    def run(line: str, cell: str) -> Any:
        from IPython.core.error import UsageError

        try:
            return magic(line, cell)
        except WorkbenchError as problem:
            raise UsageError(str(problem)) from None

    return run
