"""Who administers: the password of amadmin, its sessions, and pages without them."""

import pytest

from workbench import Workbench
from workbench.errors import SettingError
from workbench.server.admin.administrator import (
    WRONG_AT_ONCE,
    WRONG_EVERY,
    Administrator,
)
from workbench.views.calls.call import call_html, call_text

from .conftest import ALPHA, BASE, Asking, log_in

USERS = f"{ALPHA}/users?_queryFilter=true"
DENIED = {"code": 401, "reason": "Unauthorized", "message": "Access Denied"}


def log_in_person(wb: Workbench) -> str:
    headers = {"X-OpenAM-Username": "anna", "X-OpenAM-Password": "s"}
    answer = wb.http.post(f"{BASE}{ALPHA}/authenticate", headers=headers)
    return str(answer.json()["tokenId"])


def test_amadmin_logs_in_at_the_top_level(wb: Workbench) -> None:
    answer = log_in(wb)

    told = answer.json()
    assert (answer.status_code, told["realm"], set(told)) == (
        200,
        "/",
        {"tokenId", "successUrl", "realm"},
    )
    assert told["tokenId"] in answer.headers["set-cookie"]


def test_amadmin_is_nobody_in_another_realm(wb: Workbench) -> None:
    headers = {"X-OpenAM-Username": "amadmin", "X-OpenAM-Password": wb.admin_password}

    answer = wb.http.post(f"{BASE}{ALPHA}/authenticate", headers=headers)

    assert answer.status_code == 401


def test_a_wrong_password_is_refused_as_an_unknown_person_is(wb: Workbench) -> None:
    answer = log_in(wb, "wrong")

    assert (answer.status_code, answer.json()["message"]) == (
        401,
        "Authentication Failed",
    )


def test_people_of_the_top_level_log_in_there_as_before(wb: Workbench) -> None:
    wb.realms["/"].add_user("anna", password="s")

    answer = wb.http.post(
        f"{BASE}/authenticate",
        headers={"X-OpenAM-Username": "anna", "X-OpenAM-Password": "s"},
    )

    assert answer.status_code == 200


def test_the_password_is_random_unless_it_is_given() -> None:
    passwords = {Workbench(now=0, seed="doc").admin_password for _ in range(3)}

    assert len(passwords) == 3
    assert min(map(len, passwords)) >= 20
    assert Workbench(admin_password="chosen").admin_password == "chosen"


@pytest.mark.parametrize("password", ["", " ", "a\nb", "a\0", " a"])
def test_a_password_that_no_header_carries_is_refused(password: str) -> None:
    with pytest.raises(SettingError):
        Workbench(admin_password=password)


def test_neither_password_nor_session_is_in_a_repr(wb: Workbench, session: str) -> None:
    shown = f"{wb.admin_password!r} {wb!r} {wb._administrator!r} {wb.history!r}"
    wb.http.get(f"{BASE}{USERS}", headers={"iPlanetDirectoryPro": session})
    shown += f"{wb.audit!r} {[call_text(each) for each in wb.history]}"
    shown += "".join(call_html(each) for each in wb.history)

    assert wb.admin_password not in shown
    assert session not in shown


def test_guessing_is_bounded_and_begins_again_after_a_while(wb: Workbench) -> None:
    seconds = [0.0]
    account = Administrator(wb.clock, "right", seconds=lambda: seconds[0])

    tried = 0
    while account.may_try:
        assert account.log_in("wrong", "127.0.0.1") is None
        tried += 1
    seconds[0] += WRONG_AT_ONCE * WRONG_EVERY

    assert tried == WRONG_AT_ONCE
    assert account.may_try


def test_who_guesses_too_often_is_not_looked_at(wb: Workbench) -> None:
    statuses = [log_in(wb, "wrong").status_code for _ in range(WRONG_AT_ONCE + 1)]

    assert statuses == [401] * WRONG_AT_ONCE + [429]
    assert log_in(wb).status_code == 429


def test_nobody_administers_without_a_session(wb: Workbench) -> None:
    answer = wb.http.get(f"{BASE}{USERS}")

    assert (answer.status_code, answer.json()) == (401, DENIED)


def test_a_person_is_no_administrator(wb: Workbench) -> None:
    wb.realm.add_user("anna", password="s")
    token = log_in_person(wb)

    answer = wb.http.get(f"{BASE}{USERS}", headers={"iPlanetDirectoryPro": token})

    assert answer.status_code == 403
    assert "id=anna,ou=user" in answer.json()["message"]


@pytest.mark.parametrize("name", ["iPlanetDirectoryPro", "Cookie"])
def test_the_session_comes_as_a_header_or_a_cookie(
    wb: Workbench, session: str, name: str
) -> None:
    value = f"iPlanetDirectoryPro={session}" if name == "Cookie" else session

    assert wb.http.get(f"{BASE}{USERS}", headers={name: value}).status_code == 200


def test_a_session_ends_by_the_clock_of_the_bench(wb: Workbench, ask: Asking) -> None:
    wb.clock.advance(seconds=30 * 60 - 1)
    assert ask("GET", USERS).status_code == 200

    wb.clock.advance(seconds=30 * 60)

    assert ask("GET", USERS).status_code == 401


def test_logging_out_ends_it(ask: Asking) -> None:
    answer = ask("POST", "/realms/root/sessions/?_action=logout")

    assert answer.json() == {"result": "Successfully logged out"}
    assert ask("GET", USERS).status_code == 401
    assert ask("POST", "/sessions?_action=logout").status_code == 401


def test_a_session_says_whose_it_is_and_when_it_ends(
    wb: Workbench, session: str
) -> None:
    url = f"{BASE}{ALPHA}/sessions/?_action=getSessionInfo"

    told = wb.http.post(url, json={"tokenId": session}).json()

    assert told["username"] == "amadmin"
    assert told["realm"] == "/"
    assert told["maxIdleExpirationTime"] == "2026-09-21T14:43:20Z"
    assert told["maxSessionExpirationTime"] == "2026-09-21T16:13:20Z"
    assert session not in str(told)


def test_a_persons_session_can_be_asked_for_and_ended(wb: Workbench) -> None:
    wb.realm.add_user("anna", password="s")
    headers = {"iPlanetDirectoryPro": log_in_person(wb)}
    url = f"{BASE}{ALPHA}/sessions?_action="

    before = wb.http.post(f"{url}validate", headers=headers).json()
    wb.http.post(f"{url}logout", headers=headers)
    after = wb.http.post(f"{url}validate", headers=headers).json()

    assert (before["valid"], before["uid"], after) == (True, "anna", {"valid": False})


@pytest.mark.parametrize(("action", "status"), [("", 400), ("refresh", 501)])
def test_what_cannot_be_asked_of_a_session(
    ask: Asking, action: str, status: int
) -> None:
    assert ask("POST", f"/sessions?_action={action}").status_code == status


def test_who_asks_learns_the_cookie_and_the_version(wb: Workbench) -> None:
    info = wb.http.get(f"{BASE}/serverinfo/*").json()
    version = wb.http.get(f"{BASE}/serverinfo/version").json()

    assert info["cookieName"] == "iPlanetDirectoryPro"
    assert version["version"] == "8.1.0"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_cookie_alone_changes_nothing(
    wb: Workbench, session: str, method: str
) -> None:
    wb.realm.add_user("anna", password="s")
    cookie = {"Cookie": f"iPlanetDirectoryPro={session}"}

    answer = wb.http.request(
        method, f"{BASE}{ALPHA}/users/anna?_action=create", headers=cookie, json={}
    )

    assert answer.status_code == 403
    assert "anna" in wb.realm.users


@pytest.mark.parametrize("name", ["X-Requested-With", "Accept-API-Version"])
def test_with_a_header_that_no_form_has_it_does(
    wb: Workbench, session: str, name: str
) -> None:
    wb.realm.add_user("anna", password="s")
    headers = {"Cookie": f"iPlanetDirectoryPro={session}", name: "resource=1.0"}

    answer = wb.http.delete(f"{BASE}{ALPHA}/users/anna", headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_page_of_another_origin_may_nothing(
    wb: Workbench, ask: Asking, site: str, method: str
) -> None:
    wb.realm.add_user("anna", password="s")

    answer = ask(method, f"{ALPHA}/users/anna", headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert "anna" in wb.realm.users


def test_a_page_of_another_origin_cannot_log_in(wb: Workbench) -> None:
    assert log_in(wb, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_no_answer_lets_another_origin_in(ask: Asking) -> None:
    asked = {"Origin": "https://evil.example.com", "Sec-Fetch-Site": "none"}

    for method in ("GET", "OPTIONS"):
        answer = ask(method, USERS, headers=asked)
        assert not [n for n in answer.headers if n.startswith("access-control")]


def test_the_session_of_amadmin_opens_nothing_of_oauth(
    wb: Workbench, session: str
) -> None:
    wb.prepare("agent-for-user")
    answer = wb.http.get(
        f"{wb.realm.oauth2_url}/authorize",
        params={
            "client_id": "hr-client",
            "response_type": "code",
            "redirect_uri": "https://www.example.com:443/callback",
            "scope": "read",
        },
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )

    assert answer.status_code == 401


def test_no_script_sees_the_session_of_a_header(wb: Workbench, session: str) -> None:
    wb.enable_ai_agents()
    wb.realm.add_script("look", "logger.error(JSON.stringify(requestProperties));")
    wb.realm.register_agent("one", secret="s", scopes=["read"], may_act_script="look")
    form = {
        "grant_type": "client_credentials",
        "client_id": "one",
        "client_secret": "s",
        "scope": "read",
    }
    url = f"{wb.realm.oauth2_url}/access_token"

    wb.http.post(url, data=form, headers={"iPlanetDirectoryPro": session})

    (outcome,) = wb.audit[-1].scripts
    assert "requestHeaders" in outcome.log[0].text
    assert session not in outcome.log[0].text


def test_a_secret_that_was_put_is_hidden_in_every_view(
    wb: Workbench, ask: Asking
) -> None:
    for secret in ("never-told", {"inherited": False, "value": "never-told"}):
        sent = {"coreOAuth2ClientConfig": {"userpassword": secret}}
        ask("PUT", f"{ALPHA}/realm-config/agents/OAuth2Client/one", json=sent)
    ask("PUT", f"{ALPHA}/users/anna", json={"userpassword": ["never-told"]})

    shown = "".join(call_text(each) + call_html(each) for each in wb.history)
    assert "one" in shown and "never-told" not in shown


def test_a_random_password_is_an_argument_and_no_option() -> None:
    with Workbench() as wb:
        assert str(wb.admin_password).isalnum()
