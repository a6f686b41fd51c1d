"""How a client proves who it is: the names of the methods (RFC 7591 section 2)."""

from workbench.errors import RegistrationError

SECRET_BASIC, SECRET_POST = "client_secret_basic", "client_secret_post"
SECRET_JWT, PRIVATE_KEY_JWT = "client_secret_jwt", "private_key_jwt"
NO_METHOD = "none"

AUTH_METHODS = (SECRET_POST, PRIVATE_KEY_JWT, SECRET_JWT, NO_METHOD, SECRET_BASIC)
"""How a client can prove who it is here.

PingAM has no ``client_secret_jwt``: it calls a JWT signed with the secret
``private_key_jwt`` as well. The bench takes the standard's name too.
"""

TLS_METHODS = ("tls_client_auth", "self_signed_tls_client_auth")
"""What PingAM has beside, and the bench has not: it sees no client certificate."""


def refuse_certificates(method: str) -> None:
    """Refuse mutual TLS.

    Raises:
        RegistrationError: It is the method.
    """
    if method in TLS_METHODS:
        raise RegistrationError(
            f"{method} needs a client certificate, which the bench never sees; "
            "private_key_jwt proves a key as well.",
            about="token_endpoint_auth_method",
        )
