"""A bench out of files that frodo exported, to stand for the server they are of."""

from pathlib import Path
from typing import NamedTuple

from workbench.interop.frodo.applying import plan_of
from workbench.interop.frodo.compared import PROVIDER
from workbench.interop.frodo.folder import read_files
from workbench.interop.twin.stands_for import Server


class Exported(NamedTuple):
    """A bench that has what an export has.

    Attributes:
        bench: The bench; clients have no secrets of the server.
        has_provider: Whether the OAuth2 Provider's settings were among it.
    """

    bench: Server
    has_provider: bool


def exported(path: Path | str, bench: Server) -> Exported:
    """Put what the files have into a fresh bench.

    Args:
        path: A file or a folder.
        bench: The fresh bench, whose realm is called as the server's.

    Raises:
        CommandError: There is no such file, or nothing of these is in it.
        ImportRefused: A file is damaged; says where.
    """
    files = read_files([Path(path).expanduser()])
    plan = plan_of(bench.realm, files, "").apply()
    kinds = {each.kind for each in plan.planned}
    return Exported(bench, PROVIDER in kinds)
