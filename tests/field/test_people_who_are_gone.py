"""What codes and tokens of people who were deactivated or deleted are good for.

OpenAM's source gives out no identity of such people; that AM refuses their codes and
tokens is inferred, so that a profile switch has it otherwise.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    ID_TOKEN,
    INVALID_GRANT,
    INVALID_TOKEN,
    REFUSED,
    SECRET,
    add_grant,
    agent_for_user,
    consent,
    get,
    password_tokens,
    refusal_of,
)
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

Use = Callable[[Workbench], tuple[int, Any]]


def deactivate(wb: Workbench) -> None:
    wb.realm.users.update(USER, active=False)


def delete(wb: Workbench) -> None:
    wb.realm.users.delete(USER)


LEAVING = {"deactivated": deactivate, "deleted": delete}


@pytest.fixture
def office(wb: Workbench) -> Workbench:
    """bjensen, hr-client, hr-agent; tokens with openid, and all grants there are."""
    agent_for_user(wb)
    scopes = ["read", "write", "delete", "openid", "profile"]
    wb.realm.update("hr-client", scopes=scopes)
    script = wb.realm.client("hr-client").overrides.accessTokenMayActScript
    wb.realm.update("hr-client", overrides={"oidcMayActScript": script})
    add_grant(wb, "hr-client")
    wb.realm.register_agent(
        "rs", secret=SECRET, scopes=["read", "am-introspect-all-tokens"]
    )
    return wb


def code_of(wb: Workbench) -> str:
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    return wb.client.authorize(
        "hr-client", session, redirect_uri=CALLBACK, scope="read"
    ).code


def with_code(wb: Workbench) -> Use:
    code = code_of(wb)

    def use(wb: Workbench) -> tuple[int, Any]:
        call = wb.client.authorization_code(
            "hr-client", SECRET, code, redirect_uri=CALLBACK
        )
        return call.status, call.json

    return use


def with_refresh_token(wb: Workbench) -> Use:
    token = password_tokens(wb).refresh_token

    def use(wb: Workbench) -> tuple[int, Any]:
        call = wb.client.refresh("hr-client", SECRET, token)
        return call.status, call.json

    return use


def at(path: str) -> Callable[[Workbench], Use]:
    def before(wb: Workbench) -> Use:
        token = password_tokens(wb, "openid").access_token

        def use(wb: Workbench) -> tuple[int, Any]:
            answer = get(wb, path, token)
            return answer.status_code, answer.json()

        return use

    return before


def introspected(kind: str) -> Callable[[Workbench], Use]:
    def before(wb: Workbench) -> Use:
        token = password_tokens(wb).json[kind]

        def use(wb: Workbench) -> tuple[int, Any]:
            call = wb.client.introspect("rs", SECRET, token)
            return call.status, call.json

        return use

    return before


def exchanged(kind: str) -> Callable[[Workbench], Use]:
    def before(wb: Workbench) -> Use:
        call = password_tokens(wb, "openid")
        token = call.access_token if kind == ACCESS_TOKEN else call.id_token
        actor = wb.client.client_credentials("hr-agent", SECRET, scope="read")

        def use(wb: Workbench) -> tuple[int, Any]:
            call = wb.client.exchange(
                "hr-agent",
                SECRET,
                subject_token=token,
                subject_token_type=kind,
                actor_token=actor.access_token,
                scope="read",
            )
            return call.status, call.json

        return use

    return before


INACTIVE = {"active": False}

USES = {
    "code": (with_code, (400, INVALID_GRANT), "bjensen was deactivated or deleted."),
    "refresh token": (
        with_refresh_token,
        (400, INVALID_GRANT),
        "The refresh token cannot be used: Its person was deactivated or deleted.",
    ),
    "userinfo": (
        at("userinfo"),
        (401, INVALID_TOKEN),
        "Its person was deactivated or deleted.",
    ),
    "tokeninfo": (
        at("tokeninfo"),
        (401, INVALID_TOKEN),
        "Its person was deactivated or deleted.",
    ),
    "introspection": (introspected("access_token"), (200, INACTIVE), ""),
    "introspection of a refresh token": (
        introspected("refresh_token"),
        (200, INACTIVE),
        "",
    ),
    "exchange": (exchanged(ACCESS_TOKEN), (400, REFUSED), ""),
    "exchange of an ID token": (exchanged(ID_TOKEN), (400, REFUSED), ""),
}


@pytest.mark.parametrize("client_side", [True, False])
@pytest.mark.parametrize("leave", LEAVING)
@pytest.mark.parametrize("what", USES)
def test_nothing_is_good_that_a_person_left_behind(
    office: Workbench, what: str, leave: str, client_side: bool
) -> None:
    before, expected, hint = USES[what]
    stateless = {"statelessTokensEnabled": client_side}
    office.realm.update("hr-client", overrides=stateless)
    use = before(office)
    LEAVING[leave](office)

    found = use(office)

    assert found == expected
    event = office.audit[-1]
    assert hint in event.hint
    if "introspection" in what:
        assert event.summary == "Inactive: its person was deactivated or deleted."
    if "exchange" in what:
        refusal = refusal_of(event.decision)
        assert refusal.rule == "The subject token's person is active"
        assert (refusal.found, refusal.decided_by) == (
            "deactivated or deleted",
            "profile",
        )
        assert "inferred" in refusal.source


@pytest.mark.parametrize("leave", LEAVING)
@pytest.mark.parametrize("what", USES)
def test_everything_is_good_where_the_profile_allows_it(
    office: Workbench, what: str, leave: str
) -> None:
    use = USES[what][0](office)
    office.profile = office.profile.but(tokens_of_gone_people="allow")
    LEAVING[leave](office)

    status, body = use(office)

    assert status == 200
    assert body.get("active", True)


@pytest.mark.parametrize("what", USES)
def test_a_person_who_is_active_again_goes_on(office: Workbench, what: str) -> None:
    use = USES[what][0](office)
    deactivate(office)
    refused = use(office)
    office.realm.users.update(USER, active=True)

    status, body = use(office)

    assert refused == USES[what][1]
    assert status == 200
    assert body.get("active", True)


@pytest.mark.parametrize("leave", LEAVING)
def test_a_password_is_good_for_nothing_whatever_the_profile(
    office: Workbench, leave: str
) -> None:
    office.profile = office.profile.but(tokens_of_gone_people="allow")
    LEAVING[leave](office)

    call = password_tokens(office)

    assert (call.status, call.json) == (400, INVALID_GRANT)
    gone = "bjensen is not active.", "There is no user bjensen in this realm."
    assert office.audit[-1].hint in gone


@pytest.mark.parametrize("leave", LEAVING)
def test_a_session_ends_with_its_person(office: Workbench, leave: str) -> None:
    session = office.client.authenticate(USER, USER_PASSWORD).token_id
    LEAVING[leave](office)

    call = office.client.authorize(
        "hr-client", session, redirect_uri=CALLBACK, scope="read"
    )

    assert call.status == 401


@pytest.mark.parametrize("leave", LEAVING)
def test_an_inspected_token_says_that_its_person_is_gone(
    office: Workbench, leave: str
) -> None:
    token = password_tokens(office).access_token
    LEAVING[leave](office)

    assert office.inspect(token).state == "its person is gone"


@pytest.mark.parametrize("leave", LEAVING)
def test_an_actor_who_is_gone_does_not_act(office: Workbench, leave: str) -> None:
    office.realm.update_script(
        office.realm.client("hr-client").overrides.accessTokenMayActScript,
        f'token.setMayAct({{client_id: "hr-agent", sub: "(usr!{USER})"}});',
    )
    office.realm.add_user("kim", password="s")
    subject = office.client.password("hr-client", SECRET, "kim", "s", scope="read")
    actor = password_tokens(office)
    LEAVING[leave](office)

    call = office.client.exchange(
        "hr-agent",
        SECRET,
        subject_token=subject.access_token,
        actor_token=actor.access_token,
        scope="read",
    )

    assert (call.status, call.json) == (400, REFUSED)
    refusal = refusal_of(office.decision)
    assert refusal.rule == "The actor token's person is active"


@pytest.mark.parametrize("leave", LEAVING)
def test_what_was_exchanged_for_a_person_ends_with_the_person(
    office: Workbench, leave: str
) -> None:
    subject = password_tokens(office)
    actor = office.client.client_credentials("hr-agent", SECRET, scope="read")
    call = office.client.exchange(
        "hr-agent",
        SECRET,
        subject_token=subject.access_token,
        actor_token=actor.access_token,
        scope="read",
    )
    LEAVING[leave](office)

    assert office.client.introspect("rs", SECRET, call.access_token).json == INACTIVE
    assert get(office, "tokeninfo", call.access_token).status_code == 401
    assert get(office, "tokeninfo", actor.access_token).status_code == 200


@pytest.mark.parametrize("leave", LEAVING)
def test_a_bare_subject_is_a_persons_where_subjects_are_not_typed(
    office: Workbench, leave: str
) -> None:
    office.profile = "aic"
    token = password_tokens(office).access_token
    same_name = office.realm.register_agent(USER, secret=SECRET, scopes=["read"])
    own = office.client.client_credentials(same_name.client_id, SECRET, scope="read")
    LEAVING[leave](office)

    assert get(office, "tokeninfo", token).status_code == 401
    assert get(office, "tokeninfo", own.access_token).status_code == 200


def test_somebody_who_is_added_again_gets_the_live_tokens_back(
    office: Workbench,
) -> None:
    token = password_tokens(office).access_token
    delete(office)
    gone = get(office, "tokeninfo", token).status_code
    office.realm.add_user(USER, password="another")

    assert (gone, get(office, "tokeninfo", token).status_code) == (401, 200)


def test_the_session_of_somebody_who_was_deleted_is_nobodys(
    office: Workbench,
) -> None:
    office.realm.add_user("mrossi", password="Secret12!")
    session, another = (
        office.client.authenticate(name, password).json["tokenId"]
        for name, password in ((USER, USER_PASSWORD), ("mrossi", "Secret12!"))
    )
    delete(office)
    office.realm.add_user(USER, password="another")

    assert consent(office, session).json()["error"] == "login_required"
    assert consent(office, another).status_code == 302


def test_a_code_brings_the_person_as_of_today(office: Workbench) -> None:
    office.realm.update_script(
        office.realm.client("hr-client").overrides.accessTokenMayActScript,
        'token.setMayAct({client_id: identity.getAttributeValues("mail")[0]});',
    )
    code = code_of(office)
    mail = {"mail": ["new@example.com"]}
    office.realm.users.update(USER, attributes=mail)

    call = office.client.authorization_code(
        "hr-client", SECRET, code, redirect_uri=CALLBACK
    )

    told = office.client.introspect("rs", SECRET, call.access_token).json
    assert told["may_act"] == {"client_id": "new@example.com"}
