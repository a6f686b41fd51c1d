"""PingAM 8.1, "Dynamic OAuth 2.0 authorization": policies say which scopes are had."""

from typing import Any

import pytest

from tests.stories import APP_CALLBACK, Agents, app_tokens, person_with_app
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.exchange.decision import Check
from workbench.am.exchange.rules.scope import policies_grant
from workbench.am.reading.read_token import read_token
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

SCOPES = ["openid", "profile", "email"]
ALL = "openid profile email"
ON = {"providerOverridesEnabled": True, "usePolicyEngineForScope": True}


@pytest.fixture
def demo(wb: Workbench) -> Workbench:
    """The vendor's demonstration: a policy denies email to those authenticated."""
    person_with_app(
        wb,
        scopes=SCOPES,
        redirection_uris=[APP_CALLBACK],
        token_endpoint_auth_method="client_secret_post",
        grant_types=[
            "password",
            "client_credentials",
            "refresh_token",
            "authorization_code",
        ],
    )
    wb.provider.usePolicyEngineForScope = True
    wb.realm.add_policy("no email", ["email"], grant=False)
    return wb


def authorize(wb: Workbench, scope: str = ALL, **more: Any) -> Call:
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    return wb.client.authorize(
        "app", session, redirect_uri=APP_CALLBACK, scope=scope, **more
    )


def asked(wb: Workbench, scope: str = ALL) -> Any:
    """The same with a browser, before anybody has answered."""
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    return wb.http.get(
        f"{wb.realm.oauth2_url}/authorize",
        params={
            "client_id": "app",
            "response_type": "code",
            "scope": scope,
            "redirect_uri": APP_CALLBACK,
        },
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )


def redeemed(wb: Workbench, consent: Call) -> Call:
    return wb.client.authorization_code(
        "app", "s", consent.code, redirect_uri=APP_CALLBACK
    )


def policy_check(wb: Workbench) -> Check:
    decision = wb.audit[-1].decision
    assert decision is not None
    return next(
        each for each in decision.checks if each.rule == policies_grant.statement
    )


def test_policies_are_not_asked_unless_the_setting_is_on(demo: Workbench) -> None:
    demo.provider.usePolicyEngineForScope = False

    assert app_tokens(demo, ALL).json["scope"] == "openid profile email"


def test_with_a_password_only_what_a_policy_grants_is_had_beside_openid(
    demo: Workbench,
) -> None:
    assert app_tokens(demo, ALL).json["scope"] == "openid"

    demo.realm.add_policy("profiles", ["prof*"], grant=True)

    assert app_tokens(demo, ALL).json["scope"] == "openid profile"
    assert demo.audit[-1].summary.endswith("Policies left out: email (denied).")


def test_the_default_scopes_are_looked_up_too(demo: Workbench) -> None:
    demo.realm.update("app", default_scopes=["email", "profile"])
    demo.realm.add_policy("profiles", ["profile"], grant=True)

    assert app_tokens(demo, None).json["scope"] == "profile"


def test_implied_consent_grants_what_no_policy_speaks_of(demo: Workbench) -> None:
    demo.realm.update("app", is_consent_implied=True)
    assert app_tokens(demo, ALL).json["scope"] == "openid"

    demo.provider.clientsCanSkipConsent = True

    assert app_tokens(demo, ALL).json["scope"] == "openid profile"
    assert redeemed(demo, authorize(demo)).json["scope"] == "openid profile"


def test_an_unknown_scope_is_refused_as_ever(demo: Workbench) -> None:
    demo.realm.add_policy("all", ["*"], grant=True)

    call = app_tokens(demo, "write")

    assert call.json["error_description"] == "Unknown/invalid scope(s): [write]"


def test_a_client_that_acts_as_itself_is_nobody_authenticated(demo: Workbench) -> None:
    demo.realm.add_policy("people", ["*"], grant=True)
    call = demo.client.client_credentials("app", "s", scope="profile")
    assert (call.status, call.json["scope"]) == (200, "")

    demo.realm.add_policy("app", ["profile"], grant=True, subjects={"clients": ["app"]})

    call = demo.client.client_credentials("app", "s", scope="profile email")
    assert call.json["scope"] == "profile"
    info = demo.client.introspect("app", "s", call.access_token).json
    assert (info["active"], info["scope"]) == (True, "profile")


def test_a_policy_may_be_for_one_person(demo: Workbench) -> None:
    demo.realm.add_policy(
        "hers", ["profile"], grant=True, subjects={"users": ["scarter"]}
    )

    assert app_tokens(demo, ALL).json["scope"] == "openid"


def test_a_policy_set_that_is_not_there_is_like_an_empty_one(demo: Workbench) -> None:
    demo.realm.add_policy("profiles", ["profile"], grant=True, policy_set="mine")
    demo.provider.scopesPolicySet = "nowhere"
    assert app_tokens(demo, ALL).json["scope"] == "openid"

    demo.provider.scopesPolicySet = "mine"

    assert app_tokens(demo, ALL).json["scope"] == "openid profile"


def test_a_live_override_block_says_whether_and_which_policies(demo: Workbench) -> None:
    demo.realm.add_policy("profiles", ["profile"], grant=True, policy_set="mine")
    demo.realm.update("app", overrides={"providerOverridesEnabled": True})
    assert app_tokens(demo, ALL).json["scope"] == "openid profile email"

    demo.realm.update("app", overrides={**ON, "scopesPolicySet": "mine"})

    assert app_tokens(demo, ALL).json["scope"] == "openid profile"


def test_a_person_is_asked_only_for_what_no_policy_speaks_of(demo: Workbench) -> None:
    demo.realm.add_policy("openid", ["openid"], grant=True)

    page = asked(demo)

    assert page.status_code == 200
    assert "<li>profile</li>" in page.text
    assert "<li>email</li>" not in page.text
    assert "<li>openid</li>" not in page.text
    assert redeemed(demo, authorize(demo)).json["scope"] == "openid profile"


def test_nobody_is_asked_where_policies_have_answered_all(demo: Workbench) -> None:
    demo.realm.add_policy("profiles", ["profile"], grant=True)

    answer = asked(demo)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(APP_CALLBACK)
    assert "Policies left out: email (denied)." in demo.audit[-1].summary


def test_where_policies_deny_everything_the_token_has_no_scope(demo: Workbench) -> None:
    call = redeemed(demo, authorize(demo, "email"))

    assert (call.status, call.json["scope"]) == (200, "")
    assert read_token(demo.realm, call.access_token).claims["scope"] == []  # type: ignore[index]


def test_on_refreshing_only_a_denial_takes_a_scope_away(demo: Workbench) -> None:
    first = redeemed(demo, authorize(demo))
    kept = demo.client.refresh("app", "s", first.refresh_token)
    assert kept.json["scope"] == "openid profile"

    demo.realm.add_policy("no profile", ["profile"], grant=False)

    fresh = demo.client.refresh("app", "s", kept.refresh_token)
    assert fresh.json["scope"] == "openid"
    assert "left out: profile (denied)" in demo.audit[-1].summary


def test_a_grant_without_scopes_has_none_once_refreshed(demo: Workbench) -> None:
    demo.realm.update("app", default_scopes=["profile"])
    refresh = redeemed(demo, authorize(demo, "email")).refresh_token

    call = demo.client.refresh("app", "s", refresh)
    more = demo.client.refresh("app", "s", call.refresh_token, scope="profile")

    assert (call.status, call.json["scope"]) == (200, "")
    assert more.json["error_description"] == "Unknown/invalid scope(s): [profile]"


def test_the_password_grant_is_not_ruled_on_pingone_aic(demo: Workbench) -> None:
    demo.profile = demo.profile.but(policies_on_password=False)

    assert app_tokens(demo, ALL).json["scope"] == "openid profile email"


def test_an_exchange_without_a_policy_gives_a_token_without_scopes(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update("risk-agent", overrides=ON)

    call = agents.exchange()

    assert (call.status, call.json["scope"]) == (200, "")
    claims = read_token(story.realm, call.access_token).claims
    assert claims is not None
    assert claims["scope"] == []
    check = policy_check(story)
    assert check.passed
    assert check.found == "left out: read (no policy grants it)"
    assert check.decided_by == "client setting"
    decision = story.audit[-1].decision
    assert decision is not None
    assert decision.grant is not None
    assert decision.grant.scope == ()


def test_the_setting_of_the_provider_decides_where_no_override_is_live(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update("risk-agent", overrides={"providerOverridesEnabled": False})
    story.provider.usePolicyEngineForScope = True
    story.realm.add_policy("all", ["*"], grant=True, subjects="unauthenticated")

    assert agents.exchange().json["scope"] == "read"

    check = policy_check(story)
    assert check.decided_by == "provider setting"
    assert check.found == "every scope is granted"


def test_without_the_policy_engine_a_decision_says_nothing_of_it(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange()

    decision = story.audit[-1].decision
    assert decision is not None
    assert policies_grant.statement not in [each.rule for each in decision.checks]


def test_implied_consent_counts_in_an_exchange(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update(
        "risk-agent",
        is_consent_implied=True,
        overrides={**ON, "clientsCanSkipConsent": True},
    )

    assert agents.exchange().json["scope"] == "read"


def test_the_person_of_a_subject_token_reaches_no_policy_unless_the_profile_says_so(
    story: Workbench, agents: Agents
) -> None:
    story.realm.add_user("bjensen", password=USER_PASSWORD)
    story.realm.update("data-agent", grant_types=["password"])
    story.realm.update("risk-agent", overrides=ON)
    story.realm.add_policy("hers", ["*"], grant=True, subjects={"users": ["bjensen"]})
    subject = story.client.password(
        "data-agent", "mySecret", "bjensen", USER_PASSWORD, scope="read"
    ).access_token
    assert agents.exchange(subject_token=subject).json["scope"] == ""

    story.profile = story.profile.but(policies_see_exchange_subject=True)

    assert agents.exchange(subject_token=subject).json["scope"] == "read"
    assert policy_check(story).expected == (
        "a policy of oauth2Scopes grants each to bjensen"
    )


def test_policies_have_their_say_after_a_scope_validation_script(
    story: Workbench, agents: Agents
) -> None:
    source = "function validateAccessTokenScope() { return requestedScopes; }"
    script = story.realm.add_script("all", source, context="OAUTH2_VALIDATE_SCOPE")
    scripted = {
        "validateScopePluginType": "SCRIPTED",
        "validateScopeScript": script.id,
    }
    story.realm.update("risk-agent", overrides={**ON, **scripted})
    story.realm.add_policy("no", ["read"], grant=False, subjects="anybody")

    call = agents.exchange()

    assert (call.status, call.json["scope"]) == (200, "")
    assert policy_check(story).found == "left out: read (denied)"


def test_an_id_token_has_no_scope_to_ask_policies_about(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update("risk-agent", overrides=ON)

    call = agents.exchange(
        scope=None,
        requested_token_type="urn:ietf:params:oauth:token-type:id_token",
    )

    assert call.status == 200
    decision = story.audit[-1].decision
    assert decision is not None
    assert policies_grant.statement not in [each.rule for each in decision.checks]
