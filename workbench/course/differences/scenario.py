"""One question to a server, and the bench on which it is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.agent.client import AgentClient, Call
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm
from workbench.course.use_cases.use_case import SECRET


@dataclass(frozen=True, slots=True)
class ScenarioBench:
    """A bench that a scenario may change and ask."""

    realm: Realm
    client: AgentClient

    def token(self, client_id: str, scope: str = "read") -> str:
        """A client's own token."""
        call = self.client.client_credentials(client_id, SECRET, scope=scope)
        return call.access_token

    def exchange(self, subject: str = "", **more: str) -> Call:
        """risk-agent exchanges, by default with a token of its own as actor."""
        form = {"actor_token": self.token("risk-agent"), "scope": "read", **more}
        subject = subject or self.token("data-agent")
        return self.client.exchange("risk-agent", SECRET, subject_token=subject, **form)

    def alone(self, subject: str = "", **more: str) -> Call:
        """The same without an actor token."""
        form = {"scope": "read", **more}
        subject = subject or self.token("data-agent")
        return self.client.exchange("risk-agent", SECRET, subject_token=subject, **form)

    def script(self, source: str) -> None:
        """Let this script stamp the tokens of data-agent."""
        self.realm.update_script("may act", source)

    def claim(self, call: Call, name: str) -> str:
        """A claim of the token that a call brought, or how it was refused."""
        if call.status != 200:
            return refusal_in_words(call)
        claims = read_token(self.realm, call.access_token).claims or {}
        value = claims.get(name)
        return "none" if value is None else in_words(value)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question to a server.

    Attributes:
        question: What is asked, as people say it.
        switch: The profile switch that the answer depends on.
        ask: Asks it on a prepared bench and gives the answer in a few words.
    """

    question: str
    switch: str
    ask: Callable[[ScenarioBench], str]


def granted_in_words(call: Call) -> str:
    """Whether a call was granted, or how it was refused."""
    return "granted" if call.status == 200 else refusal_in_words(call)


def refusal_in_words(call: Call) -> str:
    """How a call was refused."""
    return f"refused: {call.json['error']}"


def in_words(value: object) -> str:
    """A claim in a few words: an ``act`` as the actors, a list as its members."""
    if isinstance(value, dict):
        inner = value.get("act")
        return f"{value.get('sub')}" + (f" after {in_words(inner)}" if inner else "")
    return " ".join(value) or "none" if isinstance(value, list) else str(value)
