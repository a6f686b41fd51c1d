"""Exercises of lesson 05: reading a refusal."""

from collections.abc import Iterator

from workbench.course.exercises.broken import exactly_one
from workbench.course.exercises.delegation import prepared
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import delegate, impersonate, own_token
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SCOPES, SECRET

NO_MAY_ACT = "The subject token carries may_act"
NOT_ITS_CLIENT = "may_act.client_id names the client"
NOT_ITS_ACTOR = "may_act.sub names the actor token's sub"


def _swapped(bench: Bench) -> str:
    prepared(bench)
    bench.client.exchange(
        "risk-agent",
        SECRET,
        scope="read",
        subject_token=own_token(bench, "risk-agent"),
        actor_token=own_token(bench, "data-agent"),
    )
    refusal = bench.decision.refusal
    return refusal.rule if refusal else "none"


def _three_faults(bench: Bench) -> None:
    prepared(bench)
    realm = bench.realm
    realm.update("data-agent", overrides={"providerOverridesEnabled": False})
    realm.update("risk-agent", grant_types=["client_credentials"])
    source = 'token.setMayAct({client_id: "risk-agent", sub: "(usr!risk-agent)"});'
    realm.update_script("risk-agent may act", source)
    realm.register_agent("other-agent", secret=SECRET, scopes=["read"])


def _mended(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    decision = delegate(bench, "risk-agent", own_token(bench, "data-agent"))
    if decision.refusal is not None:
        yield missing(f"risk-agent is still refused by “{decision.refusal.rule}”.")
    else:
        yield right("risk-agent can act for data-agent.")
    if delegate(bench, "other-agent", own_token(bench, "data-agent")).granted:
        yield missing("other-agent can act for data-agent too: that is too wide.")


def _actor_late(look: Look) -> Iterator[Observation]:
    yield from exactly_one(look, "The actor token is valid now")


def _two_agents(bench: Bench) -> None:
    prepared(bench)
    for name in ("audit-agent", "other-agent"):
        bench.realm.register_agent(name, secret=SECRET, scopes=SCOPES)


def _both_act(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    subject = own_token(bench, "data-agent")
    for name in ("risk-agent", "audit-agent"):
        refusal = delegate(bench, name, subject).refusal
        if refusal is None:
            yield right(f"{name} may act.")
        else:
            yield missing(f"{name} is refused by “{refusal.rule}”.")
    if (
        delegate(bench, "other-agent", subject).granted
        or impersonate(bench, "other-agent", subject).granted
    ):
        yield missing("other-agent may use the token as well.")


EXERCISES = (
    Prediction(
        number="5.1",
        title="the roles are swapped",
        task="""\
`risk-agent` sends its own token as the subject and that of `data-agent` as the actor.
Which rule refuses?""",
        choices=(NO_MAY_ACT, NOT_ITS_CLIENT, NOT_ITS_ACTOR),
        run=_swapped,
        because={
            NOT_ITS_CLIENT: "That is looked at in a claim; does this subject token have it?",
            NOT_ITS_ACTOR: "A rule before it fails already, and the first one decides.",
        },
        then="No script runs for risk-agent, so its token has no may_act, and nobody may exchange it.",
        hints=(
            "Whose token is the subject token now?",
            "For whom does the may act script run?",
            "A token of risk-agent carries no may_act.",
        ),
    ),
    Practice(
        number="5.2",
        form=MAKE_IT_PASS,
        title="three faults, one behind the other",
        task="""\
`risk-agent` shall act for `data-agent`, and is refused.
Find out why, mend it, and try again, until it is not; `other-agent` must stay refused.
An exchange needs fresh tokens after each change of a script or an override.""",
        prepare=_three_faults,
        begin="# wb.client.…, wb.decision, wb.remedies(), wb.realm.update(…), wb.realm.update_script(…)",
        look=_mended,
        solution="""\
exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
wb.realm.update("risk-agent", grant_types=["client_credentials", exchange])
wb.realm.update("data-agent", overrides={"providerOverridesEnabled": True})
wb.realm.update_script(
    "risk-agent may act",
    'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});',
)""",
        wrong=(
            Wrong(
                """\
exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
wb.realm.update("risk-agent", grant_types=["client_credentials", exchange])""",
                "refused by “The subject token carries may_act”",
            ),
            Wrong(
                """\
exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
wb.realm.update("risk-agent", grant_types=["client_credentials", exchange])
wb.realm.update("data-agent", overrides={"providerOverridesEnabled": True})""",
                "refused by “may_act.sub names the actor token's sub”",
            ),
            Wrong(
                """\
exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
wb.realm.update("risk-agent", grant_types=["client_credentials", exchange])
wb.realm.update("data-agent", overrides={"providerOverridesEnabled": True})
names = '["risk-agent", "other-agent"]'
subs = '["(age!risk-agent)", "(age!other-agent)"]'
wb.realm.update_script(
    "risk-agent may act", f"token.setMayAct({{client_id: {names}, sub: {subs}}});")""",
                "that is too wide",
            ),
        ),
        hints=(
            "Send the exchange, look at wb.decision, mend what refused, repeat.",
            "One fault is of risk-agent, one of data-agent, one of the script.",
            "The exchange grant, providerOverridesEnabled, and (usr!…) for an agent.",
        ),
    ),
    Practice(
        number="5.3",
        form=BREAK_ONE_RULE,
        title="only the actor token is late",
        task="""\
Send an exchange as `risk-agent` in which exactly one rule fails: “The actor token is valid now”.
`wb.clock.advance(seconds=…)` lets time pass; tokens live an hour.""",
        prepare=prepared,
        begin="# wb.client.client_credentials(…), wb.clock.advance(…), wb.client.exchange(…)",
        look=_actor_late,
        solution="""\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.clock.advance(seconds=3601)
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token,
)""",
        wrong=(
            Wrong(
                """\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.clock.advance(seconds=3601)
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "“The subject token is valid now” failed too",
            ),
            Wrong(
                """\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.revoke("risk-agent", "mySecret", actor.access_token)
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "“The actor token is valid now” did not fail",
            ),
        ),
        hints=(
            "Time passes for every token that is there already.",
            "Which of the two tokens must be fresh?",
            "Get the actor token, advance the clock, then get the subject token.",
        ),
    ),
    Practice(
        number="5.4",
        form=WRITE_THE_SCRIPT,
        title="two agents may act",
        task="""\
`audit-agent` is refused, as it should be so far.
Change the script `risk-agent may act` so that `risk-agent` and `audit-agent` may both act for `data-agent`, each as itself, and nobody else may.""",
        prepare=_two_agents,
        begin='# wb.realm.update_script("risk-agent may act", "…")',
        look=_both_act,
        solution="""\
wb.realm.update_script("risk-agent may act", '''
token.setMayAct({
    client_id: ["risk-agent", "audit-agent"],
    sub: ["(age!risk-agent)", "(age!audit-agent)"]
});
''')""",
        wrong=(
            Wrong(
                """\
wb.realm.update_script("risk-agent may act", '''
token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
token.setMayAct({client_id: "audit-agent", sub: "(age!audit-agent)"});
''')""",
                "risk-agent is refused by “may_act.client_id names the client”",
            ),
            Wrong(
                """\
wb.realm.update_script("risk-agent may act", '''
token.setMayAct({
    client_id: ["risk-agent", "audit-agent"], sub: "(age!risk-agent)"});
''')""",
                "audit-agent is refused by “may_act.sub names the actor token's sub”",
            ),
        ),
        hints=(
            "A second call of setMayAct replaces the first.",
            "Both members take a list.",
            "Each agent stands in both lists, in sub with (age!…).",
        ),
    ),
)
