"""Exercises of lesson 07: chains, and the API that counts the current actor."""

from collections.abc import Iterator
from itertools import pairwise

from workbench.course.apis.policy import ApiPolicy, decide
from workbench.course.exercises.broken import exactly_one
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import delegate, own_token
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_agent import lets_act
from workbench.course.use_cases.use_case import SECRET

ROW = ("customer-agent", "planner", "searcher")
ANSWERED, FORBIDDEN = "the API answers", "the API refuses: 403"
NOT_BUILT = "there is no such token: the second exchange is refused"


def _row(bench: Bench, scripts: tuple[str, ...]) -> None:
    realm = bench.realm
    realm.settings.enable_ai_agents()
    realm.provider.statelessTokensEnabled = True
    for name in ROW:
        realm.register_agent(name, secret=SECRET, scopes=["read"])
    for name, following in pairwise(ROW):
        script = f"{following} may act"
        realm.add_script(script, lets_act(following))
        if name in scripts:
            on = {"statelessTokensEnabled": True}
            realm.update(name, may_act_script=script, overrides=on)


def _whole_row(bench: Bench) -> None:
    _row(bench, ROW[:2])


def _broken_row(bench: Bench) -> None:
    _row(bench, ROW[:1])


def _no_loops(bench: Bench) -> None:
    _whole_row(bench)
    realm = bench.realm
    bench.realms.use_profile(realm.profile.but(loops="refuse"))
    on = {"statelessTokensEnabled": True}
    realm.update("searcher", may_act_script="planner may act", overrides=on)


def _hop(bench: Bench, client_id: str, subject: str) -> str:
    call = bench.client.exchange(
        client_id,
        SECRET,
        scope="read",
        subject_token=subject,
        actor_token=own_token(bench, client_id),
    )
    return call.access_token


def _earlier_actor(bench: Bench) -> str:
    _whole_row(bench)
    first = _hop(bench, "planner", own_token(bench, "customer-agent"))
    if not delegate(bench, "searcher", first).granted:
        return NOT_BUILT
    claims = Look(bench).claims(_hop(bench, "searcher", first))
    policy = ApiPolicy(
        frozenset({"(age!customer-agent)"}), frozenset({"(age!planner)"})
    )
    return ANSWERED if decide(policy, claims).allowed else FORBIDDEN


def _two_hops(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    first = _hop(bench, "planner", own_token(bench, "customer-agent"))
    decision = delegate(bench, "searcher", first)
    if decision.refusal is not None:
        yield missing(
            f"searcher is refused by “{decision.refusal.rule}”: whether a token can go "
            "on is said by the script of the client it was issued to."
        )
        return
    yield right("searcher can go on with the token of planner.")
    if decision.grant and "act" in (decision.grant.act or {}):
        yield right("act names both, one inside the other.")


def _loop(look: Look) -> Iterator[Observation]:
    yield from exactly_one(look, "No actor appears twice in the chain")


def _unfinished(bench: Bench) -> None:
    _whole_row(bench)
    bench.realm.update_script("searcher may act", "// Stamps nothing yet.")


def _only_delegated(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    if delegate(bench, "searcher", own_token(bench, "planner")).granted:
        yield missing("searcher can exchange a token of planner's own, too.")
    else:
        yield right("A token of planner's own goes no further.")
    first = _hop(bench, "planner", own_token(bench, "customer-agent"))
    refusal = delegate(bench, "searcher", first).refusal
    if refusal is None:
        yield right("What planner got by an exchange goes on to searcher.")
    else:
        yield missing(f"searcher is refused by “{refusal.rule}”.")


HOP = """\
def own(name):
    return wb.client.client_credentials(name, "mySecret", scope="read").access_token
def hop(name, subject):
    return wb.client.exchange(
        name, "mySecret", scope="read", subject_token=subject, actor_token=own(name))"""

EXERCISES = (
    Prediction(
        number="7.1",
        title="who acted earlier",
        task="""\
`planner` exchanged a token of `customer-agent`, and `searcher` exchanged what came of it.
An API lets `(age!planner)` act for `(age!customer-agent)`, and `searcher` sends it the last token.
What happens?""",
        choices=(ANSWERED, FORBIDDEN, NOT_BUILT),
        run=_earlier_actor,
        because={
            ANSWERED: "planner is in the token, but where? Only one place counts.",
            NOT_BUILT: "Both hops have their scripts, so both exchanges are granted.",
        },
        then="The current actor is searcher; planner is nested inside, which is history and no permission.",
        hints=(
            "Read act from the outside in.",
            "The outermost name is who acts now.",
            "RFC 8693, 4.1: nested actors must not be used to decide.",
        ),
    ),
    Practice(
        number="7.2",
        form=MAKE_IT_PASS,
        title="the second hop",
        task="""\
`planner` can act for `customer-agent`, but `searcher` cannot go on with what `planner` got.
Change one client so that it can.""",
        prepare=_broken_row,
        begin='# the scripts "planner may act" and "searcher may act" are there; wb.realm.update(…)',
        look=_two_hops,
        solution="""\
wb.realm.update(
    "planner", may_act_script="searcher may act",
    overrides={"statelessTokensEnabled": True},
)""",
        wrong=(
            Wrong(
                'wb.realm.update("searcher", may_act_script="searcher may act")',
                "the script of the client it was issued to",
            ),
            Wrong(
                'wb.realm.update("planner", may_act_script="planner may act")',
                "refused by “may_act.client_id names the client”",
            ),
        ),
        hints=(
            "To whom was the token issued that searcher sends?",
            "The script of planner runs when planner gets a token by an exchange.",
            "planner needs the script that names searcher.",
        ),
    ),
    Practice(
        number="7.3",
        form=BREAK_ONE_RULE,
        title="round in a circle",
        task="""\
The profile refuses loops here, which PingAM does not, and the script of `searcher` names `planner`.
Send exchanges so that in the last one exactly one rule fails: “No actor appears twice in the chain”.""",
        prepare=_no_loops,
        begin=HOP,
        look=_loop,
        solution="""\
first = hop("planner", own("customer-agent"))
second = hop("searcher", first.access_token)
hop("planner", second.access_token)""",
        wrong=(
            Wrong(
                """\
first = hop("planner", own("customer-agent"))
hop("planner", first.access_token)""",
                "“may_act.client_id names the client” failed too",
            ),
            Wrong(
                """\
first = hop("planner", own("customer-agent"))
hop("searcher", first.access_token)""",
                "“No actor appears twice in the chain” did not fail",
            ),
        ),
        hints=(
            "Who may go on with a token is said by the script of its client.",
            "customer-agent lets planner act, planner searcher, and searcher planner.",
            "Three hops: planner, searcher, planner.",
        ),
    ),
    Practice(
        number="7.4",
        form=WRITE_THE_SCRIPT,
        title="only what was delegated goes on",
        task="""\
The script `searcher may act` runs whenever `planner` gets a token.
Let it name `searcher` only where the token came of an exchange; a token that `planner` gets for itself goes no further.""",
        prepare=_unfinished,
        begin='# wb.realm.update_script("searcher may act", "…")',
        look=_only_delegated,
        solution="""\
wb.realm.update_script("searcher may act", '''
if (requestProperties.requestParams.grant_type[0].indexOf("token-exchange") >= 0) {
    token.setMayAct({client_id: "searcher", sub: "(age!searcher)"});
}
''')""",
        wrong=(
            Wrong(
                """\
wb.realm.update_script("searcher may act", '''
token.setMayAct({client_id: "searcher", sub: "(age!searcher)"});
''')""",
                "a token of planner's own, too",
            ),
            Wrong(
                """\
wb.realm.update_script("searcher may act", '''
if (clientProperties.clientId == "customer-agent") {
    token.setMayAct({client_id: "searcher", sub: "(age!searcher)"});
}
''')""",
                "refused by “The subject token carries may_act”",
            ),
        ),
        hints=(
            "clientProperties is the client that gets the token: planner, both times.",
            "The grant tells the two apart.",
            'requestProperties.requestParams.grant_type[0] ends in "token-exchange".',
        ),
    ),
)
