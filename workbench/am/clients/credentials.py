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
