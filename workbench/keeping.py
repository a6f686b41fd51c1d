"""How a bench is saved to a file, opened from one, and kept in a store."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from workbench.agent.calls import Call
from workbench.agent.history import History
from workbench.am.realms import Realms
from workbench.errors import WorkbenchError

if TYPE_CHECKING:  # what reads and writes files is loaded on first use
    from workbench.saving.calls import SavedCalls
    from workbench.saving.state import ServerState, State
    from workbench.saving.store import Store


EACH_TIME = ("engine", "base_url", "admin_password")
"""What a bench is made with that no store has."""


class KeepsItself:
    """Whatever has realms and a history can be saved and opened again."""

    realms: Realms
    history: History
    moved_from: str = ""
    """The base URL that a store had when it was last open, where it was another."""

    _store: "Store | None" = None

    def save(self, path: Path | str, *, keys: bool = True) -> Path:
        """Save all of the bench to one file, which holds its secrets.

        What is there is replaced, when the new file is whole. The engine that runs
        scripts is not part of it.

        Args:
            path: The file.
            keys: Whether the keys and the seed go in. Without them whoever opens the
                file gets new keys: signed tokens and macaroons of before are refused,
                server-side tokens still count, ids are random.

        Returns:
            The file.

        Raises:
            SavedFileError: It cannot be written.
        """
        from workbench.saving import file
        from workbench.saving.state import state_of

        target = Path(path).expanduser()
        with self.realms.turns.taken:
            file.save(target, state_of(self.realms), self.history, keys=keys)
        return target

    def _write_calls(self, path: Path, calls: Sequence[Call], **more: Any) -> Path:
        """What the history's ``write`` does."""
        from workbench.interop.collection.writing import write_calls

        return write_calls(path, calls, self.realms.base_url, **more)

    @classmethod
    def load(cls, path: Path | str, **more: Any) -> Self:
        """A bench as it was when it was saved.

        Args:
            path: The file.
            more: ``engine`` and ``admin_password``, as of a new bench.

        Raises:
            SavedFileError: The file is no saved bench, damaged, or of a newer version.
        """
        from workbench.saving import file

        state, calls = file.load(Path(path).expanduser())
        bench = cls._of(Path(path), state.server, more)
        bench._put(state, calls)
        return bench

    def restore(self, path: Path | str) -> None:
        """Let this very bench be as it was saved; open forms show what is there now.

        Raises:
            SavedFileError: As for :meth:`load`, or it was saved under another base
                URL or with another realm of its own; the bench is as it was then.
        """
        from workbench.saving import file
        from workbench.saving.fault import SavedFileError

        state, calls = file.load(Path(path).expanduser())
        saved = (state.server.base_url, state.server.own_realm)
        if saved != (self.realms.base_url, self.realms.main.path):
            raise SavedFileError(
                f"{path} is of a bench at {saved[0]} with the realm {saved[1]}; "
                "it cannot be opened in this one.",
                call="Workbench.load(path) opens it.",
            )
        self._put(state, calls)

    @classmethod
    def stored(cls, path: Path | str, **fresh: Any) -> Self:
        """A bench whose state is kept in a store, with every request.

        What is done in Python is kept with the next request, by :meth:`keep`, and when
        the bench is closed.

        Args:
            path: The store; made where there is none.
            fresh: What a new bench is made with. Of one that is there already, only
                ``engine``, ``base_url`` and ``admin_password`` count.

        Raises:
            SavedFileError: Another process has the store, it is none, damaged, or of
                a newer version.
        """
        from workbench.saving.state import put
        from workbench.saving.store import Store

        store = Store(Path(path).expanduser())
        try:
            state = store.state()
            if state is None:
                bench = cls(**fresh)
            else:
                more = {n: fresh[n] for n in EACH_TIME if n in fresh}
                bench = cls._of(Path(path), state.server, more)
                put(state, bench.realms)
                before = state.server.base_url
                bench.moved_from = before if before != bench.realms.base_url else ""
            store.attach(bench.realms)
        except BaseException:
            store.close()
            raise
        bench._store = store
        return bench

    def keep_in(self, path: Path | str) -> None:
        """Keep this bench in a new store from now on, as :meth:`stored` does.

        ``workbench serve --store`` serves it from there, once it is closed here.

        Args:
            path: The store; made here.

        Raises:
            SavedFileError: There is a bench in it already, it is no store, or another
                process has it; or this bench is kept in one.
        """
        from workbench.saving.fault import SavedFileError
        from workbench.saving.store import Store

        if self._store is not None:
            raise SavedFileError(f"This bench is kept in {self._store.path} already.")
        store = Store(Path(path).expanduser())
        try:
            if store.base_url():
                raise SavedFileError(f"{path} holds a bench already; name a new store.")
            store.attach(self.realms)
        except BaseException:
            store.close()
            raise
        self._store = store

    @staticmethod
    def base_url_of(path: Path | str) -> str:
        """The base URL of the bench in a store; "" where there is none yet.

        Args:
            path: The store; made where there is none.

        Raises:
            SavedFileError: As for :meth:`stored`.
        """
        from workbench.saving.store import Store

        store = Store(Path(path).expanduser())
        try:
            return store.base_url()
        finally:
            store.close()

    def keep(self) -> None:
        """Write what has changed to the store, if there is one, at once.

        Raises:
            SavedFileError: It cannot be written.
        """
        self.realms.keep()

    def stop_keeping(self) -> None:
        """Write what is left to the store, if there is one, and close it."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @classmethod
    def _of(cls, path: Path, server: "ServerState", more: dict[str, Any]) -> Self:
        from workbench.saving.fault import refused

        known: dict[str, Any] = {
            "realm": server.own_realm,
            "base_url": server.base_url,
            "seed": server.seed,
        }
        try:
            return cls(**{**known, **more})
        except WorkbenchError as problem:
            raise refused(str(path), problem) from None

    def _put(self, state: "State", saved: "SavedCalls") -> None:
        from workbench.saving.state import put

        with self.realms.turns.taken:
            put(state, self.realms)
        about = self.history.about_refresh_token
        calls = [Call.again(each, about) for each in saved.calls]
        self.history.refill(
            calls, most=saved.most, left_out=saved.left_out, names=saved.names
        )
        self.history.watchers.refresh()
