"""One realm of a PingAM: the stores that hold its state, and nothing that it does."""

import re
from urllib.parse import urlsplit

from workbench.am.admin.audit import AuditTrail
from workbench.am.admin.clients import ClientStore
from workbench.am.admin.groups import GroupStore
from workbench.am.admin.people import UserStore
from workbench.am.admin.policies import PolicyStore
from workbench.am.admin.recorder import Recorder
from workbench.am.admin.scripts import ScriptStore
from workbench.am.admin.settings import RealmSettings
from workbench.am.admin.user_groups import UserGroupStore
from workbench.am.basics.clock import Clock, Ids
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

REALM_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")


class Realm:
    """One realm of a PingAM. Holds all state in stores; what it does stands above.

    What lessons do most often has a door here, such as ``realm.add_script``; each
    is the method of a store under another name.

    Args:
        name: Such as ``alpha``.
        base_url: The server's, ending in ``/am``.
        profile: Where servers differ.
        clock: Gives the time.
        ids: Gives identifiers and keys.
        engine: Runs may act scripts.
        properties: The server's advanced properties.

    Attributes:
        path: Such as ``/alpha``.
        oauth2_url: The realm's OAuth2 base URL, which is also its issuer.
        json_url: The realm's base URL for authentication and administration.
        provider: The OAuth2 Provider service, under PingAM's names.
        surroundings: What scripts find around AM: HTTP answers, secrets, ...
        watchers: Whoever shows the realm, and looks again when it changes.
        last_exchange: What the latest exchange was decided from, or None.

    Raises:
        SettingError: The name or the URL cannot be one.
    """

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
    ) -> None:
        _check(name, base_url)
        self.name, self.path, self.base_url = name, f"/{name}", base_url
        self.oauth2_url = f"{base_url}/oauth2/realms/root/realms/{name}"
        self.json_url = f"{base_url}/json/realms/root/realms/{name}"
        self.clock, self.ids, self.engine = clock, ids, engine
        self.surroundings = Surroundings()
        self.watchers = Watchers()
        clock.watchers.add(self.watchers)
        self.recorder = recorder = Recorder(clock, ids, self.watchers)

        self.tokens = TokenStore(self.path, clock, ids)
        self.sessions = SessionStore(clock, ids)
        self.codes = CodeStore(clock, ids)
        self.assertions = SpentAssertions(clock)
        self.last_exchange: ExchangeRequest | None = None

        self.settings = RealmSettings(
            profile, properties, self.tokens.keys, recorder, self.watchers
        )
        self.provider: ProviderSettings = self.settings.provider
        clients = Clients()
        self.scripts = ScriptStore(self.path, ids, recorder)
        self.clients = ClientStore(
            self.path, clients, self.scripts, self.settings, recorder
        )
        self.groups = GroupStore(clients, self.settings, recorder)
        self.user_groups = UserGroupStore(self.path, recorder)
        self.users = UserStore(
            self.path, self.user_groups, self.settings.provider, recorder
        )
        self.policies = PolicyStore(self.path, recorder)
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

    @property
    def profile(self) -> Profile:
        """The profile in force."""
        return self.settings.profile

    @property
    def audit(self) -> AuditTrail:
        """What happened, oldest first."""
        return self.recorder.trail


def _check(name: str, base_url: str) -> None:
    if not isinstance(name, str) or not REALM_NAME.match(name):
        raise SettingError(
            f"A realm's name has letters, digits, '.', '_' and '-'; not {name!r}."
        )
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingError(
            "The base URL is the server's, such as https://am.example.com:8443/am; "
            f"not {base_url!r}."
        )
