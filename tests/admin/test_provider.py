"""The OAuth2 Provider service over REST."""

from workbench import Workbench

from .conftest import ALPHA, Asking

SERVICES = f"{ALPHA}/realm-config/services"
PROVIDER = f"{SERVICES}/oauth-oidc"
DESCEND = "?_action=nextdescendents"


def test_what_was_read_can_be_put_back(wb: Workbench, ask: Asking) -> None:
    wb.prepare("agent-for-agent")
    read = ask("GET", PROVIDER).json()

    assert read["_id"] == ""
    assert ask("PUT", PROVIDER, json=read).json() == read
    assert wb.provider.aiAgentsEnabled


def test_a_setting_is_set_and_those_that_are_left_out_stay(
    wb: Workbench, ask: Asking
) -> None:
    wb.provider.statelessTokensEnabled = True

    answer = ask("PUT", PROVIDER, json={"coreOAuth2Config": {"codeLifetime": 60}})

    assert answer.status_code == 200
    assert (wb.provider.codeLifetime, wb.provider.statelessTokensEnabled) == (60, True)


def test_a_value_that_cannot_be_changes_nothing(wb: Workbench, ask: Asking) -> None:
    sent = {"coreOAuth2Config": {"codeLifetime": 60, "accessTokenLifetime": "long"}}

    assert ask("PUT", PROVIDER, json=sent).status_code == 400
    assert ask("PUT", PROVIDER, json={"coreOAuth2Config": 7}).status_code == 400
    assert wb.provider.codeLifetime == 120


def test_the_salt_of_subjects_is_set_and_never_told(wb: Workbench, ask: Asking) -> None:
    sent = {"advancedOAuth2Config": {"hashSalt": "never-told"}}

    answer = ask("PUT", PROVIDER, json=sent)

    assert wb.provider.hashSalt == "never-told"
    assert "never-told" not in answer.text + ask("GET", PROVIDER).text


def test_it_is_the_one_service_of_a_realm(ask: Asking) -> None:
    (service,) = ask("POST", f"{SERVICES}{DESCEND}", json={}).json()["result"]

    (listed,) = ask("GET", f"{SERVICES}?_queryFilter=true").json()["result"]
    assert service["_id"] == listed["_id"] == "oauth-oidc"
    assert ask("POST", f"{PROVIDER}{DESCEND}", json={}).json() == {"result": []}
    assert ask("GET", f"{SERVICES}/push").status_code == 404
    assert ask("PUT", f"{SERVICES}/push", json={}).status_code == 501
    assert ask("DELETE", PROVIDER).status_code == 501
