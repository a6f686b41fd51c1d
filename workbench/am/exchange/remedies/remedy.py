"""One thing that would make a failed rule pass, and what it is found from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.exchange.decision import CLIENT, PROFILE, PROVIDER, REQUEST
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.scripts.script import MayActScript
from workbench.am.tokens.token import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One thing that would make a rule pass.

    Attributes:
        text: What to do, as a sentence.
        where: ``provider setting``, ``client setting``, ``profile``, ``request``,
            or "" for advice that is not one setting.
        changes: New values by name; in a request None leaves a parameter out.
        client_id: The client whose setting it is, or "".
        renew: Whose token, ``subject`` or ``actor``, has to be got anew.
    """

    text: str
    where: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    client_id: str = ""
    renew: tuple[str, ...] = ()

    @property
    def applicable(self) -> bool:
        """Whether it can be done with one click."""
        return bool(self.where or self.renew)

    @property
    def call(self) -> str:
        """The same in Python, or "" for advice and for a new token."""
        values = ", ".join(f"{name}={value!r}" for name, value in self.changes.items())
        return {
            PROVIDER: f"wb.realm.set_provider({values})",
            CLIENT: f"wb.realm.update({self.client_id!r}, {values})",
            PROFILE: f"wb.profile = wb.profile.but({values})",
            REQUEST: f"in the request: {values}",
        }.get(self.where, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An exchange, and who is registered."""

    request: ExchangeRequest
    clients: Mapping[str, Client]
    scripts: Mapping[str, MayActScript]

    def issued_to(self, token: Reading | None) -> Client | None:
        """The client that got a token, where it is still registered."""
        claims = token.claims if token else None
        return self.clients.get(str(claims.get("client_id"))) if claims else None

    @property
    def acting(self) -> Client:
        """The acting client as it is by now; only asked for where a rule needed one."""
        client = self.request.client
        assert client is not None
        return self.clients.get(client.client_id, client)


Suggested = Iterator[Remedy]
"""What is found for one rule, settings first."""

Suggest = Callable[[Known], Suggested]
"""Finds what would make one rule pass."""


def of_provider(text: str, **changes: Any) -> Remedy:
    """A setting of the provider."""
    return Remedy(text=text, where=PROVIDER, changes=changes)


def of_client(client: Client, text: str, **changes: Any) -> Remedy:
    """A setting of a client."""
    return Remedy(text=text, where=CLIENT, client_id=client.client_id, changes=changes)


def of_request(text: str, **changes: str | None) -> Remedy:
    """A change of the request; None leaves a parameter out."""
    return Remedy(text=text, where=REQUEST, changes=changes)


def of_profile(text: str, **changes: Any) -> Remedy:
    """A switch of the profile."""
    return Remedy(text=text, where=PROFILE, changes=changes)
