"""Exercises of lesson 01: an agent for an agent."""

from collections.abc import Iterator

from workbench.course.exercises.delegation import (
    BOTH_TOKENS,
    exchange_of,
    on_a_copy,
    prepared,
)
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

NAMES_DATA_AGENT = "act names data-agent"
NAMES_RISK_AGENT = "act names risk-agent"
NO_ACT = "there is no act"


def _who_acts(bench: Bench) -> str:
    act = Look(bench).claims(exchange_of(bench)).get("act", {})
    named = {"(age!risk-agent)": NAMES_RISK_AGENT, "(age!data-agent)": NAMES_DATA_AGENT}
    return named.get(act.get("sub", ""), NO_ACT)


WIDER, NARROW, NO_SCOPE = "write delete", "read", "none: it is refused"


def _scope(bench: Bench) -> str:
    call = exchange_of(bench, scope="write delete")
    if call.status != 200:
        return NO_SCOPE
    return WIDER if "write" in call.json["scope"] else NARROW


def _script_elsewhere(bench: Bench) -> None:
    """The script stands on the actor; data-agent's overrides are on, and empty."""
    prepared(bench)
    bench.realm.update("data-agent", may_act_script="[Empty]")
    bench.realm.update("risk-agent", may_act_script="risk-agent may act")


def _no_script(bench: Bench) -> None:
    prepared(bench)
    bench.realm.update("data-agent", may_act_script="[Empty]")


def _with_another(bench: Bench) -> None:
    prepared(bench)
    bench.realm.register_agent("other-agent", secret=SECRET, scopes=["read"])


CLIENT_RULE = "may_act.client_id names the client"


def _one_rule(look: Look) -> Iterator[Observation]:
    if not look.decisions:
        yield missing("No exchange was sent yet: wb.client.exchange(…) sends one.")
        return
    failed = [each.rule for each in look.decisions[-1].failures]
    if failed == [CLIENT_RULE]:
        yield right("One rule failed: the token names another client.")
    elif not failed:
        yield missing("The last exchange was granted: every rule passed.")
    elif CLIENT_RULE in failed:
        others = ", ".join(f"“{each}”" for each in failed if each != CLIENT_RULE)
        yield missing(f"That rule failed, but not it alone: {others} failed too.")
    else:
        yield missing(f"Another rule failed: “{failed[0]}”. Who sends the request?")


EXERCISES = (
    Prediction(
        number="1.1",
        title="who acts",
        task="""\
`risk-agent` sends a token of `data-agent` as the subject token and its own as the actor token.
What does `act` say in the token that comes back?""",
        prepare=prepared,
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
    Prediction(
        number="1.2",
        title="more than the subject token has",
        task="""\
Both tokens have the scope `read`, and both agents are registered for `read`, `write` and `delete`.
`risk-agent` asks for `write delete` in the exchange.
Which scope does the new token have?""",
        prepare=prepared,
        choices=(WIDER, NARROW, NO_SCOPE),
        run=_scope,
        because={
            NARROW: "PingAM does not cut the scope down to the subject token's.",
            NO_SCOPE: "That is what a stricter server does. Whose list does PingAM read?",
        },
        then="PingAM reads the acting client's list, never the subject token's scope.",
        hints=(
            "Whose scopes are looked at: the token's, or a client's?",
            "PingAM looks at what the client that exchanges is registered for.",
            "risk-agent is registered for write and delete.",
        ),
    ),
    Practice(
        number="1.3",
        form=MAKE_IT_PASS,
        title="a script in the wrong place",
        task="""\
An administrator set the script `risk-agent may act`, and still `risk-agent` may not act for `data-agent`.
Mend the settings; send nothing.""",
        prepare=_script_elsewhere,
        begin='# wb.realm.update("…", may_act_script="…")',
        look=on_a_copy,
        solution="""\
wb.realm.update("data-agent", may_act_script="risk-agent may act")""",
        wrong=(
            Wrong(
                'wb.realm.update("risk-agent", may_act_script="risk-agent may act")',
                "has no may_act",
            ),
            Wrong(
                """\
script = wb.realm.script("risk-agent may act")
wb.provider.accessTokenMayActScript = script.id""",
                "once its overrides are on",
            ),
        ),
        hints=(
            "Whose tokens are to carry may_act?",
            "The script is run when a token is made for the client that has it.",
            "data-agent's overrides are on, so its own setting counts.",
        ),
    ),
    Practice(
        number="1.4",
        form=BREAK_ONE_RULE,
        title="the wrong client, and nothing else",
        task=f"""\
`other-agent` is registered too, with the secret `mySecret`.
Send an exchange in which exactly one rule fails: “{CLIENT_RULE}”.""",
        prepare=_with_another,
        begin=f"{BOTH_TOKENS}\n# wb.client.exchange(…)",
        look=_one_rule,
        solution="""\
wb.client.exchange(
    "other-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
        wrong=(
            Wrong(
                """\
other = wb.client.client_credentials("other-agent", "mySecret", scope="read")
wb.client.exchange(
    "other-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=other.access_token)""",
                "not it alone",
            ),
            Wrong(
                """\
other = wb.client.client_credentials("other-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=other.access_token)""",
                "Who sends the request",
            ),
        ),
        hints=(
            "may_act names a client and an actor: break the first, keep the second.",
            "The client is who sends the request with its secret.",
            "other-agent sends risk-agent's token as the actor token.",
        ),
    ),
    Practice(
        number="1.5",
        form=WRITE_THE_SCRIPT,
        title="let risk-agent act",
        task="""\
`data-agent` has its overrides on and no may act script.
Write one that lets `risk-agent` act for it, and set it.""",
        prepare=_no_script,
        begin='''\
source = """
// token.setMayAct({…});
"""''',
        look=on_a_copy,
        solution='''\
source = """
token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
"""
wb.realm.add_script("mine", source)
wb.realm.update("data-agent", may_act_script="mine")''',
        wrong=(
            Wrong(
                '''\
source = """
token.setMayAct({client_id: "risk-agent", sub: "(usr!risk-agent)"});
"""
wb.realm.add_script("mine", source)
wb.realm.update("data-agent", may_act_script="mine")''',
                "may_act.sub",
            ),
            Wrong(
                '''\
source = """
token.setMayAct({client_id: "data-agent", sub: "(age!risk-agent)"});
"""
wb.realm.add_script("mine", source)
wb.realm.update("data-agent", may_act_script="mine")''',
                CLIENT_RULE,
            ),
        ),
        hints=(
            "may_act has two members: client_id, who exchanges, and sub, who acts.",
            "An agent's sub is written (age!its-name).",
            'wb.realm.add_script("mine", source) keeps it; update sets it.',
        ),
    ),
)
