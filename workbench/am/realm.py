"""The state of one realm: who is registered, what was issued, what was revoked."""

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from workbench.am.clock import Clock, Ids
from workbench.am.identities import CLIENT_CREDENTIALS, Client, client_subject
from workbench.am.inspection import Inspection
from workbench.am.introspection import introspection
from workbench.am.issue import (
    SCRIPT_FAILED,
    Issued,
    MayActScriptFailed,
    Order,
    Origin,
    access_claims,
    bindings,
    refresh_claims,
    refresh_token_due,
    stamped,
)
from workbench.am.profiles import Profile
from workbench.am.registry import Registry
from workbench.am.scripts import MayActScript, ScriptEngine, ScriptOutcome
from workbench.am.settings import Effective, effective
from workbench.am.tokens import Reading, TokenStore, decode_unverified
from workbench.errors import RegistrationError, ServerError, SettingError

REALM_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")

MADE_UP = Client(client_id="some-client", secret="none", scopes=("read", "write"))
"""Whom a dry run is for where nobody is registered yet."""


class Realm(Registry):
    """One realm of a PingAM. Holds all state; administration is its methods.

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
        self.tokens = TokenStore(self.path, clock, ids)
        self._tracking = ids.uuid()
        self._counter = itertools.count(1)

    @property
    def oauth2_url(self) -> str:
        """The realm's OAuth2 base URL, which is also its issuer."""
        return f"{self.base_url}/oauth2/realms/root/realms/{self.name}"

    def effective(self, client: Client) -> Effective:
        """The settings that apply to a client after overrides."""
        return effective(self.provider, client)

    def issue(self, order: Order) -> Issued:
        """Issue an access token, and a refresh token where one is due.

        The may act script that applies to the client runs before signing.

        Raises:
            MayActScriptFailed: It did; nothing was issued.
            ServerError: The script is missing, or the claims are nested too deep.
        """
        settings = self.effective(order.client)
        origin = self._origin(settings)
        grant_id = order.grant_id or self.ids.token()
        ids = {"jti": self.ids.token(), "grant_id": grant_id}
        claims = access_claims(order, origin, tracking_id=self._track(), **ids)
        outcome = self._may_act(order, settings, claims)
        if outcome is not None:
            claims = stamped(claims, outcome)
            order = replace(order, act=claims.get("act"))
        refresh = None
        if refresh_token_due(order, settings, self.profile):
            ids["jti"] = self.ids.token()
            refresh = self._make(
                refresh_claims(order, origin, tracking_id=self._track(), **ids),
                settings,
            )
        access = self._make(claims, settings)
        return Issued(access=access, refresh=refresh, script=outcome)

    def read(self, value: str) -> Reading:
        """What the realm knows of a token that somebody sent."""
        return self.tokens.read(value, issuer=self.oauth2_url)

    def revoke(self, value: str) -> bool:
        """Revoke a token; a refresh token takes its grant along (RFC 7009).

        Returns:
            Whether it was one of this realm's.
        """
        reading = self.read(value)
        if reading.claims is None:
            return False
        self.tokens.revoke(reading.claims)
        return True

    def inspect(self, value: str, label: str = "token") -> Inspection:
        """Lay a token open for a person, as no client could."""
        reading = self.read(value)
        unverified = decode_unverified(value) if reading.form == "client-side" else None
        header, claims = unverified or (None, None)
        now = self.clock.now()
        opaque = reading.form == "server-side" and reading.claims is not None
        return Inspection(
            label=label,
            form=reading.form,
            header=header,
            claims=reading.claims if reading.claims is not None else claims,
            introspection=introspection(reading, now=now) if opaque else None,
            genuine=reading.claims is not None,
            signature=_signature(reading, header),
            state=_state(reading),
            now=now,
        )

    def dry_run(
        self,
        script: MayActScript | str,
        client_id: str | None = None,
        scopes: tuple[str, ...] = (),
    ) -> ScriptOutcome:
        """Run a script as if a client asked for a token; nothing is issued.

        The request that the script sees is made up: client credentials.

        Args:
            script: A script, saved or not, or the name or id of a saved one.
            client_id: A registered client; None for one made up on the spot.
            scopes: Those asked for; by default all that the client may have.

        Raises:
            RegistrationError: There is no such script or client.
        """
        client = MADE_UP if client_id is None else self.client(client_id)
        order = self.own_token(client, scopes or client.scopes)
        order = replace(order, request_properties=lambda: self._made_up(order))
        origin = self._origin(self.effective(client))
        claims = access_claims(
            order, origin, tracking_id="dry-run", jti="dry-run", grant_id="dry-run"
        )
        chosen = self.script(script) if isinstance(script, str) else script
        return self.engine.run(chosen, bindings(order, claims, self.path))

    def _made_up(self, order: Order) -> dict[str, Any]:
        """The request that a dry run stands for: the client asks for itself."""
        return {
            "requestUri": f"{self.oauth2_url}/access_token",
            "realm": self.path,
            "requestParams": {
                "grant_type": [order.grant_type],
                "client_id": [order.client.client_id],
                "scope": [" ".join(order.scope)],
            },
            "requestHeaders": {"Content-Type": ["application/x-www-form-urlencoded"]},
        }

    def own_token(
        self,
        client: Client,
        scopes: tuple[str, ...],
        request_properties: Callable[[], Mapping[str, Any]] = dict,
    ) -> Order:
        """The order for a client's token about itself (RFC 6749 section 4.4)."""
        return Order(
            client=client,
            grant_type=CLIENT_CREDENTIALS,
            scope=scopes,
            sub=client_subject(client.client_id, typed=self.profile.typed_subjects),
            subname=client.client_id,
            request_properties=request_properties,
        )

    def _origin(self, settings: Effective) -> Origin:
        return Origin(
            issuer=self.oauth2_url,
            realm=self.path,
            now=self.clock.now(),
            settings=settings,
            include_client_id=self.provider.includeClientIdClaimInStatelessTokens,
            include_subname=self.provider.includeSubnameInTokenClaims,
        )

    def _may_act(
        self, order: Order, settings: Effective, claims: Mapping[str, Any]
    ) -> ScriptOutcome | None:
        try:
            script = self.script_or_none(settings.accessTokenMayActScript)
        except RegistrationError as problem:
            raise ServerError(SCRIPT_FAILED, hint=str(problem)) from None
        if script is None:
            return None
        outcome = self.engine.run(script, bindings(order, claims, self.path))
        if outcome.error is not None:
            raise MayActScriptFailed(outcome)
        return outcome

    def _make(self, claims: dict[str, Any], settings: Effective) -> Any:
        try:
            return self.tokens.make(
                claims,
                client_side=settings.statelessTokensEnabled,
                algorithm=self.provider.tokenSigningAlgorithm,
            )
        except RecursionError:
            raise ServerError(
                "Internal Server Error", hint="The claims are nested too deep to sign."
            ) from None

    def _track(self) -> str:
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


def _signature(reading: Reading, header: Mapping[str, Any] | None) -> str:
    if reading.claims is None:
        return f"Not a token of this realm: {reading.fault}."
    if reading.form == "server-side":
        return "Opaque: a random value; the server keeps what it stands for."
    return f"Verified: signed by this realm with {(header or {}).get('alg')}."


def _state(reading: Reading) -> str:
    if reading.claims is None:
        return "not of this realm"
    if reading.revoked:
        return "revoked"
    if reading.expired:
        return "expired"
    return "not valid yet" if reading.early else "active"
