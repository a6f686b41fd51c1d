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

DATA_AGENT, RISK_AGENT, BOTH = "data-agent", "risk-agent", "both of them"


def _subject(bench: Bench) -> str:
    claims = Look(bench).claims(exchange_of(bench))
    names = {"(age!data-agent)": DATA_AGENT, "(age!risk-agent)": RISK_AGENT}
    return names.get(str(claims["sub"]), BOTH)


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
        title="about whom",
        task="""\
`risk-agent` acts for `data-agent`.
Whom is the new token about: whom does its `sub` name?""",
        prepare=prepared,
        choices=(DATA_AGENT, RISK_AGENT, BOTH),
        run=_subject,
        because={
            RISK_AGENT: "Who does the work is the actor. sub is for whom it is done.",
            BOTH: "Two names are in the token, but in two claims; sub has one.",
        },
        then="The subject stays the same; act says who is acting for it.",
        hints=(
            "sub is short for subject.",
            "An API looks there to learn for whom the work is done.",
            "The subject is the agent that risk-agent acts for.",
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
