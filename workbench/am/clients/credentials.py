"""What a client has to prove itself with."""

from workbench.am.clients.client import Client
from workbench.errors import RegistrationError


def require_credentials(client: Client) -> None:
    """Refuse a confidential client that has nothing to prove itself with.

    Raises:
        RegistrationError: It has neither a secret nor keys.
    """
    if not client.public and not client.secret and not client.jwks:
        raise RegistrationError(
            f"{client.client_id} is confidential and needs a client secret, or "
            "jwks with its public keys.",
            about="secret",
        )


def is_without_credentials(client: Client) -> bool:
    """Whether a client may turn out to have nothing to prove itself with.

    Only what is its own counts: a group may make it confidential, or have no keys.
    """
    public = client.public and "public" not in client.inherited
    keys = client.jwks and "jwks" not in client.inherited
    return not (public or keys or client.secret)
