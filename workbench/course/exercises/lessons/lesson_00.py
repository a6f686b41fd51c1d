"""Exercises of lesson 00: what it means that an agent acts for another."""

from workbench.course.exercises.delegation import (
    BOTH_TOKENS,
    delegated,
    exchange_of,
    prepared,
)
from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

NAMES_RISK_AGENT = "it is granted: who sends the request is named as actor"
NO_ACTOR = "it is granted, and the new token names no actor"
LACKING = "it is refused: an actor token is missing"


def _without_actor_token(bench: Bench) -> str:
    subject = bench.client.client_credentials("data-agent", SECRET, scope="read")
    call = bench.client.exchange(
        "risk-agent", SECRET, scope="read", subject_token=subject.access_token
    )
    if call.status != 200:
        return LACKING
    return NAMES_RISK_AGENT if "act" in Look(bench).claims(call) else NO_ACTOR


GRANTED = "it is granted, as before"
REFUSED = "it is refused: the token names another client"
NOBODY = "it is granted, but nobody is named as actor"


def _sent_by_data_agent(bench: Bench) -> str:
    call = exchange_of(bench, client_id="data-agent")
    if call.status != 200:
        return REFUSED
    return GRANTED if "act" in Look(bench).claims(call) else NOBODY


EXERCISES = (
    Prediction(
        number="0.1",
        title="one token instead of two",
        task="""\
`risk-agent` sends the token of `data-agent` alone, and no token of its own.
What does PingAM answer?""",
        prepare=prepared,
        choices=(LACKING, NAMES_RISK_AGENT, NO_ACTOR),
        run=_without_actor_token,
        because={
            LACKING: "A stricter server would refuse it. PingAM asks for less.",
            NAMES_RISK_AGENT: "The actor is read from the actor token, and none came.",
        },
        then=(
            "PingAM grants it, and the token hides who is at work: that is "
            "impersonation, and an API cannot tell it from data-agent itself."
        ),
        hints=(
            "From which of the two tokens does PingAM read who is acting?",
            "It is the actor token; without it nobody can be named.",
            "PingAM does not insist on an actor token.",
        ),
    ),
    Prediction(
        number="0.2",
        title="who may exchange",
        task="""\
Now `data-agent` itself sends the same two tokens, with its own secret.
What happens?""",
        prepare=prepared,
        choices=(GRANTED, REFUSED, NOBODY),
        run=_sent_by_data_agent,
        because={
            GRANTED: "may_act says which client may exchange the token. Is it this one?",
            NOBODY: "An actor token was sent, so a new token would name an actor.",
        },
        then="Even the subject may not: may_act names risk-agent, and it alone.",
        hints=(
            "Look at may_act in data-agent's token: it has two members.",
            "client_id in may_act is the client that may exchange the token.",
            "It names risk-agent, and data-agent is not risk-agent.",
        ),
    ),
    Practice(
        number="0.3",
        form=MAKE_IT_PASS,
        title="the third request",
        task="""\
Two tokens are there, `subject` of `data-agent` and `actor` of `risk-agent`; every secret is `mySecret`.
Send the third request: a token about `data-agent` on which `risk-agent` acts.""",
        prepare=prepared,
        begin=f"{BOTH_TOKENS}\n# wb.client.exchange(…)",
        look=delegated,
        solution="""\
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
        wrong=(
            Wrong(
                """\
wb.client.exchange(
    "risk-agent", "mySecret", scope="read", subject_token=subject.access_token)""",
                "send an actor token too",
            ),
            Wrong(
                """\
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=actor.access_token, actor_token=subject.access_token)""",
                "The subject token carries may_act",
            ),
        ),
        hints=(
            "Who acts sends the request.",
            "wb.client.exchange takes the client, its secret, and both tokens.",
            "subject_token=subject.access_token, actor_token=actor.access_token",
        ),
    ),
)
