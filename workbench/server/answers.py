"""What every grant does: check that it is allowed, answer, leave a trace."""

from typing import Any

from workbench.am.identities import Client
from workbench.am.issue import Issued
from workbench.am.realm import Realm
from workbench.am.tokens import seconds_left
from workbench.errors import UnsupportedGrantType

NOT_SUPPORTED = "Grant type is not supported"


def require_grant(realm: Realm, client: Client, grant_type: str) -> None:
    """Refuse a grant that the provider or the client does not have.

    Raises:
        UnsupportedGrantType: It is missing; PingAM's code for both.
    """
    for who, allowed in (
        ("The provider", realm.provider.grantTypes),
        (client.client_id, client.grant_types),
    ):
        if grant_type not in allowed:
            raise UnsupportedGrantType(
                NOT_SUPPORTED, hint=f"{who} does not have the grant {grant_type}."
            )


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
    answer["expires_in"] = seconds_left(issued.access.claims, now)
    return answer


def trace(issued: Issued) -> dict[str, Any]:
    """What the trail keeps of tokens: their identifiers, never their values."""
    tokens = [issued.access] + ([issued.refresh] if issued.refresh else [])
    return {
        "scripts": (issued.script,) if issued.script else (),
        "issued": tuple(token.claims["jti"] for token in tokens),
    }
