"""A use case's requests as a sequence to draw."""

from workbench.course.apis.scoring import MODELS
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.use_case import UseCase
from workbench.errors import SettingError
from workbench.views.page.roles import RESOURCE_SERVER, SERVER
from workbench.views.sequence.face import Message, Sequence

SERVER_NAME = "PingAM"
APIS = "the three APIs"


def sequence_of(chosen: UseCase) -> Sequence:
    """A use case's requests as a sequence to draw."""
    sources = tuple(dict.fromkeys(step.source for step in chosen.steps))
    return Sequence(
        participants=(*sources, SERVER_NAME),
        messages=tuple(
            Message(step.source, SERVER_NAME, step.label, step.reply)
            for step in chosen.steps
        ),
        title=chosen.title,
        roles={**chosen.roles, SERVER_NAME: SERVER},
    )


def to_the_apis(chosen: UseCase) -> Sequence:
    """The vendor's use case to its end: the APIs are asked, a result is selected.

    Raises:
        SettingError: The use case goes to no APIs.
    """
    if chosen is not AGENT_FOR_AGENT:
        raise SettingError(
            f"{chosen.name} goes to no APIs; {AGENT_FOR_AGENT.name} does.", about="name"
        )
    first = sequence_of(chosen)
    agent = "risk-agent"
    return Sequence(
        participants=("data-agent", agent, SERVER_NAME, APIS),
        messages=(
            *first.messages[:2],
            Message("data-agent", agent, "hands its token over"),
            Message(
                agent,
                SERVER_NAME,
                "token-exchange, both tokens, audience: the APIs",
                "new token: act risk-agent, aud the APIs",
            ),
            *(
                Message(agent, APIS, f"POST /score at {name}", "score, confidence")
                for name in MODELS
            ),
            Message(agent, agent, "selects the surest, logs why"),
        ),
        title=f"{first.title}, to the APIs",
        roles={**first.roles, APIS: RESOURCE_SERVER},
    )
