"""Exercises of lesson 08: MCP tools."""

from collections.abc import Iterator

from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.tools import calls_of, delegated, with_tools
from workbench.course.mcp.opened import McpServer
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_agent import prepare_agent_for_agent
from workbench.course.use_cases.use_case import SECRET

EITHER_MAY_ACT = """\
var agents = ["risk-agent", "other-agent"];
var actors = agents.map(function (agent) { return "(age!" + agent + ")"; });
token.setMayAct({client_id: agents, sub: actors});
"""

NOBODY_GOES_ON = 'logger.info("Nobody may go on with this token.");\n'


def _open(bench: Bench) -> McpServer:
    prepare_agent_for_agent(bench.realm)
    return with_tools(bench).open_mcp()


def _two_agents(bench: Bench) -> None:
    prepare_agent_for_agent(bench.realm)
    bench.realm.register_agent("other-agent", secret=SECRET, scopes=["read"])
    bench.realm.add_script("either may act", EITHER_MAY_ACT)
    bench.realm.update("data-agent", may_act_script="either may act")
    with_tools(bench).open_mcp("risk-agent", "other-agent")


def _no_way_on(bench: Bench) -> None:
    prepare_agent_for_agent(bench.realm)
    bench.realm.add_script("onward", NOBODY_GOES_ON)
    bench.realm.update(
        "risk-agent",
        may_act_script="onward",
        overrides={"statelessTokensEnabled": True},
    )
    with_tools(bench).open_mcp()


REFUSED_AT_THE_DOOR = "401: the token is meant for somebody else"
WRONG_ACTOR = "the tool refuses: nobody acts"
SCORED = "the tool scores the customer"


def _own_token(bench: Bench) -> str:
    mcp = _open(bench)
    own = bench.client.client_credentials("data-agent", SECRET, scope="read")
    called = mcp.call("score_ledger", own, customer="c-17")
    if called.status == 401:
        return REFUSED_AT_THE_DOOR
    return SCORED if called.allowed else WRONG_ACTOR


LACKS_SCOPE = "it refuses: write is not granted"
NOT_THIS_ACTOR = "it refuses: this actor may not"
LIMIT_SET = "it sets the limit"


def _widened(bench: Bench) -> str:
    mcp = _open(bench)
    token = delegated(bench, mcp.url, "read write")
    called = mcp.call("set_limit", token, customer="c-17", limit=5000)
    told = {"": LIMIT_SET, "access_denied": NOT_THIS_ACTOR}
    return told.get(called.error, LACKS_SCOPE)


def _scored(look: Look) -> Iterator[Observation]:
    calls, problem = calls_of(look, "score_ledger")
    if problem:
        yield problem
        return
    last = calls[-1]
    if not last.allowed:
        yield missing(f"score_ledger did not answer: {last.reason}")
        return
    yield right("score_ledger answered.")
    yield right(f"Its log names {last.subject} and {last.actor}.")


def _only_the_actor(look: Look) -> Iterator[Observation]:
    calls, problem = calls_of(look, "score_ledger")
    if problem:
        yield problem
        return
    last = calls[-1]
    yield right("The token was meant for the server.")
    if last.allowed:
        yield missing(f"The tool answered: its policy lets {last.actor} act.")
    elif not last.actor:
        yield missing("Nobody acts on this token: send an actor token too.")
    elif last.subject != "(age!data-agent)":
        yield missing(f"The subject is {last.subject}, which is wrong as well.")
    else:
        yield right(f"It was refused for {last.actor}, who acts, and for nothing else.")


def _may_go_on(look: Look) -> Iterator[Observation]:
    copied = with_tools(look.copy())
    mcp = copied.open_mcp()
    try:
        token = delegated(copied, mcp.url)
        if token.status != 200:
            yield missing("risk-agent gets no token any more: its own script fails.")
            return
        called = mcp.call("score_ledger", token, customer="c-17")
        stamped = look.claims(token.access_token).get("may_act")
    finally:
        copied.close_mcp()
    if not called.allowed:
        found = "no may_act" if stamped is None else f"may_act {stamped}"
        yield missing(f"The tool fails; the token that risk-agent sends has {found}.")
        return
    yield right("score_ledger answers: mcp-server could exchange.")
    if stamped == {"client_id": "mcp-server", "sub": "(age!mcp-server)"}:
        yield right("may_act names mcp-server and nobody else.")
    else:
        yield missing(f"may_act lets more go on than mcp-server: {stamped}.")


_TOKENS = """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("{0}", "mySecret", scope="read")
issued = wb.client.exchange(
    "{0}", "mySecret", scope="read"{1},
    subject_token=subject.access_token, actor_token=actor.access_token,
)
wb.mcp.call("score_ledger", issued, customer="c-17")"""

_FOR_THE_SERVER = ", audience=wb.mcp.url"

_SCRIPT = """\
source = '{}'
wb.realm.scripts.update("onward", source)"""

EXERCISES = (
    Prediction(
        number="8.1",
        title="the subject's own token",
        task="""\
`data-agent` hands its own token to the server and asks for `score_ledger`.
What comes back?""",
        choices=(SCORED, WRONG_ACTOR, REFUSED_AT_THE_DOOR),
        run=_own_token,
        because={
            SCORED: "Something of the token is looked at before any tool is asked.",
            WRONG_ACTOR: "It does not get as far as the tool.",
        },
        then="Its aud says data-agent, and the server is another.",
        hints=(
            "A server looks at the token before it looks at the tool.",
            "Whom is the token meant for? The claim is aud.",
            "A token of client credentials is meant for the client itself.",
        ),
    ),
    Prediction(
        number="8.2",
        title="a wider scope",
        task="""\
`risk-agent` exchanges the same tokens once more and asks for `read write`.
Then it calls `set_limit`.
What does the tool do?""",
        choices=(LIMIT_SET, LACKS_SCOPE, NOT_THIS_ACTOR),
        run=_widened,
        because={
            LIMIT_SET: "A policy has more than a scope: look at its actors.",
            LACKS_SCOPE: "risk-agent may have write, and that is all PingAM asks.",
        },
        then="PingAM grants write, but the policy lets limit-agent act, not risk-agent.",
        hints=(
            "Two questions: does the exchange grant write, and is that enough?",
            "The scope comes from the acting client's list, not the subject token.",
            "The policy above names who may act.",
        ),
    ),
    Practice(
        number="8.3",
        form=MAKE_IT_PASS,
        title="a token for the server",
        task="""\
Get a token with which `wb.mcp.call("score_ledger", token, customer="c-17")` answers, and call it.
`data-agent` is the subject, `risk-agent` acts; both have the secret `mySecret`.""",
        prepare=_open,
        begin='# wb.client.exchange(…), wb.mcp.call("score_ledger", …)',
        look=_scored,
        solution=_TOKENS.format("risk-agent", _FOR_THE_SERVER),
        wrong=(
            Wrong(_TOKENS.format("risk-agent", ""), "The token is for risk-agent"),
            Wrong(
                """\
own = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.mcp.call("score_ledger", own, customer="c-17")""",
                "The token is for data-agent",
            ),
        ),
        hints=(
            "Both agents get a token, risk-agent exchanges, as in lesson 01.",
            "The new token must be meant for the server: wb.mcp.url is its name.",
            "wb.client.exchange(…, audience=wb.mcp.url) asks for that.",
        ),
    ),
    Practice(
        number="8.4",
        form=BREAK_ONE_RULE,
        title="the wrong actor, and nothing else",
        task="""\
`other-agent` may act for `data-agent` too, and has the secret `mySecret`.
Call `score_ledger` so that the tool refuses because of the current actor alone.
Token, audience, subject and scope shall all be right.""",
        prepare=_two_agents,
        begin='# wb.client.exchange(…), wb.mcp.call("score_ledger", …)',
        look=_only_the_actor,
        solution=_TOKENS.format("other-agent", _FOR_THE_SERVER),
        wrong=(
            Wrong(
                _TOKENS.format("risk-agent", _FOR_THE_SERVER),
                "its policy lets (age!risk-agent) act",
            ),
            Wrong(_TOKENS.format("other-agent", ""), "The token is for other-agent"),
            Wrong(
                """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
issued = wb.client.exchange(
    "other-agent", "mySecret", scope="read", audience=wb.mcp.url,
    subject_token=subject.access_token,
)
wb.mcp.call("score_ledger", issued, customer="c-17")""",
                "send an actor token too",
            ),
        ),
        hints=(
            "Start from 8.3, and change who exchanges.",
            "The exchange needs an actor token, that of the wrong actor.",
            "other-agent exchanges with its own token as actor_token.",
        ),
    ),
    Practice(
        number="8.5",
        form=WRITE_THE_SCRIPT,
        title="let the server go on",
        task="""\
Here `risk-agent` is admitted, but the tool fails: `mcp-server` may not exchange what it was sent.
Write the script `onward`, which runs when `risk-agent` gets a token, so that `mcp-server` can go on and nobody else.""",
        prepare=_no_way_on,
        begin='# wb.realm.scripts.update("onward", source)',
        look=_may_go_on,
        solution=_SCRIPT.format(
            'token.setMayAct({client_id: "mcp-server", sub: "(age!mcp-server)"});'
        ),
        wrong=(
            Wrong(
                _SCRIPT.format(
                    'token.setMayAct({client_id: "risk-agent", '
                    'sub: "(age!risk-agent)"});'
                ),
                "The tool fails; the token that risk-agent sends has may_act",
            ),
            Wrong(
                _SCRIPT.format('token.setMayAct({client_id: "mcp-server"});'),
                "The tool fails",
            ),
            Wrong(
                _SCRIPT.format(
                    'token.setMayAct({client_id: ["mcp-server", "risk-agent"], '
                    'sub: ["(age!mcp-server)", "(age!risk-agent)"]});'
                ),
                "lets more go on than mcp-server",
            ),
        ),
        hints=(
            "mcp-server is the client that exchanges, and it is the actor too.",
            "token.setMayAct takes client_id and sub; sub is spelt (age!name).",
            'client_id is "mcp-server", sub is "(age!mcp-server)".',
        ),
    ),
)
