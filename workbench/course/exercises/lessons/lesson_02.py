"""Exercises of lesson 02: an agent for a person."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.course.exercises.delegation import names
from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import exchanged
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_user import prepare_agent_for_user
from workbench.course.use_cases.use_case import CALLBACK, SECRET


def _prepared(bench: Bench) -> None:
    prepare_agent_for_user(bench.realm)


def _person_token(bench: Bench) -> Call:
    client = bench.client
    login = client.authenticate("bjensen", "Secret12!")
    consent = client.authorize(
        "hr-client", login.token_id, redirect_uri=CALLBACK, scope="read"
    )
    return client.authorization_code(
        "hr-client", SECRET, consent.code, redirect_uri=CALLBACK
    )


def _exchanged(bench: Bench) -> Call:
    return exchanged(bench, "hr-agent", _person_token(bench).access_token)


def _script_on_the_agent(bench: Bench) -> None:
    _prepared(bench)
    bench.realm.update("hr-client", may_act_script="[Empty]")
    bench.realm.update("hr-agent", may_act_script="hr-agent may act")


GRANTED = "a token: sub bjensen, act hr-agent"
NO_MAY_ACT = "a refusal: the token of bjensen has no may_act"
OTHER_REFUSAL = "a refusal: the token of hr-agent names the wrong client"


def _where_the_script_is(bench: Bench) -> str:
    if _exchanged(bench).status == 200:
        return GRANTED
    (first, *_) = bench.decision.failures
    lacks = first.rule == "The subject token carries may_act"
    return NO_MAY_ACT if lacks else OTHER_REFUSAL


STILL, REVOKED = "it still works", "it is revoked"
TWO = "it works, and so does a second token"


def _code_twice(bench: Bench) -> str:
    client = bench.client
    login = client.authenticate("bjensen", "Secret12!")
    consent = client.authorize(
        "hr-client", login.token_id, redirect_uri=CALLBACK, scope="read"
    )
    first, again = (
        client.authorization_code(
            "hr-client", SECRET, consent.code, redirect_uri=CALLBACK
        )
        for _ in range(2)
    )
    if again.status == 200:
        return TWO
    asked = client.introspect("hr-client", SECRET, token=first.access_token)
    return STILL if asked.json["active"] else REVOKED


def _bjensen_delegated(look: Look) -> Iterator[Observation]:
    return names(look, "(usr!bjensen)", "(age!hr-agent)")


def _no_script(bench: Bench) -> None:
    _prepared(bench)
    bench.realm.update("hr-client", may_act_script="[Empty]")


def _hr_agent_may_act(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    may = look.claims(_person_token(bench)).get("may_act")
    if may is None:
        yield missing(
            "bjensen's token has no may_act: to which client does she log in?"
        )
        return
    yield right("bjensen's token has may_act.")
    if _exchanged(bench).status == 200:
        yield right("hr-agent exchanges it and is named as the actor.")
        return
    failed = ", ".join(f"“{each.rule}”" for each in bench.decision.failures)
    yield missing(f"hr-agent still cannot exchange it: {failed}. It says {may}.")


_ASK = """\
login = wb.client.authenticate("bjensen", "Secret12!")
consent = wb.client.authorize(
    "hr-client", login.token_id, redirect_uri=callback, scope="read")
subject = wb.client.authorization_code(
    "hr-client", "mySecret", consent.code, redirect_uri=callback)
"""
_ACTOR = 'actor = wb.client.client_credentials("hr-agent", "mySecret", scope="read")\n'
_SEND = """\
wb.client.exchange(
    "hr-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)"""


def _script(client_id: str, sub: str, on: str = "hr-client") -> str:
    return f'''\
source = """
token.setMayAct({{client_id: "{client_id}", sub: "{sub}"}});
"""
wb.realm.add_script("mine", source)
wb.realm.update("{on}", may_act_script="mine")'''


EXERCISES = (
    Prediction(
        number="2.1",
        title="the script on the agent",
        task="""\
The script that names `hr-agent` is set on `hr-agent`, and not on `hr-client`.
bjensen logs in to `hr-client`, and `hr-agent` exchanges: what does it get?""",
        prepare=_script_on_the_agent,
        choices=(GRANTED, NO_MAY_ACT, OTHER_REFUSAL),
        run=_where_the_script_is,
        because={
            GRANTED: "A script stamps the tokens of the client that it is set on.",
            OTHER_REFUSAL: "may_act in the actor's own token is not looked at.",
        },
        then="The script belongs to the client whose tokens are exchanged: hr-client.",
        hints=(
            "Which token must carry may_act: the subject's or the actor's?",
            "Which client was the subject token made for?",
            "It was made for hr-client, which has no script here.",
        ),
    ),
    Prediction(
        number="2.2",
        title="a code sent twice",
        task="""\
`hr-client` turns bjensen's code into a token.
Somebody sends the same code once more, with the right secret.
What becomes of the first token?""",
        prepare=_prepared,
        choices=(STILL, REVOKED, TWO),
        run=_code_twice,
        because={
            STILL: "Somebody stole the code, and it is not known who of the two did.",
            TWO: "A code is good once only.",
        },
        then="A code that comes twice may be stolen: what it brought is revoked.",
        hints=(
            "A code can be used once.",
            "The server cannot tell who of the two is the thief.",
            "So it takes away what the first one got.",
        ),
    ),
    Practice(
        number="2.3",
        form=MAKE_IT_PASS,
        title="from the login to the exchange",
        task="""\
Everything is registered; the secrets are `mySecret`, and bjensen's password is `Secret12!`.
Send the five requests that end in a token about bjensen on which `hr-agent` acts.""",
        prepare=_prepared,
        begin='callback = "https://www.example.com:443/callback"',
        look=_bjensen_delegated,
        solution=_ASK + _ACTOR + _SEND,
        wrong=(
            Wrong(
                'subject = wb.client.client_credentials("hr-agent", "mySecret", scope="read")\n'
                + _ACTOR
                + _SEND,
                "The subject token carries may_act",
            ),
            Wrong(
                _ASK
                + """\
wb.client.exchange(
    "hr-agent", "mySecret", scope="read", subject_token=subject.access_token)""",
                "send an actor token too",
            ),
        ),
        hints=(
            "Login, consent, code: three requests until bjensen's token is there.",
            "authenticate, authorize, authorization_code; then the agent's own token.",
            "The exchange is sent by hr-agent; its subject token is bjensen's.",
        ),
    ),
    Practice(
        number="2.4",
        form=WRITE_THE_SCRIPT,
        title="let hr-agent act for people",
        task="""\
Nobody may act for bjensen: `hr-client` has no may act script.
Write one that lets `hr-agent` act, and set it where it belongs.""",
        prepare=_no_script,
        begin='''\
source = """
// token.setMayAct({…});
"""''',
        look=_hr_agent_may_act,
        solution=_script("hr-agent", "(age!hr-agent)"),
        wrong=(
            Wrong(
                _script("hr-agent", "(age!hr-agent)", "hr-agent"),
                "to which client does she log in",
            ),
            Wrong(_script("hr-agent", "(usr!bjensen)"), "may_act.sub"),
            Wrong(
                _script("hr-client", "(age!hr-agent)"),
                "may_act.client_id names the client",
            ),
        ),
        hints=(
            "may_act says who may act, and not for whom: that is the token's sub.",
            "Both members name hr-agent; as a sub it is written (age!hr-agent).",
            "Set it on hr-client: its tokens are exchanged.",
        ),
    ),
)
