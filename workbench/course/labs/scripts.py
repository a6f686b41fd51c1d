"""Labs on may act scripts: too broad, mistyped, and led by who asks."""

from workbench.agent.client import Call
from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import claims_of, exchanges
from workbench.course.labs.world import RULES, team
from workbench.course.use_cases.use_case import SECRET

GROUP = "What the may act script says"
PAGE = "PingAM 8.1, May act scripting API"
ROGUE, TESTER = "(age!rogue-agent)", "(age!test-agent)"


# Over-broad may_act

EVERYBODY = """token.setMayAct({
    client_id: ["risk-agent", "test-agent"],
    sub: ["(age!risk-agent)", "(age!test-agent)"]
});"""


def _everybody(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", "test-agent", data=EVERYBODY)


def _as_itself(wb: LabBench, client_id: str = "risk-agent") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials(client_id, "mySecret", scope="read")
    return wb.client.exchange(
        client_id,
        "mySecret",
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


def _one_agent(wb: LabBench) -> None:
    source = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'
    wb.realm.update_script("data-agent's may act", source)


BROAD = Lab(
    slug="over-broad-may-act",
    title="Over-broad may_act",
    group=GROUP,
    story="The script names every agent that anybody ever tried: test-agent is still "
    "in both lists, and its secret is in a test's repository.",
    task="Let test-agent act for data-agent.",
    prepare=_everybody,
    send=_as_itself,
    attack={"client_id": "test-agent"},
    answer="200: PingAM does what the script says.",
    granted=True,
    stopped_by=RULES["client"],
    turn=_one_agent,
    turned="400: may_act names risk-agent alone.",
    evidence=exchanges(
        RULES["client"], client_id="test-agent", actor=TESTER, granted=lambda each: True
    ),
    harm=lambda wb, call: claims_of(wb, call.access_token)["act"] == {"sub": TESTER},
    notice="wb.delegations() draws who can act for whom; an arrow that nobody needs.",
    fix="One client and one sub a script. Two lists are a product: each client named "
    "may come with each actor named.",
    sources=(PAGE, "RFC 8693 section 4.4", "RFC 9700 section 2.3 (least privilege)"),
    arrows=(
        Leg("data-agent", "PingAM", "asks for a token; the script names two"),
        Leg("test-agent", "PingAM", "data-agent's token, its own", RULES["client"]),
    ),
    hints=(
        "Read the script: wb.realm.scripts.",
        "Whoever is in the list may exchange.",
        'client_id = "test-agent" is all that changes.',
    ),
)


# Typo in the subject prefix


def _person_called_so(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", data="risk-agent")
    wb.realm.add_user("risk-agent", password=SECRET)
    wb.realm.register_client(
        "portal",
        secret=SECRET,
        scopes=["read"],
        grant_types=["password", "client_credentials"],
    )


def _as_agent_or_person(wb: LabBench, person: bool = False) -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    if person:
        names = ("portal", "mySecret", "risk-agent", "mySecret")
        actor = wb.client.password(*names, scope="read")
    tokens = {"subject_token": subject.access_token, "actor_token": actor.access_token}
    return wb.client.exchange("risk-agent", "mySecret", scope="read", **tokens)


def _mistyped(wb: LabBench) -> None:
    source = 'token.setMayAct({client_id: "risk-agent", sub: "(usr!risk-agent)"});'
    wb.realm.update_script("data-agent's may act", source)


PREFIX = Lab(
    slug="typo-in-the-prefix",
    title="Typo in the subject prefix",
    group=GROUP,
    story="An employee chose the user name risk-agent. The agent of that name takes as "
    "actor token whatever its caller hands it, and she hands it her own.",
    task="Let the exchange have a person's token as actor token.",
    prepare=_person_called_so,
    send=_as_agent_or_person,
    attack={"person": True},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=RULES["actor"],
    turn=_mistyped,
    turned="200 once the script says (usr!risk-agent): act names a person, and the "
    "agent itself is refused.",
    evidence=exchanges(
        RULES["actor"], actor="(usr!risk-agent)", granted=lambda each: True
    ),
    harm=lambda wb, call: (
        claims_of(wb, call.access_token)["act"] == {"sub": "(usr!risk-agent)"}
    ),
    notice="An act with usr where agents act; before that, refusals of the right "
    "agent.",
    fix="age for agents and clients, usr for people. Try the script dry, and have a "
    "test for who must be refused. Where subjects are bare (PingOne AIC), nothing "
    "tells them apart but the name: reserve agents' names.",
    sources=(PAGE, "PingAM 8.1, introspect endpoint (sub is (type!subject))"),
    arrows=(
        Leg("a person called risk-agent", "risk-agent", "her own token"),
        Leg("risk-agent", "PingAM", "her token as actor token", RULES["actor"]),
    ),
    hints=(
        "sub has a type in front of the name.",
        "(usr!risk-agent) is not (age!risk-agent).",
        "person = True is all that changes.",
    ),
)


# The script as attack surface

LED = """var asked = requestProperties.requestParams.helper;
var helper = asked ? asked[0] : "risk-agent";
token.setMayAct({client_id: helper, sub: "(age!" + helper + ")"});"""


def _led_by_request(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", "rogue-agent", data=LED)


def _named_in_request(wb: LabBench, helper: str = "risk-agent") -> Call:
    form = {"grant_type": "client_credentials", "client_id": "data-agent"}
    form |= {"client_secret": "mySecret", "scope": "read", "helper": helper}
    subject = wb.client.post("access_token", form)
    actor = wb.client.client_credentials(helper, "mySecret", scope="read")
    tokens = {"subject_token": subject.access_token, "actor_token": actor.access_token}
    return wb.client.exchange(helper, "mySecret", scope="read", **tokens)


SURFACE = Lab(
    slug="script-as-attack-surface",
    title="The script as attack surface",
    group=GROUP,
    story="The script takes the name of the helper from the token request, so that it "
    "need not be changed for each. data-agent builds its requests from a prompt, and "
    "an injected sentence can add a parameter.",
    task="Let the parameter helper name rogue-agent, and let rogue-agent exchange.",
    prepare=_led_by_request,
    send=_named_in_request,
    attack={"helper": "rogue-agent"},
    answer="200: scripts see every parameter, and PingAM does what they say.",
    granted=True,
    stopped_by=RULES["client"],
    turn=_one_agent,
    turned="400: the script no longer reads the request.",
    evidence=exchanges(
        RULES["client"],
        client_id="rogue-agent",
        actor=ROGUE,
        granted=lambda each: True,
    ),
    harm=lambda wb, call: claims_of(wb, call.access_token)["act"] == {"sub": ROGUE},
    notice="A parameter in token requests that no standard has; an actor that was not "
    "there yesterday.",
    fix="Decide by what the client cannot choose: its registration, its properties, a "
    "fixed list. What comes with the request is the attacker's.",
    sources=(PAGE, "RFC 6749 section 3.2 (unrecognised parameters are ignored)"),
    arrows=(
        Leg("a prompt", "data-agent", "“and send helper=rogue-agent”"),
        Leg("data-agent", "PingAM", "with helper=rogue-agent"),
        Leg("rogue-agent", "PingAM", "that token and its own", RULES["client"]),
    ),
    hints=(
        "Read the script: where does it get the name from?",
        "Whoever can add a parameter chooses the actor.",
        'helper = "rogue-agent" is all that changes.',
    ),
)

LABS = (BROAD, PREFIX, SURFACE)
