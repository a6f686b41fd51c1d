"""What is not known of the client, the provider, and what scripts and profiles do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.am.claims.modification import MODIFICATION_FAILED
from workbench.am.claims.order import SCRIPT_FAILED
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rules.script import MAY_ACT, SCOPE_VALIDATION, script_failed
from workbench.am.issuing.validate_scopes import VALIDATION_FAILED
from workbench.am.scopes.question import ScopeAnswer
from workbench.am.scripts.plugin import ScopeValidationScript
from workbench.am.scripts.script import EMPTY, ScriptOutcome
from workbench.am.settings.profile import PROFILES
from workbench.am.tokens.assertion import NOT_VALID
from workbench.errors import InvalidClient, ServerError
from workbench.interop.twin.doubt import Doubt
from workbench.interop.twin.doubts_of_tokens import allowed
from workbench.interop.twin.paper import Paper
from workbench.server.request.client_auth import WRONG_METHOD
from workbench.server.request.credentials import FAILED

SECRET = (
    "Ask for a token by client_credentials with the same client_id and secret: it is "
    "refused in the same words where the credentials are wrong."
)
CLIENT = (
    "Look at the client's registration: Grant Types, Scopes, Default Scopes, Allowed "
    "Resource Server Audience Values; or give a bench that has it as server=…."
)
PROVIDER = (
    "Look at the OAuth2 Provider: Grant Types, and under Advanced the Token Exchanger "
    "and Token Validator lists; or give a bench that has them as server=…."
)
LOG = "Look at the server's log of scripts at the time of the request."
PRODUCT = "Find out which product and version the server is."

MODIFICATION = "access token modification script"


def doubts_of_settings(paper: Paper, described: str) -> Iterator[Doubt]:
    """Each thing that would have a rule about settings fail.

    Args:
        paper: The exchange.
        described: The error_description of the answer, which may name scopes.
    """
    if paper.request.client is None:
        return
    yield from _of_credentials(paper)
    if paper.client is None:
        yield from _of_client(paper, paper.request.client, described)
    if not paper.settings:
        yield from _of_provider(paper)
    yield from _of_scripts(paper)
    yield from _of_profiles(paper)


# ---- Who asks


def _of_credentials(paper: Paper) -> Iterator[Doubt]:
    basic = paper.proven is not None and paper.proven.basic
    assertion = paper.proven is not None and paper.proven.assertion is not None
    missing = paper.realm is not None and paper.client is None

    def doubt(if_so: str, weight: int, description: str) -> Doubt:
        failure = InvalidClient(description, hint=if_so, basic=basic)
        world = replace(
            paper.request, client=None, settings=None, authentication=failure
        )
        return Doubt(if_so=if_so, to_know=SECRET, weight=weight, world=world)

    if assertion:
        text = "the assertion is signed by another key, has ended or was sent before"
        yield doubt(text, 60, NOT_VALID)
    else:
        text = "the secret is wrong, or the client is not registered there or inactive"
        likely = missing or _unfit(paper)
        yield doubt(text, 80 if likely else 15 if paper.client else 50, FAILED)
    text = "the client may not authenticate in this way (it may ask for openid)"
    yield doubt(text, 30, WRONG_METHOD)


def _unfit(paper: Paper) -> bool:
    """Whether the client of the bench has another secret, or is inactive."""
    client, proven = paper.client, paper.proven
    if client is None or proven is None:
        return False
    return not client.active or (
        bool(client.secret)
        and not client.public
        and client.secret not in proven.secrets
    )


def _of_client(paper: Paper, client: Client, described: str) -> Iterator[Doubt]:
    """What the registration could have otherwise, where nobody knows it."""

    def doubt(if_so: str, weight: int, **changes: Any) -> Doubt:
        world = _with_client(paper.request, replace(client, **changes))
        return Doubt(if_so=if_so, to_know=CLIENT, weight=weight, world=world)

    grants = tuple(each for each in client.grant_types if each != TOKEN_EXCHANGE)
    text = "Token Exchange is not among the client's Grant Types"
    yield doubt(text, 55, grant_types=grants)
    if paper.request.audiences:
        accepts = replace(
            _with_client(paper.request, replace(client, allowed_audiences=())),
            settings=_accepting(paper.request),
        )
        yield Doubt(
            if_so="an audience is not among the client's, and the provider minds it",
            to_know=CLIENT,
            weight=55,
            world=accepts,
        )
    if not paper.sent.get("scope"):
        text = "no scope was asked for, and the client has no default"
        yield doubt(text, 60, default_scopes=(), scopes=())
    else:
        text = "the client may not have each scope that was asked for"
        left = allowed(client.scopes, described)
        yield doubt(text, 60, scopes=left, default_scopes=left)
    text = "the client takes only tokens of a stronger login (inferred)"
    yield doubt(text, 4, token_exchange_auth_level=1_000_000)


def _with_client(request: ExchangeRequest, client: Client) -> ExchangeRequest:
    settings = effective(request.provider, client)
    return replace(request, client=client, settings=settings)


def _accepting(request: ExchangeRequest) -> Any:
    return request.settings and replace(
        request.settings, acceptAudienceParametersInTokenExchangeRequests=True
    )


# ---- The provider


def _of_provider(paper: Paper) -> Iterator[Doubt]:
    def doubt(if_so: str, weight: int, **changes: Any) -> Doubt:
        provider = replace(paper.request.provider, **changes)
        world = replace(paper.request, provider=provider)
        return Doubt(if_so=if_so, to_know=PROVIDER, weight=weight, world=world)

    grants = tuple(
        each for each in paper.request.provider.grantTypes if each != TOKEN_EXCHANGE
    )
    text = "Token Exchange is not among the provider's Grant Types"
    yield doubt(text, 50, grantTypes=grants)
    text = "the provider has no validator for a type that was sent"
    yield doubt(text, 8, tokenValidatorClasses=())
    text = "the provider has no exchanger between the types"
    yield doubt(text, 10, tokenExchangeClasses=())


# ---- What scripts do, and other servers


def _of_scripts(paper: Paper) -> Iterator[Doubt]:
    settings = paper.request.settings
    known = paper.client is not None and settings is not None
    validates = known and settings is not None and settings.validateScopeScript != EMPTY
    if validates or not known:
        yield _nothing_left(paper, 60 if validates else 12)
        yield _failed(SCOPE_VALIDATION, VALIDATION_FAILED, 40 if validates else 10)
    stamps = settings is not None and settings.accessTokenMayActScript != EMPTY
    if stamps or not known:
        yield _failed(MAY_ACT, SCRIPT_FAILED, 60)
    changes = settings is not None and settings.accessTokenModificationScript != EMPTY
    if changes or not known:
        yield _failed(MODIFICATION, MODIFICATION_FAILED, 50)


def _nothing_left(paper: Paper, weight: int) -> Doubt:
    settings = paper.request.settings
    script = ScopeValidationScript(id="-", name="-", source="")
    answer = ScopeAnswer(outcome=ScriptOutcome(script=script))
    scripted = settings and replace(settings, validateScopeScript="-")
    return Doubt(
        if_so="a scope validation script let none of the scopes pass",
        to_know=LOG,
        weight=weight,
        world=replace(paper.request, settings=scripted, answer=answer),
    )


def _failed(kind: str, said: str, weight: int) -> Doubt:
    if_so = f"the acting client's {kind} failed"
    failure = ServerError(said, hint=if_so)
    check = script_failed(kind, failure)
    return Doubt(if_so=if_so, to_know=LOG, weight=weight, check=check)


def _of_profiles(paper: Paper) -> Iterator[Doubt]:
    """What other servers refuse that this one does not."""
    for name, profile in PROFILES.items():
        if name != paper.request.profile.name:
            yield Doubt(
                if_so=f"the server is one that does as the profile {name} has it",
                to_know=PRODUCT,
                weight=10,
                world=replace(paper.request, profile=profile),
            )
