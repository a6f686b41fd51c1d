"""OpenID Connect Core section 8: each sector sees a subject of its own."""

import base64
import hashlib
from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    APP_CALLBACK,
    ID_TOKEN,
    TOKEN_EXCHANGE,
    app_tokens,
    claims_of,
    get,
    refusal_of,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.pairwise import sector
from workbench.am.issuing.issue import origin_of
from workbench.course.use_cases.agent_for_user import USER_PASSWORD
from workbench.errors import RegistrationError, SettingError
from workbench.views.profile import provider_html, provider_text

GRANTS = [
    "password",
    "refresh_token",
    "client_credentials",
    TOKEN_EXCHANGE,
]


@pytest.fixture
def wb(wb: Workbench) -> Workbench:
    """A pairwise client and a public one; either may exchange what the first gets."""
    wb.realm.add_user(
        "bjensen", password=USER_PASSWORD, attributes={"mail": ["b@x.org"]}
    )
    wb.realm.add_script("may act", 'token.setMayAct({client_id: ["app", "plain"]});')
    for name, kind in (("app", "pairwise"), ("plain", "public")):
        wb.realm.register_client(
            name,
            secret="s",
            scopes=["openid", "email", "read"],
            redirection_uris=[APP_CALLBACK],
            token_endpoint_auth_method="client_secret_post",
            grant_types=GRANTS,
            subject_type=kind,
            may_act_script="may act",
            overrides={"oidcMayActScript": wb.realm.script("may act").id},
        )
    return wb


def tokens(wb: Workbench, client_id: str = "app") -> Call:
    return app_tokens(wb, "openid email read", client_id)


def hashed(host: str, subject: str = "bjensen", salt: str = "changeme") -> str:
    digest = hashlib.sha256(f"{host}{subject}{salt}".encode()).digest()
    return base64.b64encode(digest).decode()


def exchange_for(
    wb: Workbench, client_id: str, subject: str, kind: str, to: str
) -> Call:
    return wb.client.exchange(
        client_id,
        "s",
        subject_token=subject,
        subject_token_type=kind,
        requested_token_type=to,
        scope="read",
    )


def test_an_id_token_has_a_hash_of_sector_person_and_salt(wb: Workbench) -> None:
    told = claims_of(wb, tokens(wb).id_token)

    assert told["sub"] == hashed("app.example.com")
    assert "subname" not in told
    assert "bjensen" not in str(told)


def test_userinfo_says_the_same_sub_as_the_id_token(wb: Workbench) -> None:
    got = tokens(wb)

    answer = get(wb, "userinfo", got.access_token).json()

    assert answer == {"sub": claims_of(wb, got.id_token)["sub"], "email": "b@x.org"}
    wb.realm.delete("app")
    assert get(wb, "userinfo", got.access_token).json()["sub"] == "(usr!bjensen)"


def test_an_access_token_keeps_the_plain_sub(wb: Workbench) -> None:
    got = tokens(wb)
    fresh = wb.client.refresh("app", "s", got.refresh_token)

    assert claims_of(wb, got.access_token)["sub"] == "(usr!bjensen)"
    assert claims_of(wb, fresh.access_token)["sub"] == "(usr!bjensen)"
    assert claims_of(wb, fresh.id_token)["sub"] == hashed("app.example.com")


def test_a_public_client_sees_the_plain_sub(wb: Workbench) -> None:
    got = tokens(wb, "plain")

    assert claims_of(wb, got.id_token)["sub"] == "(usr!bjensen)"
    assert get(wb, "userinfo", got.access_token).json()["subname"] == "bjensen"


def test_clients_of_one_sector_see_one_sub_and_others_another(wb: Workbench) -> None:
    own = claims_of(wb, tokens(wb).id_token)["sub"]
    wb.realm.update(
        "plain",
        subject_type="pairwise",
        redirection_uris=["https://a.example.org/cb", "https://b.example.org/cb"],
        sector_identifier_uri="https://app.example.com/sector.json",
    )
    assert claims_of(wb, tokens(wb, "plain").id_token)["sub"] == own

    wb.realm.update("plain", sector_identifier_uri="https://b.example.org/sector.json")

    assert claims_of(wb, tokens(wb, "plain").id_token)["sub"] == hashed("b.example.org")


def test_another_salt_gives_another_sub(wb: Workbench) -> None:
    wb.provider.hashSalt = "pepper"

    told = claims_of(wb, tokens(wb).id_token)

    assert told["sub"] == hashed("app.example.com", salt="pepper")


def test_the_salt_is_never_shown(wb: Workbench) -> None:
    wb.provider.hashSalt = "pepper"

    assert "pepper" not in repr(wb.provider)
    settings = effective(wb.realm.provider, wb.realm.client("app"))
    assert "pepper" not in repr(origin_of(wb.realm, settings))
    assert "pepper" not in provider_text(wb.provider) + provider_html(wb.provider)


@pytest.mark.parametrize("typed", [True, False])
def test_an_id_token_that_comes_back_stands_for_the_person(
    wb: Workbench, typed: bool
) -> None:
    wb.profile = wb.profile.but(typed_subjects=typed)
    plain = "(usr!bjensen)" if typed else "bjensen"
    first = tokens(wb).id_token
    assert claims_of(wb, first)["sub"] == hashed("app.example.com")

    access = exchange_for(wb, "plain", first, ID_TOKEN, ACCESS_TOKEN)
    again = exchange_for(wb, "plain", first, ID_TOKEN, ID_TOKEN)
    own = exchange_for(wb, "app", first, ID_TOKEN, ID_TOKEN)

    assert claims_of(wb, access.access_token)["sub"] == plain
    assert claims_of(wb, access.access_token)["subname"] == "bjensen"
    assert claims_of(wb, again.access_token)["sub"] == plain
    assert claims_of(wb, own.access_token)["sub"] == hashed("app.example.com")


def test_an_access_token_becomes_an_id_token_with_a_hash(wb: Workbench) -> None:
    subject = tokens(wb, "plain").access_token

    call = exchange_for(wb, "app", subject, ACCESS_TOKEN, ID_TOKEN)

    assert claims_of(wb, call.access_token)["sub"] == hashed("app.example.com")


def test_a_client_that_is_the_subject_is_hashed_and_found_again(wb: Workbench) -> None:
    own = wb.client.client_credentials("plain", "s", scope="read").access_token

    identity = exchange_for(wb, "app", own, ACCESS_TOKEN, ID_TOKEN).access_token
    access = exchange_for(wb, "app", identity, ID_TOKEN, ACCESS_TOKEN).access_token

    assert claims_of(wb, identity)["sub"] == hashed("app.example.com", "(age!plain)")
    assert claims_of(wb, access)["sub"] == "(age!plain)"


@pytest.mark.parametrize("lost", ["salt", "person"])
def test_a_subject_that_nobody_has_any_more_stays_a_hash(
    wb: Workbench, lost: str
) -> None:
    subject = tokens(wb).id_token
    wb.profile = wb.profile.but(tokens_of_gone_people="allow")
    if lost == "salt":
        wb.provider.hashSalt = "pepper"
    else:
        wb.realm.users.delete("bjensen")

    call = exchange_for(wb, "app", subject, ID_TOKEN, ACCESS_TOKEN)

    assert call.status == 200
    assert claims_of(wb, call.access_token)["sub"] == hashed("app.example.com")


@pytest.mark.parametrize("gone", ["deactivated", "deleted"])
def test_a_hash_of_somebody_who_is_gone_is_refused(wb: Workbench, gone: str) -> None:
    subject = tokens(wb).id_token
    if gone == "deleted":
        wb.realm.users.delete("bjensen")
    else:
        wb.realm.users.update("bjensen", active=False)

    exchange_for(wb, "app", subject, ID_TOKEN, ACCESS_TOKEN)

    refusal = refusal_of(wb.decision)
    assert refusal.rule == "The subject token's person is active"


def test_an_id_token_whose_client_is_gone_is_taken_as_it_is(wb: Workbench) -> None:
    subject = tokens(wb).id_token
    wb.realm.delete("app")

    call = exchange_for(wb, "plain", subject, ID_TOKEN, ACCESS_TOKEN)

    assert claims_of(wb, call.access_token)["sub"] == hashed("app.example.com")


@pytest.mark.parametrize("sub", ["(usr!bjensen)", hashed("app.example.com")])
def test_an_actor_is_who_its_own_token_says(wb: Workbench, sub: str) -> None:
    stamp = 'token.setMayAct({client_id: "plain", sub: "%s"});'
    wb.realm.update_script("may act", stamp % sub)
    own = tokens(wb)

    call = wb.client.exchange(
        "plain",
        "s",
        subject_token=own.access_token,
        subject_token_type=ACCESS_TOKEN,
        actor_token=own.id_token,
        actor_token_type=ID_TOKEN,
        scope="read",
    )

    if sub == hashed("app.example.com"):
        assert claims_of(wb, call.access_token)["act"] == {"sub": sub}
    else:
        assert call.json["error_description"] == "Invalid token exchange."


@pytest.mark.parametrize(
    ("uris", "identifier", "expected"),
    [
        ([APP_CALLBACK], "", "app.example.com"),
        ([APP_CALLBACK, "https://APP.example.com:8443/other"], "", "app.example.com"),
        ([APP_CALLBACK, "https://other.example.com/"], "", ""),
        (["com.example.app:/callback"], "", ""),
        ([], "", ""),
        ([], "https://x.example.com/list", "x.example.com"),
    ],
)
def test_the_sector_is_a_host(uris: list[str], identifier: str, expected: str) -> None:
    client = Client(
        client_id="c", redirection_uris=tuple(uris), sector_identifier_uri=identifier
    )

    assert sector(client) == expected


@pytest.mark.parametrize("uris", [[], [APP_CALLBACK, "https://other.example.com/cb"]])
def test_a_pairwise_client_without_a_sector_is_refused(
    wb: Workbench, uris: list[str]
) -> None:
    with pytest.raises(RegistrationError, match="it needs a sector_identifier_uri"):
        wb.realm.update("app", redirection_uris=uris)

    assert wb.realm.client("app").redirection_uris == (APP_CALLBACK,)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"subject_type": "secret"}, "is one of public, pairwise"),
        ({"sector_identifier_uri": "http://x.example.com"}, "needs https:// and a h"),
        ({"sector_identifier_uri": "https:///x"}, "needs https:// and a host"),
        ({"sector_identifier_uri": "x"}, "needs https:// and a host"),
    ],
)
def test_what_no_client_can_have_is_refused(
    wb: Workbench, changes: dict[str, str], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says):
        wb.realm.update("app", **changes)


def test_a_group_gives_its_members_pairwise_subjects_and_a_sector(
    wb: Workbench,
) -> None:
    group = wb.realm.add_group(
        "partners",
        subject_type="pairwise",
        sector_identifier_uri="https://partners.example.com/list",
    )
    wb.realm.update(
        "plain",
        group="partners",
        inherited=["subject_type", "sector_identifier_uri"],
        redirection_uris=[],
    )
    told = claims_of(wb, tokens(wb, "plain").id_token)
    assert told["sub"] == hashed("partners.example.com")

    with pytest.raises(RegistrationError, match="plain could not inherit that"):
        wb.realm.groups.update(group, sector_identifier_uri="")


def test_the_provider_says_which_subjects_it_supports(wb: Workbench) -> None:
    address = f"{wb.realm.oauth2_url}/.well-known/openid-configuration"
    assert wb.http.get(address).json()["subject_types_supported"] == [
        "public",
        "pairwise",
    ]

    wb.provider.supportedSubjectTypes = ["public"]  # type: ignore[assignment]

    assert wb.http.get(address).json()["subject_types_supported"] == ["public"]
    with pytest.raises(SettingError, match="is one of public, pairwise; not"):
        wb.realm.set_provider(supportedSubjectTypes=["public", "secret"])


def register(wb: Workbench, **metadata: Any) -> Call:
    wb.realm.set_provider(allowDynamicRegistration=True, supportedScopes=["openid"])
    return wb.client.register({"scopes": ["openid"], **metadata}, path="register")


def test_a_client_registers_itself_with_pairwise_subjects(wb: Workbench) -> None:
    sent = {
        "subject_type": "pairwise",
        "sector_identifier_uri": "https://app.example.com/list",
    }

    registered = register(wb, **sent)

    body, client = registered.json, wb.realm.client(registered.client_id)
    assert {name: body[name] for name in sent} == sent
    assert (client.subject_type, client.sector_identifier_uri) == tuple(sent.values())
    wb.realm.update(registered.client_id, subject_type="public")
    assert wb.client.read_registration(registered).json["subject_type"] == "public"


def test_pairwise_subjects_given_by_an_administrator_are_told(wb: Workbench) -> None:
    registered = register(wb, redirect_uris=[APP_CALLBACK])
    assert "subject_type" not in registered.json

    wb.realm.update(registered.client_id, subject_type="pairwise")

    assert wb.client.read_registration(registered).json["subject_type"] == "pairwise"


def test_an_update_without_it_makes_subjects_public_again(wb: Workbench) -> None:
    registered = register(wb, redirect_uris=[APP_CALLBACK], subject_type="pairwise")

    wb.client.update_registration(registered, {"redirect_uris": [APP_CALLBACK]})

    assert wb.realm.client(registered.client_id).subject_type == "public"


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        ({}, "sector_identifier_uri"),
        ({"redirect_uris": [APP_CALLBACK, "https://b.org/"]}, "sector_identifier_uri"),
        ({"sector_identifier_uri": "http://b.org/"}, "sector_identifier_uri"),
    ],
)
def test_registering_without_a_sector_is_refused(
    wb: Workbench, metadata: dict[str, Any], what: str
) -> None:
    call = register(wb, subject_type="pairwise", **metadata)

    assert call.status == 400
    assert call.json == {
        "error": "invalid_client_metadata",
        "error_description": f"Invalid {what} requested.",
    }


def test_a_type_that_the_provider_does_not_support_is_refused(wb: Workbench) -> None:
    wb.provider.supportedSubjectTypes = ("public",)

    call = register(wb, subject_type="pairwise", redirect_uris=[APP_CALLBACK])

    assert call.json["error_description"] == "Invalid subject_type requested."
    assert wb.audit[-1].hint == "It is one of: public."


def test_a_registration_script_cannot_take_the_sector_away(wb: Workbench) -> None:
    script = wb.realm.add_registration_script(
        "moves",
        'clientIdentity.setRedirectURIs(["https://a.org/", "https://b.org/"]);'
        "clientIdentity.store();",
    )
    wb.provider.dynamicClientRegistrationScript = script.id

    call = register(wb, subject_type="pairwise", redirect_uris=[APP_CALLBACK])

    assert call.json["error"] == "server_error"
    assert "it needs a sector_identifier_uri" in wb.audit[-1].hint
    assert set(wb.realm.clients) == {"app", "plain"}
