"""Session properties as AM sets them, wherever a script has the session."""

from typing import Any

import pytest

from tests.stories import (
    code_in,
    consent,
    login,
    modify_tokens,
    provide_authorize_data,
    redeem,
    tell_claims,
)
from workbench import Workbench

DN = "id=bjensen,ou=user,o=alpha,ou=services,ou=am-config"
EXPECTED = {
    "AuthLevel": "0",
    "AuthType": "DataStore",
    "CharSet": "UTF-8",
    "FullLoginURL": "/am/XUI/?realm=%2Falpha",
    "Host": "127.0.0.1",
    "HostName": "127.0.0.1",
    "IndexType": "service",
    "Locale": "en_US",
    "Organization": "o=alpha,ou=services,ou=am-config",
    "Principal": DN,
    "Principals": "bjensen",
    "Service": "ldapService",
    "UserId": "bjensen",
    "UserProfile": "Required",
    "UserToken": "bjensen",
    "amlbcookie": "01",
    "authInstant": "2026-09-21T14:13:20Z",
    "clientType": "genericHTML",
    "cookieSupport": "true",
    "loginURL": "/am/XUI/",
    "successURL": "/am/console",
    "sun.am.UniversalIdentifier": DN,
    "no such property": "null",
    "authinstant": "null",
    "toString": "null",
}
READ = """
logger.{level}({names}.map(function (name) {{
    return '' + session.getProperty(name);
}}).join('|'));
"""
FURTHER = """
logger.message([session.getPrincipal().getName(), session.getAuthLevel() + 1,
    session.getAuthType(), session.getHostName()].join('|'));
"""


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    wb.prepare("agent-for-user")
    wb.provider.statelessTokensEnabled = True
    return wb


def reading(version: str) -> str:
    level = {"1.0": "message", "2.0": "info"}[version]
    return READ.format(level=level, names=list(EXPECTED))


def said(wb: Workbench) -> str:
    ran = [outcome for event in wb.audit for outcome in event.scripts if outcome.log]
    return ran[-1].log[-1].text


def cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"iPlanetDirectoryPro={session}"}


def ask_with_session(wb: Workbench, session: str) -> None:
    """hr-client asks for a token of its own in the browser of bjensen."""
    answer = wb.http.post(
        f"{wb.realm.oauth2_url}/access_token",
        data={
            "grant_type": "client_credentials",
            "client_id": "hr-client",
            "client_secret": "mySecret",
            "scope": "read",
        },
        headers=cookie(session),
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("context", ["authorize", "may act", "modification", "claims"])
def test_a_script_reads_them(story: Workbench, context: str, version: str) -> None:
    session: str = login(story).json()["tokenId"]
    add_grant = story.realm.client("hr-client").grant_types
    story.realm.update("hr-client", grant_types=[*add_grant, "client_credentials"])
    if context == "authorize":
        end = {"1.0": "new java.util.HashMap();", "2.0": "({});"}[version]
        provide_authorize_data(story, reading(version) + end, version)
        assert consent(story, session).status_code == 302
    elif context == "may act":
        script = story.realm.add_script("reads", reading(version), version)
        story.realm.update("hr-client", may_act_script=script.id)
        ask_with_session(story, session)
    elif context == "modification":
        modify_tokens(story, reading(version), version, "hr-client")
        ask_with_session(story, session)
    else:
        scopes = (*story.realm.client("hr-client").scopes, "openid")
        story.realm.update("hr-client", scopes=scopes)
        end = "({values: {}, compositeScopes: {}});"
        tell_claims(story, reading(version) + end, version)
        override = {"oidcClaimsPluginType": "PROVIDER"}
        story.realm.update("hr-client", overrides=override)
        tokens: Any = redeem(
            story, code_in(consent(story, session, scope="openid"))
        ).json()
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        told = story.http.get(
            f"{story.realm.oauth2_url}/userinfo", headers={**headers, **cookie(session)}
        )
        assert told.status_code == 200

    assert said(story).split("|") == list(EXPECTED.values())


def test_the_case_of_the_field(story: Workbench) -> None:
    source = """var m = new java.util.HashMap();
    m.put('ip', session.getProperty('Host')); m;"""
    provide_authorize_data(story, source, "1.0")

    answer = consent(story)

    assert answer.status_code == 302
    assert "ip=127.0.0.1" in answer.headers["location"]


def test_a_legacy_session_is_an_sso_token(story: Workbench) -> None:
    provide_authorize_data(story, f"{FURTHER} new java.util.HashMap();", "1.0")

    assert consent(story).status_code == 302
    assert said(story) == f"{DN}|1|DataStore|127.0.0.1"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_what_a_script_sets_stays_in_the_session_but_for_ams_own(
    story: Workbench, version: str
) -> None:
    end = {"1.0": "new java.util.HashMap();", "2.0": "({});"}[version]
    level = {"1.0": "message", "2.0": "info"}[version]
    session = login(story).json()["tokenId"]
    source = f"""
    logger.{level}(session.getProperty('seen') + ',' + session.getProperty('Host'));
    session.setProperty('seen', 'once');
    session.setProperty('more', 'too');
    session.setProperty('Host', '10.0.0.1');
    session.setProperty('am.protected.role', 'admin');
    logger.{level}(session.getProperty('seen') + ',' + session.getProperty('Host'));
    {end}"""
    provide_authorize_data(story, source, version)

    login(story)
    consent(story, session)
    first = [line.text for line in story.audit[-1].scripts[-1].log]
    consent(story, session)
    second = [line.text for line in story.audit[-1].scripts[-1].log]

    assert first == ["null,127.0.0.1", "once,127.0.0.1"]
    assert second == ["once,127.0.0.1", "once,127.0.0.1"]
    kept = story.realm.sessions.find(session, story.realm.users)
    assert kept is not None
    assert kept.set_by_scripts == {"seen": "once", "more": "too"}


def test_a_handle_names_a_session_and_opens_none(story: Workbench) -> None:
    token = login(story).json()["tokenId"]
    session = story.realm.sessions.find(token, story.realm.users)
    assert session is not None

    properties = session.properties("/alpha")

    assert token not in str(properties)
    assert properties["SessionHandle"].startswith("shandle:")
    assert properties["AMCtxId"].count("-") == 5
