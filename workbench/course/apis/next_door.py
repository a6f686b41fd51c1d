"""The three APIs of a bench, in this process or on ports of their own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import httpx

from workbench.agent.calls import Call, kept
from workbench.am.admin.audit import Event
from workbench.am.basics.validation import name_instead
from workbench.am.basics.watching import Watchers
from workbench.am.clients.names import client_subject
from workbench.am.realm import Realm
from workbench.course.apis.access_log import Access, AccessLog
from workbench.course.apis.beliefs import ANY_AUDIENCE, BELIEFS
from workbench.course.apis.faces import apis_html, apis_text
from workbench.course.apis.policy import ApiPolicy, decide
from workbench.course.apis.published import PublishedIssuer
from workbench.course.apis.registration import introspecting_client, let_exchange_for
from workbench.course.apis.risk_api import RiskApi
from workbench.course.apis.scoring import MODELS
from workbench.course.apis.verifier import TokenVerifier
from workbench.errors import SettingError
from workbench.server.request.incoming import EVENTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IN_PROCESS = {name: f"https://{name}.example.com" for name in MODELS}
"""Where the APIs of a bench are."""

SUBJECT, ACTOR, SCOPE = "data-agent", "risk-agent", "read"
"""Whom the policies name at first."""


def telling(api: RiskApi, app: "WSGIApplication") -> "WSGIApplication":
    """The same application, which tells a caller in this process why it refused.

    As with AM's own refusals, that does not go over the wire.
    """

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        before = api.log.total
        body = app(environ, start_response)
        if EVENTS in environ and api.log.total > before and not api.log[-1].allowed:
            entry = api.log[-1]
            event = Event(time=entry.time, kind=entry.api, hint=entry.reason)
            environ[EVENTS].append(event)
        return body

    return answer


class RiskApis(Mapping[str, RiskApi]):
    """The APIs next door: ``ledger``, ``market``, ``network``, and their twins.

    ``apis["ledger"].policy`` can be assigned; ``apis.log`` has what all of them were
    asked. A saved bench has their clients and the calls to them, but neither their
    policies nor their logs: ``wb.open_apis()`` opens them anew.

    Args:
        realm: Whose tokens they take.
        http: Reaches the realm's server; in process it reaches the APIs too.
        urls: Where each of them is.
        callers: The clients that exchange tokens for them.

    Attributes:
        log: What all of them were asked, oldest first.
        watchers: Whoever shows it.
        opened: Is told of each application and its URL, so that somebody serves it.
    """

    def __init__(
        self,
        realm: Realm,
        http: httpx.Client,
        urls: Mapping[str, str],
        callers: tuple[str, ...] = (ACTOR,),
        opened: Callable[[str, "WSGIApplication"], None] = lambda url, app: None,
    ) -> None:
        self._realm, self._http = realm, http
        self._callers, self._opened = callers, opened
        self._apis: dict[str, RiskApi] = {}
        self._issuers: dict[str, PublishedIssuer] = {}
        self.log = AccessLog()
        self.watchers = Watchers()
        typed = realm.profile.typed_subjects
        name = partial(client_subject, typed=typed)
        first = ApiPolicy(
            frozenset({name(SUBJECT)}), frozenset(map(name, callers)), SCOPE
        )
        let_exchange_for(realm, callers, tuple(urls.values()))
        for each, url in urls.items():
            client = introspecting_client(realm, each)
            self._issuers[each] = PublishedIssuer(
                realm.oauth2_url, http, client.client_id, client.secret or ""
            )
            self._open(each, each, url, first, "")

    def __getitem__(self, name: str) -> RiskApi:
        if name not in self._apis:
            raise SettingError(
                f"There is no API {name!r}. {name_instead(name, self._apis)}"
            )
        return self._apis[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._apis)

    def __len__(self) -> int:
        return len(self._apis)

    def __contains__(self, name: object) -> bool:
        return name in self._apis

    def ask(self, name: str, token: str, customer: str = "c-17") -> Call:
        """Ask an API of this process for a score, as a client would.

        Args:
            name: The API's, or a twin's.
            token: What is sent as bearer token.
            customer: Whom the score is about.

        Raises:
            SettingError: There is no such API.
        """
        response = self._http.post(
            f"{self[name].url}/score",
            json={"customer": customer},
            headers={"Authorization": f"Bearer {token}"},
        )
        return kept(response)

    def twin(self, name: str, believes: str) -> RiskApi:
        """The same API with one check wrong, at a URL of its own; for the labs.

        It takes the tokens that are meant for the API, and starts with its policy.

        Args:
            name: The API's.
            believes: ``nested actors``: whoever acted earlier counts; ``the token
                alone``: nobody looks at who is named; ``any audience``: a token that
                is meant for another API counts.

        Raises:
            SettingError: There is no such API, or no such mistake.
        """
        original = self[name]
        if name not in self._issuers:
            raise SettingError(f"{name} is a twin already; name its original.")
        if believes not in BELIEFS:
            known = name_instead(believes, BELIEFS)
            raise SettingError(f"No twin believes {believes!r}. {known}")
        called = f"{name}-{believes.replace(' ', '-')}"
        if called in self._apis:
            return self._apis[called]
        url = f"https://{called}.example.com"
        return self._open(called, name, url, original.policy, believes)

    def _open(
        self, called: str, name: str, url: str, policy: ApiPolicy, believes: str
    ) -> RiskApi:
        from workbench.course.apis.service import web_service

        audience = self._apis[name].url if believes else url
        verifier = TokenVerifier(
            self._issuers[name],
            None if believes == ANY_AUDIENCE else audience,
            self._realm.clock.now,
        )
        api = RiskApi(
            called,
            url,
            issuer=self._realm.oauth2_url,
            score=MODELS[name],
            policy=policy,
            verifier=verifier,
            decide=BELIEFS.get(believes, decide),
            now=self._realm.clock.now,
        )
        api.keep = partial(self._keep, api)
        api.changed = self.watchers.refresh
        self._apis[called] = api
        self.watchers.refresh()
        self._opened(url, telling(api, web_service(api).wsgi_app))
        return api

    def _keep(self, api: RiskApi, entry: Access) -> None:
        api.log.append(entry)
        self.log.append(entry)
        self.watchers.refresh()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        """In a notebook: each API with its policy."""
        return {"text/html": apis_html(self), "text/plain": apis_text(self)}

    def __repr__(self) -> str:
        return f"<RiskApis {', '.join(self._apis)}>"
