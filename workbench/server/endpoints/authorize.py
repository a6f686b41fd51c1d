"""The authorization endpoint: a person lets a client have a code (RFC 6749 4.1.1).

As PingAM 8.1 documents on purpose, an error is answered here with 400 or 401, never
by a redirect to the client.
"""

import hmac
import re
from dataclasses import dataclass

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.words import counted
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.uri import only_uri, redirects_to
from workbench.am.issuing.authorize_data import authorize_data
from workbench.am.issuing.grant_scopes import GrantedScopes, granted_scopes
from workbench.am.people.code import CHALLENGE_METHODS, PLAIN, AuthorizationCode
from workbench.am.people.session import Session
from workbench.am.reading.sibling import elsewhere
from workbench.am.realm import Realm
from workbench.am.scopes.by_policies import consent_implied
from workbench.am.scopes.question import AUTHORIZATION, ScopeQuestion
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import (
    AccessDenied,
    InvalidClient,
    InvalidRequest,
    RedirectUriMismatch,
    UnsupportedResponse,
)
from workbench.server.answers import UNFRAMED, Answer
from workbench.server.consent_page import consent_page
from workbench.server.endpoints.authorization_response import (
    HTML,
    authorization_response,
    response_mode,
)
from workbench.server.errors import BadRequest, InteractionRequired, LoginRequired
from workbench.server.request.credentials import FAILED
from workbench.server.request.incoming import Incoming
from workbench.server.request.parameters import RequestParameters

CODE = "code"
"""The response type that is answered here."""

SECONDS = re.compile(r"[0-9]{1,18}\Z")
"""What ``max_age`` may look like."""

WILDCARDS_OFF = (
    ' A * stands for a port only with "Allow wildcard ports in redirect URIs" on '
    "(loopbackInterfaceRedirection)."
)


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """An authorization request that may be put to a person."""

    client: Client
    redirect_uri: str
    granted: GrantedScopes
    mode: str  # response_mode
    sent: RequestParameters


def authorize(incoming: Incoming) -> Answer:
    """A redirect with a code, once the person who is logged in has consented.

    What a script adds to it replaces no parameter of AM's; that is inferred.
    """
    request = _read_request(incoming)
    session = _session(incoming, request.sent)
    if not _has_consented(incoming, request, session):
        scope = request.granted.to_ask
        person = _display_name(incoming.realm, session)
        page = consent_page(request.client, scope, request.sent, session.token, person)
        return Answer(200, page, UNFRAMED, HTML)
    data, script = authorize_data(
        incoming.realm, request.client, session, incoming.properties_with_query
    )
    code = incoming.realm.codes.keep(_code(incoming.realm, request, session))
    incoming.record(
        "consent",
        request.client.client_id,
        f"{session.user.name} let {request.client.client_id} have a code."
        f"{request.granted.remark}",
        status=302,
        scripts=(*request.granted.scripts, *([script] if script else [])),
    )
    answer = {CODE: code, "iss": incoming.realm.oauth2_url}
    if (state := request.sent.get("state")) is not None:
        answer["state"] = state
    answer["client_id"] = request.client.client_id
    return authorization_response(request.mode, request.redirect_uri, answer | data)


def _session(incoming: Incoming, sent: RequestParameters) -> Session:
    """The login that counts: with ``max_age``, one that is no older.

    A login is over the age once more seconds have gone by (OpenID Connect Core
    section 3.1.2.1). That AM answers as if there were no session is inferred; it is
    asked anew when the person's consent is sent.

    Raises:
        LoginRequired: There is none.
    """
    session, max_age = incoming.session, sent.get("max_age")
    if session is None:
        hint = elsewhere(
            incoming.realm,
            "The session",
            lambda other: other.sessions.has(incoming.session_token),
            "Send the session cookie that /authenticate gave.",
        )
        raise LoginRequired("The request requires login.", hint=hint)
    age = incoming.realm.clock.now() - session.since
    if max_age is not None and age > int(max_age):
        old = counted(age, "second")
        hint = f"The login is {old} old; max_age allows {int(max_age)}."
        raise LoginRequired("The request requires login.", hint=hint)
    return session


def _display_name(realm: Realm, session: Session) -> str:
    """The person as the provider has it; the user name where nothing is set."""
    values = session.user.values(realm.provider.displayNameAttribute)
    return values[0] if values else session.user.name


def response_types(provider: ProviderSettings) -> list[str]:
    """The response types that are answered, as far as the provider lists them."""
    listed = (each.partition("|")[0].strip() for each in provider.responseTypeClasses)
    return [each for each in listed if each == CODE]


def _read_request(incoming: Incoming) -> AuthorizationRequest:
    """What is asked for, checked as far as no person is needed.

    Raises:
        OAuthError: It may not be request.
    """
    realm, sent = incoming.realm, incoming.form_and_query
    client_id, response_type = sent.require("client_id", "response_type")
    client = realm.clients.get(client_id)
    if client is None or not client.active:
        name = safe_text(client_id)
        hint = elsewhere(
            realm,
            f"Client {name}",
            lambda other: client is None and client_id in other.clients,
            f"No active client {name} here.",
        )
        raise InvalidClient(FAILED, hint=hint)
    redirect_uri = _redirect_uri(client, sent.get("redirect_uri"))
    if response_type not in response_types(realm.provider):
        raise UnsupportedResponse(
            "Response type is not supported.",
            hint=f"The bench has {CODE} only, where responseTypeClasses lists it.",
        )
    if CODE not in client.response_types:
        raise UnsupportedResponse(
            "Client does not support this response type.",
            hint=f"{client.client_id} is registered without the response type {CODE}.",
        )
    _check_challenge(realm, client, sent)
    mode = response_mode(sent.get("response_mode"))
    if not SECONDS.match(sent.get("max_age") or "0"):
        raise InvalidRequest("Invalid max_age", hint="max_age is a number of seconds.")
    session = incoming.session
    question = ScopeQuestion(
        client=client,
        scope=sent.get("scope"),
        entry=AUTHORIZATION,
        user=session.user if session else None,
        properties=incoming.properties_with_query,
    )
    return AuthorizationRequest(
        client, redirect_uri, granted_scopes(realm, question), mode, sent
    )


def _redirect_uri(client: Client, sent: str | None) -> str:
    if sent is None:
        only = only_uri(client.redirection_uris)
        if only is None:
            raise InvalidRequest(
                "Missing parameters: redirect_uri",
                hint=f"{client.client_id} has not registered exactly one.",
            )
        return only
    wildcards = client.loopback_interface_redirection
    if not any(
        redirects_to(each, sent, wildcards=wildcards)
        for each in client.redirection_uris
    ):
        known = ", ".join(client.redirection_uris) or "none"
        off = "" if wildcards or "*" not in known else WILDCARDS_OFF
        raise RedirectUriMismatch(hint=f"{client.client_id} registered: {known}.{off}")
    return sent


def _check_challenge(realm: Realm, client: Client, sent: RequestParameters) -> None:
    """Whether a proof key is there where the provider wants one (RFC 7636)."""
    enforced = realm.provider.codeVerifierEnforced
    wanted = enforced == "true" or (enforced == "public" and client.public)
    if wanted and sent.get("code_challenge") is None:
        raise InvalidRequest(
            "Missing parameters: code_challenge",
            hint=f"The provider wants one: codeVerifierEnforced is {enforced}.",
        )
    if sent.get("code_challenge_method") not in (None, *CHALLENGE_METHODS):
        raise InvalidRequest(
            "Invalid code challenge method specified.",
            hint=f"It is one of {', '.join(CHALLENGE_METHODS)}.",
        )


def _has_consented(
    incoming: Incoming, request: AuthorizationRequest, session: Session
) -> bool:
    """Whether the person has said yes; False where the question is still open.

    Raises:
        AccessDenied: The person said no.
        BadRequest: The answer does not come from the person's own session.
        InteractionRequired: No question may be put (``prompt=none``).
    """
    settings = effective(incoming.realm.provider, request.client)
    if consent_implied(request.client, settings) or not request.granted.to_ask:
        return True
    decision = request.sent.get("decision")
    if decision is None or incoming.request.method != "POST":
        if "none" in (request.sent.get("prompt") or "").split(" "):
            raise InteractionRequired(
                "The request requires consent.",
                hint="prompt=none forbids to ask, and consent is not implied.",
            )
        return False
    csrf = request.sent.get("csrf") or ""
    if not hmac.compare_digest(csrf.encode(), session.token.encode()):
        raise BadRequest("Bad request", hint="csrf is the session token, once more.")
    if decision.lower() != "allow":
        raise AccessDenied(
            "Resource Owner did not authorize the request",
            hint=f"{session.user.name} said no: decision is not allow.",
        )
    return True


def _code(
    realm: Realm, request: AuthorizationRequest, session: Session
) -> AuthorizationCode:
    lifetime = effective(realm.provider, request.client).codeLifetime
    return AuthorizationCode(
        client_id=request.client.client_id,
        user=session.user,
        scope=request.granted.scopes,
        redirect_uri=request.sent.get("redirect_uri"),
        expires=realm.clock.now() + lifetime,
        grant_id=realm.ids.token(),
        auth_time=session.since,
        auth_level=session.auth_level,
        nonce=request.sent.get("nonce") or "",
        challenge=request.sent.get("code_challenge") or "",
        challenge_method=request.sent.get("code_challenge_method") or PLAIN,
    )
