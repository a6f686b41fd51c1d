"""Who is calling: client authentication at every endpoint that asks for it.

Sources: RFC 6749 section 2.3, RFC 7523; PingAM 8.1, OAuth 2.0 client
authentication. Public clients do not authenticate, whatever their method.
"""

import hashlib
import hmac
import secrets
from itertools import chain

from workbench.am.basics.secrets import safe_text
from workbench.am.clients.auth_methods import PRIVATE_KEY_JWT
from workbench.am.clients.client import Client
from workbench.am.reading.sibling import elsewhere
from workbench.am.realm import Realm
from workbench.am.tokens.assertion import NOT_VALID, assertion_fault
from workbench.errors import InvalidClient
from workbench.server.request.credentials import FAILED, Credentials, credentials
from workbench.server.request.parameters import RequestParameters

WRONG_METHOD = "Invalid authentication method for accessing this endpoint."

STAND_IN = secrets.token_hex(16)
"""What the secret for an unknown client is compared with, so that it costs the same."""


def authenticate(
    realm: Realm,
    parameters: RequestParameters,
    authorization: str | None,
    endpoint: str,
) -> Client:
    """The client that sent this request.

    Args:
        realm: Whose clients they are.
        parameters: What was sent.
        authorization: The header, or None.
        endpoint: The URL it was sent to, which an assertion may be meant for.

    Raises:
        InvalidClient: Unknown client, wrong secret, inactive, an assertion that
            proves nothing, or a method that the client may not use. PingAM gives
            one text for the first three.
        InvalidRequest: Two clients are named, or two kinds of credentials sent.
    """
    sent = credentials(parameters, authorization)
    known = (realm.clients.get(each) for each in sent.client_ids)
    client = next(filter(None, known), None)
    proven = sent.assertion is not None or _secret_fits(client, sent)
    if client is None or not client.active or not proven:
        raise InvalidClient(
            FAILED,
            basic=sent.basic,
            hint=_hint(realm, client, sent),
            by_setting=client is not None and not client.active,
        )
    _require_proof(realm, client, sent, endpoint)
    _require_method(client, sent)
    return client


def _secret_fits(client: Client | None, sent: Credentials) -> bool:
    """Compared in constant time: digests, so that no length shows either."""
    if client is not None and client.public:
        return True
    expected = client.secret if client is not None else None
    digest = _digest(expected or STAND_IN)
    fits = [hmac.compare_digest(_digest(each), digest) for each in sent.secrets]
    return expected is not None and any(fits)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _require_proof(
    realm: Realm, client: Client, sent: Credentials, endpoint: str
) -> None:
    """Hold an assertion, where one was sent, to RFC 7523 section 3.

    It may be meant for the server, its token endpoint, the endpoint that it was
    sent to, or whatever else the provider allows. That the first three count in
    every form of URL that reaches the realm is inferred.
    """
    if sent.assertion is None:
        return
    below = endpoint.removeprefix(realm.oauth2_url)
    forms = (
        (issuer, f"{issuer}/access_token", f"{issuer}{below}")
        for issuer in realm.issuers
    )
    audiences = (*chain(*forms), *realm.provider.allowedAudienceValues)
    fault = assertion_fault(
        sent.assertion,
        client,
        realm.provider,
        audiences=tuple(dict.fromkeys(audiences)),
        now=realm.clock.now(),
    )
    if fault is not None:
        raise InvalidClient(
            fault.description, hint=fault.hint, by_setting=fault.by_setting
        )
    if not realm.assertions.spend(sent.assertion):
        hint = "An assertion with this jti was sent before; each is good once."
        raise InvalidClient(NOT_VALID, hint=hint)


def _require_method(client: Client, sent: Credentials) -> None:
    """AM holds a client to its method only where it may ask for openid.

    Its ``private_key_jwt`` is any assertion, signed with the secret or not.
    OpenAM looks at the token endpoint alone; that 8.1 does everywhere is inferred.
    """
    if client.public or "openid" not in client.scopes + client.default_scopes:
        return
    wanted = client.token_endpoint_auth_method
    if sent.method == wanted or (wanted == PRIVATE_KEY_JWT and sent.assertion):
        return
    raise InvalidClient(
        WRONG_METHOD,
        basic=sent.basic,
        hint=f"{client.client_id} is set to {wanted}, not {sent.method}.",
        by_setting=True,
    )


def _hint(realm: Realm, client: Client | None, sent: Credentials) -> str:
    if client is None:
        wanted = sent.client_ids[0]
        name = safe_text(wanted)
        alone = f"No client {name} is registered in this realm."
        return elsewhere(
            realm, f"Client {name}", lambda other: wanted in other.clients, alone
        )
    if not client.active:
        return f"{client.client_id} is not active."
    if not sent.secrets:
        return f"{client.client_id} is confidential, and no secret was sent."
    return f"The secret is not that of {client.client_id}."
