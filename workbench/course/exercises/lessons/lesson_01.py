"""Exercises of lesson 01: an agent for an agent."""

from collections.abc import Iterator

from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_agent import prepare_agent_for_agent
from workbench.course.use_cases.use_case import SECRET


def _use_case(bench: Bench) -> None:
    prepare_agent_for_agent(bench.realm)


NAMES_DATA_AGENT = "act names data-agent"
NAMES_RISK_AGENT = "act names risk-agent"
NO_ACT = "there is no act"


def _who_acts(bench: Bench) -> str:
    _use_case(bench)
    client = bench.client
    subject = client.client_credentials("data-agent", SECRET, scope="read")
    actor = client.client_credentials("risk-agent", SECRET, scope="read")
    issued = client.exchange(
        "risk-agent",
        SECRET,
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )
    act = Look(bench).claims(issued).get("act", {})
    named = {"(age!risk-agent)": NAMES_RISK_AGENT, "(age!data-agent)": NAMES_DATA_AGENT}
    return named.get(act.get("sub", ""), NO_ACT)


def _granted_to_risk_agent(look: Look) -> Iterator[Observation]:
    if not look.decisions:
        yield missing("No exchange was sent yet: wb.client.exchange(…) sends one.")
        return
    if not look.granted:
        rule = look.decisions[-1].refusal
        why = f"“{rule.rule}” failed" if rule else "it brought no token"
        yield missing(f"The last exchange was refused: {why}.")
        return
    _, claims = look.granted[-1]
    yield right("An exchange was granted.")
    if claims.get("act") == {"sub": "(age!risk-agent)"}:
        yield right("Its act names risk-agent.")
    else:
        yield missing("Its act does not name risk-agent: send an actor token too.")


EXERCISES = (
    Prediction(
        number="1.1",
        title="who acts",
        task="""\
`risk-agent` sends a token of `data-agent` as the subject token and its own as the actor token.
What does `act` say in the token that comes back?""",
        choices=(NAMES_DATA_AGENT, NAMES_RISK_AGENT, NO_ACT),
        run=_who_acts,
        because={
            NAMES_DATA_AGENT: "data-agent is whom the token is about: that is sub.",
            NO_ACT: "An actor token was sent, so somebody acts, and is named.",
        },
        then="sub stays data-agent; act names whoever sent the actor token.",
        hints=(
            "Two names come back: one in sub, one in act.",
            "sub is the subject: whom the new token is about.",
            "act is the actor: whose token was sent as actor_token.",
        ),
    ),
    Practice(
        number="1.2",
        form=MAKE_IT_PASS,
        title="exchange the two tokens",
        task="""\
`data-agent` and `risk-agent` are registered; both have the secret `mySecret`.
Send the requests that end in a token about `data-agent` on which `risk-agent` acts.""",
        prepare=_use_case,
        begin="# wb.client.client_credentials(…), wb.client.exchange(…)",
        look=_granted_to_risk_agent,
        solution="""\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token,
)""",
        wrong=(
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read", subject_token=subject.access_token)""",
                "send an actor token too",
            ),
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.client.exchange(
    "data-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "may_act.client_id names the client",
            ),
        ),
        hints=(
            "Each agent gets a token of its own first.",
            "risk-agent sends the exchange, with its own secret.",
            "subject_token is data-agent's, actor_token is risk-agent's.",
        ),
    ),
)
