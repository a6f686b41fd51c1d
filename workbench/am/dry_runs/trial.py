"""What a dry run stands for: who asks, about whom, for what.

Whoever is not named is made up on the spot and registered nowhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import HIDDEN_PARAMETERS
from workbench.am.clients.client import Client
from workbench.am.people.session import Session
from workbench.am.people.user import User, attributes_of
from workbench.am.realm import Realm
from workbench.am.scripts.script import Bindings, ScriptOutcome
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.errors import RegistrationError

MADE_UP = Client(client_id="some-client", secret="none", scopes=("read", "write"))
"""Whom a dry run is for where nobody is registered yet."""

OPERATIONS = ("CREATE", "UPDATE", "DELETE")
"""What can happen to the client of a registration script."""


def made_up_person() -> User:
    """Who is logged in where a script needs a person and none is named."""
    name = "some-user"
    return User(name=name, password="none", attributes=attributes_of(name, {}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A dry run that is asked for.

    Attributes:
        realm: Where the script is, or would be.
        client: Who asks.
        scopes: Those asked for; () for all that the client may have.
        user: Who logged in and consented; None where the client acts as itself.
        token_type: The URN of an access token or an ID token.
        request: Further parameters of the request, each a text or a list of texts.
        operation: What happens to the client of a registration script.
    """

    realm: Realm
    client: Client
    scopes: tuple[str, ...] = ()
    user: User | None = None
    token_type: str = ACCESS_TOKEN
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    operation: str = "CREATE"

    def __post_init__(self) -> None:
        if self.operation not in OPERATIONS:
            raise RegistrationError(
                f"operation is {self.operation!r}; it must be {', '.join(OPERATIONS)}."
            )

    @property
    def wanted(self) -> tuple[str, ...]:
        """The scopes asked for, or all that the client may have."""
        return self.scopes or self.client.scopes

    @property
    def person(self) -> User:
        """Who is logged in, made up where nobody is named."""
        return self.user or made_up_person()

    @property
    def session(self) -> Session:
        """The login of that person; it is in no store."""
        now = self.realm.clock.now()
        return Session("dry-run", self.person, now, now)

    def sent(self, path: str, **parameters: str) -> dict[str, Any]:
        """The request as a script sees it.

        Args:
            path: The endpoint, below the realm's OAuth2 URL.
            parameters: Those that it needs; the trial's own add to them, or replace
                them.
        """
        together = {**parameters, **self.request}
        return {
            "requestUri": f"{self.realm.oauth2_url}{path}",
            "realm": self.realm.path,
            "requestParams": {
                name: [value] if isinstance(value, str) else list(value)
                for name, value in together.items()
                if name not in HIDDEN_PARAMETERS
            },
            "requestHeaders": {"Content-Type": ["application/x-www-form-urlencoded"]},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """How a script of one kind is tried.

    Attributes:
        bindings: What it sees.
        subject: Whom it is about.
        occasion: When AM would run it, as part of a sentence.
        take: Takes what the script gave, as AM does; raises where it cannot.
    """

    bindings: Bindings
    subject: str
    occasion: str
    take: Callable[[ScriptOutcome], object] = bool


def client_of(realm: Realm, client_id: str | None, scopes: tuple[str, ...]) -> Client:
    """The client of this id, or one made up that may have these scopes.

    Raises:
        RegistrationError: There is no such client.
    """
    if client_id is not None:
        return realm.client(client_id)
    more = beyond(scopes, MADE_UP.scopes)
    return replace(MADE_UP, scopes=MADE_UP.scopes + more) if more else MADE_UP
