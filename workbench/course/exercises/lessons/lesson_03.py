"""Exercises of lesson 03: an agent that acts on its own."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench
from workbench.course.use_cases.autonomous_agent import (
    UPDATE_AGENT,
    prepare_autonomous_agent,
)


def _prepared(bench: Bench) -> None:
    prepare_autonomous_agent(bench.realm)


ALL_THREE = "an agent with read, write and admin"
THE_TWO = "an agent with read and write"
NOTHING = "a refusal, and no agent"


def _greedy(bench: Bench) -> str:
    metadata = {**UPDATE_AGENT, "scopes": ["read", "write", "admin"]}
    if bench.client.register(metadata).status != 201:
        return NOTHING
    (agent,) = bench.realm.clients.values()
    return ALL_THREE if "admin" in agent.scopes else THE_TWO


def _raised(bench: Bench) -> tuple[Call, Call]:
    """The agent's own token, and what its exchange brings."""
    agent = bench.client.register(UPDATE_AGENT)
    own = bench.client.client_credentials(
        agent.client_id, agent.client_secret, scope="read"
    )
    return own, bench.client.exchange(
        agent.client_id,
        agent.client_secret,
        scope="read write",
        subject_token=own.access_token,
    )


ITSELF = "act names the agent itself"
NO_ACT = "there is no act"
REFUSED = "no token comes: an actor token is missing"


def _act(bench: Bench) -> str:
    _, raised = _raised(bench)
    if raised.status != 200:
        return REFUSED
    return ITSELF if "act" in Look(bench).claims(raised) else NO_ACT


def _registers(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    answer = bench.client.register(UPDATE_AGENT)
    if answer.status == 201:
        yield right("An agent that comes now can register itself.")
    else:
        why = bench.audit[-1].hint or answer.json.get("error_description", "")
        yield missing(f"An agent that comes now is answered {answer.status}: {why}")
    greedy = {**UPDATE_AGENT, "scopes": ["read", "write", "delete"]}
    if bench.client.register(greedy).status == 201:
        yield missing("One that wants delete can register too: who lists the scopes?")
    else:
        yield right("One that wants delete cannot.")


def _no_registration_script(bench: Bench) -> None:
    _prepared(bench)
    bench.provider.dynamicClientRegistrationScript = "[Empty]"


def _sets_up(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    agent = bench.client.register(UPDATE_AGENT)
    if agent.status != 201:
        yield missing(f"An agent cannot register: {bench.audit[-1].hint}")
        return
    yield right("An agent can register.")
    settings = bench.realm.clients[agent.client_id].overrides
    if not settings.providerOverridesEnabled:
        yield missing(
            "The agent's overrides are off, so nothing in them counts: is the script "
            "set at the provider, and does it set them and call store()?"
        )
        return
    own = bench.client.client_credentials(
        agent.client_id, agent.client_secret, scope="read"
    )
    claims = look.claims(own) if own.status == 200 else {}
    if claims.get("may_act", {}).get("client_id") == agent.client_id:
        yield right("Its token lets itself exchange it.")
        return
    yield missing(
        "Its token cannot be read or has no may_act: are its tokens client-side, "
        "and is the may act script named by its id?"
    )


def _setting(*lines: str, keep: bool = True) -> str:
    sets = "\n".join(f"    {line}" for line in lines)
    store = "    clientIdentity.store();\n" if keep else ""
    return f'''\
source = """
if (operation === "CREATE" && clientIdentity.isAIAgent()) {{
{sets}
{store}}}
""" % {{"id": may_act_id}}
script = wb.realm.add_registration_script("mine", source)
wb.provider.dynamicClientRegistrationScript = script.id'''


_ON = 'clientIdentity.setAttribute("providerOverridesEnabled", ["true"]);'
_JWT = 'clientIdentity.setAttribute("statelessTokensEnabled", ["true"]);'
_MAY = 'clientIdentity.setAttribute("accessTokenMayActScript", ["%(id)s"]);'

EXERCISES = (
    Prediction(
        number="3.1",
        title="more than the list allows",
        task="""\
The allowlist has `read`, `write` and `delete`, and registration is open.
An agent registers for `read`, `write` and `admin`: what comes of it?""",
        prepare=_prepared,
        choices=(ALL_THREE, THE_TWO, NOTHING),
        run=_greedy,
        because={
            ALL_THREE: "Open registration lets everybody in, but not with every scope.",
            THE_TWO: "PingAM does not strike out what is too much.",
        },
        then="One scope that is not on the list, and the whole registration is refused.",
        hints=(
            "Who says where an agent's privileges end?",
            "The allowlist is the administrator's; admin is not on it.",
            "PingAM answers “Invalid scopes requested.”",
        ),
    ),
    Prediction(
        number="3.2",
        title="who acts",
        task="""\
The agent exchanges its own token for `read write` and sends no actor token.
What does `act` say in the new token?""",
        prepare=_prepared,
        choices=(ITSELF, NO_ACT, REFUSED),
        run=_act,
        because={
            ITSELF: "act comes from an actor token, and none was sent.",
            REFUSED: "A stricter server would ask for one; PingAM does not.",
        },
        then="Nobody acts for anybody: the token is the agent's own, with more scope.",
        hints=(
            "Where does act come from?",
            "It names the subject of the actor token.",
            "No actor token was sent, and PingAM grants it all the same.",
        ),
    ),
    Practice(
        number="3.3",
        form=MAKE_IT_PASS,
        title="open the door, and not too wide",
        task="""\
This PingAM is fresh: no agent can register itself.
Set it up so that one can that asks for `read` and `write`, and none that asks for `delete`.""",
        begin="# wb.enable_ai_agents(), wb.provider.…",
        look=_registers,
        solution="""\
wb.enable_ai_agents()
wb.provider.allowDynamicRegistration = True
wb.provider.supportedScopes = ["read", "write"]""",
        wrong=(
            Wrong(
                """\
wb.provider.allowDynamicRegistration = True
wb.provider.supportedScopes = ["read", "write"]""",
                "AI agents are off",
            ),
            Wrong(
                """\
wb.enable_ai_agents()
wb.provider.allowDynamicRegistration = True""",
                "llowlist",
            ),
            Wrong(
                """\
wb.enable_ai_agents()
wb.provider.allowDynamicRegistration = True
wb.provider.supportedScopes = ["read", "write", "delete"]""",
                "who lists the scopes",
            ),
        ),
        hints=(
            "Three things stand in the way, one behind the other.",
            "AI agents are off; registration is closed; the allowlist is empty.",
            "enable_ai_agents(), allowDynamicRegistration, supportedScopes",
        ),
    ),
    Practice(
        number="3.4",
        form=WRITE_THE_SCRIPT,
        title="set up whoever registers",
        task="""\
Registration is open, and the may act script `own may act` is there, but no agent that registers gets it.
Write the dynamic client registration script that gives it to each new AI agent, with tokens that can be read.""",
        prepare=_no_registration_script,
        begin='may_act_id = wb.realm.script("own may act").id',
        look=_sets_up,
        solution=_setting(_ON, _JWT, _MAY),
        wrong=(
            Wrong(_setting(_JWT, _MAY), "The agent's overrides are off"),
            Wrong(_setting(_ON, _JWT, _MAY, keep=False), "call store()"),
            Wrong(_setting(_ON, _JWT), "has no may_act"),
        ),
        hints=(
            "setAttribute takes a name and a list of texts; store() keeps it.",
            "providerOverridesEnabled, statelessTokensEnabled, accessTokenMayActScript",
            "add_registration_script keeps it; the provider's "
            "dynamicClientRegistrationScript must be its id.",
        ),
    ),
)
