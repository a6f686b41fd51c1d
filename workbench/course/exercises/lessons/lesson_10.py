"""Exercises of lesson 10: a person agrees before an agent acts."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.agent.client_key import ClientKey
from workbench.am.backchannel.request import BackchannelRequest
from workbench.am.clients.grant_types import CIBA
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
from workbench.course.use_cases.use_case import SECRET

NO_ACT, PLANNER_ACTS, PLANNER = (
    "sub is bjensen, nobody acts",
    "sub is bjensen, act names planner",
    "sub is planner, act names bjensen",
)
GOES_ON, OVER, GRANTED = (
    "slow_down, and the request goes on",
    "access_denied, and the request is over",
    "authorization_pending once more",
)


def _people_and_agents(bench: Bench) -> None:
    bench.enable_ai_agents()
    realm = bench.realm
    realm.provider.statelessTokensEnabled = True
    realm.add_user("bjensen", password="Secret12!")
    realm.register_agent(
        "planner",
        secret=SECRET,
        scopes=["openid", "pay"],
        grant_types=["client_credentials", CIBA],
        jwks=ClientKey("planner", realm).jwks,
        token_endpoint_auth_method="client_secret_post",
    )
    realm.register_agent("payer", secret=SECRET, scopes=["pay"])


def _ask(bench: Bench) -> Call:
    request = ClientKey("planner", bench.realm).request(
        "Pay 90 euros?", login_hint="bjensen", scope="openid pay"
    )
    return bench.client.backchannel("planner", SECRET, request)


def _poll(bench: Bench, asked: Call) -> Call:
    return bench.client.poll("planner", SECRET, asked.auth_req_id)


def _approved(bench: Bench) -> Call:
    asked = _ask(bench)
    bench.realm.backchannel.approve(asked.auth_req_id)
    return _poll(bench, asked)


def _about_whom(bench: Bench) -> str:
    _people_and_agents(bench)
    claims = Look(bench).claims(_approved(bench))
    if claims["sub"] != "(usr!bjensen)":
        return PLANNER
    return PLANNER_ACTS if "act" in claims else NO_ACT


def _too_fast(bench: Bench) -> str:
    _people_and_agents(bench)
    asked = _ask(bench)
    _poll(bench, asked)
    said = _poll(bench, asked).json["error"]
    return {"slow_down": GOES_ON, "access_denied": OVER}.get(said, GRANTED)


def _got_it(look: Look) -> Iterator[Observation]:
    asked = [each for each in look.calls if "auth_req_id" in (each.json_or_none or {})]
    if not asked:
        yield missing("No request was taken: the last answer says what it lacks.")
        return
    yield right("bjensen was asked.")
    got = [each for each in look.calls if "access_token" in (each.json_or_none or {})]
    if any(look.claims(each).get("grant_type") == CIBA for each in got):
        yield right("planner got a token of bjensen.")
        return
    state = look.bench.realm.backchannel.state_of(_last(look))
    if state == "approved":
        yield missing("bjensen agreed, and planner did not poll since.")
    else:
        yield missing(f"The request is {state}; bjensen has to agree before a poll.")


def _last(look: Look) -> BackchannelRequest:
    return list(look.bench.realm.backchannel)[-1]


def _only_agreed(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    agreed = _exchanged(bench, _approved(bench))
    if agreed.status == 200:
        yield right("payer acts for bjensen, who agreed.")
    else:
        refusal = bench.decision.refusal
        why = refusal.rule if refusal else ""
        yield missing(f"payer cannot act for bjensen, who agreed: {why}.")
    own = bench.client.client_credentials("planner", SECRET, scope="pay")
    if "may_act" in Look(bench).claims(own):
        yield missing("A token that nobody agreed to carries may_act as well.")
    else:
        yield right("planner's own token cannot be exchanged.")


def _exchanged(bench: Bench, subject: Call) -> Call:
    return exchanged(
        bench, "payer", subject.access_token, scope="pay", actor_scope="pay"
    )


def _script(body: str) -> str:
    return f'''\
wb.realm.add_script("payer may act", """
{body}
""")
planner = wb.realm.update("planner", may_act_script="payer may act")'''


STAMP = 'token.setMayAct({client_id: "payer", sub: "(age!payer)"});'
IF_CIBA = 'if (String(requestProperties.requestParams.grant_type[0]) === "%s") {%s}'
BEGIN = """\
from workbench.agent.client_key import ClientKey
key = ClientKey("planner", wb.realm)
# key.request(…), wb.client.backchannel(…), wb.realm.backchannel, wb.client.poll(…)"""
ASK = """\
asked = wb.client.backchannel("planner", "mySecret", key.request(
    "Pay 90 euros?", login_hint="bjensen", scope="openid pay"))"""
APPROVE = "wb.realm.backchannel.approve(asked.auth_req_id)"
POLL = 'wb.client.poll("planner", "mySecret", asked.auth_req_id)'

EXERCISES = (
    Prediction(
        number="10.1",
        title="polling too fast",
        task="`planner` polls twice within a second: what does the second poll bring?",
        choices=(GOES_ON, OVER, GRANTED),
        run=_too_fast,
        because={
            OVER: "Only bjensen can deny, and the end of the request ends it.",
            GRANTED: "The server named an interval of 2 seconds, and holds to it.",
        },
        then="slow_down is no end: wait, and poll again.",
        hints=(
            "The answer to the request had an interval.",
            "Polling sooner has an error of its own.",
            "It asks the client to be slower, no more.",
        ),
    ),
    Prediction(
        number="10.2",
        title="whom it is about",
        task="`bjensen` agreed, and `planner` polls: what does its token say?",
        choices=(NO_ACT, PLANNER_ACTS, PLANNER),
        run=_about_whom,
        because={
            PLANNER_ACTS: "No token was exchanged yet, and only that writes act.",
            PLANNER: "The person who agreed is whom the token is about.",
        },
        then="It is bjensen's token, issued to planner: client_id says to whom.",
        hints=(
            "act comes of an exchange with an actor token.",
            "The token is like one after a login of bjensen.",
            "Nobody acts in it yet.",
        ),
    ),
    Practice(
        number="10.3",
        form=MAKE_IT_PASS,
        title="ask, wait, poll",
        task="""\
Let `planner` ask `bjensen` for `openid pay`, answer as she would, and get the token.
Its secret is `mySecret`.""",
        prepare=_people_and_agents,
        begin=BEGIN,
        look=_got_it,
        solution=f"{ASK}\n{APPROVE}\n{POLL}",
        wrong=(
            Wrong(f"{ASK}\n{POLL}", "bjensen has to agree"),
            Wrong(f"{ASK}\n{POLL}\n{APPROVE}", "did not poll since"),
            Wrong(
                'wb.client.backchannel("planner", "mySecret", '
                'key.request("Pay?"), login_hint="bjensen")',
                "No request was taken",
            ),
        ),
        hints=(
            "Three steps: a request, an answer of bjensen, a poll.",
            "login_hint and scope go into the signed request.",
            "wb.realm.backchannel.approve(asked.auth_req_id) is her answer.",
        ),
    ),
    Practice(
        number="10.4",
        form=WRITE_THE_SCRIPT,
        title="only where somebody agreed",
        task="""\
Write a may act script for `planner`: `payer` may act with a token that a person agreed to.
A token that `planner` gets by client credentials shall carry no `may_act`.""",
        prepare=_people_and_agents,
        begin="""\
# wb.realm.add_script(…)
# planner = wb.realm.update("planner", may_act_script=…)""",
        look=_only_agreed,
        solution=_script(IF_CIBA % (CIBA, STAMP)),
        wrong=(
            Wrong(_script(STAMP), "nobody agreed to"),
            Wrong(
                _script(IF_CIBA % (CIBA, STAMP.replace("(age!payer)", "payer"))),
                "may_act.sub names the actor token's sub",
            ),
        ),
        hints=(
            "The script sees the request that asks for the token.",
            "requestProperties.requestParams.grant_type[0] names the grant.",
            f"Compare it with {CIBA}, and stamp only then.",
        ),
    ),
)
