"""An exchange of another server as a request to our rules, as far as it is known.

What is not known of it is as it would have to be for the exchange to pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from workbench.agent.captured.exchange import CapturedExchange
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.effective import effective
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.clients.names import client_subject
from workbench.am.exchange.may_act import members
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.realm import Realm
from workbench.am.scopes.scope import split_scope
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import OAuthError
from workbench.interop.twin.known_tokens import BENCH, Sent, TokenKnowledge, known_token
from workbench.server.request.credentials import Credentials, credentials
from workbench.server.request.parameters import RequestParameters

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An exchange on paper.

    Attributes:
        request: What our rules decide, where all that is not known is well.
        sent: The parameters.
        proven: What was sent as credentials; None where that could not be read.
        realm: A bench that stands for the server; None where there is none.
        settings: Whether the bench has the provider's settings.
        client: The acting client, where the bench has it.
        tokens: What is known of each token that was sent.
    """

    request: ExchangeRequest
    sent: RequestParameters
    proven: Credentials | None
    realm: Realm | None
    settings: bool
    client: Client | None
    tokens: tuple[TokenKnowledge, ...]

    def token(self, role: str) -> TokenKnowledge | None:
        """What is known of the subject's or actor's token; None where none was sent."""
        return next((each for each in self.tokens if each.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """What a paper is made of.

    Attributes:
        captured: The request as it was captured.
        sent: Its parameters.
        realm: A bench that stands for the server, or None.
        settings: Whether the bench has the provider's settings.
        profile: The kind of server.
        now: Seconds since the epoch, where the capture says no other.
        given: The claims that were told, by role.
    """

    captured: CapturedExchange
    sent: RequestParameters
    realm: Realm | None
    settings: bool
    profile: Profile
    now: int
    given: Mapping[str, Told | None]


def on_paper(asked: PaperAsked) -> Paper:
    """The exchange as it would be asked of the bench."""
    proven, failure = _proven(asked)
    name = proven.client_ids[0] if proven else asked.sent.get("client_id") or ""
    client = _registered(asked.realm, proven)
    acting = client or _hoped_client(name or "the client", asked.sent)
    provider = _provider(asked)
    tokens = _tokens(asked, acting)
    by_role = {each.role: each.reading for each in tokens}
    request = ExchangeRequest(
        client=None if failure else acting,
        authentication=failure,
        parameters=asked.sent.values,
        audiences=asked.sent.lists.get("audience", ()),
        subject=by_role.get("subject"),
        actor=by_role.get("actor"),
        provider=provider,
        profile=asked.profile,
        settings=None if failure else effective(provider, acting),
        now=_at(asked),
    )
    return Paper(
        request=request,
        sent=asked.sent,
        proven=proven,
        realm=asked.realm,
        settings=asked.realm is not None and asked.settings,
        client=client,
        tokens=tokens,
    )


def _provider(asked: PaperAsked) -> ProviderSettings:
    if asked.realm is not None and asked.settings:
        return asked.realm.provider.as_now()
    hoped = ProviderSettings()
    return replace(hoped, grantTypes=(*hoped.grantTypes, TOKEN_EXCHANGE))


def _at(asked: PaperAsked) -> int:
    return asked.now if asked.captured.at is None else asked.captured.at


def _proven(asked: PaperAsked) -> tuple[Credentials | None, OAuthError | None]:
    authorization = dict(asked.captured.headers).get("authorization")
    try:
        return credentials(asked.sent, authorization), None
    except OAuthError as problem:
        return None, problem


def _registered(realm: Realm | None, proven: Credentials | None) -> Client | None:
    names = proven.client_ids if proven and realm else ()
    known = (realm.clients.get(each) for each in names if realm)
    return next(filter(None, known), None)


def _hoped_client(name: str, sent: RequestParameters) -> Client:
    """A client as it would have to be registered."""
    scopes = tuple(dict.fromkeys(split_scope(sent.get("scope"))))
    return AIAgent(
        client_id=name,
        secret="-",
        scopes=scopes,
        default_scopes=scopes or ("default",),
        allowed_audiences=sent.lists.get("audience", ()),
    )


def _tokens(asked: PaperAsked, acting: Client) -> tuple[TokenKnowledge, ...]:
    """The subject's, then the actor's; what is hoped of one looks at the other."""
    own = client_subject(acting.client_id, typed=asked.profile.typed_subjects)
    actor = _token(asked, "actor", {"sub": own})
    may_act = {"client_id": acting.client_id}
    may_act["sub"] = (actor.reading.claims or {})["sub"] if actor else own
    hoped = {
        "sub": "",
        "scope": list(acting.scopes),
        "may_act": may_act,
        "auth_level": acting.token_exchange_auth_level,
    }
    subject = _token(asked, "subject", hoped)
    if actor and subject and subject.claims and not actor.claims:
        named = (subject.reading.claims or {}).get("may_act")
        subs = members(named, "sub") if isinstance(named, dict) else ()
        actor = _token(asked, "actor", {"sub": str(subs[0]) if subs else own})
    return _told_apart(tuple(filter(None, (subject, actor))))


def _told_apart(tokens: tuple[TokenKnowledge, ...]) -> tuple[TokenKnowledge, ...]:
    """What the bench did not issue is suspect where it issued the other token."""
    if all(each.told != BENCH for each in tokens):
        return tokens
    return tuple(
        each
        if each.told == BENCH or each.elsewhere
        else replace(each, elsewhere="the bench issued the other token, and not this")
        for each in tokens
    )


def _token(asked: PaperAsked, role: str, hoped: Told) -> TokenKnowledge | None:
    value = asked.sent.get(f"{role}_token")
    if value is None:
        return None
    return known_token(
        Sent(
            role=role,
            value=value,
            kind=asked.sent.get(f"{role}_token_type") or "",
            issuer=_issuer(asked.captured.url),
            at=_at(asked),
            dated=asked.captured.at is not None,
            hoped=hoped,
        ),
        asked.given.get(role),
        asked.realm,
    )


def _issuer(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"
