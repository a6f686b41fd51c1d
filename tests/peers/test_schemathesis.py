"""Requests that schemathesis makes of what the server says of itself."""

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="needs pip install '.[peers]'")

import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.checks import CHECKS, load_all_checks

from workbench import Workbench
from workbench.am.people.session import COOKIE
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("default")]

PATH = "/openapi.json"
LEFT_OUT = (
    "not_a_server_error",  # AM says 501 to what it does not do; 500 is checked below
    "positive_data_acceptance",  # whether a client is known, no schema says
    "negative_data_rejection",  # what nobody reads may be anything, as at AM
    "ignored_auth",  # a form has credentials as well
)
load_all_checks()
CHECKED = CHECKS.get_by_names(
    [each for each in CHECKS.get_all_names() if each not in LEFT_OUT]
)
FOR_EACH = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@cache
def bench() -> Workbench:
    """Two agents and a person, with everything open that can be."""
    wb = Workbench(now=1_790_000_000, seed="openapi")
    wb.prepare("agent-for-user")
    wb.enable_ai_agents()
    wb.provider.allowDynamicRegistration = True
    return wb


NEVER_GRANTED = ("/bc-authorize", "/approve", "/register")
"""What needs a signed request, one that waits, or metadata that no schema tells."""

SEEN: dict[str, set[int]] = defaultdict(set)
"""The statuses of the answers to who is known, by operation."""

schema = schemathesis.openapi.from_wsgi(PATH, bench().app)


def test_the_description_is_one() -> None:
    validate(bench().http.get(f"https://am.example.com:8443{PATH}").json())


@schema.parametrize()
@FOR_EACH
def test_answers_to_anybody_are_as_described(case: Any) -> None:
    answer = case.call_and_validate(checks=CHECKED)

    assert answer.status_code != 500


@schema.parametrize()
@FOR_EACH
def test_answers_to_who_is_known_are_as_described(case: Any) -> None:
    live = live_values(case.operation.label)
    for sent in (case.body, case.query):
        if isinstance(sent, dict):
            sent.update({name: live[name] for name in sent if name in live})
            for name in ("client_assertion", "client_assertion_type"):
                sent.pop(name, None)
    case.cookies = {COOKIE: live["csrf"]}
    headers: dict[str, str] = {}
    registers = "register" in case.path
    bearer = live["registration" if registers else "access_token"]
    headers["Authorization"] = f"Bearer {bearer}"
    if registers and isinstance(case.query, dict) and "client_id" in case.query:
        case.query["client_id"] = live["registered"]
    if "authenticate" in case.path:
        headers |= {"X-OpenAM-Username": USER, "X-OpenAM-Password": USER_PASSWORD}

    answer = case.call_and_validate(checks=CHECKED, headers=headers)

    assert answer.status_code != 500
    SEEN[case.operation.label].add(answer.status_code)


def test_whoever_is_known_has_been_granted_something_everywhere() -> None:
    refused = {label for label, seen in SEEN.items() if min(seen) >= 400}

    assert len(SEEN) > 20
    assert {each for each in refused if not each.endswith(NEVER_GRANTED)} == set()


@cache
def live_values(operation: str) -> dict[str, str]:
    """Good values for an operation, by the parameter that takes them."""
    client = bench().client
    person = client.password(
        "hr-client", "mySecret", USER, USER_PASSWORD, scope="openid read"
    )
    agent = client.client_credentials("hr-agent", "mySecret", scope="read")
    session = client.authenticate(USER, USER_PASSWORD).token_id
    kind = "aiagent/register" if "aiagent" in operation else "register"
    url = f"{bench().realm.oauth2_url}/{kind}"
    registered = bench().http.post(url, json={}).json()
    return {
        "registered": registered["client_id"],
        "registration": registered["registration_access_token"],
        "macaroon": bench().realm.tokens.keys.macaroon("identifier"),
        "decision": "allow",
        "max_age": "99999",
        "client_id": "hr-client",
        "client_secret": "mySecret",
        "username": USER,
        "password": USER_PASSWORD,
        "scope": "read",
        "access_token": person.access_token,
        "token": person.access_token,
        "subject_token": person.access_token,
        "actor_token": agent.access_token,
        "refresh_token": str(person.json["refresh_token"]),
        "csrf": session,
        "redirect_uri": "https://www.example.com/callback",
    }
