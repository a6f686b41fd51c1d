"""One thing that would make a failed rule pass, and what it is found from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.basics.secrets import safe_text
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
        did: The same once it is done, such as ``The audience was left out.``; "" for
            advice.
        where: ``provider setting``, ``client setting``, ``profile``, ``request``,
            or "" for advice that is not one setting.
        changes: New values by name; in a request None leaves a parameter out.
        client_id: The client whose setting it is, or "".
        renew: Whose token, ``subject`` or ``actor``, has to be got anew.
        sender: The client that sends it instead, with a token of its own as actor
            where the subject token asks for one; "" for the same client.
        loosens: Whether a check or a limit goes, so that more passes than what was
            meant: no audience, no actor, a switch of the profile.
    """

    text: str
    did: str = ""
    where: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    client_id: str = ""
    renew: tuple[str, ...] = ()
    sender: str = ""
    loosens: bool = False

    @property
    def applicable(self) -> bool:
        """Whether it can be done with one click."""
        return bool(self.where or self.renew or self.sender)

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
"""What is found for one rule; :func:`in_order` puts it in order."""

Suggest = Callable[[Known], Suggested]
"""Finds what would make one rule pass."""


def of_provider(text: str, did: str, **changes: Any) -> Remedy:
    """A setting of the provider."""
    return Remedy(text=text, did=did, where=PROVIDER, changes=changes)


def of_client(client: Client, text: str, did: str, **changes: Any) -> Remedy:
    """A setting of a client."""
    name = client.client_id
    return Remedy(text=text, did=did, where=CLIENT, client_id=name, changes=changes)


def of_request(text: str, did: str, **changes: str | None) -> Remedy:
    """A change of the request; None leaves a parameter out."""
    return Remedy(text=text, did=did, where=REQUEST, changes=changes)


def of_profile(text: str, did: str, **changes: Any) -> Remedy:
    """A switch of the profile, which then checks less."""
    return Remedy(text=text, did=did, where=PROFILE, changes=changes, loosens=True)


def no_audience() -> Remedy:
    """No audience asked for, so that the token is for any."""
    text, done = "Leave the audience out.", "The audience was left out."
    return loosening(of_request(text, done, audience=None))


def only_scopes(scopes: str) -> Remedy:
    """Fewer scopes asked for."""
    shown = safe_text(scopes)
    text, done = f"Ask only for {shown}.", f"Only {shown} was asked for."
    return of_request(text, done, scope=scopes)


def loosening(remedy: Remedy) -> Remedy:
    """The same, said to let more pass than what was meant."""
    return replace(remedy, loosens=True)


_SMALLEST_FIRST = (REQUEST, "", CLIENT, PROVIDER, PROFILE)


def in_order(found: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """The remedy that is most likely meant, then the others.

    What can be done with one click comes before advice. Of that, whatever loosens no
    check comes first; then the smallest change does: of the request, of a token, of
    the client, of the provider, of the profile; then the order of the rule.
    """
    return tuple(sorted(found, key=_rank))


def _rank(remedy: Remedy) -> tuple[bool, bool, int]:
    place = _SMALLEST_FIRST.index(remedy.where)
    return not remedy.applicable, remedy.loosens, place
