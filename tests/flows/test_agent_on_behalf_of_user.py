"""PingAM 8.1, "AI agent on behalf of a user", request by request over HTTP."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    INVALID_GRANT,
    REALM,
    agent_for_user,
    claims_of,
    code_in,
    consent,
    exchange,
    login,
    redeem,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.course.use_cases.agent_for_user import USER_PASSWORD


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    return agent_for_user(wb)


def test_the_login_answers_with_a_session_and_its_cookie(story: Workbench) -> None:
    answer = login(story)

    body = answer.json()
    assert answer.status_code == 200
    assert list(body) == ["tokenId", "successUrl", "realm"]
    assert (body["successUrl"], body["realm"]) == ("/am/console", "/alpha")
    assert answer.headers["set-cookie"].startswith(
        f"iPlanetDirectoryPro={body['tokenId']};"
    )


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("bjensen", "wrong"),
        ("nobody", USER_PASSWORD),
        ("", ""),
        ("BJENSEN", USER_PASSWORD),
    ],
)
def test_a_login_that_fails_does_not_say_why(
    story: Workbench, name: str, password: str
) -> None:
    answer = login(story, name, password)

    assert (answer.status_code, answer.json()) == (
        401,
        {"code": 401, "reason": "Unauthorized", "message": "Authentication Failed"},
    )
    assert USER_PASSWORD not in repr(story.audit)


def test_an_inactive_person_cannot_log_in(story: Workbench) -> None:
    session = login(story).json()["tokenId"]
    story.realm.users.update("bjensen", active=False)

    assert login(story).status_code == 401
    assert consent(story, session).status_code == 401


def test_consent_answers_302_with_code_and_issuer(story: Workbench) -> None:
    answer = consent(story, state="xyz")

    location = urlsplit(answer.headers["location"])
    assert answer.status_code == 302
    assert location._replace(query="").geturl() == CALLBACK
    assert {name: values for name, values in parse_qs(location.query).items()} == {
        "code": [code_in(answer)],
        "iss": [REALM],
        "state": ["xyz"],
        "client_id": ["hr-client"],
    }
    assert answer.headers["cache-control"] == "no-store"


def test_the_code_gives_the_tokens_of_the_page(story: Workbench) -> None:
    answer = redeem(story, code_in(consent(story)))

    body = answer.json()
    assert list(body) == [
        "access_token",
        "refresh_token",
        "scope",
        "token_type",
        "expires_in",
    ]
    assert (body["scope"], body["token_type"], body["expires_in"]) == (
        "read",
        "Bearer",
        3599,
    )
    claims = claims_of(story, body["access_token"])
    assert claims["sub"] == "(usr!bjensen)"
    assert claims["subname"] == "bjensen"
    assert claims["auth_level"] == 0
    assert claims["grant_type"] == "authorization_code"
    assert claims["may_act"] == {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


def test_the_agent_acts_for_the_user_with_more_scopes(story: Workbench) -> None:
    subject = redeem(story, code_in(consent(story))).json()["access_token"]
    story.clock.advance(seconds=100)

    answer = exchange(story, "hr-agent", subject, scope="read write delete")

    body = answer.json
    assert list(body) == [
        "access_token",
        "refresh_token",
        "issued_token_type",
        "scope",
        "token_type",
        "expires_in",
    ]
    assert (body["scope"], body["issued_token_type"]) == (
        "read write delete",
        ACCESS_TOKEN,
    )
    claims = claims_of(story, body["access_token"])
    assert (claims["sub"], claims["act"]) == (
        "(usr!bjensen)",
        {"sub": "(age!hr-agent)"},
    )
    assert (claims["client_id"], claims["aud"]) == ("hr-agent", "hr-agent")
    assert claims["auth_time"] == claims["iat"] - 100
    assert claims["auth_level"] == 0
    assert "may_act" not in claims


def test_a_code_is_good_once_and_a_second_use_revokes_the_first(
    story: Workbench,
) -> None:
    code = code_in(consent(story))
    first = redeem(story, code).json()

    again = redeem(story, code)

    assert (again.status_code, again.json()) == (400, INVALID_GRANT)
    assert story.inspect(first["access_token"]).state == "revoked"
    assert story.inspect(first["refresh_token"]).state == "revoked"
    assert exchange(story, "hr-agent", first["access_token"]).status == 400


def test_a_code_lives_for_120_seconds(story: Workbench) -> None:
    early, late = code_in(consent(story)), code_in(consent(story))

    story.clock.advance(seconds=119)
    first = redeem(story, early)
    story.clock.advance(seconds=1)
    second = redeem(story, late)

    assert first.status_code == 200
    assert (second.status_code, second.json()) == (400, INVALID_GRANT)


def test_the_codes_lifetime_is_a_setting_of_provider_and_client(
    story: Workbench,
) -> None:
    story.provider.codeLifetime = 10
    code = code_in(consent(story))
    story.clock.advance(seconds=10)
    assert redeem(story, code).status_code == 400

    story.realm.update("hr-client", authorization_code_lifetime=20)
    code = code_in(consent(story))
    story.clock.advance(seconds=10)
    assert redeem(story, code).status_code == 200


def test_a_code_is_good_for_its_client_alone(story: Workbench) -> None:
    story.realm.update("hr-agent", grant_types=["authorization_code"])
    code = code_in(consent(story))

    stolen = redeem(story, code, client_id="hr-agent")
    own = redeem(story, code)

    assert (stolen.status_code, stolen.json()) == (400, INVALID_GRANT)
    assert own.status_code == 200


@pytest.mark.parametrize("uri", [None, "https://www.example.com:443/other"])
def test_the_redirect_uri_must_be_the_one_of_the_consent(
    story: Workbench, uri: str | None
) -> None:
    answer = redeem(story, code_in(consent(story)), redirect_uri=uri)

    assert (answer.status_code, answer.json()) == (400, INVALID_GRANT)


def test_an_only_redirect_uri_may_be_left_out_twice(story: Workbench) -> None:
    story.realm.update("hr-client", redirection_uris=[CALLBACK])
    code = code_in(consent(story, redirect_uri=None))

    assert redeem(story, code, redirect_uri=None).status_code == 200


def test_an_unknown_code_is_an_invalid_grant(story: Workbench) -> None:
    assert redeem(story, "nonsense").json() == INVALID_GRANT
    assert redeem(story, "").json() == {
        "error_description": "Missing parameters: code",
        "error": "invalid_request",
    }


VERIFIER = "a-verifier-that-is-long-enough-for-RFC-7636~~"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("=")
)


@pytest.mark.parametrize(
    ("challenge", "method"),
    [(CHALLENGE, "S256"), (VERIFIER, "plain"), (VERIFIER, None)],
)
def test_a_proof_key_must_fit(
    story: Workbench, challenge: str, method: str | None
) -> None:
    asked = {"code_challenge": challenge, "code_challenge_method": method}
    code = code_in(consent(story, **asked))

    none = redeem(story, code)
    wrong = redeem(story, code, code_verifier=VERIFIER[::-1])
    short = redeem(story, code, code_verifier="short")
    right = redeem(story, code, code_verifier=VERIFIER)

    assert none.json() == {
        "error_description": "code_verifier parameter required",
        "error": "invalid_request",
    }
    assert (wrong.json(), short.json()) == (INVALID_GRANT, INVALID_GRANT)
    assert right.status_code == 200


def test_the_provider_may_insist_on_a_proof_key(story: Workbench) -> None:
    story.provider.codeVerifierEnforced = "public"
    assert consent(story).status_code == 302
    story.realm.update("hr-client", public=True)
    refused = consent(story)
    assert (refused.status_code, refused.json()) == (
        400,
        {
            "error_description": "Missing parameters: code_challenge",
            "error": "invalid_request",
        },
    )
    assert consent(story, code_challenge=CHALLENGE).status_code == 302


def test_a_public_client_redeems_with_a_proof_key_and_no_secret(
    story: Workbench,
) -> None:
    story.realm.update("hr-client", public=True)
    asked = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    code = code_in(consent(story, **asked))

    answer = redeem(story, code, client_secret=None, code_verifier=VERIFIER)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"client_id": None}, 400, "invalid_request", "Missing parameters: client_id"),
        (
            {"response_type": None},
            400,
            "invalid_request",
            "Missing parameters: response_type",
        ),
        (
            {"client_id": "nobody"},
            400,
            "invalid_client",
            "Client authentication failed",
        ),
        (
            {"redirect_uri": f"{CALLBACK}/more"},
            400,
            "redirect_uri_mismatch",
            "The redirection URI provided does not match a pre-registered value.",
        ),
        (
            {"response_type": "token"},
            400,
            "unsupported_response_type",
            "Response type is not supported.",
        ),
        (
            {"code_challenge": "x", "code_challenge_method": "S512"},
            400,
            "invalid_request",
            "Invalid code challenge method specified.",
        ),
        ({"scope": "root"}, 400, "invalid_scope", "Unknown/invalid scope(s): [root]"),
        (
            {"decision": "deny"},
            400,
            "access_denied",
            "Resource Owner did not authorize the request",
        ),
        ({"csrf": "other"}, 400, "bad_request", "Bad request"),
        ({"csrf": None}, 400, "bad_request", "Bad request"),
    ],
)
def test_an_error_is_answered_here_and_never_by_a_redirect(
    story: Workbench,
    changes: dict[str, str | None],
    status: int,
    error: str,
    description: str,
) -> None:
    answer = consent(story, **changes)

    assert (answer.status_code, answer.json()) == (
        status,
        {"error_description": description, "error": error},
    )
    assert "location" not in answer.headers


@pytest.mark.parametrize("session", ["", "nonsense"])
def test_without_a_session_nobody_consents(story: Workbench, session: str) -> None:
    answer = consent(story, session)

    assert (answer.status_code, answer.json()) == (
        401,
        {"error_description": "The request requires login.", "error": "login_required"},
    )


def test_a_session_ends_after_half_an_hour_of_silence(story: Workbench) -> None:
    session = login(story).json()["tokenId"]
    story.clock.advance(seconds=1799)
    assert consent(story, session).status_code == 302
    story.clock.advance(seconds=1799)
    assert consent(story, session).status_code == 302
    story.clock.advance(seconds=1800)
    assert consent(story, session).status_code == 401


def test_a_session_ends_after_two_hours_in_any_case(story: Workbench) -> None:
    session = login(story).json()["tokenId"]
    for _ in range(4):
        story.clock.advance(seconds=1790)
        assert consent(story, session).status_code == 302
    story.clock.advance(seconds=100)
    assert consent(story, session).status_code == 401


def test_a_browser_gets_a_page_that_asks_for_consent(story: Workbench) -> None:
    session = login(story).json()["tokenId"]
    query = {
        "client_id": "hr-client",
        "response_type": "code",
        "scope": "read write",
        "redirect_uri": CALLBACK,
        "state": '"><script>alert(1)</script>',
    }
    cookie = {"Cookie": f"iPlanetDirectoryPro={session}"}

    page = story.http.get(f"{REALM}/authorize", params=query, headers=cookie)

    assert (page.status_code, page.headers["content-type"]) == (
        200,
        "text/html;charset=UTF-8",
    )
    assert "<li>write</li>" in page.text
    assert "<script>" not in page.text
    assert page.text.count('name="decision"') == 2


def test_no_other_page_may_frame_the_question_or_answer_it(story: Workbench) -> None:
    asked = consent(story, decision=None)
    forged = consent(story, csrf="x")

    assert asked.headers["x-frame-options"] == "DENY"
    assert asked.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert forged.json()["error"] == "bad_request"
    assert "SameSite=Lax" in login(story).headers["set-cookie"]
    assert "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize(
    ("attribute", "shown"),
    [("cn", "Babs &lt;Jensen&gt;"), ("title", "bjensen"), ("mail", "b@example.com")],
)
def test_the_page_names_the_person_as_the_provider_says(
    story: Workbench, attribute: str, shown: str
) -> None:
    story.realm.users.update(
        "bjensen", attributes={"cn": "Babs <Jensen>", "mail": "b@example.com"}
    )
    story.provider.displayNameAttribute = attribute

    page = consent(story, decision=None)

    assert f"You are {shown}." in page.text


def test_the_pages_form_may_be_posted_to_the_url_it_was_shown_at(
    story: Workbench,
) -> None:
    session = login(story).json()["tokenId"]
    query = f"client_id=hr-client&response_type=code&scope=read&redirect_uri={CALLBACK}"

    answer = story.http.post(
        f"{REALM}/authorize?{query}",
        data={"decision": "allow", "csrf": session},
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )
    twice = story.http.post(
        f"{REALM}/authorize?{query}",
        data={"decision": "allow", "csrf": session, "scope": "write"},
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )

    assert answer.status_code == 302
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")


def test_consent_is_skipped_where_provider_and_client_say_so(story: Workbench) -> None:
    story.provider.clientsCanSkipConsent = True
    assert consent(story, decision=None).status_code == 200
    story.realm.update("hr-client", is_consent_implied=True)
    story.realm.update("hr-client", overrides={"clientsCanSkipConsent": True})
    assert consent(story, decision=None, csrf=None).status_code == 302


def test_nobody_is_asked_with_prompt_none(story: Workbench) -> None:
    answer = consent(story, decision=None, prompt="none")

    assert (answer.status_code, answer.json()["error"]) == (400, "interaction_required")


def test_the_password_grant_gives_tokens_of_the_user(story: Workbench) -> None:
    story.realm.update("hr-client", grant_types=["password", "refresh_token"])

    answer = story.client.password(
        "hr-client", "mySecret", "bjensen", USER_PASSWORD, scope="read"
    )
    wrong = story.client.password("hr-client", "mySecret", "bjensen", "x", scope="read")
    none = story.client.password("hr-client", "mySecret", "nobody", USER_PASSWORD)

    claims = claims_of(story, answer)
    assert (claims["sub"], claims["grant_type"]) == ("(usr!bjensen)", "password")
    assert "refresh_token" in answer.json
    assert (wrong.json, none.json) == (INVALID_GRANT, INVALID_GRANT)


def test_a_person_is_known_by_the_attributes_that_the_provider_names(
    story: Workbench,
) -> None:
    story.realm.update("hr-client", grant_types=["password"])
    story.realm.users.update("bjensen", attributes={"mail": "b@example.com"})

    def ask(name: str) -> Call:
        return story.client.password(
            "hr-client", "mySecret", name, USER_PASSWORD, scope="read"
        )

    assert ask("b@example.com").json == INVALID_GRANT
    story.provider.authenticationAttributes = ("uid", "mail")
    claims = claims_of(story, ask("b@example.com"))
    assert claims["sub"] == "(usr!bjensen)"
    assert "access_token" in ask("bjensen").json


def test_a_name_that_two_people_share_is_nobodys(story: Workbench) -> None:
    story.realm.update("hr-client", grant_types=["password"])
    story.provider.authenticationAttributes = ("mail",)
    for name in ("bjensen", "scarter"):
        if name not in story.realm.users:
            story.realm.add_user(name, password=USER_PASSWORD)
        story.realm.users.update(name, attributes={"mail": "same@example.com"})

    answer = story.client.password(
        "hr-client", "mySecret", "same@example.com", USER_PASSWORD, scope="read"
    )

    assert answer.json == INVALID_GRANT


def test_the_password_grant_checks_scopes_as_every_grant(story: Workbench) -> None:
    story.realm.update("hr-client", grant_types=["password"])

    answer = story.client.password(
        "hr-client", "mySecret", "bjensen", USER_PASSWORD, scope="root"
    )

    assert answer.json["error"] == "invalid_scope"


def test_refreshing_keeps_the_user_and_runs_the_script_again(story: Workbench) -> None:
    story.realm.update("hr-client", grant_types=["authorization_code", "refresh_token"])
    first = redeem(story, code_in(consent(story))).json()

    second = story.client.refresh("hr-client", "mySecret", first["refresh_token"])

    claims = claims_of(story, second)
    assert claims["sub"] == "(usr!bjensen)"
    assert claims["may_act"] == {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


def test_a_code_needs_its_grant(story: Workbench) -> None:
    code = code_in(consent(story))
    story.realm.update("hr-client", grant_types=["password"])

    assert redeem(story, code).json() == {
        "error_description": "Grant type is not supported",
        "error": "unsupported_grant_type",
    }


def test_scripts_see_the_user_and_the_session(story: Workbench) -> None:
    story.realm.update_script(
        "hr-agent may act",
        """
        token.setMayAct({
            client_id: identity.getName(),
            mail: identity.getAttributeValues("mail"),
            session: session.getProperty("UserToken")
        });
        """,
    )
    session = login(story).json()["tokenId"]
    answer = story.http.post(
        f"{REALM}/access_token",
        data={
            "grant_type": "authorization_code",
            "client_id": "hr-client",
            "client_secret": "mySecret",
            "code": code_in(consent(story, session)),
            "redirect_uri": CALLBACK,
        },
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )

    assert claims_of(story, answer.json()["access_token"])["may_act"] == {
        "client_id": "bjensen",
        "mail": ["bjensen@example.com"],
        "session": "bjensen",
    }
