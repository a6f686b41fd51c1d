"""Labs on chains: who acts, who acted before, and who only seems to."""

from workbench.agent.client import Call
from workbench.course.apis.policy import ApiPolicy
from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import asked, claims_of, exchanges
from workbench.course.labs.world import RULES, team

GROUP = "Who acts, and who acted before"
LIST = "OAuth mailing list, 25 February 2026, “delegation chain splicing” (msg25680)"
RFC_ACT = "RFC 8693 section 4.1"
DATA, RISK = "(age!data-agent)", "(age!risk-agent)"
AUDIT, PAYROLL = "(age!audit-agent)", "(age!payroll-agent)"
AFTER_RISK = (AUDIT, (RISK,))


# Chain splicing


def _two_chains(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", "payroll-agent", data="risk-agent")


def _with_actor(wb: LabBench, actor_of: str = "risk-agent") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials(actor_of, "mySecret", scope="read")
    return wb.client.exchange(
        "risk-agent",
        "mySecret",
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


def _any_actor(wb: LabBench) -> None:
    rule = "may_act.sub names the actor token's sub"
    wb.realms.use_profile(wb.profile.but(rules_left_out=[rule]))


SPLICING = Lab(
    slug="chain-splicing",
    title="Chain splicing",
    group=GROUP,
    story="risk-agent works in two chains: for data-agent, and beside payroll-agent, "
    "whose token it has seen there. It puts the subject of the one and the actor of "
    "the other together, to a chain that never was.",
    task="Let risk-agent send data-agent's token with payroll-agent's as actor token.",
    prepare=_two_chains,
    send=_with_actor,
    attack={"actor_of": "payroll-agent"},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=RULES["actor"],
    turn=_any_actor,
    turned="200: act names payroll-agent, which knows nothing of it.",
    evidence=exchanges(RULES["actor"], sub=DATA, actor=PAYROLL),
    harm=lambda wb, call: claims_of(wb, call.access_token)["act"] == {"sub": PAYROLL},
    notice="Subject and actor of one exchange belong to different jobs.",
    fix="Name the actor in may_act.sub. That stops a foreign actor, and no more: a "
    "token of the named actor passes, whatever job it was for; nobody compares "
    "contexts.",
    sources=(LIST, RFC_ACT, "PingAM 8.1, Token exchange: delegation"),
    arrows=(
        Leg("data-agent", "risk-agent", "subject token of chain A"),
        Leg("payroll-agent", "risk-agent", "actor token of chain B"),
        Leg("risk-agent", "PingAM", "one of each", RULES["actor"]),
    ),
    hints=(
        "The subject token and the client stay.",
        "The actor token comes from the other chain.",
        'actor_of = "payroll-agent" is all that changes.',
    ),
)


# Actor substitution

OWN_ACTOR = "The actor token is the client's own"


def _two_actors_named(wb: LabBench) -> None:
    source = """token.setMayAct({
    client_id: "risk-agent",
    sub: ["(age!risk-agent)", "(age!audit-agent)"]
});"""
    team(wb, "data-agent", "risk-agent", "audit-agent", data=source)


def _own_actor_alone(wb: LabBench) -> None:
    wb.realms.use_profile(wb.profile.but(actor_is_client=True))


SUBSTITUTION = Lab(
    slug="actor-substitution",
    title="Actor substitution",
    group=GROUP,
    story="data-agent's tokens name two actors, risk-agent and audit-agent. risk-agent "
    "does the work, and sends audit-agent's token as the actor token.",
    task="Let risk-agent get a token whose act names audit-agent.",
    prepare=_two_actors_named,
    send=_with_actor,
    attack={"actor_of": "audit-agent"},
    answer="200: nothing ties the actor token to the client (RFC 8693 does not ask it; "
    "what PingAM does is unknown).",
    granted=True,
    stopped_by=OWN_ACTOR,
    turn=_own_actor_alone,
    turned="400: the actor token has to be the client's own.",
    evidence=exchanges(
        OWN_ACTOR, client_id="risk-agent", actor=AUDIT, granted=lambda each: True
    ),
    harm=lambda wb, call: claims_of(wb, call.access_token)["act"] == {"sub": AUDIT},
    notice="client_id and act.sub of an issued token are different agents.",
    fix="Name one actor a token; have APIs compare client_id with act.sub; or a server "
    "that takes the client's own actor token alone.",
    sources=(LIST, "RFC 8693 section 2.1"),
    arrows=(
        Leg("audit-agent", "risk-agent", "its token, for another purpose"),
        Leg("risk-agent", "PingAM", "audit-agent's token as actor token"),
        Leg("PingAM", "risk-agent", "act: audit-agent", OWN_ACTOR),
    ),
    hints=(
        "may_act.sub is a list of two.",
        "The client stays risk-agent; only the actor token is another's.",
        'actor_of = "audit-agent" is all that changes.',
    ),
)


# Delegation laundered into impersonation


def _with_ledger(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", data="risk-agent")
    wb.open_apis()


def _then_the_ledger(
    wb: LabBench, names_itself: bool = True, api: str = "ledger"
) -> Call:
    client, ledger = wb.client, wb.apis["ledger"].url
    subject = client.client_credentials("data-agent", "mySecret", scope="read")
    actor = client.client_credentials("risk-agent", "mySecret", scope="read")
    sent = {"actor_token": actor.access_token} if names_itself else {}
    sent |= {"subject_token": subject.access_token, "audience": ledger}
    issued = client.exchange("risk-agent", "mySecret", scope="read", **sent)
    return wb.apis.ask(api, issued.access_token)


def _the_token_alone(wb: LabBench) -> dict[str, str]:
    twin = wb.apis.twin("ledger", believes="the token alone")
    return {"api": twin.name}


LAUNDERED = Lab(
    slug="laundered-delegation",
    title="Delegation laundered into impersonation",
    group=GROUP,
    story="risk-agent may act for data-agent, in its own name. It would rather not be "
    "named: it leaves its actor token out, and asks the ledger with what comes back.",
    task="Let risk-agent ask the ledger with a token about data-agent that names "
    "nobody as actor.",
    prepare=_with_ledger,
    send=_then_the_ledger,
    attack={"names_itself": False},
    answer="200 from PingAM, a token without act; 403 from the ledger, which wants an "
    "actor.",
    granted=False,
    stopped_by="the ledger's policy: nobody acts, and it wants risk-agent to",
    rule=False,
    turn=_the_token_alone,
    turned="200: a ledger that believes the token alone sees data-agent, and answers.",
    evidence=asked("ledger", lambda entry: entry.subject == DATA and not entry.actor),
    harm=lambda wb, call: call.status == 200 and not wb.apis.log[-1].actor,
    notice="An entry in the ledger's log with a subject and no actor; in the trail an "
    "exchange that says impersonation.",
    fix="APIs that serve agents want an actor. PingAM takes a may_act with a sub "
    "without an actor token (its autonomous agents need that); a profile with "
    "actor_required_by_sub refuses.",
    sources=("RFC 8693 section 1.1", "PingAM 8.1, Token exchange: impersonation", LIST),
    arrows=(
        Leg("risk-agent", "PingAM", "subject token, no actor token"),
        Leg("PingAM", "risk-agent", "token without act"),
        Leg("risk-agent", "ledger", "that token", "no actor: 403"),
    ),
    hints=(
        "PingAM is not what stops this.",
        "Without an actor token nobody is named in act.",
        "names_itself = False is all that changes.",
    ),
)


# Prior actor trusted


def _two_hops(wb: LabBench) -> None:
    team(
        wb,
        *("data-agent", "risk-agent", "audit-agent"),
        data="risk-agent",
        risk="audit-agent",
    )
    wb.open_apis("risk-agent", "audit-agent")
    wb.apis["ledger"].policy = ApiPolicy(frozenset({DATA}), frozenset({RISK}))


def _hop_by_hop(wb: LabBench, last: str = "risk-agent", api: str = "ledger") -> Call:
    token = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    for agent in ["risk-agent", "audit-agent"][: 1 + (last == "audit-agent")]:
        own = wb.client.client_credentials(agent, "mySecret", scope="read")
        sent = {"subject_token": token.access_token, "actor_token": own.access_token}
        sent["audience"] = wb.apis["ledger"].url
        token = wb.client.exchange(agent, "mySecret", scope="read", **sent)
    return wb.apis.ask(api, token.access_token)


def _nested_actors(wb: LabBench) -> dict[str, str]:
    twin = wb.apis.twin("ledger", believes="nested actors")
    return {"api": twin.name}


PRIOR = Lab(
    slug="prior-actor-trusted",
    title="Prior actor trusted",
    group=GROUP,
    story="The ledger answers risk-agent when it acts for data-agent. risk-agent hands "
    "its token on; now audit-agent acts, and risk-agent is named inside act.",
    task="Let audit-agent, the last of the chain, ask the ledger.",
    prepare=_two_hops,
    send=_hop_by_hop,
    attack={"last": "audit-agent"},
    answer="200 from PingAM for both hops; 403 from the ledger.",
    stopped_by="the ledger's policy: it looks at the current actor alone",
    rule=False,
    turn=_nested_actors,
    turned="200: a ledger that believes nested actors takes audit-agent for "
    "risk-agent.",
    evidence=asked("ledger", lambda entry: (entry.actor, entry.earlier) == AFTER_RISK),
    harm=lambda wb, call: call.status == 200 and wb.apis.log[-1].actor == AUDIT,
    notice="The ledger's log names an actor whom the policy does not, and behind it "
    "one whom it does.",
    fix="Decide on sub and the outermost act.sub; nested actors are for the log.",
    sources=(RFC_ACT, LIST),
    arrows=(
        Leg("risk-agent", "audit-agent", "token: act risk-agent"),
        Leg("audit-agent", "PingAM", "that token and its own"),
        Leg("audit-agent", "ledger", "act: audit-agent, in it risk-agent", "403"),
    ),
    hints=(
        "PingAM grants both exchanges.",
        "The ledger sees who acts now, and in it who acted before.",
        'last = "audit-agent" is all that changes.',
    ),
)

# Circular chain

LOOPS = "No actor appears twice in the chain"


def _round_trip(wb: LabBench) -> None:
    hops = {"data": "risk-agent", "risk": "audit-agent", "audit": LAST}
    team(wb, "data-agent", "risk-agent", "audit-agent", "case-agent", **hops)


LAST = """token.setMayAct({
    client_id: ["case-agent", "risk-agent"],
    sub: ["(age!case-agent)", "(age!risk-agent)"]
});"""


def _three_hops(wb: LabBench, last: str = "case-agent") -> Call:
    token = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    for agent in ["risk-agent", "audit-agent", last]:
        own = wb.client.client_credentials(agent, "mySecret", scope="read")
        sent = {"subject_token": token.access_token, "actor_token": own.access_token}
        token = wb.client.exchange(agent, "mySecret", scope="read", **sent)
    return token


def _no_loops(wb: LabBench) -> None:
    wb.realms.use_profile(wb.profile.but(loops="refuse"))


CIRCULAR = Lab(
    slug="circular-chain",
    title="Circular chain",
    group=GROUP,
    story="risk-agent handed its delegated token to audit-agent, and gets it back. The "
    "chain grows with each round: tokens too large to read, and lifetimes anew.",
    task="Let the third exchange be risk-agent's again.",
    prepare=_round_trip,
    send=_three_hops,
    attack={"last": "risk-agent"},
    answer="200: no page of PingAM speaks of loops (that it allows them is inferred).",
    granted=True,
    stopped_by=LOOPS,
    turn=_no_loops,
    turned="400: risk-agent would be in the chain twice.",
    evidence=exchanges(
        LOOPS,
        client_id="risk-agent",
        actor=RISK,
        granted=lambda each: str(each.given.act).count(RISK) > 1,
    ),
    harm=lambda wb, call: str(claims_of(wb, call.access_token)["act"]).count(RISK) == 2,
    notice="An act that has the same sub twice.",
    fix="A may act script that looks at the act it is given and stamps none behind a "
    "second turn; a profile with loops=refuse or max_chain_depth.",
    sources=(RFC_ACT,),
    arrows=(
        Leg("risk-agent", "audit-agent", "token: act risk-agent"),
        Leg("audit-agent", "risk-agent", "token: act audit-agent, risk-agent"),
        Leg("risk-agent", "PingAM", "that token and its own", LOOPS),
    ),
    hints=(
        "Three exchanges, each by whom the token before names.",
        "audit-agent's tokens name two agents, one of which was here before.",
        'last = "risk-agent" is all that changes.',
    ),
)

LABS = (LAUNDERED, SPLICING, SUBSTITUTION, CIRCULAR, PRIOR)
