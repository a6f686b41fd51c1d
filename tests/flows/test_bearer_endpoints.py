"""What an access token opens: userinfo and tokeninfo."""

import pytest

from tests.stories import INVALID_TOKEN, agent_for_user, get, password_tokens
from workbench import Workbench
from workbench.am.reading.revoke_token import revoke_token
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    agent_for_user(wb)
    wb.realm.update(
        "hr-client",
        scopes=["openid", "profile", "email", "phone", "read"],
        grant_types=["password", "client_credentials"],
        token_endpoint_auth_method="client_secret_post",
    )
    return wb


def test_userinfo_tells_what_the_scopes_open(story: Workbench) -> None:
    own = get(story, "userinfo", password_tokens(story, "openid").access_token)
    more = get(
        story,
        "userinfo",
        password_tokens(story, "openid profile email phone").access_token,
    )

    assert own.json() == {"sub": "(usr!bjensen)", "subname": "bjensen"}
    assert more.json() == {
        "sub": "(usr!bjensen)",
        "subname": "bjensen",
        "name": "Barbara Jensen",
        "family_name": "bjensen",
        "email": "bjensen@example.com",
    }
    assert more.headers["cache-control"] == "no-store"


def test_userinfo_tells_the_address_as_an_object(story: Workbench) -> None:
    story.realm.update("hr-client", scopes=["openid", "address"])
    story.realm.users.update(
        "bjensen", attributes={"postalAddress": ["1 High St", "b"]}
    )

    told = get(story, "userinfo", password_tokens(story, "openid address").access_token)

    assert told.json()["address"] == {"formatted": "1 High St"}


def test_userinfo_takes_the_token_in_a_form(story: Workbench) -> None:
    token = password_tokens(story, "openid").access_token

    answer = story.http.post(
        f"{story.realm.oauth2_url}/userinfo", data={"access_token": token}
    )

    assert answer.json()["sub"] == "(usr!bjensen)"


def test_userinfo_of_a_clients_own_token_names_the_client(story: Workbench) -> None:
    story.provider.includeSubnameInTokenClaims = False
    token = story.client.client_credentials("hr-client", "mySecret", scope="openid")

    answer = get(story, "userinfo", token.access_token)

    assert answer.json() == {"sub": "(age!hr-client)"}


def test_userinfo_needs_the_scope_openid(story: Workbench) -> None:
    answer = get(story, "userinfo", password_tokens(story, "read").access_token)

    assert (answer.status_code, answer.json()["error"]) == (403, "insufficient_scope")


@pytest.mark.parametrize("path", ["userinfo", "tokeninfo"])
def test_a_token_that_opens_nothing_is_refused_with_a_challenge(
    story: Workbench, path: str
) -> None:
    expired = password_tokens(story, "openid").access_token
    story.clock.advance(seconds=3600)
    revoked = password_tokens(story, "openid").access_token
    revoke_token(story.realm, revoked)
    refresh = story.client.password(
        "hr-client", "mySecret", USER, USER_PASSWORD, scope="openid"
    ).refresh_token

    answers = [get(story, path, t) for t in (expired, revoked, refresh, "nonsense")]

    for answer in answers:
        assert (answer.status_code, answer.json()) == (
            401,
            INVALID_TOKEN,
        )
        assert answer.headers["www-authenticate"] == (
            'Bearer realm="/alpha", error="invalid_token"'
        )


def test_no_token_is_no_way_in(story: Workbench) -> None:
    assert get(story, "userinfo").status_code == 401
    assert get(story, "tokeninfo").json() == {
        "error_description": "Missing parameters: access_token",
        "error": "invalid_request",
    }


def test_a_token_that_is_not_valid_yet_opens_nothing(story: Workbench) -> None:
    with Workbench(now=story.clock.now() + 100, seed="test") as later:
        later.prepare("agent-for-user")
        later.realm.update("hr-client", grant_types=["password"], scopes=["openid"])
        later.realm.update("hr-client", token_endpoint_auth_method="client_secret_post")
        token = password_tokens(later, "openid").access_token

    assert get(story, "userinfo", token).status_code == 401


def test_tokeninfo_lays_the_claims_out_flat(story: Workbench) -> None:
    token = password_tokens(story, "openid read").access_token
    story.clock.advance(seconds=10)

    by_header = get(story, "tokeninfo", token)
    by_query = get(story, "tokeninfo", access_token=token)

    body = by_query.json()
    assert by_header.json() == body
    assert (body["access_token"], body["expires_in"]) == (token, 3589)
    assert (body["openid"], body["read"]) == ("", "")
    assert body["scope"] == ["openid", "read"]
    assert body["may_act"] == {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


def test_a_scope_named_like_a_claim_does_not_hide_it(story: Workbench) -> None:
    story.realm.update("hr-client", scopes=["sub"])
    token = password_tokens(story, "sub").access_token

    assert get(story, "tokeninfo", token).json()["sub"] == "(usr!bjensen)"


def test_tokeninfo_shows_act_of_a_delegated_token(story: Workbench) -> None:
    actor = story.client.client_credentials("hr-agent", "mySecret", scope="read")
    new = story.client.exchange(
        "hr-agent",
        "mySecret",
        subject_token=password_tokens(story, "read").access_token,
        actor_token=actor.access_token,
        scope="read",
    )

    body = get(story, "tokeninfo", new.access_token).json()

    assert body["act"] == {"sub": "(age!hr-agent)"}


def test_userinfo_may_be_posted_to_with_a_bearer_token_and_no_form(
    story: Workbench,
) -> None:
    headers = {
        "Authorization": f"Bearer {password_tokens(story, 'openid').access_token}"
    }

    answer = story.http.post(f"{story.realm.oauth2_url}/userinfo", headers=headers)

    assert answer.json()["sub"] == "(usr!bjensen)"


def test_a_token_without_openid_is_told_what_it_lacks(story: Workbench) -> None:
    answer = get(story, "userinfo", password_tokens(story, "read").access_token)

    assert (answer.status_code, answer.json()) == (
        403,
        {
            "error_description": "The resource requested requires scope: openid",
            "error": "insufficient_scope",
        },
    )
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="/alpha", error="insufficient_scope"'
    )
