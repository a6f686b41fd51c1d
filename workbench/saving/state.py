"""All of a bench at one moment: taken out of it, and put into another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.clock import Clock
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.realm_path import TOP, realm_path
from workbench.am.clients.group import Clients
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.realm import Realm
from workbench.am.realms import Realms
from workbench.am.scripts.surroundings import Surroundings
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.saving.fault import Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """What is one for all realms.

    Attributes:
        base_url: The server's, ending in ``/am``.
        own_realm: The path of the bench's own.
        realms: The paths of all, in order.
        seed: What ids and keys come from, or None.
        frozen_at: Seconds since the epoch; None where the clock runs.
        ahead: Seconds by which it was moved forward.
        properties: The server's advanced properties.
    """

    base_url: str
    own_realm: str
    realms: tuple[str, ...]
    seed: str | None
    frozen_at: int | None
    ahead: int
    properties: dict[str, str]

    def __post_init__(self) -> None:
        Clock().set(self.frozen_at, self.ahead)
        known = set(self.realms)
        for path in self.realms:
            above = path.rpartition("/")[0] or TOP
            if realm_path(path) != path or above not in known:
                raise Unfit("a realm has a path, and stands below one that is there")
        if len(known) < len(self.realms) or not {TOP, self.own_realm} <= known:
            raise Unfit("realms: each once, the top level and the bench's own as well")


@dataclass(frozen=True, slots=True, kw_only=True)
class RealmSettingsState:
    """What an administrator set for a realm as a whole."""

    profile: Profile
    provider: ProviderSettings
    surroundings: Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much of a longer list is there.

    Attributes:
        most: How many of its items are kept.
        left_out: How many earlier ones are gone.
        kept: How many are there.
        decision: The latest of an audit trail, where its event is gone.
    """

    most: int
    left_out: int
    kept: int
    decision: Decision | None = None

    def __post_init__(self) -> None:
        if self.most < 1 or self.left_out < 0 or not 0 <= self.kept <= self.most:
            raise Unfit("most is 1 or more, and nothing is counted below 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a realm has come.

    Attributes:
        ids_given: How often its seed gave identifiers.
        scripts_seeded: How many scripts it gave their random values.
        tracking: As the recorder has it.
        last_exchange: What the latest exchange was decided from, or None.
        requests: The number of the latest backchannel request.
        bounds: Of tables that have one: how many values are kept, and how many were
            left out since there were more.
    """

    ids_given: int
    scripts_seeded: int
    tracking: tuple[str, int]
    last_exchange: ExchangeRequest | None
    requests: int
    bounds: dict[str, tuple[int, int]]

    def __post_init__(self) -> None:
        counts = (self.ids_given, self.scripts_seeded, self.tracking[1], self.requests)
        bounds = self.bounds.values()
        if min(*counts, 0, *(each for pair in bounds for each in pair)) < 0:
            raise Unfit("nothing is counted below 0")
        if any(most < 1 for most, _ in bounds):
            raise Unfit("a table that has a bound keeps 1 or more")


class Tables(dict[str, dict[str, Any]]):
    """Values by key by the table's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealmState:
    """One realm.

    Attributes:
        settings: What was set.
        progress: How far it has come.
        tables: All that its stores keep by key.
        trail: How much of its own audit trail is there.
        earlier: Events that are in its own trail and no more in that of the server.
    """

    settings: RealmSettingsState
    progress: Progress
    tables: Tables
    trail: Extent
    earlier: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A bench, but for its engine and what is sent to it."""

    server: ServerState
    realms: Mapping[str, RealmState]
    trail: Extent
    audit: tuple[Event, ...]

    def __post_init__(self) -> None:
        if set(self.realms) != set(self.server.realms):
            raise Unfit("realms: those that the server has, and no others")


def server_state(realms: Realms) -> ServerState:
    """What is one for all realms, as it is now."""
    return ServerState(
        base_url=realms.base_url,
        own_realm=realms.main.path,
        realms=tuple(realms),
        seed=realms.seed,
        frozen_at=realms.clock.frozen_at,
        ahead=realms.clock.ahead,
        properties=realms.properties,
    )


def settings_state(realm: Realm) -> RealmSettingsState:
    """What is set for a realm."""
    return RealmSettingsState(
        profile=realm.profile,
        provider=realm.provider.as_now(),
        surroundings=realm.surroundings,
    )


def progress(realm: Realm) -> Progress:
    """How far a realm has come."""
    return Progress(
        ids_given=realm.ids.given,
        scripts_seeded=realm.ids.scripts,
        tracking=realm.recorder.tracking,
        last_exchange=realm.last_exchange,
        requests=realm.backchannel.latest,
        bounds=bounds(realm),
    )


def bounds(realm: Realm) -> dict[str, tuple[int, int]]:
    """Of tables that keep so many values at most: how many, and how many are gone."""
    return {
        name: (table.most, table.left_out)
        for name, table in realm.tables.items()
        if isinstance(table, Expiring) and table.most is not None
    }


def extent(trail: AuditTrail) -> Extent:
    """How much of an audit trail is there."""
    return Extent(
        most=trail.most,
        left_out=trail.left_out,
        kept=len(trail),
        decision=trail.left_out_decision,
    )


def state_of(realms: Realms) -> State:
    """All of a bench as it is now. The values are its own, for reading only."""
    everywhere = set(map(id, realms.audit))
    return State(
        server=server_state(realms),
        realms={
            path: RealmState(
                settings=settings_state(realm),
                progress=progress(realm),
                tables=Tables(
                    {name: dict(each) for name, each in realm.tables.items()}
                ),
                trail=extent(realm.audit),
                earlier=tuple(e for e in realm.audit if id(e) not in everywhere),
            )
            for path, realm in realms.items()
        },
        trail=extent(realms.audit),
        audit=tuple(realms.audit),
    )


def require_whole(tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse clients that do not fit together with their groups.

    Raises:
        RegistrationError: One does not.
    """
    scratch = Clients()
    for group in tables.get("groups", {}).values():
        scratch.add_group(group)
    for client_id, client in tables.get("clients", {}).items():
        scratch[client_id] = client


def put(state: State, realms: Realms) -> None:
    """Let the realms be as a state says; whoever shows them goes on showing them.

    Args:
        state: Of a server with the same base URL and the same own realm.
        realms: What is changed, in place.
    """
    server = state.server
    realms.seed = server.seed
    realms.properties.clear()
    realms.properties.update(server.properties)
    realms.arrange(server.realms)
    for path, realm in realms.items():
        _put_realm(state.realms[path], realm, realms.seed_of(path), state.audit)
    _refill(realms.audit, state.trail, state.audit)
    realms.clock.set(server.frozen_at, server.ahead)
    realms.watchers.refresh()


def _put_realm(
    state: RealmState, realm: Realm, seed: str | None, audit: Iterable[Event]
) -> None:
    for name, value in _fields(state.settings.provider):
        setattr(realm.provider, name, value)
    for name, value in _fields(state.settings.surroundings):
        setattr(realm.surroundings, name, value)
    realm.settings.profile = state.settings.profile
    for name, table in realm.tables.items():
        for key in list(table):
            del table[key]
        table.update(state.tables.get(name, {}))
        if isinstance(table, Expiring) and name in state.progress.bounds:
            table.most, table.left_out = state.progress.bounds[name]
    progressed = state.progress
    realm.recorder.tracking = progressed.tracking
    realm.recorder.last_exchange = progressed.last_exchange
    own = (event for event in audit if event.realm == realm.path)
    _refill(realm.audit, state.trail, [*state.earlier, *own])
    realm.backchannel.latest = progressed.requests
    realm.ids.resume(seed, progressed.ids_given, progressed.scripts_seeded)


def _refill(trail: AuditTrail, to: Extent, events: Iterable[Event]) -> None:
    kept = list(events)
    del kept[: max(len(kept) - to.kept, 0)]
    trail.refill(kept, most=to.most, left_out=to.left_out, decision=to.decision)


def _fields(value: Any) -> Iterable[tuple[str, Any]]:
    return ((name, getattr(value, name)) for name in type(value).__dataclass_fields__)
