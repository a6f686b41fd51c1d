"""The end of the vendor's use case: the APIs are asked, a result is selected."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import httpx

from workbench.agent.client import AgentClient, Call
from workbench.am.exchange.decision import Decision
from workbench.am.tokens.inspection import Inspection
from workbench.course.apis.access_log import Access, AccessLog
from workbench.course.apis.assessing import Assessment, RiskAgent
from workbench.course.apis.verifier import ALGORITHMS
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.look import TokenLook
from workbench.course.use_cases.use_case import SECRET
from workbench.course.use_cases.walk import Walk
from workbench.views.page.plain import inline

CUSTOMER = "c-17"
"""Whom the agent asks about."""


@dataclass(frozen=True, slots=True)
class Onward:
    """One request after the vendor's three.

    Attributes:
        title: What happens, as a sentence.
        call: The request with its answer.
        point: What it comes to, in a sentence.
        entry: What the API's own log says; None of a server that is another process.
        decision: Of an exchange; None of another process.
    """

    title: str
    call: Call
    point: str
    entry: Access | None = None
    decision: Decision | None = None

    @property
    def asks(self) -> bool:
        """Whether an API is asked, and not the authorization server."""
        return bool(self.call.sent_json)

    def json(self) -> dict[str, Any]:
        """The request as it travelled, and the API's log entry."""
        form: dict[str, list[str]] = {}
        for name, value in self.call.form:
            form.setdefault(name, []).append(value)
        return {
            "title": self.title,
            "point": self.point,
            "request": {
                "method": self.call.method,
                "url": self.call.url,
                "form": form,
                "json": self.call.sent_json and json.loads(self.call.sent_json),
            },
            "response": {"status": self.call.status, "body": self.call.json_or_none},
            "log": self.entry and asdict(self.entry),
        }


@dataclass(frozen=True, slots=True)
class End:
    """How the use case ended.

    Attributes:
        steps: The requests, in order.
        assessment: What was selected, and the log's explanation.
    """

    steps: tuple[Onward, ...]
    assessment: Assessment

    def json(self) -> dict[str, Any]:
        """All of it as plain data."""
        chosen = self.assessment.chosen
        return {
            "steps": [step.json() for step in self.steps],
            "answers": [asdict(answer) for answer in self.assessment.answers],
            "selected": chosen and asdict(chosen),
            "explanation": list(self.assessment.explanation),
        }


class ApiWalk:
    """Goes on where the vendor's three requests end.

    Args:
        walked: Those.
        client: Sends and keeps requests.
        http: The same, for the agent.
        look: Lays tokens open.
        urls: The APIs' URLs, by name.
        log: Of the APIs; None where it is another process's.
    """

    def __init__(
        self,
        walked: Walk,
        client: AgentClient,
        http: httpx.Client,
        look: TokenLook,
        urls: Mapping[str, str],
        log: AccessLog | None = None,
    ) -> None:
        self._walked, self._look = walked, look
        self._calls, self._urls, self._log = client.transcript, urls, log
        self._agent = RiskAgent(http, client.realm_url, SECRET)
        self._steps: list[Onward] = []

    def walk(self) -> End:
        """Send what is left, and select.

        Raises:
            AgentStopped: A token was refused, or no API gave a score.
        """
        actor, subject, exchanged = (
            step.call.access_token for step in self._walked.steps
        )
        exchanged = self._in_published_form(subject, actor, exchanged)
        first = next(iter(self._urls))
        self._ask(
            f"{first} refuses that token: it is for somebody else.", first, exchanged
        )
        token = self._exchange(
            "risk-agent exchanges once more, and names the APIs as audience.",
            subject,
            actor,
            tuple(self._urls.values()),
        )
        answers = [
            self._ask(f"risk-agent asks {name}.", name, token) for name in self._urls
        ]
        assessment = self._agent.select(CUSTOMER, answers)
        return End(tuple(self._steps), assessment)

    def _in_published_form(self, subject: str, actor: str, exchanged: str) -> str:
        """The token, or the same once more in a form that an API can check."""
        header = self._look.token(exchanged, "").header
        if header is None or header.get("alg") in ALGORITHMS:
            return exchanged
        return self._exchange(
            "The same exchange once more, now signed with RS256.",
            subject,
            actor,
            (),
            f"{header.get('alg')} signs with a secret key, which no API has; an "
            "administrator had the server sign so that all can check. ",
        )

    def _exchange(
        self,
        title: str,
        subject: str,
        actor: str,
        audiences: tuple[str, ...],
        why: str = "",
    ) -> str:
        value = self._agent.exchanged(subject, actor, audiences)
        decision, call = self._look.decision(), self._calls[-1]
        point = why + _whom_for(self._look.token(value, "exchanged token"))
        self._steps.append(Onward(title, call, point, decision=decision))
        return value

    def _ask(self, title: str, name: str, token: str) -> Any:
        answer = self._agent.ask(name, self._urls[name], token, CUSTOMER)
        call = self._calls[-1]
        entry = None if self._log is None else self._log[-1]
        self._steps.append(Onward(title, call, _answered(call, entry), entry))
        return answer


def has_end(walked: Walk) -> bool:
    """Whether the use case goes on to APIs."""
    return walked.use_case is AGENT_FOR_AGENT


def _whom_for(token: Inspection) -> str:
    aud = (token.claims or {}).get("aud")
    if aud is None:
        return "The server does not say whom the token is for."
    named = aud if isinstance(aud, list) else [aud]
    return f"The token is for {', '.join(inline(name) for name in named)}."


def _answered(call: Call, entry: Access | None) -> str:
    """A score, or why there is none: as the API's log has it, or as it said."""
    body = call.json_or_none
    found = body if isinstance(body, dict) else {}
    if call.status == 200:
        return (
            f"{inline(found.get('score'))} of 100, "
            f"confidence {inline(found.get('confidence'))}. "
            f"{inline(found.get('because', ''))}"
        )
    if entry is not None:
        return entry.reason
    said = found.get("error_description") or found.get("detail") or "no reason"
    return f"{inline(said)} (why is in the API's own log)."
