"""What was found since the reference was first written: one test or more a fact.

Where sources disagree, a switch of the profile has both; the table of the reference
notebook has a row for each fact.
"""

import html
from collections.abc import Callable
from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    ID_TOKEN,
    INVALID_GRANT,
    REFUSED,
    SECRET,
    Agents,
    add_grant,
    agent_for_user,
    ask_own_token,
    claims_of,
    exchange,
    lets_act,
    own_token,
    password_tokens,
    refusal_of,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.settings.profile import PROFILES, switches
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.errors import NotYet
from workbench.views.calls.call import answer_html, call_html, call_text
from workbench.views.decision import decision_html, decision_text
from workbench.views.found_since import FOUND_SINCE
from workbench.views.reference import (
    found_since_reference,
    rules_reference,
    settings_reference,
)

FACTS = (
    "The may act script stamps access, ID and refresh tokens",
    "Introspecting an exchanged token whose subject is a client",
    "The same set-up with and without setMayAct",
    "A registration's bearer token needs the special scope for three members",
    "A published client sends client_uri and registers openly",
    "An exchange with a scope that the client lacks",
    "Scope validation on refresh, next generation: clientScopes",
    "The token endpoint minds response_mode in error answers",
    "jwtAssertion and jwtValidator in next-generation scripts",
    "Caching script values, and new common bindings",
    "What tokenExchangeAuthLevel means",
    "Next-generation scripts get Java collections and maps behind wrappers",
    "undefined handed to a Java method that takes an Object",
    "identity on client credentials",
    "Legacy access tokens have setPermissions",
    "identity.getMemberships(IdType.GROUP)",
    "Registration scripts use AM's full attribute names",
    "loopbackInterfaceRedirection",
    "Three forms of a realm's URL",
    "The session property Host",
)
"""The rows of the section, in order."""


# The table of the reference notebook


def test_every_fact_has_its_row_in_order() -> None:
    assert [fact.fact for fact in FOUND_SINCE] == list(FACTS)


@pytest.mark.parametrize("number", range(len(FACTS)))
def test_a_row_says_where_it_is_from_and_what_the_bench_does(number: int) -> None:
    row = FOUND_SINCE[number]

    assert row.source
    assert row.here
    assert not row.switch or row.switch in switches()
    assert row.mark in ("documented", "measured", "seen in source", "inferred")
    for face in (found_since_reference().html, found_since_reference().text):
        assert row.fact in html.unescape(face)


# Refresh tokens are stamped


def stamped_with(wb: Workbench, value: str) -> Any:
    return (wb.inspect(value).claims or {}).get("may_act")


HR = {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


@pytest.fixture
def office(wb: Workbench) -> Workbench:
    """bjensen, hr-client whose tokens hr-agent may exchange, and all grants."""
    agent_for_user(wb)
    add_grant(wb, "hr-client")
    add_grant(wb, "hr-agent")
    wb.realm.add_script("for hr-agent", lets_act("hr-agent"))
    wb.realm.update("hr-agent", may_act_script="for hr-agent")
    return wb


def by_code(wb: Workbench) -> Call:
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    code = wb.client.authorize(
        "hr-client", session, redirect_uri=CALLBACK, scope="read"
    ).code
    return wb.client.authorization_code(
        "hr-client", SECRET, code, redirect_uri=CALLBACK
    )


def by_refresh(wb: Workbench) -> Call:
    return wb.client.refresh("hr-client", SECRET, password_tokens(wb).refresh_token)


def by_exchange(wb: Workbench) -> Call:
    return exchange(wb, "hr-agent", password_tokens(wb).access_token)


GRANTS: dict[str, Callable[[Workbench], Call]] = {
    "code": by_code,
    "password": password_tokens,
    "refresh": by_refresh,
    "exchange": by_exchange,
}


@pytest.mark.parametrize("client_side", [True, False])
@pytest.mark.parametrize("grant", GRANTS)
def test_every_refresh_token_carries_what_the_script_set_for_it(
    office: Workbench, grant: str, client_side: bool
) -> None:
    for name in ("hr-client", "hr-agent"):
        stateless = {"statelessTokensEnabled": client_side}
        office.realm.update(name, overrides=stateless)

    call = GRANTS[grant](office)

    assert stamped_with(office, call.access_token) == HR
    assert stamped_with(office, call.refresh_token) == HR
    who = "hr-agent" if grant == "exchange" else "hr-client"
    told = office.client.introspect(who, SECRET, call.refresh_token).json
    assert told["may_act"] == HR


BY_KIND = """
token.setMayAct({client_id: String(token.getField("tokenName"))});
"""


def test_the_script_sees_the_token_that_it_stamps(office: Workbench) -> None:
    office.realm.update_script("for hr-agent", BY_KIND)

    call = by_exchange(office)

    assert stamped_with(office, call.access_token) == {"client_id": "access_token"}
    assert stamped_with(office, call.refresh_token) == {"client_id": "refresh_token"}
    found = [check.found for check in office.decision.checks[-2:]]
    assert found == [
        "The script called token.setMayAct.",
        "The script called token.setMayAct. This was for the refresh token.",
    ]


def test_a_script_may_leave_refresh_tokens_alone(office: Workbench) -> None:
    office.realm.update_script(
        "for hr-agent",
        'if (token.getField("tokenName") == "access_token") {'
        f"{lets_act('hr-agent')} }}",
    )

    call = by_exchange(office)

    assert stamped_with(office, call.access_token) == HR
    assert stamped_with(office, call.refresh_token) is None


def test_a_script_that_fails_for_the_refresh_token_fails_the_request(
    office: Workbench,
) -> None:
    office.realm.update_script(
        "for hr-agent",
        'if (token.getField("tokenName") == "refresh_token") { throw "no"; }',
    )

    call = by_exchange(office)

    assert (call.status, call.json["error_description"]) == (
        500,
        "Error running may_act script",
    )


def test_without_a_script_no_refresh_token_is_stamped(agents: Agents) -> None:
    call = agents.exchange()

    assert stamped_with(agents.wb, call.refresh_token) is None


def test_a_refresh_runs_the_script_of_today(office: Workbench) -> None:
    call = by_exchange(office)
    office.realm.update_script("for hr-agent", lets_act("another"))

    fresh = office.client.refresh("hr-agent", SECRET, call.refresh_token)

    another = {"client_id": "another", "sub": "(age!another)"}
    assert stamped_with(office, fresh.access_token) == another
    assert stamped_with(office, fresh.refresh_token) == another


def test_the_script_for_id_tokens_stamps_none(office: Workbench) -> None:
    script = office.realm.script("for hr-agent").id
    off = {"accessTokenMayActScript": "[Empty]", "oidcMayActScript": script}
    office.realm.update("hr-client", overrides=off, scopes=["openid", "read"])

    call = password_tokens(office, "openid read")

    assert stamped_with(office, call.id_token) == HR
    assert stamped_with(office, call.refresh_token) is None


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (
            "urn:ietf:params:oauth:token-type:refresh_token",
            "subject_token_type is a type this server can exchange",
        ),
        (ACCESS_TOKEN, "The subject token is of the type declared"),
        (ID_TOKEN, "The subject token is of the type declared"),
    ],
)
def test_a_stamped_refresh_token_is_no_subject_token_all_the_same(
    office: Workbench, kind: str, rule: str
) -> None:
    token = password_tokens(office).refresh_token

    call = exchange(office, "hr-agent", token, subject_token_type=kind)

    assert (call.status, call.json) == (400, REFUSED)
    assert refusal_of(office.decision).rule == rule


# A refresh token that its client cannot use


SAID = "The refresh token cannot be used: risk-agent does not have the grant "


def test_a_refresh_token_that_cannot_be_used_is_named_so(agents: Agents) -> None:
    call = agents.exchange()

    for shown in (
        answer_html(call),
        call_html(call),
        call_text(call),
        decision_html(agents.wb.decision),
        decision_text(agents.wb.decision),
    ):
        assert shown.count(SAID) == 1
    assert "cannot be used" not in call.body


def test_one_that_can_be_used_is_not(agents: Agents) -> None:
    add_grant(agents.wb, "risk-agent")

    call = agents.exchange()

    assert "cannot be used" not in call_text(call) + call_html(call)
    assert "cannot be used" not in decision_text(agents.wb.decision)


def test_the_provider_may_be_who_lacks_the_grant(agents: Agents) -> None:
    wb = agents.wb
    add_grant(wb, "risk-agent")
    wb.provider.grantTypes = tuple(
        each for each in wb.provider.grantTypes if each != "refresh_token"
    )

    call = agents.exchange()

    assert "the provider does not offer the grant refresh_token" in call_text(call)


def test_it_is_named_beside_every_grants_answer(office: Workbench) -> None:
    grants = ["authorization_code", "password"]
    office.realm.update("hr-client", grant_types=grants)

    for call in (by_code(office), password_tokens(office)):
        assert "hr-client does not have the grant refresh_token" in call_text(call)


def test_of_a_client_that_is_gone_and_of_other_answers_nothing_is_said(
    agents: Agents,
) -> None:
    call = agents.exchange()
    own = ask_own_token(agents.wb)
    agents.wb.realm.delete("risk-agent")

    assert (call.remark, own.remark) == ("", "")
    assert "cannot be used" not in call_text(agents.wb.transcript[0])


# Registration: what takes a token with the scope for it


def bearer_for(wb: Workbench, scope: str) -> str:
    wb.realm.register_client(
        f"with {scope}",
        secret=SECRET,
        scopes=[scope],
        grant_types=["client_credentials"],
    )
    return own_token(wb, f"with {scope}", scope)


PLAIN: dict[str, Any] = {"client_name": "inspector"}
MEMBERS = ("client_uri", "logo_uri", "policy_uri")
SCOPE = "dynamic_client_registration"

REGISTRATIONS = [
    # switch, open, scope of the token, a restricted member is sent, status
    ("some members", False, None, False, 403),
    ("some members", False, "read", False, 201),
    ("some members", False, "read", True, 400),
    ("some members", False, SCOPE, True, 201),
    ("some members", True, None, False, 201),
    ("some members", True, None, True, 400),
    ("some members", True, "read", True, 400),
    ("some members", True, SCOPE, True, 201),
    ("everything", False, None, False, 403),
    ("everything", False, "read", False, 403),
    ("everything", False, SCOPE, True, 201),
    ("everything", True, None, False, 201),
    ("everything", True, None, True, 400),
    ("everything", True, SCOPE, True, 201),
    ("nothing", False, None, False, 403),
    ("nothing", False, "read", True, 201),
    ("nothing", True, None, True, 201),
]


@pytest.mark.parametrize("path", ["register", "aiagent/register"])
@pytest.mark.parametrize(
    ("switch", "open_", "scope", "restricted", "status"), REGISTRATIONS
)
def test_a_profile_says_what_takes_the_scope_for_registration(
    wb: Workbench,
    path: str,
    switch: str,
    open_: bool,
    scope: str | None,
    restricted: bool,
    status: int,
) -> None:
    wb.enable_ai_agents()
    wb.profile = wb.profile.but(registration_scope=switch)
    wb.provider.allowDynamicRegistration = open_
    token = {} if scope is None else {"access_token": bearer_for(wb, scope)}

    for member in MEMBERS if restricted else ("tos_uri",):
        sent = {**PLAIN, member: "https://client.example/"}
        call = wb.client.register(sent, path=path, **token)

        assert call.status == status
        if status == 400:
            assert call.json["error_description"] == f"Invalid {member} requested."
            assert SCOPE in wb.audit[-1].hint
            assert "registration_scope" in wb.audit[-1].hint
        if status == 403:
            assert "allowDynamicRegistration" in wb.audit[-1].hint
            assert (SCOPE in wb.audit[-1].hint) == (switch == "everything")


@pytest.mark.parametrize(
    ("profile", "status"), [("pingam-8.1", 400), ("rfc8693-strict", 400), ("aic", 201)]
)
def test_a_published_client_registers_openly_with_pingone_aic_alone(
    wb: Workbench, profile: str, status: int
) -> None:
    wb.profile = profile
    wb.provider.allowDynamicRegistration = True

    call = wb.client.register(
        {**PLAIN, "client_uri": "https://client.example/"}, path="register"
    )

    assert call.status == status


def test_what_a_client_may_have_it_may_change(wb: Workbench) -> None:
    wb.profile = "aic"
    wb.provider.allowDynamicRegistration = True
    made = wb.client.register(PLAIN, path="register")

    answer = wb.http.put(
        made.registration_client_uri,
        headers={"Authorization": f"Bearer {made.registration_access_token}"},
        json={
            **PLAIN,
            "client_id": made.client_id,
            "client_uri": "https://client.example/",
        },
    )

    assert answer.json()["client_uri"] == "https://client.example/"


# A scope that the client lacks


@pytest.mark.parametrize(
    ("profile", "error", "text"),
    [
        ("pingam-8.1", "invalid_scope", "Unknown/invalid scope(s): [admin]"),
        ("rfc8693-strict", "invalid_scope", "Unknown/invalid scope(s): [admin]"),
        ("aic", "invalid_request", "Invalid token exchange."),
    ],
)
def test_a_scope_that_the_client_lacks_is_refused_as_the_profile_has_it(
    agents: Agents, profile: str, error: str, text: str
) -> None:
    wb = agents.wb
    wb.profile = profile
    wb.realm.update_script(
        "risk-agent may act",
        'token.setMayAct({client_id: "risk-agent",'
        ' sub: ["(age!risk-agent)", "risk-agent"]});',
    )

    call = agents.exchange(scope="read admin")
    own = ask_own_token(wb, scope="admin")

    assert (call.status, call.json) == (
        400,
        {"error_description": text, "error": error},
    )
    refusal = refusal_of(wb.audit.exchanges[-1].decision)
    assert refusal.rule == "The client may have every scope asked for"
    assert (refusal.error, refusal.description) == (error, text)
    assert own.json["error"] == "invalid_scope"  # only an exchange was measured


def test_no_scope_at_all_stays_invalid_scope(agents: Agents) -> None:
    agents.wb.profile = agents.wb.profile.but(scope_beyond_client="invalid_request")

    assert agents.exchange(scope=None).json["error"] == "invalid_scope"


# A refresh token that is null


def test_a_refresh_token_that_does_not_come_is_null_on_pingone_aic(
    agents: Agents,
) -> None:
    agents.wb.profile = PROFILES["pingam-8.1"].but(
        refresh_token_on_exchange="only with the grant", null_refresh_token=True
    )

    call = agents.exchange()
    own = ask_own_token(agents.wb)
    identity = agents.exchange(requested_token_type=ID_TOKEN)

    assert call.json["refresh_token"] is None
    assert "refresh_token" not in own.json
    assert "refresh_token" not in identity.json
    with pytest.raises(NotYet, match="no refresh_token"):
        _ = call.refresh_token


def test_where_one_comes_it_is_no_null(agents: Agents) -> None:
    agents.wb.profile = agents.wb.profile.but(null_refresh_token=True)

    assert agents.exchange().refresh_token


def test_a_null_refreshes_nothing(agents: Agents) -> None:
    add_grant(agents.wb, "risk-agent")

    assert agents.refresh("null").json == INVALID_GRANT


# What is inferred says so


def test_what_token_exchange_auth_level_means_is_called_inferred(
    agents: Agents,
) -> None:
    wb = agents.wb
    wb.realm.update("risk-agent", token_exchange_auth_level=3)
    agents.exchange()
    (remedy,) = wb.remedies()[refusal_of(wb.decision).rule]
    tooltip = wb.client_form("risk-agent").token_exchange_auth_level.tooltip
    client = type(wb.realm.client("risk-agent"))
    lines = [
        *settings_reference(client).text.splitlines(),
        *rules_reference().text.splitlines(),
        *found_since_reference().text.splitlines(),
    ]
    explained = [line for line in lines if "uth_level" in line or "AuthLevel" in line]

    assert "inferred" in refusal_of(wb.decision).source
    assert "inferred" in remedy.text
    assert "inferred" in tooltip
    assert len(explained) >= 3
    assert all("inferred" in line for line in explained)


# response_mode at the token endpoint


def test_response_mode_changes_no_error_of_the_token_endpoint(agents: Agents) -> None:
    plain = agents.exchange(scope="admin")

    call = agents.exchange(scope="admin", response_mode="query")

    assert (call.status, call.json) == (plain.status, plain.json)


# Introspection of a token whose subject is a client


def test_an_exchanged_token_whose_subject_is_a_client_can_be_introspected(
    agents: Agents,
) -> None:
    token = agents.exchange().access_token

    told = agents.wb.client.introspect("risk-agent", SECRET, token).json

    assert (told["active"], told["sub"]) == (True, "(age!data-agent)")


def test_may_act_is_the_gate(agents: Agents) -> None:
    with_it = agents.exchange()
    agents.wb.realm.update_script("risk-agent may act", "logger.info('nothing');")
    without = agents.exchange()

    assert (with_it.status, without.json) == (200, REFUSED)
    assert claims_of(agents.wb, with_it)["act"] == {"sub": "(age!risk-agent)"}
