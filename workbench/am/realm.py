"""One realm of a PingAM: the stores that hold its state, and nothing that it does."""

from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from types import MappingProxyType
from urllib.parse import urlsplit

from workbench.am.admin.audit import AuditTrail
from workbench.am.admin.backchannel import BackchannelStore
from workbench.am.admin.clients import ClientStore
from workbench.am.admin.further import FurtherStore
from workbench.am.admin.groups import GroupStore
from workbench.am.admin.people import UserStore
from workbench.am.admin.policies import PolicyStore
from workbench.am.admin.recorder import Recorder
from workbench.am.admin.scripts import ScriptStore
from workbench.am.admin.settings import RealmSettings
from workbench.am.admin.user_groups import UserGroupStore
from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.pointing import PointsElsewhere
from workbench.am.basics.realm_path import OAUTH2, TOP, issuers, realm_path, url_forms
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.table import tables_of
from workbench.am.basics.turns import Turns
from workbench.am.basics.watching import Watchers
from workbench.am.clients.group import Clients
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.people.code import CodeStore
from workbench.am.people.session import SessionStore
from workbench.am.scripts.script import ScriptEngine
from workbench.am.scripts.surroundings import Surroundings
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.assertion import SpentAssertions
from workbench.am.tokens.store import TokenStore
from workbench.errors import SettingError

NOT_IN_BASE = frozenset("?#@%\\ ")
"""What stands in no base URL: paths are put after it as they are."""

ALONE: Mapping[str, "Realm"] = MappingProxyType({})
"""The realms of a server that has no other."""


class Realm(PointsElsewhere):
    """One realm of a PingAM. Holds all state in stores; what it does stands above.

    What lessons do most often has a door here, such as ``realm.add_script``; each
    is the method of a store under another name.

    Args:
        name: Such as ``alpha``, or ``alpha/sub``; ``/`` for the top level.
        base_url: The server's, ending in ``/am``.
        profile: Where servers differ.
        clock: Gives the time.
        ids: Gives identifiers and keys.
        engine: Runs may act scripts.
        properties: The server's advanced properties.
        realms: Every realm of the server by its path, this one among them.
        trail: What happened on the whole server.
        turns: Who touches the state of the server.

    Attributes:
        path: Such as ``/alpha``.
        forms: What stands for it in a URL, by each form that AM has.
        oauth2_url: The realm's OAuth2 base URL, which is also its issuer.
        json_url: The realm's base URL for authentication and administration.
        provider: The OAuth2 Provider service, under PingAM's names.
        surroundings: What scripts find around AM: HTTP answers, secrets, ...
        watchers: Whoever shows the realm, and looks again when it changes.
        tables: Whatever its stores keep by key, by name: what a saved file has.

    Raises:
        SettingError: The name or the URL cannot be one.
    """

    _spelt = "wb.realm"
    _parts = ("clients", "scripts", "users", "policies", "tokens", "provider")

    def __init__(
        self,
        name: str,
        *,
        base_url: str,
        profile: Profile,
        clock: Clock,
        ids: Ids,
        engine: ScriptEngine,
        properties: dict[str, str],
        realms: Mapping[str, "Realm"] = ALONE,
        trail: AuditTrail | None = None,
        turns: Turns | None = None,
    ) -> None:
        _check(base_url)
        self.path, self.base_url = realm_path(name), base_url
        self.name = self.path.removeprefix("/") or TOP
        self.forms = url_forms(self.path)
        self.oauth2_url = f"{base_url}{OAUTH2}{self.forms[0]}"
        self.json_url = f"{base_url}/json{self.forms[0]}"
        self._realms = realms
        self.clock, self.ids, self.engine = clock, ids, engine
        self.turns = Turns() if turns is None else turns
        self.surroundings = Surroundings()
        self.watchers = Watchers()
        clock.watchers.add(self.watchers)
        everywhere = AuditTrail() if trail is None else trail
        self.recorder = recorder = Recorder(
            clock, ids, self.watchers, self.path, everywhere, self.turns
        )

        self.tokens = TokenStore(self.path, clock, ids)
        self.tokens.tell = partial(recorder.note, "token")
        self.sessions = SessionStore(clock, ids)
        self.codes = CodeStore(clock, ids)
        self.assertions = SpentAssertions(clock)

        self.further = further = FurtherStore()
        self.settings = RealmSettings(
            profile, properties, self.tokens.keys, recorder, self.watchers, further
        )
        self.provider: ProviderSettings = self.settings.provider
        clients = Clients()
        self.scripts = ScriptStore(self.path, ids, recorder, further)
        self.clients = ClientStore(
            self.path, clients, self.scripts, self.settings, recorder, further, ids
        )
        self.groups = GroupStore(clients, self.settings, recorder, further)
        self.user_groups = UserGroupStore(self.path, recorder)
        self.users = UserStore(
            self.path, self.user_groups, self.sessions, self.provider, recorder
        )
        self.policies = PolicyStore(self.path, recorder)
        self.backchannel = BackchannelStore(clock, ids, self.users, recorder)
        self.tables = tables_of(
            clients,
            self.scripts,
            self.clients,
            further,
            self.user_groups,
            self.users,
            self.policies,
            self.tokens.keys,
            self.tokens,
            self.sessions,
            self.codes,
            self.assertions,
            self.backchannel,
        )
        self._open_doors()

    def _open_doors(self) -> None:
        """Give what lessons and the README call its short name."""
        self.set_provider = self.settings.set_provider
        self.rotate_key = self.settings.rotate_key
        self.add_script = self.scripts.add
        self.add_registration_script = self.scripts.add_registration
        self.add_library_script = self.scripts.add_library
        self.keep_script = self.scripts.save
        self.update_script = self.scripts.update
        self.script = self.scripts.may_act
        self.register_client = self.clients.register_client
        self.register_agent = self.clients.register_agent
        self.update = self.clients.update
        self.delete = self.clients.delete
        self.client = self.clients.find
        self.add_group = self.groups.add_for_clients
        self.add_user = self.users.add
        self.update_user = self.users.update
        self.add_user_group = self.user_groups.add
        self.user = self.users.find
        self.add_policy = self.policies.add

    def under(self, form: str) -> "Realm":
        """The same realm, with all of its state, as another form of URL reaches it.

        Issuer and endpoints follow the URL that was asked for, as is seen of AIC.

        Args:
            form: One of ``forms``.
        """
        seen = copy(self)
        seen.oauth2_url = f"{self.base_url}{OAUTH2}{form}"
        seen.json_url = f"{self.base_url}/json{form}"
        return seen

    def sibling(self, has: Callable[["Realm"], bool]) -> "Realm | None":
        """Another realm of this server that has something, or None."""
        others = (
            each for path, each in list(self._realms.items()) if path != self.path
        )
        return next(filter(has, others), None)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Every issuer it has, by the form of URL it is asked by."""
        return issuers(self.oauth2_url)

    @property
    def called(self) -> str:
        """The realm in a sentence."""
        return "the top level realm" if self.path == TOP else f"the realm {self.name}"

    @property
    def last_exchange(self) -> ExchangeRequest | None:
        """What the latest exchange was decided from, or None."""
        return self.recorder.last_exchange

    @last_exchange.setter
    def last_exchange(self, exchange: ExchangeRequest) -> None:
        self.recorder.last_exchange = exchange

    @property
    def profile(self) -> Profile:
        """The profile in force."""
        return self.settings.profile

    @property
    def audit(self) -> AuditTrail:
        """What happened, oldest first."""
        return self.recorder.trail


def _check(base_url: str) -> None:
    if not all_whole(base_url):
        raise SettingError(f"The base URL {HALF}.")
    try:
        parts = urlsplit(base_url)
        served = parts.scheme in ("http", "https") and parts.hostname
        whole = served and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is none, or an IPv6 address without its end
        whole = False
    if not whole or not base_url.isprintable() or NOT_IN_BASE & set(base_url):
        raise SettingError(
            "The base URL is the server's, such as https://am.example.com:8443/am, "
            f"without a query, a fragment or a user; not {safe_text(base_url, 200)!r}."
        )
