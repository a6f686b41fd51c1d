"""What a worked flow is: the preparation, the requests in order, and who sends them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.agent.client import AgentClient, Call
from workbench.am.realm import Realm
from workbench.views.page.roles import Role

SECRET = "mySecret"
CALLBACK = "https://www.example.com:443/callback"
SCOPES = ["read", "write", "delete"]


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a flow.

    Attributes:
        title: What happens, as a sentence.
        source: Who sends the request.
        label: The request in a few words.
        reply: The answer in a few words.
        token: What to call the token that comes back; "" where none does.
    """

    title: str
    source: str
    label: str
    reply: str
    token: str


@dataclass(frozen=True, slots=True)
class UseCase:
    """A flow: what an administrator prepares, and what the agents send.

    Attributes:
        name: As commands spell it.
        title: The flow in one sentence.
        prepare: Registers scripts and agents in a fresh realm.
        steps: The requests in order.
        send: Sends them, one call a step.
        roles: What each one is who sends a request.
    """

    name: str
    title: str
    prepare: Callable[[Realm], None] = field(repr=False)
    steps: tuple[Step, ...]
    send: Callable[[AgentClient], Iterator[Call]] = field(repr=False)
    roles: Mapping[str, Role] = field(default_factory=dict, repr=False)
