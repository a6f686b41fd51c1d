"""Which realm a URL asks, and for what.

AM has a realm in the path, by the word ``realms`` for each or without it, or in the
query parameter ``realm``. That the parameter counts where both are there was measured
on OpenAM, which reads it from the query alone; that 8.1 does the same is inferred. So
is that AM's answer about an unknown realm is everywhere that of its JSON endpoints.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

from workbench.am.basics.realm_path import TOP, path_in, url_forms
from workbench.am.basics.secrets import safe_text
from workbench.am.realm import Realm
from workbench.am.realms import Realms
from workbench.server.admin.administrator import Administrator
from workbench.server.admin.paths import AdminPaths
from workbench.server.endpoints.table import AGENT_METADATA, OAUTH2, REST, Methods
from workbench.server.errors import NotFound, RestError
from workbench.server.openapi.document import PATH as DESCRIPTION
from workbench.server.openapi.document import openapi
from workbench.server.request.parameters import realm_named

JSON = "json"

SERVICES: Mapping[str, Mapping[str, Methods]] = {"oauth2": OAUTH2, JSON: REST}

WORDED = re.compile(r"/realms/root(?:/realms/[^/]+)*(?=/)")
"""A realm with all realms above it, each after the word ``realms``."""

NONE = ("", "/")
"""No service, where a path is not below one."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes.

    Attributes:
        realm: Whom it asks, with the URLs of the form that it came by.
        service: ``oauth2`` or ``json``.
        below: The path below the realm's.
        form: Which form of URL, by its place in the realm's ``forms``.
        methods: The endpoint for each method.
        missing: Why there is nothing there, or None.
    """

    realm: Realm
    service: str
    below: str
    form: int = 0
    methods: Methods = field(default_factory=dict)
    missing: NotFound | RestError | None = None


class Routes:
    """Every path of a server's realms, in each form that AM has.

    Args:
        realms: Those of the server; realms that come and go later are seen.
        administrator: Who alone may use the admin REST API.
    """

    def __init__(self, realms: Realms, administrator: Administrator) -> None:
        self._realms = realms
        self._admin = AdminPaths(administrator)
        self._server = urlsplit(realms.main.base_url).path
        self._known = -1
        self._routes: dict[str, Route] = {}
        self._forms: dict[str, Realm] = {}

    def find(self, request: Request) -> Route:
        """Where this request goes; never raises. Whoever calls has the turn."""
        if self._known != self._realms.changes:
            self._known = self._realms.changes
            realms = self._realms.values()
            self._forms = {form: each for each in realms for form in each.forms}
            self._routes = dict(self._all())
        route = self._routes.get(request.path)
        if route is None and request.path == DESCRIPTION:
            return self._described(realm_named(request.query_string))
        if route is None:
            return self._administered(request) or self._nowhere(request.path)
        name = realm_named(request.query_string)
        if name:
            return self._overridden(route, name)
        if route.below == AGENT_METADATA:
            return self._of_agents(route)
        return route

    def _all(self) -> Iterator[tuple[str, Route]]:
        """Deep realms first: where two mean one path, the endpoint above has it."""
        deep_first = sorted(self._realms.values(), key=lambda each: -len(each.path))
        for realm in deep_first:
            for number, form in enumerate(realm.forms):
                seen = realm.under(form) if number else realm
                for service, paths in SERVICES.items():
                    for below, methods in paths.items():
                        path = f"{self._server}/{service}{form}{below}"
                        own = self._admin.instead(realm.path, below)
                        told = own if own and service == JSON else methods
                        yield path, Route(seen, service, below, number, told)

    def _administered(self, request: Request) -> Route | None:
        """A resource of the admin REST API, whose path ends in an id or not."""
        base = f"{self._server}/{JSON}"
        if not request.path.startswith(f"{base}/"):
            return None
        form, below = self._split(request.path.removeprefix(base))
        methods = self._admin.find(below)
        if methods is None:
            return None
        name = realm_named(request.query_string)
        realm = self._realms.get(name) if name else self._forms.get(form)
        if realm is None:
            return self._no_realm(self._realms.main, JSON, below, name or form)
        return Route(realm, JSON, below, methods=methods)

    def _split(self, path: str) -> tuple[str, str]:
        """The realm's form in a path, and what comes below it.

        A realm after the word ``realms`` is one even where there is none of its name.
        """
        worded = WORDED.match(path)
        if worded is not None:
            return worded[0], path[worded.end() :]
        form = max((f for f in self._forms if path.startswith(f"{f}/")), key=len)
        return form, path.removeprefix(form)

    def _described(self, name: str) -> Route:
        """The description of what is here; the workbench's own."""
        realm = self._realms.get(name) if name else self._realms.main
        if realm is None:
            return self._no_realm(self._realms.main, "", DESCRIPTION, name)
        return Route(realm, "", DESCRIPTION, methods={"GET": openapi})

    def _overridden(self, route: Route, name: str) -> Route:
        """The same path of the realm that a parameter names, in the same form."""
        realm = self._realms.get(name)
        if realm is None:
            return self._no_realm(route.realm, route.service, route.below, name)
        return self._same_of(realm, route)

    def _same_of(self, realm: Realm, route: Route) -> Route:
        form = realm.forms[route.form]
        return self._routes[f"{self._server}/{route.service}{form}{route.below}"]

    def _of_agents(self, route: Route) -> Route:
        """The metadata for agents, which PingAM 8.1 prints below the top level.

        While the top level itself has no AI agents, the bench's own realm answers
        there, so that the page's command runs.
        """
        if route.realm.path != TOP or route.realm.provider.aiAgentsEnabled:
            return route
        return self._same_of(self._realms.main, route)

    def _nowhere(self, path: str) -> Route:
        """Whether it is the realm that is unknown, or what is asked of it."""
        bases = ((each, f"{self._server}/{each}/") for each in SERVICES)
        service, base = next((each for each in bases if path.startswith(each[1])), NONE)
        rest = path.removeprefix(base[:-1])
        endpoints = sorted(SERVICES.get(service, ()), key=len, reverse=True)
        below = next(filter(rest.endswith, endpoints), "")
        form = rest.removesuffix(below)
        if below and self._is_unknown(form):
            return self._no_realm(self._realms.main, service, path, form)
        missing = NotFound(
            "Not Found", hint=f"There is no {safe_text(path, 200)} here."
        )
        known = [each for each in self._forms if rest.startswith(f"{each}/")]
        form = max(known, key=len) if service else ""
        realm = self._forms[form] if form else self._realms.main
        return Route(
            realm, service, rest.removeprefix(form) if form else path, missing=missing
        )

    def _is_unknown(self, form: str) -> bool:
        """Whether it could stand for a realm, but for none that there is."""
        path = path_in(form)
        return form in url_forms(path) and path not in self._realms

    def _no_realm(self, asked: Realm, service: str, below: str, name: str) -> Route:
        hint = f"There is no realm {safe_text(name)} here; there are: "
        missing = RestError(
            404,
            "Not Found",
            "Realm not found",
            hint=f"{hint}{', '.join(self._realms)}.",
        )
        return Route(asked, service, below, missing=missing)
