"""What an API answers a bearer token (RFC 6750, section 3; RFC 9728)."""

import re
from dataclasses import replace

import httpx
import pytest

from tests.course.apis.conftest import NextDoor
from workbench.agent.client import Call
from workbench.course.apis.policy import ApiPolicy

LEDGER = "https://ledger.example.com"


def challenge(call: Call | httpx.Response) -> dict[str, str]:
    """The parameters of the WWW-Authenticate header."""
    headers = call.response_headers if isinstance(call, Call) else call.headers
    scheme, _, rest = dict(headers)["www-authenticate"].partition(" ")
    assert scheme == "Bearer"
    return dict(re.findall(r'(\w+)="([^"]*)"', rest))


def asked(door: NextDoor, headers: dict[str, str], body: object) -> httpx.Response:
    return door.wb.http.post(f"{LEDGER}/score", headers=headers, json=body)


def test_the_delegated_token_is_answered_with_a_score(door: NextDoor) -> None:
    call = door.wb.apis.ask("ledger", door.delegated("ledger"))

    assert call.status == 200
    assert call.json == {
        "score": 26,
        "confidence": 0.75,
        "model": "payment-history-3",
        "because": "10 payments of the last 38 came late.",
    }


def test_an_opaque_delegated_token_is_answered_too(opaque: NextDoor) -> None:
    token = opaque.delegated("ledger")

    assert token.count(".") == 0
    assert opaque.wb.apis.ask("ledger", token).status == 200
    assert opaque.wb.apis.ask("market", token).status == 401


def test_the_three_models_differ(door: NextDoor) -> None:
    token = door.delegated("ledger", "market", "network")
    answers = [door.wb.apis.ask(name, token).json for name in door.wb.apis]

    assert len({answer["model"] for answer in answers}) == 3
    assert len({answer["score"] for answer in answers}) == 3


def test_without_a_token_no_error_code_is_given(door: NextDoor) -> None:
    answer = asked(door, {}, {"customer": "c-17"})

    assert (answer.status_code, answer.content) == (401, b"")
    assert challenge(answer) == {
        "realm": "ledger",
        "resource_metadata": f"{LEDGER}/.well-known/oauth-protected-resource",
    }


def test_credentials_of_another_scheme_are_no_token(door: NextDoor) -> None:
    answer = asked(door, {"Authorization": "Basic bWU6bWU="}, {"customer": "c-17"})

    assert answer.status_code == 401
    assert "error" not in challenge(answer)


@pytest.mark.parametrize("sent", ["Bearer", "Bearer a b", "Bearer a,b", 'Bearer "a"'])
def test_what_is_no_bearer_token_is_an_invalid_request(
    door: NextDoor, sent: str
) -> None:
    answer = asked(door, {"Authorization": sent}, {"customer": "c-17"})

    assert answer.status_code == 400
    assert challenge(answer)["error"] == "invalid_request"


def test_a_token_for_another_audience_is_invalid(door: NextDoor) -> None:
    call = door.wb.apis.ask("market", door.delegated("ledger"))

    assert (call.status, call.json["error"]) == (401, "invalid_token")
    assert challenge(call)["error"] == "invalid_token"
    assert "this is https://market.example.com" in call.reason


def test_a_token_for_no_audience_of_the_apis_is_invalid(door: NextDoor) -> None:
    call = door.wb.apis.ask("ledger", door.delegated())

    assert call.status == 401
    assert "The token is for risk-agent" in call.reason


def test_an_expired_token_is_invalid(door: NextDoor) -> None:
    token = door.delegated("ledger")
    door.wb.clock.advance(seconds=3600)

    call = door.wb.apis.ask("ledger", token)

    assert call.json["error_description"] == "The access token expired"


def test_an_expired_opaque_token_is_invalid(opaque: NextDoor) -> None:
    token = opaque.delegated("ledger")
    opaque.wb.clock.advance(seconds=3600)

    assert opaque.wb.apis.ask("ledger", token).status == 401


def test_a_token_without_the_scope_is_told_which(door: NextDoor) -> None:
    ledger = door.wb.apis["ledger"]
    ledger.policy = replace(ledger.policy, scope="write")

    call = door.wb.apis.ask("ledger", door.delegated("ledger"))

    assert (call.status, call.json["error"]) == (403, "insufficient_scope")
    assert challenge(call)["scope"] == "write"


def test_a_subject_that_the_policy_does_not_name_is_forbidden(door: NextDoor) -> None:
    ledger = door.wb.apis["ledger"]
    ledger.policy = replace(ledger.policy, subjects=frozenset({"(age!other)"}))

    call = door.wb.apis.ask("ledger", door.delegated("ledger"))

    assert call.status == 403
    assert call.json["title"] == "Forbidden"
    assert dict(call.response_headers)["content-type"] == "application/problem+json"
    assert "error" not in challenge(call)
    assert "(age!other)" not in call.body
    assert "(age!other)" in call.reason


def test_an_actor_that_the_policy_does_not_name_is_forbidden(door: NextDoor) -> None:
    ledger = door.wb.apis["ledger"]
    ledger.policy = replace(ledger.policy, actors=frozenset({"(age!other)"}))

    call = door.wb.apis.ask("ledger", door.delegated("ledger"))

    assert call.status == 403
    assert "not the current actor" in call.reason


def test_where_nobody_may_act_a_delegated_token_is_forbidden(door: NextDoor) -> None:
    subjects = frozenset({"(age!data-agent)"})
    door.wb.apis["ledger"].policy = ApiPolicy(subjects, None)

    assert door.wb.apis.ask("ledger", door.delegated("ledger")).status == 403


def test_a_body_without_a_customer_is_told_what_is_wanted(door: NextDoor) -> None:
    sent = {"Authorization": f"Bearer {door.delegated('ledger')}"}

    answer = asked(door, sent, ["c-17"])

    assert answer.status_code == 400
    assert '{"customer": "c-17"}' in answer.json()["detail"]


def test_the_metadata_say_who_guards_it(door: NextDoor) -> None:
    answer = door.wb.http.get(f"{LEDGER}/.well-known/oauth-protected-resource")

    assert answer.json() == {
        "resource": LEDGER,
        "resource_name": "Risk score: ledger",
        "authorization_servers": [door.wb.realm.oauth2_url],
        "scopes_supported": ["read"],
        "bearer_methods_supported": ["header"],
    }


def test_its_health_needs_no_token(door: NextDoor) -> None:
    assert door.wb.http.get(f"{LEDGER}/health").json()["status"] == "up"


def test_other_pages_are_not_there(door: NextDoor) -> None:
    answer = door.wb.http.get(f"{LEDGER}/admin")

    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


def test_an_issuer_that_does_not_answer_is_no_fault_of_the_token(
    opaque: NextDoor,
) -> None:
    token = opaque.delegated("ledger")
    opaque.wb.realm.update("ledger", secret="another")

    call = opaque.wb.apis.ask("ledger", token)

    assert call.status == 503
    assert "introspect answered 400" in call.reason
