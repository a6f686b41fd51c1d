"""A bench kept in a file of SQLite with every request, before its answer is sent.

What was committed outlasts a process that is killed. Of the last moments before a power
cut SQLite may lose some, whole transactions from the end: its log is not written out to
the disk each time (``synchronous=NORMAL``), which would make every request wait for it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.am.basics.secrets import safe_text
from workbench.am.realms import Realms
from workbench.saving.changes import Changes
from workbench.saving.fault import SavedFileError, refused
from workbench.saving.state import State
from workbench.saving.stored import SCHEMA, read_state

PROGRAM, VERSION = 0x57424348, 1
"""What SQLite calls ``application_id`` and ``user_version``."""

SAVED_FILE = b'{"format":"delegation-workbench"'
"""How a saved bench begins, without its spaces: people take one for the other."""


class Store:
    """A file in which one process keeps its bench.

    Args:
        path: The file; made where there is none, for its owner alone.

    Raises:
        SavedFileError: Another process has it, or it is no store that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changes: Changes | None = None
        _require_place(path)
        with self._telling("opened"):
            self._file = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        try:
            with self._telling("opened"):
                self._begin()
        except SavedFileError:
            self._file.close()
            raise

    def _begin(self) -> None:
        """Lock the file, and see what it is."""
        run = self._file.execute
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        run("BEGIN IMMEDIATE")
        (program,), (version,) = (
            run(f"PRAGMA {name}").fetchone()
            for name in ("application_id", "user_version")
        )
        (tables,) = run("SELECT count(*) FROM sqlite_master").fetchone()
        if program != PROGRAM and tables:
            raise SavedFileError(f"{self.path} is a file of another program.")
        if version > VERSION:
            raise SavedFileError(
                f"{self.path} is a store of version {version}, and this workbench "
                f"knows {VERSION}; a newer workbench wrote it."
            )
        if not tables:
            for statement in SCHEMA:
                run(statement)
            run(f"PRAGMA application_id = {PROGRAM}")
            run(f"PRAGMA user_version = {VERSION}")
        run("COMMIT")
        (sound,) = run("PRAGMA quick_check(1)").fetchone()
        if sound != "ok":
            raise SavedFileError(f"{self.path} is damaged; SQLite says: {sound}.")

    def base_url(self) -> str:
        """The base URL that its bench had when it was last open; "" where it is new.

        Raises:
            SavedFileError: It cannot be read.
        """
        with self._telling("read"):
            found = self._file.execute(
                "SELECT json ->> 'base_url' FROM parts WHERE realm = '' "
                "AND name = 'server'"
            ).fetchone()
        return "" if found is None else str(found[0] or "")

    def state(self) -> State | None:
        """What it holds; None where it is new.

        Raises:
            SavedFileError: It holds what cannot be; says where.
        """
        try:
            with self._telling("read"):
                return read_state(self._file)
        except SavedFileError:
            raise
        except Exception as problem:
            raise refused(str(self.path), problem) from None

    def attach(self, realms: Realms) -> None:
        """Keep these realms from now on, each time they say so."""
        self._changes = Changes(realms, anew=self.state() is None)
        self._turn = realms.turns.taken
        realms.keep = self.keep
        self.keep()

    def keep(self) -> None:
        """Write what has changed; all of it, or nothing.

        Raises:
            SavedFileError: It cannot be written; it is tried again the next time.
        """
        if self._changes is None:
            return
        with self._turn, self._telling("written"):
            statements = self._changes.collect()
            if not statements:
                return
            self._file.execute("BEGIN IMMEDIATE")
            try:
                for statement, rows in statements:
                    self._file.executemany(statement, rows)
                self._file.execute("COMMIT")
            except sqlite3.Error:
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise
            self._changes.written()

    def close(self) -> None:
        """Write what is left, and let others have the file."""
        try:
            self.keep()
        finally:
            if self._changes is not None:
                self._changes.stop()
            self._changes = None
            self._file.close()

    @contextmanager
    def _telling(self, done: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as problem:
            if "locked" in str(problem):
                why = "another process has it open"
            elif "not a database" in str(problem) or "malformed" in str(problem):
                why = "it is no store, or damaged"
            else:
                why = safe_text(str(problem))
            raise SavedFileError(f"{self.path} cannot be {done}: {why}.") from None


def _require_place(path: Path) -> None:
    """Make the file, for its owner alone; SQLite's own beside it follow it."""
    try:
        if path.is_dir():
            raise SavedFileError(f"{path} is a folder; a store is a file.")
        if path.exists() and not path.is_file():
            raise SavedFileError(f"{path} is a device or a pipe; a store is a file.")
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb") as file:
            start = file.read(100)
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise SavedFileError(
            f"{safe_text(str(path))} cannot be opened: {why}."
        ) from None
    if b"".join(start.split()).startswith(SAVED_FILE):
        raise SavedFileError(
            f"{path} is a saved bench, and a store is another file. To keep the bench "
            "in a store, put it into a new one, once, in Python:",
            call=f'with Workbench.load({str(path)!r}) as wb: wb.keep_in("new.store")',
        )
