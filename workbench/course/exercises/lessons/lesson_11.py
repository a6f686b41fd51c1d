"""Exercises of lesson 11: which rule stops which attack?"""

from collections.abc import Callable, Iterator
from typing import cast

from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.labs.attack_lab import LabBench
from workbench.course.labs.by_name import LABS
from workbench.course.labs.world import RULES
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

SPLICE, BROAD = LABS["chain-splicing"], LABS["over-broad-may-act"]
REFUSED = "PingAM refuses it"
NAMED = "a token on which risk-agent acts"
UNNAMED = "a token that names no actor"


def _as_in(slug: str) -> Callable[[Bench], None]:
    """The bench of a lab."""
    return lambda bench: LABS[slug].prepare(cast(LabBench, bench))


def _left_out(bench: Bench) -> str:
    """data-agent's token, exchanged without an actor token."""
    client = bench.client
    subject = client.client_credentials("data-agent", SECRET, scope="read")
    issued = client.exchange(
        "risk-agent", SECRET, scope="read", subject_token=subject.access_token
    )
    if issued.status != 200:
        return REFUSED
    return NAMED if Look(bench).claims(issued).get("act") else UNNAMED


def _one_rule(look: Look) -> Iterator[Observation]:
    if not look.decisions:
        yield missing("No exchange was sent yet: wb.client.exchange(…) sends one.")
        return
    failed = [each.rule for each in look.decisions[-1].failures]
    if failed == [RULES["actor"]]:
        yield right("The last exchange broke this rule, and no other.")
    elif not failed:
        yield missing("The last exchange was granted; no rule failed.")
    else:
        names = ", ".join(f"“{each}”" for each in failed)
        yield missing(f"In the last exchange there failed: {names}.")


def _only_risk_agent(look: Look) -> Iterator[Observation]:
    for agent, wanted in (("risk-agent", True), ("test-agent", False)):
        bench = cast(LabBench, look.copy())
        try:
            granted = BROAD.send(bench, client_id=agent).status == 200
        except Exception as problem:  # the script failed where the token was made
            yield missing(f"With this script no token can be had: {problem}")
            return
        says = f"{agent} is {'granted' if granted else 'refused'}"
        fits = granted == wanted
        yield right(f"{says}.") if fits else missing(f"{says}, and should not be.")


EXERCISES = (
    Prediction(
        number="11.1",
        title="the actor token is left out",
        task="""\
`data-agent`'s token says `may_act: {client_id: "risk-agent", sub: "(age!risk-agent)"}`.
`risk-agent` exchanges it and sends no actor token: what comes back?""",
        choices=(REFUSED, NAMED, UNNAMED),
        prepare=_as_in("borrowed-actor-token"),
        run=_left_out,
        because={
            REFUSED: "PingAM asks for no actor token, even where may_act names a sub: "
            "its autonomous agents send none.",
            NAMED: "act is made of the actor token, and none was sent.",
        },
        then="PingAM grants an impersonation: nobody is named. What stops it is an API "
        "that wants an actor, or a profile with actor_required_by_sub.",
        hints=(
            "act is made of the actor token's sub.",
            "may_act.sub is compared with an actor token, if there is one.",
            "Nothing was sent that act could name, and nothing forbids that.",
        ),
    ),
    Practice(
        number="11.2",
        form=BREAK_ONE_RULE,
        title="a foreign actor, and nothing else",
        task=f"""\
Send an exchange in which exactly one rule fails: “{RULES["actor"]}”.
`data-agent`, `risk-agent` and `payroll-agent` are there; all have the secret `mySecret`.""",
        prepare=_as_in("chain-splicing"),
        begin="# wb.client.client_credentials(…), wb.client.exchange(…)",
        look=_one_rule,
        solution="""\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("payroll-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
        wrong=(
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("payroll-agent", "mySecret", scope="read")
wb.client.exchange(
    "payroll-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "may_act.client_id names the client",
            ),
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "no rule failed",
            ),
        ),
        hints=(
            "The subject token has to name the client that asks.",
            "Only the actor token may be wrong, and genuine all the same.",
            "risk-agent sends the exchange, with payroll-agent's token as actor token.",
        ),
    ),
    Practice(
        number="11.3",
        form=WRITE_THE_SCRIPT,
        title="one agent, as itself",
        task="""\
The script `data-agent's may act` names `test-agent` too.
Change it so that `risk-agent` acts for `data-agent`, and `test-agent` is refused.""",
        prepare=_as_in("over-broad-may-act"),
        begin="""# wb.realm.update_script("data-agent's may act", "…")""",
        look=_only_risk_agent,
        solution="""\
wb.realm.update_script(
    "data-agent's may act",
    'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});')""",
        wrong=(
            Wrong(
                """wb.realm.update_script("data-agent's may act", "")""", "risk-agent"
            ),
            Wrong(
                """\
wb.realm.update_script(
    "data-agent's may act",
    'token.setMayAct({client_id: ["risk-agent", "test-agent"],'
    ' sub: ["(age!risk-agent)", "(age!test-agent)"]});')""",
                "test-agent is granted",
            ),
        ),
        hints=(
            "A member of may_act is one value, or a list.",
            "Two lists are a product: take one value for each member.",
            'client_id: "risk-agent" and sub: "(age!risk-agent)".',
        ),
    ),
)
