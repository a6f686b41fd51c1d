"""Who is calling: client authentication by form and by Basic (RFC 6749 2.3.1)."""

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from workbench.am.identities import Client
from workbench.am.realm import Realm
from workbench.am.tokens import shown
from workbench.errors import InvalidClient, InvalidRequest
from workbench.server.parameters import Parameters

FAILED = "Client authentication failed"
WRONG_METHOD = "Invalid authentication method for accessing this endpoint."


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request says of its client. The secret stays out of the repr."""

    client_ids: tuple[str, ...]  # readings of the one sent
    secrets: tuple[str, ...] = field(repr=False)  # likewise
    method: str  # client_secret_basic, client_secret_post or none

    @property
    def basic(self) -> bool:
        """Whether they came in the Authorization header."""
        return self.method == "client_secret_basic"


def authenticate(
    realm: Realm, parameters: Parameters, authorization: str | None
) -> Client:
    """The client that sent this request.

    Raises:
        InvalidClient: Unknown client, wrong secret, inactive, or a method that
            the client may not use. PingAM gives one text for the first three.
        InvalidRequest: Header and form name two clients.
    """
    sent = credentials(parameters, authorization)
    known = (realm.clients.get(each) for each in sent.client_ids)
    client = next(filter(None, known), None)
    if client is None or not client.active or not _secret_fits(client, sent):
        raise InvalidClient(
            FAILED,
            basic=sent.basic,
            hint=_hint(client, sent),
            by_setting=client is not None and not client.active,
        )
    _require_method(client, sent)
    return client


def credentials(parameters: Parameters, authorization: str | None) -> Credentials:
    """Read the credentials of a request; those in a query string do not count.

    Raises:
        InvalidClient: There are none, or the header cannot be read.
        InvalidRequest: Header and form name two clients.
    """
    in_form = parameters.get("client_id")
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() == "basic":
        sent = _basic(encoded)
        if in_form is not None and in_form not in sent.client_ids:
            raise InvalidRequest(
                FAILED, hint="The header and the form name two different clients."
            )
        return sent
    if in_form is None:
        raise InvalidClient(FAILED, hint="Send client_id and client_secret.")
    secret = parameters.get("client_secret")
    if secret is None:
        return Credentials((in_form,), (), "none")
    return Credentials((in_form,), (secret,), "client_secret_post")


def _basic(encoded: str) -> Credentials:
    """RFC 6749 form-encodes both parts; many clients do not, so both are tried."""
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
        client_id, secret = decoded.split(":", 1)
    except (binascii.Error, ValueError):
        raise InvalidClient(
            FAILED,
            basic=True,
            hint="The Authorization header is not Base64 of id:secret.",
        ) from None
    return Credentials(_readings(client_id), _readings(secret), "client_secret_basic")


def _readings(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((part, unquote_plus(part))))


def _secret_fits(client: Client, sent: Credentials) -> bool:
    if client.public:
        return True
    expected = (client.secret or "").encode()
    fits = [hmac.compare_digest(each.encode(), expected) for each in sent.secrets]
    return any(fits)


def _require_method(client: Client, sent: Credentials) -> None:
    """AM holds a client to its method only where it may ask for openid."""
    if client.public or "openid" not in client.scopes:
        return
    if sent.method != client.token_endpoint_auth_method:
        raise InvalidClient(
            WRONG_METHOD,
            basic=sent.basic,
            hint=f"{client.client_id} is set to {client.token_endpoint_auth_method}.",
            by_setting=True,
        )


def _hint(client: Client | None, sent: Credentials) -> str:
    if client is None:
        name = shown(sent.client_ids[0])
        return f"No client {name} is registered in this realm."
    if not client.active:
        return f"{client.client_id} is not active."
    if not sent.secrets:
        return f"{client.client_id} is confidential, and no secret was sent."
    return f"The secret is not that of {client.client_id}."
