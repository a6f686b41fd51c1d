"""Labs on clients and grants: codes, refresh tokens, agents withdrawn, newcomers."""

from workbench.agent.client import Call
from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import claims_of, event_told, events, exchange_told
from workbench.course.labs.world import SCOPES, team
from workbench.course.use_cases.agent_for_user import prepare_agent_for_user
from workbench.course.use_cases.use_case import SECRET

GROUP = "Clients, grants and their end"
RISK = "(age!risk-agent)"
CODE_AGAIN = "The code was used before"


# Replayed code


def _user(wb: LabBench) -> None:
    prepare_agent_for_user(wb.realm)


def _code_redeemed(wb: LabBench, times: int = 1, forgets: bool = False) -> Call:
    back = "https://www.example.com:443/callback"
    login = wb.client.authenticate("bjensen", "Secret12!")
    consent = wb.client.authorize(
        "hr-client", login.token_id, redirect_uri=back, scope="read"
    )
    sent = ("hr-client", "mySecret", consent.code)
    for _ in range(times):
        call = wb.client.authorization_code(*sent, redirect_uri=back)
        wb.realm.codes.tables[0][consent.code].used = not forgets
    return call


def _forgetful(wb: LabBench) -> dict[str, bool]:
    """No switch of PingAM does this: the bench forgets that the code was used."""
    return {"forgets": True}


REPLAYED = Lab(
    slug="replayed-code",
    title="Replayed authorization code",
    group=GROUP,
    story="bjensen's authorization code stood in a URL, and the URL in a log. "
    "hr-client has turned it into a token already.",
    task="Turn the same code into tokens a second time.",
    prepare=_user,
    send=_code_redeemed,
    attack={"times": 2},
    answer="400 invalid_grant; and what the code gave before is revoked.",
    stopped_by="the token endpoint: a code is good once",
    rule=False,
    turn=_forgetful,
    turned="200 from a server that forgets (forgets = True; PingAM has no such "
    "switch).",
    evidence=events(lambda event: event.hint.startswith(CODE_AGAIN)),
    harm=lambda wb, call: call.status == 200,
    notice="invalid_grant with the reason that the code was used before.",
    fix="PKCE, so that a code alone opens nothing; short lives for codes. A replay is "
    "an alarm: the first use may have been the thief's.",
    sources=("RFC 6749 section 4.1.2", "RFC 7636 section 1", "RFC 9700 section 4.5"),
    arrows=(
        Leg("bjensen", "hr-client", "code, by way of a URL"),
        Leg("hr-client", "PingAM", "code, the first time"),
        Leg("a thief", "PingAM", "the same code", "used before: 400"),
    ),
    hints=(
        "The code is good, and so is the client.",
        "Codes are good once.",
        "times = 2 is all that changes.",
    ),
)


# Revoked middle

CHANGED = "AI agent risk-agent was changed."
ACTIVE = "The subject token's client is active"


def _two_hops(wb: LabBench) -> None:
    names = ("data-agent", "risk-agent", "audit-agent")
    team(wb, *names, data="risk-agent", risk="audit-agent")


def _after_withdrawal(wb: LabBench, withdrawn: bool = False) -> Call:
    wb.realm.update("risk-agent", active=True)
    token = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    for agent in ["risk-agent", "audit-agent"]:
        own = wb.client.client_credentials(agent, "mySecret", scope="read")
        sent = {"subject_token": token.access_token, "actor_token": own.access_token}
        token = wb.client.exchange(agent, "mySecret", scope="read", **sent)
        if withdrawn and agent == "risk-agent":
            wb.realm.update(agent, active=False)
    return token


def _active_alone(wb: LabBench) -> None:
    wb.realms.use_profile(wb.profile.but(tokens_of_inactive_clients="refuse"))


def _exchanges_after_withdrawal(wb: LabBench) -> tuple[str, ...]:
    """Those by audit-agent since risk-agent is inactive."""
    if wb.realm.client("risk-agent").active:
        return ()
    trail = list(wb.audit)
    changed = [n for n, each in enumerate(trail) if each.summary == CHANGED]
    late = [each.decision for each in trail[max(changed) :] if each.decision]
    return tuple(exchange_told(d) for d in late if d.client_id == "audit-agent")


MIDDLE = Lab(
    slug="revoked-middle",
    title="Revoked middle",
    group=GROUP,
    story="risk-agent is found to be compromised, and an administrator makes it "
    "inactive. Its delegated token is with audit-agent already.",
    task="Let audit-agent exchange risk-agent's token after risk-agent was withdrawn.",
    prepare=_two_hops,
    send=_after_withdrawal,
    attack={"withdrawn": True},
    answer="200: the token counts until it ends (that PingAM asks nothing of its "
    "client is inferred).",
    granted=True,
    stopped_by=ACTIVE,
    turn=_active_alone,
    turned="400: the client that got the subject token is inactive.",
    evidence=_exchanges_after_withdrawal,
    harm=lambda wb, call: (
        claims_of(wb, call.access_token)["act"]["act"] == {"sub": RISK}
    ),
    notice="An act that names an agent which is inactive.",
    fix="Withdraw an agent and revoke its tokens: a token revoked is refused by “The "
    "subject token has not been revoked”. What was made of it before lives on; short "
    "lives end that.",
    sources=("RFC 7009 section 2.1", "RFC 8693 section 2.1"),
    arrows=(
        Leg("risk-agent", "audit-agent", "token: act risk-agent"),
        Leg("administrator", "PingAM", "risk-agent is inactive"),
        Leg("audit-agent", "PingAM", "that token and its own", ACTIVE),
    ),
    hints=(
        "The order matters: exchange, withdraw, exchange.",
        "audit-agent sends the second exchange as always.",
        "withdrawn = True is all that changes.",
    ),
)


# Refresh after revocation


def _may_refresh(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", data="risk-agent")
    own = wb.realm.client("risk-agent").grant_types
    wb.realm.update("risk-agent", grant_types=[*own, "refresh_token"])


def _refreshed(wb: LabBench, revoked: bool = False) -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    sent = {"subject_token": subject.access_token, "actor_token": actor.access_token}
    issued = wb.client.exchange("risk-agent", "mySecret", scope="read", **sent)
    if revoked:
        wb.client.revoke("data-agent", "mySecret", subject.access_token)
        wb.client.revoke("risk-agent", "mySecret", issued.access_token)
    return wb.client.refresh("risk-agent", "mySecret", issued.refresh_token)


def _no_refresh_grant(wb: LabBench) -> None:
    own = wb.realm.client("risk-agent").grant_types
    kept = [each for each in own if each != "refresh_token"]
    wb.realm.update("risk-agent", grant_types=kept)


def _refreshes_after_revocation(wb: LabBench) -> tuple[str, ...]:
    """Refreshes, and refusals of one, once a token was revoked."""
    trail = list(wb.audit)
    first = next((n for n, e in enumerate(trail) if e.kind == "revoke"), len(trail))
    late = (event_told(e) for e in trail[first:] if e.client_id == "risk-agent")
    return tuple(told for told in late if "refresh" in told)


REFRESH = Lab(
    slug="refresh-after-revocation",
    title="Refresh after revocation",
    group=GROUP,
    story="data-agent takes its token back, and the delegated one is revoked as well. "
    "The exchange had also given a refresh token, which lives for a week.",
    task="Get a fresh delegated token after both access tokens were revoked.",
    prepare=_may_refresh,
    send=_refreshed,
    attack={"revoked": True},
    answer="200: a token about data-agent, act risk-agent. The refresh token was not "
    "revoked (that it outlives its access token is inferred).",
    granted=True,
    stopped_by="the client's grant types: without refresh_token nothing is refreshed",
    rule=False,
    turn=_no_refresh_grant,
    turned="400: the client may not use the grant.",
    evidence=_refreshes_after_revocation,
    harm=lambda wb, call: claims_of(wb, call.access_token)["act"] == {"sub": RISK},
    notice="A refresh after a revocation of the same subject's token.",
    fix="Leave the refresh grant off agents that exchange; revoke the refresh token, "
    "which ends the grant; a profile with refresh_token_on_exchange=never.",
    sources=(
        "PingAM 8.1, Token exchange (refresh tokens)",
        "RFC 7009 section 2.1",
        "RFC 9700 section 4.14",
    ),
    arrows=(
        Leg("PingAM", "risk-agent", "delegated token, refresh token"),
        Leg("data-agent", "PingAM", "revoke"),
        Leg("risk-agent", "PingAM", "refresh token", "no refresh grant: 400"),
    ),
    hints=(
        "An exchange gives two tokens.",
        "Revoking an access token leaves the refresh token alone.",
        "revoked = True is all that changes.",
    ),
)


# Self-registration


def _operator(wb: LabBench) -> None:
    wb.enable_ai_agents()
    wb.provider.supportedScopes = ("read", "write")
    wb.realm.register_client(
        "operator",
        secret=SECRET,
        scopes=[*SCOPES, "dynamic_client_registration"],
        grant_types=["client_credentials"],
    )


def _registered(wb: LabBench, bearer: bool = True) -> Call:
    scope = "dynamic_client_registration"
    token = wb.client.client_credentials("operator", "mySecret", scope=scope)
    metadata = {
        "client_name": "risk-agent",
        "scopes": ["read", "write"],
        "grant_types": ["client_credentials"],
    }
    proof = token.access_token if bearer else None
    return wb.client.register(metadata, access_token=proof)


def _open_door(wb: LabBench) -> None:
    wb.provider.allowDynamicRegistration = True


SELF = Lab(
    slug="self-registration",
    title="Self-registration",
    group=GROUP,
    story="Agents register themselves at an endpoint. The operator has a token for "
    "that; somebody else has none, and calls its agent risk-agent.",
    task="Register an AI agent without a bearer token.",
    prepare=_operator,
    send=_registered,
    attack={"bearer": False},
    answer="403 access_denied: Access Token not valid.",
    stopped_by="the registration endpoint: open registration is off",
    rule=False,
    turn=_open_door,
    turned="201: an AI agent with the scopes it asked for, and a secret.",
    evidence=events(
        lambda event: (
            event.kind == "refusal"
            and "/aiagent/register" in event.summary
            and event.status == 403
        )
    ),
    harm=lambda wb, call: call.status == 201,
    notice="Refusals at /aiagent/register; where it is open, agents whose names are "
    "those of others: client_name proves nothing.",
    fix="Keep Allow Open Dynamic Client Registration off, or the scope allowlist "
    "short; name client ids, which AM makes, in may act scripts, never names.",
    sources=("PingAM 8.1, AI agents: dynamic registration", "RFC 7591 section 5"),
    arrows=(
        Leg("a stranger", "PingAM", "aiagent/register, no token", "403"),
        Leg("PingAM", "a stranger", "client id and secret"),
    ),
    hints=(
        "The metadata may stay as they are.",
        "access_token=None leaves the Authorization header out.",
        "bearer = False is all that changes.",
    ),
)

LABS = (REPLAYED, MIDDLE, REFRESH, SELF)
