"""The realms of one server: the top level, the realm of the bench, and any others."""

from collections.abc import Callable, Iterator, Sequence

from workbench.am.admin.audit import AuditTrail
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.realm_path import TOP, realm_path
from workbench.am.basics.steady import Steady
from workbench.am.basics.turns import Turns
from workbench.am.basics.validation import name_instead
from workbench.am.basics.watching import Watchers
from workbench.am.realm import Realm
from workbench.am.scripts.script import ScriptEngine
from workbench.am.settings.profile import Profile
from workbench.errors import SettingError


class Realms(Steady[Realm]):
    """The realms of one server by their path; ``beta`` finds ``/beta`` too.

    Each has clients, people, scripts, settings, keys, tokens and an audit trail of its
    own. That AM's realms sign with keys of their own is simplified: there it depends on
    the secret stores.

    Args:
        main: The name of the bench's own realm.
        base_url: The server's, ending in ``/am``.
        profile: Where servers differ.
        clock: Gives the time.
        seed: With a seed, ids and keys are the same on every run; each realm has
            its own.
        engine: Runs scripts.
        properties: The server's advanced properties.

    Attributes:
        main: The bench's own realm.
        base_url: The server's, ending in ``/am``.
        clock: Gives the time.
        seed: What ids and keys come from, or None.
        properties: The server's advanced properties.
        audit: What happened in all of them, oldest first.
        watchers: Whoever shows any of them.
        turns: Who touches the state of any of them.
        changes: How often a realm came or went.
        keep: Called when a request was answered and before its answer is sent;
            whoever keeps the realms in a file puts its own here.

    Raises:
        SettingError: The name or the URL cannot be one.
    """

    def __init__(
        self,
        main: str,
        *,
        base_url: str,
        profile: Profile,
        clock: Clock,
        seed: str | None,
        engine: ScriptEngine,
        properties: dict[str, str],
    ) -> None:
        self.base_url, self.clock, self.seed = base_url, clock, seed
        self._engine, self.properties = engine, properties
        self._realms: dict[str, Realm] = {}
        self.audit = AuditTrail()
        self.watchers = Watchers()
        self.turns = Turns()
        self.changes = 0
        self.keep: Callable[[], None] = _nothing
        self._own = path = realm_path(main)
        if path != TOP:
            self._make(TOP, profile, self._ids(TOP))
            self.find(path.rpartition("/")[0] or TOP)
        self.main = self._make(path, profile, self._ids(path))

    def add(self, name: str) -> Realm:
        """Add a realm, as "New Realm" does: with nobody in it, and everything off.

        Args:
            name: Such as ``beta``; ``alpha/sub`` for a realm below ``alpha``.

        Raises:
            SettingError: There is one of this name, or none that it stands below.
        """
        path = realm_path(name)
        if path in self._realms:
            raise SettingError(f"There is a realm {path} already.")
        self.find(path.rpartition("/")[0] or TOP)
        return self._make(path, self.main.profile, self._ids(path))

    def find(self, name: str) -> Realm:
        """The realm of this name or path.

        Raises:
            SettingError: There is none.
        """
        path = realm_path(name)
        if path not in self._realms:
            known = name_instead(path, self._realms)
            raise SettingError(f"There is no realm {path}. {known}")
        return self._realms[path]

    def arrange(self, paths: Sequence[str]) -> None:
        """Have these realms and no others, in this order; those that are there stay.

        Raises:
            SettingError: One stands below none of these, or the top level or the
                bench's own is not among them.
        """
        for path in (TOP, self._own):
            if path not in paths:
                raise SettingError(f"The realm {path} is not among them.")
        for path in paths:
            if path not in self._realms:
                self.add(path)
        there = dict(self._realms)
        for path in set(there) - set(paths):
            self.watchers.discard(there[path].watchers)
        self._realms.clear()
        self._realms.update({path: there[path] for path in paths})
        self.changes += 1

    def use_profile(self, profile: Profile) -> None:
        """Let every realm answer as this profile says from now on."""
        for realm in list(self._realms.values()):
            realm.settings.use_profile(profile)

    def _make(self, path: str, profile: Profile, ids: Ids) -> Realm:
        realm = Realm(
            path,
            base_url=self.base_url,
            profile=profile,
            clock=self.clock,
            ids=ids,
            engine=self._engine,
            properties=self.properties,
            realms=self._realms,
            trail=self.audit,
            turns=self.turns,
        )
        self.watchers.add(realm.watchers)
        with self.turns.taken:
            self._realms[path] = realm
            self.changes += 1
        return realm

    def seed_of(self, path: str) -> str | None:
        """What a realm's ids come from: the seed itself for the bench's own."""
        own = self.seed is None or path == self._own
        return self.seed if own else f"{self.seed} {path}"

    def _ids(self, path: str) -> Ids:
        return Ids(self.seed_of(path))

    def __getitem__(self, name: str) -> Realm:
        try:
            return self._realms[realm_path(name)]
        except SettingError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._realms))

    def __len__(self) -> int:
        return len(self._realms)

    def __repr__(self) -> str:
        return f"<Realms {' '.join(self._realms)}>"


def _nothing() -> None:
    """Nobody keeps these realms but the memory of this process."""
