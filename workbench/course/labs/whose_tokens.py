"""Labs on whose tokens are sent: borrowed, stolen, swapped, of the wrong kind."""

from workbench.agent.client import Call
from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import claims_of, exchanges
from workbench.course.labs.world import RULES, team
from workbench.course.use_cases.use_case import SECRET

GROUP = "Whose tokens are sent"
RFC_MAY_ACT = "RFC 8693 section 4.4"
PAGE = "PingAM 8.1, Token exchange: delegation"
DATA, RISK, ROGUE = "(age!data-agent)", "(age!risk-agent)", "(age!rogue-agent)"


def _three(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", "rogue-agent", data="risk-agent")


# Borrowed actor token


def _with_both_tokens(wb: LabBench, client_id: str = "risk-agent") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    return wb.client.exchange(
        client_id,
        "mySecret",
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


def _any_client(wb: LabBench) -> None:
    rule = "may_act.client_id names the client"
    wb.realms.use_profile(wb.profile.but(rules_left_out=[rule]))


def _issued_to_rogue(wb: LabBench, call: Call) -> bool:
    claims = claims_of(wb, call.access_token)
    return bool(claims["client_id"] == "rogue-agent" and claims["act"] == {"sub": RISK})


BORROWED = Lab(
    slug="borrowed-actor-token",
    title="Borrowed actor token",
    group=GROUP,
    story="rogue-agent has found two genuine tokens in a log: data-agent's, which "
    "risk-agent may exchange, and risk-agent's own. It has a client of its own.",
    task="Let rogue-agent exchange the two tokens, so that risk-agent gets the blame.",
    prepare=_three,
    send=_with_both_tokens,
    attack={"client_id": "rogue-agent"},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=RULES["client"],
    turn=_any_client,
    turned="200: a token issued to rogue-agent whose act names risk-agent.",
    evidence=exchanges(RULES["client"], client_id="rogue-agent", actor=RISK),
    harm=_issued_to_rogue,
    notice="The client that asks and the actor whose token it sends are not the same.",
    fix="Name the one client in may_act.client_id; keep tokens out of logs; let tokens "
    "live for minutes.",
    sources=(PAGE, RFC_MAY_ACT, "RFC 9700 section 2.2 (sender-constrained tokens)"),
    arrows=(
        Leg("risk-agent", "rogue-agent", "actor token, by way of a log"),
        Leg("rogue-agent", "PingAM", "both tokens, its own secret", RULES["client"]),
    ),
    hints=(
        "Both tokens stay as they are.",
        "Somebody else sends the exchange, with its own secret.",
        'client_id = "rogue-agent" is all that changes.',
    ),
)


# Stolen subject token


def _without_actor(wb: LabBench, client_id: str = "risk-agent") -> Call:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    return wb.client.exchange(
        client_id, "mySecret", scope="read", subject_token=subject.access_token
    )


def _thief_is_data_agent(wb: LabBench, call: Call) -> bool:
    claims = claims_of(wb, call.access_token)
    return (claims["sub"], claims["client_id"]) == (DATA, "rogue-agent")


STOLEN = Lab(
    slug="stolen-subject-token",
    title="Stolen subject token",
    group=GROUP,
    story="A token of data-agent was stolen. The thief wants one of its own out of it: "
    "with another lifetime, other scopes and a refresh token.",
    task="Let rogue-agent turn the stolen token into one issued to itself.",
    prepare=_three,
    send=_without_actor,
    attack={"client_id": "rogue-agent"},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=RULES["client"],
    turn=_any_client,
    turned="200: rogue-agent has a token about data-agent, and no act tells of it.",
    evidence=exchanges(RULES["client"], client_id="rogue-agent", sub=DATA),
    harm=_thief_is_data_agent,
    notice="A client exchanges tokens of a subject that never let it act.",
    fix="may_act is the gate: stamp it only where somebody is to act. The stolen token "
    "itself still counts at every API that takes it, so bind tokens to their audience "
    "and their sender.",
    sources=(PAGE, RFC_MAY_ACT, "RFC 9700 section 2.2 (sender-constrained tokens)"),
    arrows=(
        Leg("data-agent", "rogue-agent", "subject token, stolen"),
        Leg("rogue-agent", "PingAM", "subject token alone", RULES["client"]),
    ),
    hints=(
        "No actor token is needed for the theft.",
        "The thief authenticates as itself.",
        'client_id = "rogue-agent" is all that changes.',
    ),
)


# Swapped roles


def _in_this_order(wb: LabBench, subject_of: str = "data-agent") -> Call:
    actor_of = "risk-agent" if subject_of == "data-agent" else "data-agent"
    subject = wb.client.client_credentials(subject_of, "mySecret", scope="read")
    actor = wb.client.client_credentials(actor_of, "mySecret", scope="read")
    return wb.client.exchange(
        "risk-agent",
        "mySecret",
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


def _nothing_on_may_act(wb: LabBench) -> None:
    rules = [
        "The subject token carries may_act",
        "may_act.client_id names the client",
        "may_act has a sub, as delegation needs",
        "may_act.sub names the actor token's sub",
    ]
    wb.realms.use_profile(wb.profile.but(rules_left_out=rules))


def _data_agent_acts(wb: LabBench, call: Call) -> bool:
    claims = claims_of(wb, call.access_token)
    return bool(claims["sub"] == RISK and claims["act"] == {"sub": DATA})


SWAPPED = Lab(
    slug="swapped-roles",
    title="Swapped roles",
    group=GROUP,
    story="risk-agent wants its own work to look as if data-agent had done it. It "
    "holds both tokens, and sends each in the other's place.",
    task="Let risk-agent send its own token as subject and data-agent's as actor.",
    prepare=_three,
    send=_in_this_order,
    attack={"subject_of": "risk-agent"},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=RULES["carries"],
    turn=_nothing_on_may_act,
    turned="200: sub is risk-agent, act names data-agent, which did nothing.",
    evidence=exchanges(RULES["carries"], sub=RISK, actor=DATA),
    harm=_data_agent_acts,
    notice="An exchange whose subject is the client itself, with another's actor "
    "token.",
    fix="Stamp may_act only on tokens of those for whom somebody acts: nobody acts for "
    "risk-agent, so its tokens carry none.",
    sources=(PAGE, "RFC 8693 sections 2.1 and 4.4"),
    arrows=(
        Leg("data-agent", "risk-agent", "its token, to be acted for"),
        Leg("risk-agent", "PingAM", "the two tokens swapped", RULES["carries"]),
    ),
    hints=(
        "The same two tokens, the same client.",
        "What was the subject token becomes the actor token.",
        'subject_of = "risk-agent": the actor token is then data-agent\'s.',
    ),
)


# ID token as access token

STAMPED = "for tokens of the portal"


def _person(wb: LabBench) -> None:
    team(wb, "risk-agent")
    wb.realm.add_user("bjensen", password=SECRET)
    wb.realm.add_script(
        STAMPED, 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'
    )
    wb.realm.register_client(
        "portal",
        secret=SECRET,
        scopes=["openid", "read"],
        grant_types=["password"],
        token_endpoint_auth_method="client_secret_post",
        may_act_script=STAMPED,
        overrides={"statelessTokensEnabled": True, "oidcMayActScript": STAMPED},
    )


def _of_the_person(wb: LabBench, member: str = "access_token") -> Call:
    login = wb.client.password(
        "portal", "mySecret", "bjensen", "mySecret", scope="openid read"
    )
    actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    return wb.client.exchange(
        "risk-agent",
        "mySecret",
        scope="read",
        subject_token=login.json[member],
        actor_token=actor.access_token,
    )


def _any_declared_type(wb: LabBench) -> None:
    rule = "The subject token is of the type declared"
    wb.realms.use_profile(wb.profile.but(rules_left_out=[rule]))


def _access_to_read(wb: LabBench, call: Call) -> bool:
    claims = claims_of(wb, call.access_token)
    return bool(claims["tokenName"] == "access_token" and claims["scope"] == ["read"])


DECLARED = "The subject token is of the type declared"

ID_TOKEN = Lab(
    slug="id-token-as-access-token",
    title="ID token as access token",
    group=GROUP,
    story="bjensen's ID token tells the portal who she is; browsers and logs see it. "
    "risk-agent got hold of it, and sends it where an access token belongs.",
    task="Let risk-agent exchange the ID token as if it were an access token.",
    prepare=_person,
    send=_of_the_person,
    attack={"member": "id_token"},
    answer="400 invalid_request: Invalid token exchange.",
    stopped_by=DECLARED,
    turn=_any_declared_type,
    turned="200: out of a proof of who she is came a token that reads.",
    evidence=exchanges(DECLARED),
    harm=_access_to_read,
    notice="tokenName is id_token where the request declared an access token.",
    fix="Leave may_act off ID tokens: the OIDC ID token may act script is a setting of "
    "its own. PingAM exchanges ID tokens that are declared as such, if they carry it.",
    sources=(PAGE, "RFC 8693 section 3", "RFC 9700 section 2.3"),
    arrows=(
        Leg("bjensen", "portal", "logs in"),
        Leg("portal", "risk-agent", "her ID token"),
        Leg("risk-agent", "PingAM", "ID token as access token", DECLARED),
    ),
    hints=(
        "The portal gets two tokens at one login.",
        "The request declares an access token in any case.",
        'member = "id_token" is all that changes.',
    ),
)

LABS = (BORROWED, STOLEN, SWAPPED, ID_TOKEN)
