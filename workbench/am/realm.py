"""The state of one realm: who is registered, what was issued, what was revoked."""

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from workbench.am.admin.audit import Event
from workbench.am.admin.groups import GroupRegistry
from workbench.am.admin.people import UserRegistry
from workbench.am.admin.policies import PolicyRegistry
from workbench.am.basics.clock import Clock, Ids
from workbench.am.claims.order import (
    Issued,
    Order,
    Origin,
)
from workbench.am.clients.client import CLIENT_CREDENTIALS, Client, client_subject
from workbench.am.clients.effective import Effective, effective
from workbench.am.exchange.decision import ExchangeRequest
from workbench.am.issuing.dry_run import MADE_UP, dry_run, neighbours
from workbench.am.issuing.issue import issue
from workbench.am.people.code import CodeStore
from workbench.am.people.session import Session, SessionStore
from workbench.am.scripts.script import (
    MayActScript,
    ScriptEngine,
    ScriptOutcome,
)
from workbench.am.scripts.surroundings import Surroundings
from workbench.am.scripts.usage import Neighbours
from workbench.am.settings.profile import REFUSE, Profile
from workbench.am.settings.values import SIGNING_ALGORITHMS
from workbench.am.tokens.assertion import SpentAssertions
from workbench.am.tokens.inspection import Inspection, inspection
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.store import TokenStore
from workbench.am.tokens.token import ACCESS_TOKEN, Reading
from workbench.errors import SettingError

REALM_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")


class Realm(GroupRegistry, UserRegistry, PolicyRegistry):
    """One realm of a PingAM. Holds all state; administration is its methods.

    ``surroundings`` is what scripts find around AM: HTTP answers, secrets, ...

    Args:
        name: Such as ``alpha``.
        base_url: The server's, ending in ``/am``.
        profile: Where servers differ.
        clock: Gives the time.
        ids: Gives identifiers and keys.
        engine: Runs may act scripts.
        properties: The server's advanced properties.

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
        super().__init__(f"/{name}", ids, clock, properties)
        self.name = name
        self.base_url = base_url
        self.profile = profile
        self.engine = engine
        self.surroundings = Surroundings()
        self.tokens = TokenStore(self.path, clock, ids)
        self.sessions = SessionStore(clock, ids)
        self.codes = CodeStore(clock, ids)
        self.last_exchange: ExchangeRequest | None = None
        self.assertions = SpentAssertions(clock)
        self._tracking = ids.uuid()
        self._counter = itertools.count(1)

    @property
    def oauth2_url(self) -> str:
        """The realm's OAuth2 base URL, which is also its issuer."""
        return f"{self.base_url}/oauth2/realms/root/realms/{self.name}"

    @property
    def json_url(self) -> str:
        """The realm's base URL for authentication and administration."""
        return f"{self.base_url}/json/realms/root/realms/{self.name}"

    @property
    def server_path(self) -> str:
        """The path that AM is deployed at, such as ``/am``."""
        return urlsplit(self.base_url).path

    def effective(self, client: Client) -> Effective:
        """The settings that apply to a client after overrides."""
        return effective(self.provider, client)

    def issue(self, order: Order) -> Issued:
        """Issue an access token with what is due beside it, or an ID token alone.

        The may act script that applies to the client runs before each is signed:
        one setting names it for access tokens, another for ID tokens. An access
        token then meets the modification script; that this order is AM's is inferred.

        Raises:
            ScriptFailed: It did; nothing was issued.
            ServerError: The script is missing, or the claims are nested too deep.
        """
        return issue(self, order)

    def read(self, value: str) -> Reading:
        """What the realm knows of a token that somebody sent.

        That PingAM lets the tokens of an inactive client live is inferred: OpenAM
        looks at the token alone. A profile switch has it otherwise.
        """
        reading = self.tokens.read(value, issuer=self.oauth2_url)
        minds = self.profile.tokens_of_inactive_clients == REFUSE
        if reading.claims is None or not minds:
            return reading
        client = self.clients.get(issued_to(reading.claims))
        return replace(reading, orphaned=client is None or not client.active)

    def rotate_key(self, algorithm: str, *, keep: bool = True) -> None:
        """Sign with a new key from now on; earlier tokens count unless ``keep`` is off.

        Raises:
            SettingError: There is no such algorithm.
        """
        if algorithm not in SIGNING_ALGORITHMS:
            raise SettingError(
                f"{algorithm!r} is none of {', '.join(SIGNING_ALGORITHMS)}."
            )
        self.tokens.keys.rotate(algorithm, keep=keep)
        self._record("setting", f"The key for {algorithm} was changed.")

    def revoke(self, value: str) -> bool:
        """Revoke a token; a refresh token takes its grant along (RFC 7009).

        Returns:
            Whether it was one of this realm's.
        """
        reading = self.read(value)
        if reading.claims is None:
            return False
        gone = self.tokens.revoke(reading.claims)
        text = f"{reading.claims['tokenName']} was revoked."
        self.record(
            Event(time=self.clock.now(), kind="revoke", summary=text, revoked=gone)
        )
        return True

    def use_profile(self, profile: Profile) -> None:
        """Answer as this profile says from now on."""
        self.profile = profile
        self.refresh()

    def inspect(self, value: str, label: str = "token") -> Inspection:
        """Lay a token open for a person, as no client could."""
        return inspection(value, self.read(value), label, self.clock.now())

    def dry_run(
        self,
        script: MayActScript | str,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
        *,
        user: str | None = None,
        token_type: str = ACCESS_TOKEN,
        request: Mapping[str, Any] | None = None,
    ) -> ScriptOutcome:
        """Run a script as if somebody asked for a token; nothing is issued.

        The request that the script sees is made up: client credentials, or the
        authorization code grant where a user is named.

        Args:
            script: A script, saved or not, or the name or id of a saved one.
            client_id: A registered client; None for one made up on the spot.
            scopes: Those asked for; by default all that the client may have.
            user: Who logged in and consented; None where the client acts as itself.
            token_type: The URN of an access token or an ID token.
            request: Further parameters of the request, by name.

        Raises:
            RegistrationError: There is no such script, client or user, or no such
                token would be issued.
        """
        return dry_run(
            self,
            self.script(script) if isinstance(script, str) else script,
            MADE_UP if client_id is None else self.client(client_id),
            scopes,
            user=None if user is None else self.user(user),
            token_type=token_type,
            request=request or {},
        )

    def neighbours(self, script: MayActScript) -> Neighbours:
        """Who is around a script, for the linter."""
        return neighbours(self, script)

    def own_token(
        self,
        client: Client,
        scopes: tuple[str, ...],
        request_properties: Callable[[], Mapping[str, Any]] = dict,
        session: Session | None = None,
    ) -> Order:
        """The order for a client's token about itself (RFC 6749 section 4.4)."""
        return Order(
            client=client,
            grant_type=CLIENT_CREDENTIALS,
            scope=scopes,
            sub=client_subject(client.client_id, typed=self.profile.typed_subjects),
            subname=client.client_id,
            session=session,
            request_properties=request_properties,
        )

    def origin(self, settings: Effective) -> Origin:
        """Where and when the tokens of a client with these settings are made."""
        return Origin(
            issuer=self.oauth2_url,
            realm=self.path,
            now=self.clock.now(),
            settings=settings,
            include_client_id=self.provider.includeClientIdClaimInStatelessTokens,
            include_subname=self.provider.includeSubnameInTokenClaims,
            salt=self.provider.hashSalt,
        )

    def track(self) -> str:
        """The server's id and a running number, as AM writes it."""
        return f"{self._tracking}-{next(self._counter)}"


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
