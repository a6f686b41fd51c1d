"""Exercises of lesson 06: impersonation or delegation."""

from collections.abc import Iterator

from workbench.course.exercises.broken import exactly_one
from workbench.course.exercises.delegation import EXCHANGE, prepared
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import impersonate, own_token
from workbench.course.on_bench import Bench

REFUSED, DELEGATION, IMPERSONATION = "refused", "delegation", "impersonation"


def _actor_left_out(bench: Bench) -> str:
    prepared(bench)
    grant = impersonate(bench, "risk-agent", own_token(bench, "data-agent")).grant
    return grant.kind if grant else REFUSED


def _no_sub(bench: Bench) -> None:
    prepared(bench)
    source = 'token.setMayAct({client_id: "risk-agent"});'
    bench.realm.update_script("risk-agent may act", source)


def _actor_visible(look: Look) -> Iterator[Observation]:
    if not look.granted:
        yield missing("No exchange was granted yet.")
        return
    _, claims = look.granted[-1]
    yield right("An exchange was granted.")
    if claims.get("act") == {"sub": "(age!risk-agent)"}:
        yield right("The new token names risk-agent as the actor.")
    else:
        yield missing("The new token has no act: this is still impersonation.")


def _needs_sub(look: Look) -> Iterator[Observation]:
    yield from exactly_one(look, "may_act has a sub, as delegation needs")


def _silent(bench: Bench) -> None:
    prepared(bench)
    realm = bench.realm
    realm.add_script("name yourself", "// Does nothing yet.")
    on = {"statelessTokensEnabled": True}
    realm.update("risk-agent", may_act_script="name yourself", overrides=on)


def _names_itself(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    own = bench.client.client_credentials("risk-agent", "mySecret", scope="read")
    if own.status != 200:
        yield missing(f"risk-agent gets no token of its own: {own.reason}")
        return
    if "act" in Look(bench).claims(own):
        yield missing("A token of its own has act, too, though it acts for nobody.")
    else:
        yield right("A token of its own has no act.")
    decision = impersonate(bench, "risk-agent", own_token(bench, "data-agent"))
    if decision.grant is None or decision.grant.act != {"sub": "(age!risk-agent)"}:
        yield missing("An exchange without an actor token still shows nobody acting.")
    else:
        yield right("An exchange without an actor token shows risk-agent acting.")


EXERCISES = (
    Prediction(
        number="6.1",
        title="the actor is left out",
        task="""\
`may_act` names the client `risk-agent` and the actor `(age!risk-agent)`.
`risk-agent` exchanges the token and sends no actor token.
What comes of it on PingAM?""",
        choices=(REFUSED, DELEGATION, IMPERSONATION),
        run=_actor_left_out,
        because={
            REFUSED: "A sub says whom an actor token may name; PingAM does not say one must be sent.",
            DELEGATION: "Delegation needs an actor token: nothing else puts act into the new token.",
        },
        then="A sub in may_act allows delegation and does not force it: the client may stay unseen.",
        hints=(
            "Is a rule broken, or only something not used?",
            "act comes from the actor token.",
            "client_id fits, no actor token was sent: nothing names who acts.",
        ),
    ),
    Practice(
        number="6.2",
        form=MAKE_IT_PASS,
        title="let it be seen who acts",
        task="""\
`risk-agent` can impersonate `data-agent`.
Change the script `risk-agent may act` and send the requests, so that the new token names `risk-agent` in `act`.""",
        prepare=_no_sub,
        begin="# wb.realm.update_script(…), then fresh tokens and the exchange",
        look=_actor_visible,
        solution="""\
wb.realm.update_script(
    "risk-agent may act",
    'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});',
)"""
        + EXCHANGE,
        wrong=(
            Wrong(EXCHANGE.strip(), "No exchange was granted yet"),
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read", subject_token=subject.access_token)""",
                "still impersonation",
            ),
        ),
        hints=(
            "Two things are needed: one in the claim, one in the request.",
            "may_act needs a sub, the request an actor token.",
            'sub is "(age!risk-agent)"; the subject token must be got after the change.',
        ),
    ),
    Practice(
        number="6.3",
        form=BREAK_ONE_RULE,
        title="nobody may be the actor",
        task="""\
Change the script `risk-agent may act` and send the exchange, so that exactly one rule fails: “may_act has a sub, as delegation needs”.""",
        prepare=prepared,
        begin="# wb.realm.update_script(…), then the three requests",
        look=_needs_sub,
        solution="""\
wb.realm.update_script(
    "risk-agent may act", 'token.setMayAct({client_id: "risk-agent"});'
)"""
        + EXCHANGE,
        wrong=(
            Wrong(
                'wb.realm.update_script("risk-agent may act", "")' + EXCHANGE,
                "“The subject token carries may_act” failed too",
            ),
            Wrong(
                """\
wb.realm.update_script(
    "risk-agent may act", 'token.setMayAct({client_id: "data-agent"});')"""
                + EXCHANGE,
                "“may_act.client_id names the client” failed too",
            ),
        ),
        hints=(
            "The claim must be there, and name the right client.",
            "Which member says who may be the actor?",
            "client_id alone, and an actor token in the request.",
        ),
    ),
    Practice(
        number="6.4",
        form=WRITE_THE_SCRIPT,
        title="no more unseen",
        task="""\
`risk-agent` may leave its actor token out, and nobody sees that it acts.
The script `name yourself` runs whenever `risk-agent` gets a token: let it set `act` on tokens that come of an exchange and have none.
Tokens of its own stay without.""",
        prepare=_silent,
        begin='# wb.realm.update_script("name yourself", "…"); token.getAct(), token.setAct({…})',
        look=_names_itself,
        solution="""\
wb.realm.update_script("name yourself", '''
var grant = requestProperties.requestParams.grant_type[0];
if (grant.indexOf("token-exchange") >= 0 && !token.getAct()) {
    token.setAct({sub: "(age!risk-agent)"});
}
''')""",
        wrong=(
            Wrong(
                """\
wb.realm.update_script("name yourself", '''
token.setAct({sub: "(age!risk-agent)"});
''')""",
                "A token of its own has act, too",
            ),
            Wrong(
                """\
wb.realm.update_script("name yourself", '''
token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
''')""",
                "still shows nobody acting",
            ),
        ),
        hints=(
            "The script of the acting client runs on the new token.",
            "requestProperties.requestParams.grant_type[0] says which grant it is.",
            "For token-exchange, where token.getAct() is empty: token.setAct({sub: …}).",
        ),
    ),
)
