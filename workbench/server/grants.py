"""One function a grant, and the table of them."""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.am.decision import (
    SCRIPT,
    Check,
    Decision,
    ExchangeRequest,
)
from workbench.am.exchange import decide
from workbench.am.identities import (
    CLIENT_CREDENTIALS,
    TOKEN_EXCHANGE,
    Client,
    bare_name,
)
from workbench.am.issue import SCRIPT_FAILED, Issued, Order
from workbench.am.realm import Realm
from workbench.am.scope import allowed_scopes, requested
from workbench.am.tokens import ACCESS_TOKEN, Reading
from workbench.errors import (
    InvalidRequest,
    InvalidScope,
    OAuthError,
    ServerError,
    UnauthorizedClient,
    UnsupportedGrantType,
)
from workbench.server.incoming import Incoming

NOT_SUPPORTED = "Grant type is not supported"


def client_credentials(incoming: Incoming) -> dict[str, Any]:
    """A token for the client itself (RFC 6749 section 4.4)."""
    realm, client = incoming.realm, incoming.authenticated()
    _require_grant(realm, client, CLIENT_CREDENTIALS)
    if client.public:
        raise UnauthorizedClient("Public clients can't use client credentials grant.")
    asked = requested(client, incoming.parameters.get("scope"))
    if asked.problem:
        raise InvalidScope(
            asked.problem,
            hint=f"{client.client_id} may have: {allowed_scopes(client)}.",
        )
    order = realm.own_token(client, asked.scopes, incoming.properties)
    issued = realm.issue(order)
    text = f"{client.client_id} got a token."
    incoming.record("token", client, text, **_trace(issued))
    return token_response(issued, realm.clock.now())


def token_exchange(incoming: Incoming) -> dict[str, Any]:
    """A token for one party out of another's (RFC 8693 section 2)."""
    client, failure = _client_or_failure(incoming)
    facts = _facts(incoming, client, failure)
    decision = decide(facts)
    refusal = decision.refusal
    if client is None or decision.grant is None or refusal is not None:
        assert refusal is not None
        raise Refused(failure or _as_error(refusal), decision)
    assert facts.subject is not None and facts.subject.claims is not None
    order = _exchange_order(incoming, client, decision, facts.subject.claims)
    try:
        issued = incoming.realm.issue(order)
    except ServerError as failed:
        check = _script_check(passed=False, found=failed.hint)
        raise Refused(failed, decision.and_check(check)) from None
    if issued.script is not None:
        check = _script_check(passed=True, found=issued.script.remark)
        decision = decision.and_check(check).with_act(issued.access.claims.get("act"))
    text = _granted_text(client, decision, facts.subject.claims)
    incoming.record("exchange", client, text, decision=decision, **_trace(issued))
    return token_response(issued, incoming.realm.clock.now(), ACCESS_TOKEN)


class Refused(Exception):
    """An exchange that was refused, with the decision that says why.

    Attributes:
        error: What goes over the wire.
        decision: Every rule, for the audit trail.
    """

    def __init__(self, error: OAuthError, decision: Decision) -> None:
        super().__init__(error.description)
        self.error = error
        self.decision = decision.for_the_trail()


GRANTS: dict[str, Callable[[Incoming], dict[str, Any]]] = {
    CLIENT_CREDENTIALS: client_credentials,
    TOKEN_EXCHANGE: token_exchange,
}


def token_response(
    issued: Issued, now: int, issued_token_type: str | None = None
) -> dict[str, Any]:
    """The members of a token response (RFC 6749 section 5.1), in PingAM's order."""
    answer: dict[str, Any] = {"access_token": issued.access.value}
    if issued.refresh is not None:
        answer["refresh_token"] = issued.refresh.value
    if issued_token_type is not None:
        answer["issued_token_type"] = issued_token_type
    answer["scope"] = " ".join(issued.access.claims["scope"])
    answer["token_type"] = "Bearer"
    answer["expires_in"] = issued.access.seconds_left(now)
    return answer


def _require_grant(realm: Realm, client: Client, grant_type: str) -> None:
    for who, allowed in (
        ("The provider", realm.provider.grantTypes),
        (client.client_id, client.grant_types),
    ):
        if grant_type not in allowed:
            raise UnsupportedGrantType(
                NOT_SUPPORTED, hint=f"{who} does not have the grant {grant_type}."
            )


def _client_or_failure(
    incoming: Incoming,
) -> tuple[Client | None, OAuthError | None]:
    try:
        return incoming.authenticated(), None
    except OAuthError as failure:
        return None, failure


def _facts(
    incoming: Incoming, client: Client | None, failure: OAuthError | None
) -> ExchangeRequest:
    realm, parameters = incoming.realm, incoming.parameters
    return ExchangeRequest(
        client=client,
        authentication=failure,
        parameters=parameters.values,
        audiences=parameters.lists.get("audience", ()),
        subject=_read(realm, parameters.get("subject_token")),
        actor=_read(realm, parameters.get("actor_token")),
        provider=realm.provider,
        profile=realm.profile,
        settings=realm.effective(client) if client else None,
    )


def _read(realm: Realm, value: str | None) -> Reading | None:
    return None if value is None else realm.read(value)


def _exchange_order(
    incoming: Incoming,
    client: Client,
    decision: Decision,
    subject: Mapping[str, Any],
) -> Order:
    realm, grant = incoming.realm, decision.grant
    assert grant is not None
    capped = realm.profile.lifetime_capped_by_subject
    return Order(
        client=client,
        grant_type=TOKEN_EXCHANGE,
        scope=grant.scope,
        sub=subject["sub"],
        subname=subject.get("subname", bare_name(subject["sub"])),
        audience=grant.audience,
        act=grant.act,
        auth_time=subject.get("auth_time"),
        auth_level=subject.get("auth_level"),
        lifetime_cap=subject["exp"] - realm.clock.now() if capped else None,
        request_properties=incoming.properties,
    )


def _as_error(refusal: Check) -> OAuthError:
    kinds: dict[str, type[OAuthError]] = {
        kind.error: kind
        for kind in (InvalidRequest, InvalidScope, UnsupportedGrantType)
    }
    hint = f"{refusal.rule}: expected {refusal.expected}; found {refusal.found}."
    return kinds[refusal.error](refusal.description, hint=hint)


def _script_check(*, passed: bool, found: str) -> Check:
    return Check(
        rule="The acting client's may act script runs",
        passed=passed,
        expected="a script that ends without an error",
        found=found,
        source="PingAM 8.1, may act scripting API",
        decided_by=SCRIPT,
        error="server_error",
        description=SCRIPT_FAILED,
    )


def _granted_text(
    client: Client, decision: Decision, subject: Mapping[str, Any]
) -> str:
    assert decision.grant is not None
    return (
        f"{client.client_id} exchanged a token of {subject['sub']}: "
        f"{decision.grant.kind}."
    )


def _trace(issued: Issued) -> dict[str, Any]:
    """What the trail keeps of tokens: their identifiers, never their values."""
    tokens = [issued.access] + ([issued.refresh] if issued.refresh else [])
    return {
        "scripts": (issued.script,) if issued.script else (),
        "issued": tuple(token.claims["jti"] for token in tokens),
    }
