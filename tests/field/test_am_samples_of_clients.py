"""AM's samples where nobody but a client is there: identities, sessions, attributes."""

import pytest

from tests.field.asked import BOTH
from tests.field.test_am_samples import (
    EVALUATION,
    MODIFICATION,
    OF_ITSELF,
    Way,
    by_exchange,
    give,
    named,
    sent_by,
    with_job,
)
from tests.stories import claims_of, consent, get, register
from workbench import Workbench

REGISTRATION = """
    if (operation === "CREATE") {
        var grant = requestProperties.get("requestBody").get("grant_type");
        if (grant != null) {
            var grants = ["[0]=authorization_code"];
            grants.push("[1]=".concat(grant));
            clientIdentity.setAttribute(
                "com.forgerock.openam.oauth2provider.grantTypes", grants);
            clientIdentity.store();
        }
    }
    if (operation === "UPDATE") {
        var uris = softwareStatement.get("redirect_uris");
        var first = uris != null ? uris[0] : null;
        if (first != null) {
            clientIdentity.addAttribute(
                "com.forgerock.openam.oauth2provider.redirectionURIs",
                "[0]=".concat(first));
            clientIdentity.store();
        }
    }
"""


@pytest.fixture
def realm(wb: Workbench) -> Workbench:
    return with_job(wb)


@pytest.mark.parametrize("way", [*OF_ITSELF, by_exchange], ids=named)
def test_the_next_generation_modification_sample_runs_without_a_person(
    realm: Workbench, way: Way
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    give(realm, "accessTokenModification", context, MODIFICATION["2.0"], "2.0")

    assert claims_of(realm, str(way(realm, "read")["access_token"]))["role"] == "nurse"


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("way", OF_ITSELF, ids=named)
def test_the_evaluation_sample_tells_nothing_of_a_client(
    realm: Workbench, way: Way, version: str
) -> None:
    context = "OAUTH2_EVALUATE_SCOPE"
    give(realm, "evaluateScope", context, EVALUATION[version], version)

    told = get(realm, "tokeninfo", str(way(realm, "read")["access_token"]))

    assert (told.status_code, told.json()["read"]) == (200, "")


@pytest.mark.parametrize("version", BOTH)
def test_the_authorize_data_sample_tells_where_the_person_is(
    realm: Workbench, version: str
) -> None:
    source = {
        "1.0": "var m = new java.util.HashMap();"
        "if (session != null) m.put('ip', session.getProperty('Host')); m;",
        "2.0": "var m = {}; if (session) m.ip = session.getProperty('Host'); m;",
    }[version]
    kind, context = (
        "authorizeEndpointDataProvider",
        "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER",
    )
    give(realm, kind, context, source, version)

    answer = consent(realm)

    assert answer.status_code == 302
    assert sent_by(answer)["ip"]


def test_the_registration_sample_adds_the_grant_that_was_asked_for(
    realm: Workbench,
) -> None:
    script = realm.realm.add_registration_script("sample", REGISTRATION)
    realm.provider.dynamicClientRegistrationScript = script.id

    made = register(realm, client_name="new", grant_type="client_credentials")

    assert made.status_code == 201
    kept = realm.realm.client(made.json()["client_id"])
    assert set(kept.grant_types) == {"authorization_code", "client_credentials"}
