"""Whose setting counts, over HTTP (PingAM 8.1, overrides; measured on PingOne AIC).

While a client's override block is live it replaces the realm's value of every setting
in it at once, ``[Empty]`` meaning none; while it is not, all of it is ignored.
Lifetimes stand outside it, where 0 means the provider's.
"""

from typing import Any

import pytest

from tests.stories import ID_TOKEN, Agents, add_grant, claims_of
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER_PASSWORD
from workbench.errors import RegistrationError

NEXT = 'token.setMayAct({client_id: "next-agent"});'


@pytest.fixture
def bench(agents: Agents) -> Agents:
    """risk-agent has no live block; the realm's settings are none of the defaults."""
    wb = agents.wb
    wb.realm.add_script("next may act", NEXT)
    wb.provider.statelessTokensEnabled = True
    wb.provider.tokenEncryptionEnabled = True
    wb.provider.issueRefreshToken = False
    wb.provider.issueRefreshTokenOnRefreshedToken = False
    wb.provider.accessTokenMayActScript = "next may act"
    wb.provider.oidcMayActScript = "next may act"
    wb.provider.acceptAudienceParametersInTokenExchangeRequests = True
    wb.realm.update("risk-agent", allowed_audiences=["rs"])
    add_grant(wb, "risk-agent")
    return agents


def seen(agents: Agents) -> dict[str, Any]:
    """What an exchange by risk-agent shows of each setting."""
    wb, actor = agents.wb, agents.token("risk-agent")
    access = agents.exchange(actor_token=actor, audience="rs")
    identity = agents.exchange(actor_token=actor, requested_token_type=ID_TOKEN)
    claims = claims_of(wb, access)
    return {
        "form": {0: "opaque", 2: "signed", 4: "encrypted"}[
            access.access_token.count(".")
        ],
        "refresh token": "refresh_token" in access.json,
        "may_act": "may_act" in claims,
        "may_act of an ID token": "may_act" in claims_of(wb, identity),
        "aud": claims["aud"],
    }


OF_THE_REALM = {
    "form": "encrypted",
    "refresh token": False,
    "may_act": True,
    "may_act of an ID token": True,
    "aud": ["risk-agent", "rs"],
}
OF_THE_BLOCK = {
    "form": "opaque",
    "refresh token": True,
    "may_act": False,
    "may_act of an ID token": False,
    "aud": "risk-agent",
}


def test_without_a_block_the_realms_values_count(bench: Agents) -> None:
    assert seen(bench) == OF_THE_REALM


def test_a_block_that_is_not_live_is_ignored_whatever_it_says(bench: Agents) -> None:
    bench.wb.realm.update(
        "risk-agent",
        overrides={
            "providerOverridesEnabled": False,
            "statelessTokensEnabled": False,
            "issueRefreshToken": True,
            "accessTokenMayActScript": "[Empty]",
        },
    )

    assert seen(bench) == OF_THE_REALM


def test_a_live_block_replaces_every_value_at_once(bench: Agents) -> None:
    bench.wb.realm.update("risk-agent", overrides={"providerOverridesEnabled": True})

    assert seen(bench) == OF_THE_BLOCK


def test_a_live_block_is_taken_as_it_stands(bench: Agents) -> None:
    bench.wb.realm.update(
        "risk-agent",
        overrides={
            "providerOverridesEnabled": True,
            "statelessTokensEnabled": True,
            "oidcMayActScript": "next may act",
        },
    )

    assert seen(bench) == {
        **OF_THE_BLOCK,
        "form": "signed",
        "may_act of an ID token": True,
    }


@pytest.mark.parametrize(("live", "again"), [(False, False), (True, True)])
def test_whether_refreshing_gives_a_new_refresh_token(
    bench: Agents, live: bool, again: bool
) -> None:
    block = {"providerOverridesEnabled": True}
    bench.wb.realm.update("risk-agent", overrides=block)
    refresh = bench.exchange().refresh_token
    bench.wb.provider.issueRefreshToken = True
    bench.wb.realm.update("risk-agent", overrides={"providerOverridesEnabled": live})

    answer = bench.wb.client.refresh("risk-agent", "mySecret", refresh)

    assert ("refresh_token" in answer.json) == again


@pytest.mark.parametrize(("live", "status"), [(False, 302), (True, 200)])
def test_whether_consent_may_be_skipped(wb: Workbench, live: bool, status: int) -> None:
    wb.prepare("agent-for-user")
    wb.provider.clientsCanSkipConsent = True
    wb.realm.update(
        "hr-client",
        is_consent_implied=True,
        overrides={"providerOverridesEnabled": live},
    )
    session = wb.client.authenticate("bjensen", USER_PASSWORD).token_id
    where = wb.realm.client("hr-client").redirection_uris[0]

    answer = wb.client.authorize(
        "hr-client", session, redirect_uri=where, scope="read", decision=""
    )

    assert answer.status == status


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize(("own", "left"), [(0, 599), (60, 59)])
def test_lifetimes_stand_outside_the_block(
    bench: Agents, live: bool, own: int, left: int
) -> None:
    bench.wb.provider.accessTokenLifetime = 600
    bench.wb.realm.update(
        "risk-agent",
        access_token_lifetime=own,
        overrides={"providerOverridesEnabled": live},
    )

    assert bench.exchange().json["expires_in"] == left


def test_a_setting_counts_from_the_next_request_on(bench: Agents) -> None:
    before = bench.token("risk-agent")
    bench.wb.provider.tokenEncryptionEnabled = False
    after = bench.token("risk-agent")

    assert (before.count("."), after.count(".")) == (4, 2)
    assert bench.exchange(actor_token=before).status == 200


def test_the_subjects_client_decides_nothing_of_the_new_token(bench: Agents) -> None:
    subject = bench.token("data-agent")
    bench.wb.realm.update(
        "data-agent",
        access_token_lifetime=5,
        overrides={"statelessTokensEnabled": False, "issueRefreshToken": True},
    )

    answer = bench.exchange(subject_token=subject)

    assert answer.json["expires_in"] == 3599
    assert "refresh_token" not in answer.json


def test_an_override_names_its_script_by_name_or_id(bench: Agents) -> None:
    script = bench.wb.realm.script("next may act")

    block = {"oidcMayActScript": "next may act"}
    client = bench.wb.realm.update("risk-agent", overrides=block)

    assert client.overrides.oidcMayActScript == script.id
    with pytest.raises(RegistrationError, match="There is no may act script 'none'"):
        bench.wb.realm.update("risk-agent", overrides={"oidcMayActScript": "none"})


# Settings beside the block


def test_a_used_refresh_token_works_for_the_grace_period(agents: Agents) -> None:
    wb = agents.wb
    grants = [*wb.realm.client("risk-agent").grant_types, "refresh_token"]
    wb.realm.update("risk-agent", grant_types=grants, refresh_token_grace_period=30)
    refresh = agents.exchange().refresh_token

    def again() -> int:
        return wb.client.refresh("risk-agent", "mySecret", refresh).status

    first, second = again(), again()
    wb.clock.advance(seconds=29)
    third = again()
    wb.clock.advance(seconds=1)

    assert [first, second, third, again()] == [200, 200, 200, 400]


def test_revoking_ends_the_grace_period(agents: Agents) -> None:
    wb = agents.wb
    grants = [*wb.realm.client("risk-agent").grant_types, "refresh_token"]
    wb.realm.update("risk-agent", grant_types=grants, refresh_token_grace_period=30)
    refresh = agents.exchange().refresh_token
    wb.client.refresh("risk-agent", "mySecret", refresh)
    wb.client.revoke("risk-agent", "mySecret", refresh)

    answer = wb.client.refresh("risk-agent", "mySecret", refresh)

    assert answer.json["error"] == "invalid_grant"


def test_a_provider_without_the_plugin_answers_no_code(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.provider.responseTypeClasses = wb.provider.responseTypeClasses[1:]
    session = wb.client.authenticate("bjensen", USER_PASSWORD).token_id
    where = wb.realm.client("hr-client").redirection_uris[0]

    answer = wb.client.authorize("hr-client", session, redirect_uri=where)
    url = f"{wb.realm.oauth2_url}/.well-known/openid-configuration"

    assert (answer.status, answer.json["error"]) == (400, "unsupported_response_type")
    assert wb.http.get(url).json()["response_types_supported"] == []
