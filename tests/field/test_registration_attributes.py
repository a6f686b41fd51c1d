"""Registration scripts under AM's full attribute names: every attribute of a client."""

import json
from typing import Any

import pytest

from tests.stories import manage, open_registration, register
from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.clients.stored_names import NO_ATTRIBUTE, PREFIX, STORED, UNUSED
from workbench.am.settings.overrides import Overrides

FAILED = {
    "error_description": "Error running dynamic client registration script",
    "error": "server_error",
}
KEYS = json.dumps(
    {
        "keys": [
            {  # RFC 7517 appendix A.1
                "kty": "EC",
                "crv": "P-256",
                "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
            }
        ]
    }
)


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    return open_registration(wb)


def scripted(wb: Workbench, source: str) -> Workbench:
    script = wb.realm.add_registration_script("tried", source)
    wb.provider.dynamicClientRegistrationScript = script.id
    return wb


def setting(name: str, values: list[str]) -> str:
    told = f"{json.dumps(name)}, {json.dumps(values)}"
    return f"clientIdentity.setAttribute({told}); clientIdentity.store();"


def hint(wb: Workbench) -> str:
    return str(wb.audit[-1].hint)


FIELDS: list[tuple[str, list[str], str, Any]] = [
    ("clientType", ["Public"], "public", True),
    (
        "redirectionURIs",
        ["[0]=https://a.example/cb", "[1]=https://b.example/cb"],
        "redirection_uris",
        ("https://a.example/cb", "https://b.example/cb"),
    ),
    ("scopes", ["[1]=write", "[0]=read"], "scopes", ("read", "write")),
    ("scopes", ["read", "write"], "scopes", ("read", "write")),
    ("defaultScopes", ["[0]=read"], "default_scopes", ("read",)),
    ("clientName", ["[0]=Mine"], "name", "Mine"),
    ("clientName", [], "name", ""),
    (
        "grantTypes",
        ["[0]=authorization_code", "[1]=client_credentials"],
        "grant_types",
        ("authorization_code", "client_credentials"),
    ),
    ("responseTypes", ["[0]=code", "[1]=token"], "response_types", ("code", "token")),
    ("authorizationCodeLifeTime", ["60"], "authorization_code_lifetime", 60),
    ("refreshTokenLifeTime", ["-1"], "refresh_token_lifetime", -1),
    ("accessTokenLifeTime", ["600"], "access_token_lifetime", 600),
    ("accesstokenlifetime", ["600"], "access_token_lifetime", 600),
    ("jwtTokenLifeTime", ["60"], "jwt_token_lifetime", 60),
    (
        "loopbackInterfaceRedirection",
        ["true"],
        "loopback_interface_redirection",
        True,
    ),
    (
        "tokenEndPointAuthMethod",
        ["client_secret_post"],
        "token_endpoint_auth_method",
        "client_secret_post",
    ),
    (
        "sectorIdentifierURI",
        ["https://a.example/s"],
        "sector_identifier_uri",
        "https://a.example/s",
    ),
    ("sectorIdentifierURI", [], "sector_identifier_uri", ""),
    ("subjectType", ["Public"], "subject_type", "public"),
    ("jwksURI", ["https://a.example/k"], "jwks_uri", "https://a.example/k"),
    ("jwks", [KEYS], "jwks", KEYS),
    ("idTokenSignedResponseAlg", ["ES256"], "id_token_signed_response_alg", "ES256"),
    ("isConsentImplied", ["true"], "is_consent_implied", True),
    ("tokenExchangeAuthLevel", ["2"], "token_exchange_auth_level", 2),
    ("refreshTokenGracePeriod", ["5"], "refresh_token_grace_period", 5),
    (
        "customProperties",
        ["[0]=team=risk", "[1]=tier[gold]=1"],
        "custom_properties",
        ("team=risk", "tier[gold]=1"),
    ),
    ("customProperties", ["list[0]=a"], "custom_properties", ("list[0]=a",)),
    (
        "allowedResourceServerAudienceValues",
        ["[0]=https://a.example"],
        "allowed_audiences",
        ("https://a.example",),
    ),
    (
        "tokenEndpointAuthSigningAlgorithm",
        ["PS256"],
        "token_endpoint_auth_signing_alg",
        "PS256",
    ),
]


@pytest.mark.parametrize(("name", "values", "field", "expected"), FIELDS)
def test_an_attribute_that_a_script_stores_is_the_clients(
    desk: Workbench, name: str, values: list[str], field: str, expected: Any
) -> None:
    scripted(desk, setting(f"{PREFIX}{name}", values))

    answer = register(desk, scopes=["read", "write"])

    assert answer.status_code == 201, hint(desk)
    client = desk.realm.client(answer.json()["client_id"])
    assert getattr(client, field) == expected


@pytest.mark.parametrize(
    ("name", "values", "field", "expected"),
    [
        ("sunIdentityServerDeviceStatus", ["Inactive"], "active", False),
        ("agentgroup", ["partners"], "group", "partners"),
        ("agentgroup", [], "group", ""),
        ("isConsentImplied", ["true"], "is_consent_implied", True),
        ("customProperties", ["[0]=a=b"], "custom_properties", ("a=b",)),
        ("tokenExchangeAuthLevel", ["2"], "token_exchange_auth_level", 2),
        (
            "loopbackInterfaceRedirection",
            ["true"],
            "loopback_interface_redirection",
            True,
        ),
    ],
)
def test_some_stand_without_the_prefix(
    desk: Workbench, name: str, values: list[str], field: str, expected: Any
) -> None:
    desk.realm.add_group("partners")
    scripted(desk, setting(name, values))

    answer = register(desk)

    assert answer.status_code == 201, hint(desk)
    client = desk.realm.clients.own(answer.json()["client_id"])
    assert getattr(client, field) == expected


def test_the_case_of_the_field(desk: Workbench) -> None:
    scripted(
        desk,
        """clientIdentity.setAttribute('com.forgerock.openam.oauth2provider.grantTypes',
            ['[0]=authorization_code', '[1]=client_credentials']);
        clientIdentity.store();""",
    )

    made = register(desk).json()

    assert made["grant_types"] == ["authorization_code", "client_credentials"]
    assert manage(desk, "GET", made).json() == made


def test_each_field_of_a_client_has_its_attribute(desk: Workbench) -> None:
    tried = {field for _, _, field, _ in FIELDS} | {"active", "group"}

    assert tried == set(STORED)
    assert set(settings_of(Client)) == tried | set(NO_ATTRIBUTE)


OVERRIDES = list(settings_of(Overrides))


@pytest.mark.parametrize("prefix", ["", PREFIX])
def test_every_override_is_one_too(desk: Workbench, prefix: str) -> None:
    names = json.dumps([f"{prefix}{name}" for name in OVERRIDES])
    scripted(
        desk,
        f"""{json.dumps(OVERRIDES)}.forEach(function (name, i) {{
            var values = clientIdentity.getAttributeValues(name);
            if (values.length && values[0] === 'false') values = ['true'];
            clientIdentity.setAttribute({names}[i], values);
        }});
        clientIdentity.setAttribute('{prefix}overrideableOIDCClaims',
            ['[1]=azp', '[0]=acr']);
        clientIdentity.store();""",
    )

    answer = register(desk)

    assert answer.status_code == 201, hint(desk)
    block = desk.realm.client(answer.json()["client_id"]).overrides
    switches = [
        name for name, said in settings_of(Overrides).items() if said.kind is bool
    ]
    assert all(getattr(block, name) for name in switches)
    assert block.overrideableOIDCClaims == ("acr", "azp")


READ = """
var read = function (name) {
    return name + ': ' + Array.prototype.slice.call(
        clientIdentity.getAttributeValues('%s' + name)).join(' ');
};
logger.info(['redirectionURIs', 'scopes', 'clientType', 'grantTypes', 'jwksURI',
    'accessTokenLifeTime', 'contacts', 'logoURI', 'subjectType', 'clientName',
    'REDIRECTIONURIS', 'none'].map(read).join('; '));
logger.info([clientIdentity.getAttributeValues('userpassword').length,
    clientIdentity.getAttributeValues('sunIdentityServerDeviceStatus')[0],
    clientIdentity.getUniversalId(), clientIdentity.exists()].join('; '));
"""


def test_attributes_are_read_as_ams_store_has_them(desk: Workbench) -> None:
    scripted(desk, READ % PREFIX)

    made = register(
        desk,
        redirect_uris=["https://a.example/cb"],
        scopes=["read", "write"],
        client_name="Mine",
        contacts=["a@example.com"],
        default_max_age=7,
    ).json()

    read, more = (line.text for line in desk.audit[-1].scripts[0].log)
    assert read.split("; ") == [
        "redirectionURIs: [0]=https://a.example/cb",
        "scopes: [0]=read [1]=write",
        "clientType: Confidential",
        "grantTypes: [0]=authorization_code",
        "jwksURI: ",
        "accessTokenLifeTime: 0",
        "contacts: [0]=a@example.com",
        "logoURI: ",
        "subjectType: public",
        "clientName: [0]=Mine",
        "REDIRECTIONURIS: [0]=https://a.example/cb",
        "none: ",
    ]
    assert more == (
        f"0; Active; id={made['client_id']},ou=agentonly,o=alpha,ou=services,"
        "ou=am-config; true"
    )


def test_what_is_added_comes_to_what_is_there(desk: Workbench) -> None:
    scripted(
        desk,
        f"""if (operation === 'UPDATE') {{
            clientIdentity.addAttribute('{PREFIX}redirectionURIs',
                '[0]=https://b.example/cb');
            clientIdentity.addAttribute('{PREFIX}redirectionuris',
                '[0]=https://b.example/cb');
            clientIdentity.addAttribute('{PREFIX}defaultScopes', '[0]=read');
            clientIdentity.store();
        }}""",
    )
    made = register(desk, redirect_uris=["https://a.example/cb"], scopes=["read"])
    sent = {
        "client_id": made.json()["client_id"],
        "redirect_uris": ["https://a.example/cb"],
        "scopes": ["read"],
    }

    changed = manage(desk, "PUT", made.json(), json=sent).json()

    assert changed["redirect_uris"] == [
        "https://a.example/cb",
        "https://b.example/cb",
    ]
    assert changed["default_scopes"] == ["read"]


def test_an_attribute_is_the_clients_own_from_then_on(desk: Workbench) -> None:
    desk.realm.add_group("partners", scopes=["write"])
    made = register(desk, scopes=["read"]).json()
    client_id = made["client_id"]
    desk.realm.update(client_id, group="partners", inherited=["scopes", "jwks_uri"])
    scripted(desk, setting(f"{PREFIX}jwksURI", ["https://a.example/k"]))

    sent = {"client_id": client_id, "scopes": ["read"]}
    assert manage(desk, "PUT", made, json=sent).status_code == 200

    client = desk.realm.clients.own(client_id)
    assert client.jwks_uri == "https://a.example/k"
    assert client.inherited == ()


VALUES = {tuple: ["[0]=https://a.example"], int: ["7"], bool: ["true"], str: ["x509"]}


@pytest.mark.parametrize("name", UNUSED)
@pytest.mark.parametrize("prefix", ["", PREFIX])
def test_what_am_has_and_the_bench_does_not_use_is_kept(
    desk: Workbench, name: str, prefix: str
) -> None:
    member, kind = UNUSED[name]
    values = VALUES[kind]
    scripted(
        desk,
        f"""logger.info('' + clientIdentity.getAttributeValues('{PREFIX}{name}')[0]);
        if (operation === 'CREATE') {{ {setting(f"{prefix}{name}", values)} }}""",
    )

    answer = register(desk)

    assert answer.status_code == 201, hint(desk)
    made = answer.json()
    if member:
        told = {tuple: ["https://a.example"], int: 7, bool: True, str: "x509"}
        assert made[member] == told[kind]
        assert manage(desk, "GET", made).json() == made
        return
    kept = desk.realm.clients.registrations[made["client_id"]].attributes
    assert kept == {f"{prefix}{name}": ("[0]=https://a.example",)}


def test_what_is_kept_is_read_again(desk: Workbench) -> None:
    scripted(
        desk,
        f"""var name = '{PREFIX}description';
        if (operation === 'CREATE') {{ {setting(f"{PREFIX}description", ["[0]=d"])} }}
        logger.info('' + clientIdentity.getAttributeValues(name)[0]);""",
    )
    made = register(desk).json()

    manage(desk, "PUT", made, json={"client_id": made["client_id"]})

    assert desk.audit[-1].scripts[0].log[-1].text == "[0]=d"


def test_a_token_script_reads_the_same(desk: Workbench) -> None:
    source = f"""logger.message('' +
        identity.getAttribute('{PREFIX}contacts').contains('[0]=a@example.com'));"""
    script = desk.realm.add_script("reads", source, "1.0")
    desk.provider.accessTokenMayActScript = script.id
    made = register(
        desk,
        scopes=["read"],
        grant_types=["client_credentials"],
        contacts=["a@example.com"],
    ).json()

    answer = desk.client.client_credentials(
        made["client_id"], made["client_secret"], scope="read"
    )

    assert answer.status == 200
    assert desk.audit[-1].scripts[0].log[-1].text == "true"


UNFIT = [
    (f"{PREFIX}grantTypes", ["[0]=authorization_code"] * 2, "", 201),
    (f"{PREFIX}redirectionURIs", ["[0]=x"], "not a redirection URI", 500),
    (f"{PREFIX}scopes", ["[0]=a b"], "is not a scope", 500),
    (f"{PREFIX}accessTokenLifeTime", ["-1"], "a whole number", 500),
    (f"{PREFIX}accessTokenLifeTime", ["soon"], "a whole number", 500),
    (f"{PREFIX}accessTokenLifeTime", ["12345678901"], "a whole number", 500),
    (f"{PREFIX}accessTokenLifeTime", [], "it takes one value", 500),
    (f"{PREFIX}refreshTokenLifeTime", ["-2"], "cannot be negative", 500),
    (f"{PREFIX}clientType", ["public"], "Confidential or Public", 500),
    (f"{PREFIX}clientName", ["[0]=a", "[1]=b"], "it takes one value", 500),
    (f"{PREFIX}subjectType", ["secret"], "is one of public, pairwise", 500),
    (f"{PREFIX}tokenEndPointAuthMethod", [], "it takes one value", 500),
    (f"{PREFIX}idTokenSignedResponseAlg", ["none"], "is one of RS256", 500),
    (f"{PREFIX}jwks", ["{"], "JWK", 500),
    (f"{PREFIX}defaultMaxAge", ["soon"], "a whole number", 500),
    ("customProperties", ["a=1", "a[0]=2"], "mix two of them", 500),
    ("agentgroup", ["none"], "There is no group", 500),
    ("sunIdentityServerDeviceStatus", ["Asleep"], "Active or Inactive", 500),
    ("userpassword", ["mine"], "the secret is the server's to make", 500),
    ("grantTypes", ["password"], f"Did you mean {PREFIX}grantTypes?", 500),
    (f"{PREFIX}scope", ["a"], f"Did you mean {PREFIX}scopes?", 500),
    ("nonsense", ["a"], "the bench keeps no such attribute", 500),
]


@pytest.mark.parametrize(("name", "values", "says", "status"), UNFIT)
def test_a_value_that_is_none_is_refused_and_told_in_the_audit(
    desk: Workbench, name: str, values: list[str], says: str, status: int
) -> None:
    scripted(desk, setting(name, values))

    answer = register(desk)

    assert answer.status_code == status
    if status == 500:
        assert answer.json() == FAILED
        assert says in hint(desk)
        assert dict(desk.realm.clients) == {}
