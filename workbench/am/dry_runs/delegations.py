"""Finding who may act for whom: each client's may act script is run dry and read."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.effective import ruling
from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CIBA,
    CLIENT_CREDENTIALS,
    PASSWORD,
)
from workbench.am.dry_runs.delegation import Delegation, Delegations, LeftOut
from workbench.am.dry_runs.dry_run import try_out
from workbench.am.dry_runs.named import named_by
from workbench.am.dry_runs.trial import Trial, made_up_person
from workbench.am.realm import Realm
from workbench.am.scripts.script import (
    MayActScript,
    Script,
    ScriptOutcome,
    without_tokens,
)
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import (
    EngineUnavailable,
    ScriptError,
    ScriptTimeout,
    SettingError,
)

PER_SCRIPT = 20
"""For how many clients a script is tried where many share it."""

MOST = 200
"""How many dry runs there are at most."""

_OF_PEOPLE = frozenset((AUTHORIZATION_CODE, PASSWORD, CIBA))
"""The grants that give a client tokens of people."""

Told = Callable[[int, int], None]
"""Is told how many dry runs are done, and how many there will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """A token that a client would get, and the script that would stamp it."""

    client: Client
    script: Script | None
    setting: str
    person: bool = False
    token_type: str = ACCESS_TOKEN

    @property
    def name(self) -> str:
        return self.script.name if self.script else self.setting

    @property
    def key(self) -> tuple[str, bool, str]:
        return self.client.client_id, self.person, self.token_type


class DelegationFinder:
    """Finds who can act for whom, and runs again only what has changed since.

    Args:
        realm: Whose clients and scripts.
        per_script: For how many clients each script is tried.
        user: Who uses the clients; None: the first person of the realm, or one made
            up where there is none.

    Raises:
        RegistrationError: There is no such user.
        SettingError: It shall be tried for nobody.
    """

    def __init__(
        self, realm: Realm, per_script: int = PER_SCRIPT, user: str | None = None
    ) -> None:
        if per_script < 1:
            raise SettingError(f"per_script is {per_script}; it must be at least 1.")
        self.realm, self.per_script = realm, per_script
        self.user = None if user is None else realm.user(user).name
        self._known: dict[Any, tuple[Any, ScriptOutcome]] = {}

    def steps(self, first: str = "") -> Generator[tuple[int, int], None, Delegations]:
        """Run one script a step; the value in the end is what was found.

        Each step says how many dry runs are done, and how many there will be.

        Args:
            first: The client to begin with.
        """
        tried = runs = 0
        occasions = list(self._occasions(first))
        planned, left = self._plan(occasions)
        found: list[Delegation] = []
        hung: dict[Script | None, str] = {}
        for done, each in enumerate(planned):
            yield done, len(planned)
            if each.script in hung:
                left.update([(each.name, hung[each.script])])
                continue
            tried += 1
            runs += not self._is_known(each)
            outcome = self._outcome(each)
            if outcome and isinstance(outcome.error, ScriptTimeout | EngineUnavailable):
                hung[each.script] = "it took too long for another client"
            found += self._read(each, outcome)
        return Delegations(
            realm=self.realm.path,
            found=tuple(found),
            tried=tried,
            runs=runs,
            left_out=tuple(
                LeftOut(script=script, clients=count, why=why)
                for (script, why), count in left.items()
            ),
            without_script=self._without(occasions),
        )

    def find(
        self, told: Told = lambda _done, _of: None, first: str = ""
    ) -> Delegations:
        """All at once.

        Args:
            told: Is told after each step; an exception that it raises ends the search.
            first: The client to begin with.
        """
        return drained(self.steps(first), told)

    def _occasions(self, first: str) -> Iterator[_Occasion]:
        """Every token that a script would stamp, those of ``first`` before others."""
        realm, provider = self.realm, self.realm.provider
        scripts = {s.id: s for s in realm.scripts.of(MayActScript)}
        scripts |= {s.name: s for s in scripts.values()}
        ids = [first, *(each for each in realm.clients if each != first)]
        for client_id in ids:
            if client_id not in realm.clients:
                continue
            client = realm.clients.own(client_id)
            if client.inherited:
                client = realm.clients[client_id]
            block = ruling(provider, client)
            for setting, person, kind in _tokens(client):
                named = getattr(block, setting)
                if realm.scripts.names_none(named):
                    continue
                yield _Occasion(
                    client=client,
                    script=scripts.get(named),
                    setting=named,
                    person=person,
                    token_type=kind,
                )

    def _plan(
        self, occasions: Iterable[_Occasion]
    ) -> tuple[list[_Occasion], Counter[tuple[str, str]]]:
        """What is run, and how much of each script is left out, for which reason."""
        planned: list[_Occasion] = []
        tried: Counter[Any] = Counter()
        left: Counter[tuple[str, str]] = Counter()
        for each in occasions:
            kind = each.script, each.person, each.token_type
            if tried[kind] >= self.per_script:
                left[each.name, f"it was tried for {self.per_script}"] += 1
            elif len(planned) >= MOST:
                left[each.name, f"{MOST} dry runs are enough"] += 1
            else:
                tried[kind] += 1
                planned.append(each)
        return planned, left

    def _outcome(self, each: _Occasion) -> ScriptOutcome | None:
        """What came of the script; None where there is none of this name."""
        if each.script is None:
            return None
        if not self._is_known(each):
            trial = Trial(
                realm=self.realm,
                client=each.client,
                user=self._person() if each.person else None,
                token_type=each.token_type,
            )
            self._known[each.key] = self._seen(each), try_out(trial, each.script)
        return self._known[each.key][1]

    def _is_known(self, each: _Occasion) -> bool:
        """Whether nothing has changed that the script could see."""
        before = self._known.get(each.key)
        known = before is not None and before[0] == self._seen(each)
        return known or each.script is None

    def _seen(self, each: _Occasion) -> Any:
        person = self._person() if each.person else None
        realm = self.realm
        return each.script, each.client, person, realm.scripts.libraries, realm.profile

    def _person(self) -> Any:
        users = self.realm.users
        name = self.user or next(iter(users), None)
        return users.get(name) or made_up_person() if name else made_up_person()

    def _read(
        self, each: _Occasion, outcome: ScriptOutcome | None
    ) -> Iterator[Delegation]:
        common: dict[str, Any] = {
            "client_id": each.client.client_id,
            "script": each.name,
            "person": self._person().name if each.person else "",
            "id_token": each.token_type == ID_TOKEN,
        }
        error = without_tokens(outcome).error if outcome else None
        if outcome is None:
            missing = "there is no such script, so that no token is issued"
            yield Delegation(problem=missing, **common)
        elif error is not None:
            failed = f"the script failed, so that no token is issued: {_brief(error)}"
            yield Delegation(problem=failed, **common)
        else:
            yield from named_by(self.realm, outcome.may_act, common)

    def _without(self, occasions: Iterable[_Occasion]) -> tuple[str, ...]:
        """The AI agents whose tokens no script stamps."""
        stamped = {each.client.client_id for each in occasions}
        clients = self.realm.clients
        return tuple(
            each
            for each in clients
            if each not in stamped and isinstance(clients.own(each), AIAgent)
        )


def _brief(error: ScriptError) -> str:
    """What went wrong and in which line, without the line itself."""
    line = f" (line {error.line})" if error.line else ""
    return f"{error.message.rstrip('.')}{line}"


def drained(
    steps: Generator[tuple[int, int], None, Delegations],
    told: Told = lambda _done, _of: None,
) -> Delegations:
    """What steps find in the end."""
    while True:
        try:
            told(*next(steps))
        except StopIteration as end:
            found: Delegations = end.value
            return found


def _tokens(client: Client) -> Iterator[tuple[str, bool, str]]:
    """The tokens that a client can get: the setting, whether of people, the type."""
    if not client.active:
        return
    grants = set(client.grant_types)
    if CLIENT_CREDENTIALS in grants and not client.public:
        yield "accessTokenMayActScript", False, ACCESS_TOKEN
    if grants & _OF_PEOPLE:
        yield "accessTokenMayActScript", True, ACCESS_TOKEN
        if "openid" in client.scopes:
            yield "oidcMayActScript", True, ID_TOKEN
