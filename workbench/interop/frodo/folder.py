"""The files that an import reads: one, several, or all JSON of a folder.

Links are passed over, so that nothing outside is read; so are hidden folders.
"""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from workbench.am.basics.secrets import safe_text
from workbench.am.rest.script_body import Beside
from workbench.errors import CommandError
from workbench.interop.frodo.document import read_document
from workbench.interop.frodo.entries import Entry, entries_in, realm_of
from workbench.interop.frodo.fault import FileFault, ImportRefused
from workbench.interop.script_files import reader_beside

MOST_FILES, MOST_OCTETS = 20_000, 1 << 29
MOST_ENTRIES = 5_000
"""Scripts, clients, groups and settings of one import; others are only counted."""

REALM_FOLDERS = ("realm", "realms")
"""What stands above the folder of a realm: frodo's, and fr-config-manager's."""

LEFT_ALONE = "node_modules"

NOTHING_THERE = (
    "holds nothing that can be imported: scripts, OAuth2 clients, AI agents, their "
    "groups and the OAuth2 Provider, as frodo or fr-config-manager write them, can be."
)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A body, the file that has it, and what reads files beside that."""

    entry: Entry
    file: str
    beside: Beside


@dataclass(slots=True)
class FilesRead:
    """What files hold.

    Attributes:
        entries: The bodies of a kind that a realm here has, in order.
        others: How many there are of other kinds, by noun.
        files: How many files were read.
        links: How many were passed over, since they are links.
    """

    entries: list[FileEntry] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    files: int = 0
    links: int = 0

    def add(self, path: Path, root: Path) -> None:
        """Read a file.

        Args:
            path: The file.
            root: The folder from which it is named.

        Raises:
            ImportRefused: It is damaged, or with it there is too much.
        """
        name = path.relative_to(root).as_posix()
        realm = _realm_in(path.relative_to(root).parts[:-1])
        beside = reader_beside(path)
        self.files += 1
        for entry in entries_in(read_document(path, name), realm):
            if not entry.taken:
                self.others[entry.kind] += 1
            elif len(self.entries) < MOST_ENTRIES:
                self.entries.append(FileEntry(entry, name, beside))
            else:
                more = f"more than {MOST_ENTRIES:,} scripts, clients and groups"
                raise ImportRefused([FileFault(name, "", f"with it there are {more}")])


def read_files(paths: Iterable[Path]) -> FilesRead:
    """Read files and folders.

    Args:
        paths: Those that somebody named.

    Raises:
        CommandError: There is nothing at a path, or nothing that can be taken in it.
        ImportRefused: A file is damaged, or there is too much.
    """
    read = FilesRead()
    for path in paths:
        before = len(read.entries)
        if path.is_dir():
            for each in _in_folder(path, read):
                read.add(each, path)
        elif path.exists():
            read.add(path, path.parent)
        else:
            raise CommandError(f"There is no file or folder {safe_text(str(path))}.")
        if len(read.entries) == before:
            raise CommandError(f"{safe_text(str(path))} {NOTHING_THERE}")
    return read


def _in_folder(folder: Path, read: FilesRead) -> list[Path]:
    """The JSON files of a folder, however deep; links are counted."""
    found, octets = [], 0
    for above, folders, names in os.walk(folder):
        kept = [n for n in folders if not n.startswith(".") and n != LEFT_ALONE]
        read.links += sum(os.path.islink(os.path.join(above, name)) for name in kept)
        folders[:] = sorted(kept)
        for name in sorted(names):
            path = Path(above, name)
            if name.lower().endswith(".json") and path.is_symlink():
                read.links += 1
            elif name.lower().endswith(".json"):
                found.append(path)
                octets += path.stat().st_size
        if len(found) > MOST_FILES or octets > MOST_OCTETS:
            most = f"{MOST_FILES:,} files or {MOST_OCTETS >> 20} megabytes of JSON"
            raise ImportRefused(
                [FileFault(folder.name, "", f"it has more than {most}")]
            )
    return found


def _realm_in(folders: tuple[str, ...]) -> str:
    """The realm that the folders of an export say a file is of; "" where none does."""
    for above, name in pairwise(folders):
        if above in REALM_FOLDERS:
            return realm_of(name)
    return ""
