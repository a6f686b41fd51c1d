"""Under every failed answer stands why; over the wire goes what PingAM sends."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.stories import INVALID_GRANT, SECRET, Agents
from workbench import Workbench
from workbench.agent.client import Call
from workbench.views.calls.call import call_html, call_text

FAILED = {
    "error_description": "Client authentication failed",
    "error": "invalid_client",
}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    """A client that may do nearly everything, a person, and another client."""
    grants = ["authorization_code", "refresh_token", "password", "client_credentials"]
    wb.realm.register_client(
        "app",
        secret=SECRET,
        scopes=["read", "openid"],
        grant_types=grants,
        redirection_uris=["https://app.example.com/callback"],
        token_endpoint_auth_method="client_secret_post",
    )
    wb.realm.register_client("other", secret=SECRET, scopes=["read"])
    wb.realm.register_client("public", public=True, scopes=["read"])
    wb.realm.add_user("bjensen", password="Secret12!")
    return wb


def code_of(wb: Workbench, **more: str) -> str:
    session = wb.client.authenticate("bjensen", "Secret12!").token_id
    uri = "https://app.example.com/callback"
    found = wb.client.authorize("app", session, redirect_uri=uri, scope="read", **more)
    return found.code


def tokens(wb: Workbench) -> Call:
    return wb.client.password("app", SECRET, "bjensen", "Secret12!", scope="read")


def redeem(wb: Workbench, code: str, who: str = "app", **more: str) -> Call:
    uri = more.pop("redirect_uri", "https://app.example.com/callback")
    return wb.client.authorization_code(who, SECRET, code, redirect_uri=uri, **more)


def test_a_wrong_secret_says_whose(desk: Workbench) -> None:
    call = desk.client.client_credentials("app", "wrong", scope="read")

    assert call.json == FAILED
    assert call.reason == "The secret is not that of app."
    assert "Why: The secret is not that of app." in call_text(call)
    assert "<b>Why:</b> The secret is not that of app." in call_html(call)


def test_an_unknown_client_is_called_that(desk: Workbench) -> None:
    call = desk.client.client_credentials("nobody", SECRET)
    assert (call.json, call.reason) == (
        FAILED,
        "No client nobody is registered in this realm.",
    )


def test_another_method_than_the_registered_one_is_named(desk: Workbench) -> None:
    headers = {"Authorization": "Basic YXBwOm15U2VjcmV0"}
    form = {"grant_type": "client_credentials", "scope": "read"}
    call = desk.client.post("access_token", form, headers)

    assert call.json["error"] == "invalid_client"
    assert call.reason == "app is set to client_secret_post, not client_secret_basic."


def test_an_unknown_scope_says_which_there_are(desk: Workbench) -> None:
    call = desk.client.client_credentials("app", SECRET, scope="read wrte")
    assert "wrte" in call.json["error_description"]
    assert call.reason == "app may have: read openid."


def test_a_grant_that_is_not_allowed_says_to_whom(desk: Workbench) -> None:
    call = desk.client.exchange("app", SECRET, subject_token="x")
    assert "token-exchange" in call.reason
    polled = desk.client.poll("app", SECRET, "x")
    assert polled.json["error"] == "unsupported_grant_type"
    assert polled.reason.startswith("app does not have the grant ")


def test_a_code_says_what_became_of_it(desk: Workbench) -> None:
    used, late, others, elsewhere = (code_of(desk) for _ in range(4))
    assert redeem(desk, used).status == 200

    again = redeem(desk, used)
    foreign = redeem(desk, others, "other")
    moved = redeem(desk, elsewhere, redirect_uri="https://app.example.com/other")
    unknown = redeem(desk, "x")
    desk.clock.advance(seconds=1000)
    expired = redeem(desk, late)

    calls = (again, foreign, moved, unknown, expired)
    assert [call.json for call in calls] == [INVALID_GRANT] * 5
    assert [call.reason for call in calls] == [
        "The code was used before; what it gave is revoked now.",
        "The code was issued to app.",
        "redirect_uri is not the one of the authorization request.",
        "There is no such code.",
        "The code has expired.",
    ]


def test_a_proof_key_says_what_is_wrong_with_it(desk: Workbench) -> None:
    proof = {"code_challenge": "x" * 43}
    missing = redeem(desk, code_of(desk, **proof))
    wrong = redeem(desk, code_of(desk, **proof), code_verifier="y" * 43)

    assert "code_challenge (RFC 7636)" in missing.reason
    assert wrong.reason == "code_verifier does not fit the code_challenge."
    assert wrong.json == INVALID_GRANT


def test_a_refresh_token_says_what_became_of_it(desk: Workbench) -> None:
    first = tokens(desk)
    second = desk.client.refresh("app", SECRET, first.refresh_token)
    assert second.status == 200

    replaced = desk.client.refresh("app", SECRET, first.refresh_token)
    no_refresh = desk.client.refresh("app", SECRET, first.access_token)

    assert replaced.json == no_refresh.json == INVALID_GRANT
    assert "used before" in replaced.reason
    assert no_refresh.reason == "This is an access_token, not a refresh token."


def test_a_redirect_uri_says_which_are_registered(desk: Workbench) -> None:
    session = desk.client.authenticate("bjensen", "Secret12!").token_id
    call = desk.client.authorize("app", session, redirect_uri="https://evil.example")
    assert call.json["error"] == "redirect_uri_mismatch"
    assert call.reason == "app registered: https://app.example.com/callback."


def test_a_login_says_what_was_wrong(desk: Workbench) -> None:
    call = desk.client.authenticate("bjensen", "wrong")
    assert call.json["message"] == "Authentication Failed"
    assert call.reason == "The password is not that of bjensen."


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("bjensen", "wrong", "The password is not that of bjensen."),
        ("nobody", "x", "There is no user nobody in this realm."),
    ],
)
def test_the_password_grant_says_what_was_wrong(
    desk: Workbench, name: str, password: str, why: str
) -> None:
    call = desk.client.password("app", SECRET, name, password)
    assert (call.json, call.reason) == (INVALID_GRANT, why)


def test_an_answer_that_is_no_refusal_may_have_a_reason(desk: Workbench) -> None:
    token = tokens(desk).access_token
    inactive = desk.client.introspect("app", SECRET, "x")
    kept = desk.client.revoke("other", SECRET, token)
    gone = desk.client.revoke("app", SECRET, token)

    assert inactive.json == {"active": False}
    assert inactive.reason == "Inactive: no token of this realm has this value."
    assert (kept.json, gone.json) == ({}, {})
    assert kept.reason == "Nothing was revoked: it was issued to app."
    assert gone.reason == "access_token was revoked."
    assert "Why:" not in call_text(inactive)


def test_an_active_token_needs_no_reason(desk: Workbench) -> None:
    call = desk.client.introspect("app", SECRET, tokens(desk).access_token)
    assert (call.json["active"], call.reason) == (True, "")


def test_backchannel_requests_say_why(desk: Workbench) -> None:
    call = desk.client.backchannel("app", SECRET, "x")
    assert call.json["error"] == "unauthorized_client"
    assert "does not have the grant urn:openid:params:grant-type:ciba" in call.reason


def test_userinfo_and_registration_say_why(desk: Workbench) -> None:
    token = tokens(desk).access_token
    bearer = {"Authorization": f"Bearer {token}"}
    desk.http.get(f"{desk.client.realm_url}/userinfo", headers=bearer)
    assert desk.history[-1].reason == "The token has: read."
    assert "AI agents are off" in desk.client.register({}).reason


def test_an_exchange_says_which_rule(agents: Agents) -> None:
    call = agents.exchange(actor_token=None)
    assert call.status == 400
    assert ": expected " in call.reason
    assert call.reason not in call.body


def test_no_reason_tells_a_secret_or_a_token(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    calls = [
        story.client.client_credentials("data-agent", "wrong-secret"),
        story.client.client_credentials(token, SECRET),
        story.client.client_credentials("data-agent", SECRET, scope=token),
        story.client.introspect("data-agent", SECRET, f"{token}x"),
        story.client.refresh("data-agent", SECRET, token),
    ]
    for call in calls:
        assert "wrong-secret" not in call.reason
        assert token not in call.reason
        assert call.reason


def test_reasons_are_not_sent(desk: Workbench) -> None:
    """Neither in the body nor in a header, whatever the caller asks for."""
    call = desk.client.post(
        "access_token",
        {"grant_type": "client_credentials", "client_id": "app", "client_secret": "x"},
        {"workbench.events": "1", "Workbench-Events": "1"},
    )
    sent = json.dumps([call.body, call.response_headers])
    assert call.reason
    assert call.reason not in sent


def test_threads_do_not_mix_reasons_up(desk: Workbench) -> None:
    def ask(number: int) -> tuple[int, str]:
        call = desk.client.client_credentials(f"nobody-{number}", "x")
        return number, call.reason

    with ThreadPoolExecutor(8) as threads:
        for number, reason in threads.map(ask, range(64)):
            assert f"No client nobody-{number} is" in reason


def test_reasons_are_saved_with_their_calls(desk: Workbench, tmp_path: Path) -> None:
    desk.client.client_credentials("app", "wrong")
    path = desk.save(tmp_path / "bench.json")

    with Workbench.load(path) as opened:
        assert opened.history[-1].reason == "The secret is not that of app."


def test_events_of_calls_are_saved_with_them(desk: Workbench, tmp_path: Path) -> None:
    """Each its own, also where two look the same and one has none."""
    for _ in range(2):
        desk.client.client_credentials("app", "wrong")
    desk.http.get(f"{desk.realm.oauth2_url}/.well-known/openid-configuration")
    path = desk.save(tmp_path / "bench.json")

    with Workbench.load(path) as opened:
        first, second, neither = opened.history
        assert first.event is opened.audit[-2]
        assert second.event is opened.audit[-1]
        assert neither.event is None


def test_a_file_without_events_of_calls_opens(desk: Workbench, tmp_path: Path) -> None:
    desk.client.client_credentials("app", "wrong")
    path = desk.save(tmp_path / "bench.json")
    saved = json.loads(path.read_text())
    del saved["history"]["calls"][0]["event"]
    path.write_text(json.dumps(saved))

    with Workbench.load(path) as opened:
        assert opened.history[-1].event is None
        assert opened.history[-1].reason


def test_a_call_keeps_no_event_that_the_trail_forgot(desk: Workbench) -> None:
    call = desk.client.client_credentials("app", "wrong")
    assert call.event is desk.audit[-1]

    desk.audit.clear()
    desk.realms.audit.clear()

    assert call.event is None
