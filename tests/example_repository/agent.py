"""An agent that acts for another one, and the question an API asks of its token."""

from typing import Any

import httpx

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


class RiskAgent:
    """Exchanges what it is sent for a token of its own that names both."""

    def __init__(self, http: httpx.Client, issuer: str, secret: str) -> None:
        self._http = http
        self._issuer = issuer
        self._client = {"client_id": "risk-agent", "client_secret": secret}

    def act_for(self, subject_token: str, scope: str) -> str:
        """A token with which it acts for the subject."""
        own = self._ask(grant_type="client_credentials", scope=scope)
        return self._ask(
            grant_type=TOKEN_EXCHANGE,
            scope=scope,
            subject_token=subject_token,
            subject_token_type=ACCESS_TOKEN,
            actor_token=own,
            actor_token_type=ACCESS_TOKEN,
        )

    def _ask(self, **form: str) -> str:
        url = f"{self._issuer}/access_token"
        answer = self._http.post(url, data=form | self._client)
        answer.raise_for_status()
        return str(answer.json()["access_token"])


def who_acts(
    http: httpx.Client, issuer: str, token: str, client: dict[str, str]
) -> tuple[str, Any]:
    """The subject of a token and its actor, as a resource server asks.

    Raises:
        PermissionError: The token is not active.
    """
    told = http.post(f"{issuer}/introspect", data={"token": token, **client}).json()
    if not told["active"]:
        raise PermissionError("The token is not active.")
    return told["sub"], told.get("act")
