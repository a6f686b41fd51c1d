"""Dynamic registration of clients and AI agents (RFC 7591, RFC 7592).

The endpoint makes the difference: a client that registers at ``/aiagent/register`` is
an AI agent (PingAM 8.1, AI agents). Each manages the clients it registered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.setting import remarks_on
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.registration import Registration
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm
from workbench.am.registration.register import (
    RegisteredClient,
    RegistrationRequest,
    create,
    delete,
    update,
)
from workbench.am.registration.response import registration_response
from workbench.am.settings.profile import EVERYTHING, NOTHING
from workbench.errors import FeatureDisabled, InvalidToken, RegistrationDenied
from workbench.server.answers import NO_STORE, Answer
from workbench.server.endpoints.bearer import bearer
from workbench.server.errors import RestError
from workbench.server.request.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Registrar:
    """One registration endpoint.

    Attributes:
        path: Below the realm's OAuth2 base.
        kind: What registers there.
    """

    path: str
    kind: type[Client]

    def post(self, incoming: Incoming) -> Answer:
        """Register (RFC 7591 section 3)."""
        self.require_open(incoming.realm)
        with_token = _has_token_for_it(incoming)
        asked = replace(_request(incoming), with_token=with_token)
        made = create(incoming.realm, asked, self.kind)
        text = f"{made.client.client_id} registered itself: {made.client.kind}."
        return self._answer(incoming, made, text, status=201)

    def get(self, incoming: Incoming) -> Answer:
        """Read a registration (RFC 7592 section 2.1)."""
        client, registration = self._own(incoming)
        made = RegisteredClient(client=client, registration=registration, scripts=())
        text = f"{client.client_id} read its registration."
        return self._answer(incoming, made, text)

    def put(self, incoming: Incoming) -> Answer:
        """Change a registration (RFC 7592 section 2.2)."""
        with self._alone(incoming):
            client, _ = self._own(incoming)
            made = update(incoming.realm, _request(incoming), client)
        text = f"{client.client_id} changed its registration."
        return self._answer(incoming, made, text)

    def delete(self, incoming: Incoming) -> Answer:
        """Delete a registration (RFC 7592 section 2.3)."""
        seen = incoming.registration_properties({})
        with self._alone(incoming):
            client, _ = self._own(incoming)
            scripts = delete(incoming.realm, client, seen)
        text = f"{client.client_id} deleted its registration."
        incoming.record("register", client.client_id, text, status=204, scripts=scripts)
        return Answer(204, "", NO_STORE, "text/plain;charset=UTF-8")

    @contextmanager
    def _alone(self, incoming: Incoming) -> Iterator[None]:
        """One change of a client after the other, scripts and all.

        Raises:
            InvalidToken: The client is not the bearer's.
        """
        client, _ = self._own(incoming)
        with incoming.realm.turns.alone(client.client_id):
            yield

    def require_open(self, realm: Realm) -> None:
        """Say no where AI agents are off; that AM answers 404 then is inferred.

        Raises:
            RestError: They are, and this endpoint is theirs.
        """
        if self.kind is not AIAgent:
            return
        try:
            realm.settings.require_ai_agents()
        except FeatureDisabled as problem:
            raise RestError(404, "Not Found", "Not Found", hint=str(problem)) from None

    def _own(self, incoming: Incoming) -> tuple[Client, Registration]:
        """The client whose registration the bearer token opens."""
        realm = incoming.realm
        self.require_open(realm)
        (client_id,) = incoming.query.require("client_id")
        client = realm.clients.get(client_id)
        registration = realm.clients.registrations.get(client_id)
        if client is None or registration is None or type(client) is not self.kind:
            raise InvalidToken(
                hint=f"No client {safe_text(client_id)} "
                f"registered itself at {self.path}."
            )
        if not registration.opened_by(bearer(incoming) or ""):
            raise InvalidToken(
                hint="Send the client's registration_access_token as a bearer token."
            )
        return client, registration

    def _answer(
        self, incoming: Incoming, made: RegisteredClient, text: str, status: int = 200
    ) -> Answer:
        client = made.client
        had = {
            name: getattr(client, name) for name in ("grant_types", "response_types")
        }
        text += remarks_on(Client, had)
        incoming.record(
            "register", client.client_id, text, status=status, scripts=made.scripts
        )
        uri = f"{incoming.realm.oauth2_url}{self.path}"
        return Answer(
            status, registration_response(client, made.registration, uri), NO_STORE
        )


CLIENTS = Registrar("/register", Client)
AGENTS = Registrar("/aiagent/register", AIAgent)


def _request(incoming: Incoming) -> RegistrationRequest:
    return RegistrationRequest(
        metadata=incoming.json,
        properties=incoming.registration_properties(incoming.json),
    )


def _has_token_for_it(incoming: Incoming) -> bool:
    """Whether an access token came along that is good for every member.

    AM 7.2 documents the scope for some of them and a token for the rest; what takes
    the scope is a switch of the profile.

    Raises:
        RegistrationDenied: Open registration is off, and no token came that admits.
    """
    provider, needed = (
        incoming.realm.provider,
        incoming.realm.profile.registration_scope,
    )
    scope = provider.dynamicClientRegistrationScope
    reading = read_token(incoming.realm, bearer(incoming) or "")
    claims = reading.claims if reading.active else None
    token = claims is not None and claims["tokenName"] == "access_token"
    scoped = token and claims is not None and scope in claims["scope"]
    admitted = scoped if needed == EVERYTHING else token
    if not admitted and not provider.allowDynamicRegistration:
        with_scope = f" with the scope {scope}" if needed == EVERYTHING else ""
        raise RegistrationDenied(
            "Access Token not valid",
            hint="Open registration is off (allowDynamicRegistration): send a live "
            f"access token{with_scope} as a bearer token.",
        )
    return scoped or needed == NOTHING
