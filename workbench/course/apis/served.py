"""The APIs next door on loopback ports, beside a server that is served there."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbench.agent.over_network import http_client
from workbench.am.realm import Realm
from workbench.course.apis.next_door import ACTOR, RiskApis
from workbench.course.apis.scoring import MODELS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from workbench.server.serve import Listener


@contextmanager
def served_apis(realm: Realm, listener: "Listener") -> Iterator[Mapping[str, str]]:
    """Open the three APIs, each at a port of its own; their URLs by name.

    They have the server's certificate authority, bounds and names, and reach it over
    its port, by whatever URL it calls itself.

    Args:
        realm: Whose tokens they take; the callers are registered there.
        listener: Where its server answers.
    """
    apps: dict[str, WSGIApplication] = {}
    called = urlsplit(realm.base_url)
    elsewhere = {f"{called.scheme}://{called.netloc}": listener.url}
    with ExitStack() as stack:
        http = http_client(listener.ca_file, elsewhere=elsewhere)
        stack.enter_context(http)
        ports = {name: stack.enter_context(listener.beside()) for name in MODELS}
        urls = {name: port.url for name, port in ports.items()}
        RiskApis(realm, http, urls, (ACTOR,), apps.__setitem__)
        for port in ports.values():
            stack.enter_context(port.serving(apps[port.url]))
        yield urls
