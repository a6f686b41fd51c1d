"""What ``risk-agent`` does: exchange tokens, ask the APIs, select, explain."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from workbench.am.clients.grant_types import CLIENT_CREDENTIALS, TOKEN_EXCHANGE
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.course.apis.selection import (
    Scored,
    Unscored,
    best,
    explained,
    read_score,
)
from workbench.errors import WorkbenchError

log = logging.getLogger("risk-agent")


class AgentStopped(WorkbenchError):
    """The agent came to no result; says what was refused, and by whom."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the agent found.

    Attributes:
        answers: What each API said.
        chosen: The one that counts.
        explanation: What went into the log, line by line.
    """

    answers: tuple[Scored | Unscored, ...]
    chosen: Scored | None
    explanation: tuple[str, ...]


class RiskAgent:
    """The agent of the vendor's use case, as a client of any such server.

    Args:
        http: Reaches the authorization server and the APIs.
        issuer: The realm's OAuth2 URL, below which the token endpoint stands.
        secret: The agent's.
        client_id: The agent's id.
        subject: For whom it acts, as the log shall call them.
    """

    def __init__(
        self,
        http: httpx.Client,
        issuer: str,
        secret: str,
        *,
        client_id: str = "risk-agent",
        subject: str = "data-agent",
    ) -> None:
        self._http, self._issuer, self._secret = http, issuer, secret
        self.client_id, self.subject = client_id, subject

    def own_token(self, scope: str = "read") -> str:
        """A token of the agent's own, which makes it the actor.

        Raises:
            AgentStopped: The server gives none.
        """
        form = {"grant_type": CLIENT_CREDENTIALS, "scope": scope}
        return self._token("its own token", form)

    def exchanged(
        self,
        subject_token: str,
        actor_token: str,
        audiences: Iterable[str],
        scope: str = "read",
    ) -> str:
        """A token that names subject and actor, and for whom it is.

        It names all the APIs, so each of them could use it at the others: one
        exchange for each would be narrower.

        Raises:
            AgentStopped: The server gives none.
        """
        form: dict[str, Any] = {
            "grant_type": TOKEN_EXCHANGE,
            "scope": scope,
            "subject_token": subject_token,
            "subject_token_type": ACCESS_TOKEN,
            "actor_token": actor_token,
            "actor_token_type": ACCESS_TOKEN,
            "audience": list(audiences),
        }
        return self._token("the exchange", form)

    def ask(self, api: str, url: str, token: str, customer: str) -> Scored | Unscored:
        """What one API says of a customer; a refusal is an answer too."""
        try:
            response = self._http.post(
                f"{url}/score",
                json={"customer": customer},
                headers={"Authorization": f"Bearer {token}"},
            )
        except httpx.HTTPError as problem:
            return Unscored(api, f"did not answer ({type(problem).__name__})")
        return read_score(api, response.status_code, _json(response))

    def select(self, customer: str, answers: Iterable[Scored | Unscored]) -> Assessment:
        """Choose the answer that counts, and say why in the log.

        Raises:
            AgentStopped: No API gave a score.
        """
        heard = tuple(answers)
        lines = explained(self.subject, self.client_id, customer, heard)
        for line in lines[:-1]:
            log.info("%s", line)
        chosen = best(heard)
        if chosen is None:
            log.error("%s", lines[-1])
            raise AgentStopped(lines[-1])
        log.info("%s", lines[-1])
        return Assessment(heard, chosen, tuple(lines))

    def assess(
        self, subject_token: str, apis: Mapping[str, str], customer: str
    ) -> Assessment:
        """From the subject's token to the result.

        Args:
            subject_token: What data-agent handed over.
            apis: The APIs' URLs, by name.
            customer: Whom to ask about.

        Raises:
            AgentStopped: A token was refused, or no API gave a score.
        """
        token = self.exchanged(subject_token, self.own_token(), apis.values())
        answers = [self.ask(name, url, token, customer) for name, url in apis.items()]
        return self.select(customer, answers)

    def _token(self, what: str, form: Mapping[str, Any]) -> str:
        sent = {"client_id": self.client_id, "client_secret": self._secret, **form}
        try:
            response = self._http.post(f"{self._issuer}/access_token", data=sent)
        except httpx.HTTPError as problem:
            kind = type(problem).__name__
            raise AgentStopped(
                f"The authorization server did not answer ({kind})."
            ) from None
        body = _json(response)
        answer = body if isinstance(body, dict) else {}
        token = answer.get("access_token")
        if response.status_code != 200 or not isinstance(token, str):
            said = answer.get("error_description") or answer.get("error") or ""
            raise AgentStopped(
                f"The authorization server refused {what}: "
                f"{response.status_code} {said}".rstrip()
            )
        return token


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
