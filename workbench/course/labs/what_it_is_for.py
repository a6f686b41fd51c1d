"""Labs on what a token is for: its scope, its audience, its next stop."""

from workbench.agent.client import Call
from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import asked, claims_of, exchanges
from workbench.course.labs.world import team

GROUP = "What a token is for"
DATA, RISK = "(age!data-agent)", "(age!risk-agent)"


# Scope widening by exchange

WITHIN = "The subject token has every scope asked for"


def _two(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", data="risk-agent")


def _for_scope(wb: LabBench, scope: str = "read") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    return wb.client.exchange(
        "risk-agent",
        "mySecret",
        scope=scope,
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


def _capped(wb: LabBench) -> None:
    wb.realms.use_profile(wb.profile.but(scopes_capped_by_subject=True))


WIDENING = Lab(
    slug="scope-widening",
    title="Scope widening by exchange",
    group=GROUP,
    story="data-agent asked for a token that reads, and handed it over. risk-agent may "
    "write at other times, and asks for that in the exchange.",
    task="Turn a token that reads into one about data-agent that writes.",
    prepare=_two,
    send=_for_scope,
    attack={"scope": "write"},
    answer="200: PingAM looks at the acting client's scopes, never at the subject "
    "token's (measured on PingOne AIC).",
    granted=True,
    stopped_by=WITHIN,
    turn=_capped,
    turned="400 invalid_scope: the subject token has no write.",
    evidence=exchanges(
        WITHIN, sub=DATA, granted=lambda each: "write" in each.given.scope
    ),
    harm=lambda wb, call: claims_of(wb, call.access_token)["scope"] == ["write"],
    notice="An issued scope that the subject token had not.",
    fix="Register agents with the scopes of their job alone; let a scope validation "
    "script hold exchanges to the subject's scopes; have APIs ask for more than scope.",
    sources=("PingAM 8.1, Token exchange", "RFC 8693 section 5"),
    arrows=(
        Leg("data-agent", "risk-agent", "token, scope read"),
        Leg("risk-agent", "PingAM", "exchange, scope write", WITHIN),
        Leg("PingAM", "risk-agent", "token about data-agent, scope write"),
    ),
    hints=(
        "The exchange has a scope parameter of its own.",
        "risk-agent is registered for read and write.",
        'scope = "write" is all that changes.',
    ),
)


# Confused audience


def _apis(wb: LabBench) -> None:
    _two(wb)
    wb.open_apis()


def _for_audience(wb: LabBench, meant_for: str = "ledger", api: str = "ledger") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    sent = {"subject_token": subject.access_token, "actor_token": actor.access_token}
    sent["audience"] = wb.apis[meant_for].url
    issued = wb.client.exchange("risk-agent", "mySecret", scope="read", **sent)
    return wb.apis.ask(api, issued.access_token)


def _any_audience(wb: LabBench) -> dict[str, str]:
    twin = wb.apis.twin("ledger", believes="any audience")
    return {"api": twin.name}


AUDIENCE = Lab(
    slug="confused-audience",
    title="Confused audience",
    group=GROUP,
    story="The market API got a token from risk-agent, as it should. Whoever runs that "
    "API now sends the token on to the ledger, to see what it opens.",
    task="Send a token that is meant for the market to the ledger.",
    prepare=_apis,
    send=_for_audience,
    attack={"meant_for": "market"},
    answer="200 from PingAM; 401 invalid_token from the ledger.",
    stopped_by="the ledger's check of aud",
    rule=False,
    turn=_any_audience,
    turned="200: a ledger that takes any audience answers the market's operator.",
    evidence=asked(
        "ledger", lambda entry: "is for" in entry.reason or "-any-" in entry.api
    ),
    harm=lambda wb, call: call.status == 200,
    notice="401 in the ledger's log, with a token that names another API.",
    fix="One audience a token, checked by each API. PingAM ignores resource in an "
    "exchange (measured); the audience parameter counts once its switch is on.",
    sources=("RFC 9068 section 4", "RFC 9700 section 2.3", "RFC 8693 section 2.1"),
    arrows=(
        Leg("risk-agent", "market", "token for market"),
        Leg("market", "ledger", "the same token", "aud is market: 401"),
    ),
    hints=(
        "The exchange names one audience, the request goes to another.",
        "aud has the market's URL.",
        'meant_for = "market" is all that changes.',
    ),
)


# Token passed through


def _own_or_exchanged(
    wb: LabBench, exchanged: bool = True, api: str = "ledger"
) -> Call:
    token = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    if exchanged:
        own = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
        sent = {"subject_token": token.access_token, "actor_token": own.access_token}
        sent["audience"] = wb.apis["ledger"].url
        token = wb.client.exchange("risk-agent", "mySecret", scope="read", **sent)
    return wb.apis.ask(api, token.access_token)


def _takes_the_subjects_own(wb: LabBench) -> dict[str, str]:
    from dataclasses import replace

    twin = wb.apis.twin("ledger", believes="any audience")
    twin.policy = replace(twin.policy, actors=None)
    return {"api": twin.name}


PASSED = Lab(
    slug="token-passed-through",
    title="Token passed through",
    group=GROUP,
    story="risk-agent got data-agent's token with a job. To exchange it is a request "
    "more; it sends the token on to the ledger as it is.",
    task="Ask the ledger with data-agent's own token.",
    prepare=_apis,
    send=_own_or_exchanged,
    attack={"exchanged": False},
    answer="PingAM is not asked; 401 invalid_token from the ledger.",
    stopped_by="the ledger's check of aud",
    rule=False,
    turn=_takes_the_subjects_own,
    turned="200: the ledger's log says data-agent, and risk-agent is nowhere.",
    evidence=asked("ledger", lambda entry: entry.client_id == "data-agent"),
    harm=lambda wb, call: call.status == 200 and not wb.apis.log[-1].actor,
    notice="The ledger's log has tokens of data-agent at hours when it asks nothing "
    "itself.",
    fix="Exchange, each hop for itself; MCP forbids servers to pass a token through. "
    "APIs check aud, and want an actor.",
    sources=(
        "MCP, Authorization (2026-07-28), token passthrough",
        "RFC 8693 section 1",
    ),
    arrows=(
        Leg("data-agent", "risk-agent", "its token"),
        Leg("risk-agent", "ledger", "the same token", "aud is data-agent: 401"),
    ),
    hints=(
        "One request less than usual.",
        "No exchange: the subject token itself goes to the API.",
        "exchanged = False is all that changes.",
    ),
)

LABS = (WIDENING, AUDIENCE, PASSED)
