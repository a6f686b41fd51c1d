"""Which realm of a bench stands for the one that was asked."""

from typing import Protocol
from urllib.parse import urlsplit

from workbench.am.basics.realm_path import path_in
from workbench.am.basics.words import with_article
from workbench.am.realm import Realm
from workbench.am.realms import Realms
from workbench.errors import SettingError


class Server(Protocol):
    """A bench that has what is known of a server."""

    @property
    def realm(self) -> Realm:
        """Its own realm."""

    @property
    def realms(self) -> Realms:
        """All of its realms."""


def realm_for(server: object, url: str) -> Realm:
    """The realm that the URL names, where the bench has it; else the bench's own.

    Args:
        server: A bench.
        url: Of the token endpoint.

    Raises:
        SettingError: It is no bench.
    """
    realms, own = getattr(server, "realms", None), getattr(server, "realm", None)
    if not isinstance(realms, Realms) or not isinstance(own, Realm):
        kind = with_article(type(server).__name__)
        raise SettingError(
            f"server is {kind}; it is a bench that has what is known of the server, "
            "or the path of what frodo exported of it.",
            about="server",
        )
    return realms.get(_path(url), own)


def realm_named(url: str) -> str:
    """The name of the realm that a URL asks; ``alpha`` for the top level."""
    return _path(url).strip("/") or "alpha"


def _path(url: str) -> str:
    try:
        named = urlsplit(url).path.partition("/oauth2")[2].rpartition("/")[0]
    except ValueError:
        return ""
    return path_in(named) if named else ""
