"""What a token is good for: its scopes and its audience.

Scopes are checked against the acting client's alone; the subject token's do not
limit them (measured). ``audience`` counts only where a switch allows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.am.basics.among import beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.client import Client
from workbench.am.clients.names import SCOPE_TOKEN
from workbench.am.settings.provider import ProviderSettings


@dataclass(frozen=True, slots=True)
class Requested:
    """The scopes of a request, held against what the client may have.

    Attributes:
        scopes: Those asked for, or the client's default where none was.
        defaulted: Whether the default was taken.
        unknown: Those that the client may not have.
    """

    scopes: tuple[str, ...]
    defaulted: bool
    unknown: tuple[str, ...]

    @property
    def problem(self) -> str:
        """What PingAM answers, or ""."""
        if self.unknown:
            return unknown_scopes(self.unknown)
        if not self.scopes:
            return "No scope requested and no default scope configured"
        return ""


def split_scope(scope: str | None) -> tuple[str, ...]:
    """The scopes that a parameter names, each once (RFC 6749 section 3.3)."""
    return tuple(dict.fromkeys(filter(None, (scope or "").split(" "))))


def registrable_scopes(provider: ProviderSettings) -> tuple[str, ...]:
    """The scopes a client may register itself with.

    The setting's entries are ``scope``, ``scope|text`` or ``scope|locale|text``.
    """
    names = (entry.partition("|")[0] for entry in provider.supportedScopes)
    return tuple(name for name in names if SCOPE_TOKEN.match(name))


def unknown_scopes(scopes: Iterable[str]) -> str:
    """What PingAM answers to scopes that may not be had.

    As they were sent, but for a length that only an attack has, and tokens.
    """
    return f"Unknown/invalid scope(s): [{safe_text(', '.join(scopes), 1000)}]"


def requested_scopes(client: Client, scope: str | None) -> Requested:
    """Read a ``scope`` parameter for a client."""
    asked = split_scope(scope)
    scopes = asked or client.default_scopes
    allowed = client.scopes + client.default_scopes
    unknown = beyond(scopes, allowed)
    return Requested(scopes=scopes, defaulted=not asked, unknown=unknown)


def allowed_scopes(client: Client) -> str:
    """The scopes a client may have, for people."""
    return " ".join(dict.fromkeys(client.scopes + client.default_scopes)) or "none"
