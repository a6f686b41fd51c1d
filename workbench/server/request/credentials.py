"""What a request says of its client, read but not yet believed (RFC 6749 2.3)."""

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from workbench.am.clients.auth_methods import (
    NO_METHOD,
    PRIVATE_KEY_JWT,
    SECRET_BASIC,
    SECRET_JWT,
    SECRET_POST,
)
from workbench.am.tokens.assertion import (
    ASSERTION_TYPE,
    NOT_VALID,
    Assertion,
    read_assertion,
)
from workbench.errors import InvalidClient, InvalidRequest
from workbench.server.request.parameters import RequestParameters

FAILED = "Client authentication failed"

SEND = "Send client_id and client_secret, or client_assertion with its type."


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request says of its client. The secret stays out of the repr."""

    client_ids: tuple[str, ...]  # readings of the one sent
    method: str  # as token_endpoint_auth_method has it
    secrets: tuple[str, ...] = field(default=(), repr=False)  # readings, likewise
    assertion: Assertion | None = None

    @property
    def basic(self) -> bool:
        """Whether they came in the Authorization header."""
        return self.method == SECRET_BASIC


def credentials(
    parameters: RequestParameters, authorization: str | None
) -> Credentials:
    """Read the credentials of a request.

    An assertion counts where its type is named, and comes before all else, as in
    OpenAM.

    Raises:
        InvalidClient: There are none, or they cannot be read.
        InvalidRequest: They name two clients, or there are two kinds of them.
    """
    in_form = parameters.get("client_id")
    scheme, _, encoded = (authorization or "").partition(" ")
    basic = scheme.lower() == "basic"
    named = parameters.get("client_assertion_type") or ""
    if named.lower() == ASSERTION_TYPE:
        if basic or parameters.get("client_secret") is not None:
            raise InvalidRequest(
                FAILED, hint="Send one kind of credentials (RFC 6749 section 2.3)."
            )
        return _one_client(_by_assertion(parameters.get("client_assertion")), in_form)
    if basic:
        sent = _by_header(encoded)
        if parameters.get("client_secret") not in (None, *sent.secrets):
            raise InvalidRequest(
                FAILED, hint="The header and the form hold two different secrets."
            )
        return _one_client(sent, in_form)
    if in_form is None:
        raise InvalidClient(FAILED, hint=SEND)
    secret = parameters.get("client_secret")
    if secret is None:
        return Credentials((in_form,), NO_METHOD)
    return Credentials((in_form,), SECRET_POST, (secret,))


def _one_client(sent: Credentials, in_form: str | None) -> Credentials:
    if in_form is not None and in_form not in sent.client_ids:
        hint = "client_id names another client than the credentials do."
        raise InvalidRequest(FAILED, hint=hint)
    return sent


def _by_assertion(value: str | None) -> Credentials:
    assertion = read_assertion(value or "")
    if assertion is None or not assertion.client_id:
        hint = "client_assertion is a JWT whose sub is the client."
        raise InvalidClient(NOT_VALID, hint=hint)
    method = SECRET_JWT if assertion.is_shared else PRIVATE_KEY_JWT
    return Credentials((assertion.client_id,), method, assertion=assertion)


def _by_header(encoded: str) -> Credentials:
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
    return Credentials(_readings(client_id), SECRET_BASIC, _readings(secret))


def _readings(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((part, unquote_plus(part))))
