"""Client authentication over HTTP: assertions (RFC 7523), and who is held to what.

Sources: RFC 7523; PingAM 8.1, "JWT profile" of OAuth 2.0 client authentication and
"OIDC client authentication"; texts are OpenAM's.
"""

import base64
import hmac
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tests.stories import claims_of
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.reading.read_token import read_token
from workbench.course.use_cases.agent_for_user import USER_PASSWORD
from workbench.errors import RegistrationError

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
NOW = 1_790_000_000
SECRET = "a secret of thirty-two octets, or more of them"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())

FAILED = "Client authentication failed"
NOT_VALID = "JWT is not valid"
WRONG_METHOD = "Invalid authentication method for accessing this endpoint."


def public(key: Any, **more: str) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), **more}


KEYS = {"keys": [public(RSA, kid="one"), public(EC, kid="two"), public(P384)]}


@pytest.fixture
def bench(wb: Workbench) -> Workbench:
    """A client that signs with its own key, and one that signs with its secret."""
    common: dict[str, Any] = {"scopes": ["read"], "grant_types": ["client_credentials"]}
    wb.realm.register_client(
        "signer", token_endpoint_auth_method="private_key_jwt", jwks=KEYS, **common
    )
    wb.realm.register_client(
        "keeper",
        secret=SECRET,
        token_endpoint_auth_method="client_secret_jwt",
        token_endpoint_auth_signing_alg="HS256",
        **common,
    )
    return wb


def claims(wb: Workbench, client_id: str = "signer", **changes: Any) -> dict[str, Any]:
    """Good claims, with some changed; None leaves one out."""
    good = {
        "iss": client_id,
        "sub": client_id,
        "aud": f"{wb.realm.oauth2_url}/access_token",
        "exp": wb.clock.now() + 60,
        "jti": "first",
        **changes,
    }
    return {name: value for name, value in good.items() if value is not None}


def signed(
    payload: dict[str, Any], key: Any = RSA, algorithm: str = "RS256", **header: Any
) -> str:
    return jwt.encode(payload, key, algorithm, headers=header or None)


def send(
    wb: Workbench, assertion: str, path: str = "access_token", **more: Any
) -> Call:
    form = {
        "grant_type": "client_credentials",
        "scope": "read",
        "client_assertion_type": TYPE,
        "client_assertion": assertion,
        **more,
    }
    return wb.client.post(path, {n: v for n, v in form.items() if v is not None})


def refusal(answer: Call) -> tuple[int, dict[str, str]]:
    return answer.status, answer.json


def invalid(description: str) -> tuple[int, dict[str, str]]:
    return 400, {"error_description": description, "error": "invalid_client"}


# What proves a client


def test_a_client_proves_itself_with_its_private_key(bench: Workbench) -> None:
    answer = send(bench, signed(claims(bench)))

    assert answer.status == 200
    assert claims_of(bench, answer)["client_id"] == "signer"


def test_a_client_proves_itself_by_signing_with_its_secret(bench: Workbench) -> None:
    answer = send(bench, signed(claims(bench, "keeper"), SECRET, "HS256"))

    assert answer.status == 200
    assert bench.inspect(answer).sub == "(age!keeper)"


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("RS384", RSA),
        ("RS512", RSA),
        ("PS256", RSA),
        ("PS384", RSA),
        ("PS512", RSA),
        ("ES256", EC),
        ("ES384", P384),
    ],
)
def test_a_client_signs_as_it_is_registered(
    bench: Workbench, algorithm: str, key: Any
) -> None:
    bench.realm.update("signer", token_endpoint_auth_signing_alg=algorithm)

    assert send(bench, signed(claims(bench), key, algorithm)).status == 200


@pytest.mark.parametrize(
    "aud",
    [
        "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha",
        "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token",
        ["https://elsewhere.example", "urn:our-am"],
        "urn:our-am",
    ],
)
def test_an_assertion_is_meant_for_this_server(bench: Workbench, aud: Any) -> None:
    bench.provider.allowedAudienceValues = ("urn:our-am",)

    assert send(bench, signed(claims(bench, aud=aud))).status == 200


def test_an_assertion_names_the_client_where_client_id_does_not(
    bench: Workbench,
) -> None:
    assert send(bench, signed(claims(bench)), client_id="signer").status == 200
    answer = send(bench, signed(claims(bench, jti="2")), client_id="keeper")

    assert refusal(answer) == (
        400,
        {"error_description": FAILED, "error": "invalid_request"},
    )


def test_the_type_may_be_written_in_capitals_as_in_openam(bench: Workbench) -> None:
    answer = send(bench, signed(claims(bench)), client_assertion_type=TYPE.upper())

    assert answer.status == 200


@pytest.mark.parametrize("header", [{"kid": "one"}, {}])
def test_a_key_is_found_by_its_kid_or_tried(
    bench: Workbench, header: dict[str, str]
) -> None:
    assert send(bench, signed(claims(bench), **header)).status == 200


def test_a_key_without_a_kid_fits_any(bench: Workbench) -> None:
    bench.realm.update("signer", jwks=json.dumps({"keys": [public(RSA)]}))

    assert send(bench, signed(claims(bench), kid="whatever")).status == 200


def test_an_assertion_serves_an_exchange_too(story: Workbench) -> None:
    subject = story.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = story.client.client_credentials("risk-agent", "mySecret", scope="read")
    story.realm.update("risk-agent", jwks=KEYS)
    access = "urn:ietf:params:oauth:token-type:access_token"

    answer = send(
        story,
        signed(claims(story, "risk-agent")),
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token=subject.access_token,
        subject_token_type=access,
        actor_token=actor.access_token,
        actor_token_type=access,
    )

    assert claims_of(story, answer)["act"] == {"sub": "(age!risk-agent)"}


@pytest.mark.parametrize("path", ["introspect", "token/revoke"])
@pytest.mark.parametrize("aud", ["", "/access_token", "itself"])
def test_an_assertion_serves_introspection_and_revocation(
    bench: Workbench, path: str, aud: str
) -> None:
    token = send(bench, signed(claims(bench))).access_token
    meant = f"{bench.realm.oauth2_url}{f'/{path}' if aud == 'itself' else aud}"

    assertion = signed(claims(bench, aud=meant, jti="second"))
    answer = send(bench, assertion, path, grant_type=None, scope=None, token=token)

    assert answer.status == 200
    assert answer.json.get("active", True)
    revoked = read_token(bench.realm, token).revoked
    assert revoked == (path == "token/revoke")


# What proves nothing


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"exp": None}, NOT_VALID),
        ({"exp": "1790000060"}, NOT_VALID),
        ({"exp": True}, NOT_VALID),
        ({"exp": float("nan")}, NOT_VALID),
        ({"exp": NOW}, "JWT has expired"),
        ({"exp": NOW - 1}, "JWT has expired"),
        ({"exp": NOW + 1801}, "JWT expiration time is unreasonable"),
        ({"exp": 10**400}, "JWT expiration time is unreasonable"),
        ({"aud": None}, "Audience validation failed"),
        ({"aud": []}, "Audience validation failed"),
        ({"aud": {}}, "Audience validation failed"),
        ({"aud": "https://elsewhere.example/token"}, "Audience validation failed"),
        (
            {"aud": "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/"},
            "Audience validation failed",
        ),
        ({"iss": None}, NOT_VALID),
        ({"iss": 5}, NOT_VALID),
        ({"sub": None}, NOT_VALID),
        ({"sub": ["signer"]}, NOT_VALID),
        ({"sub": "SIGNER"}, FAILED),
        ({"sub": "stranger"}, FAILED),
        ({"nbf": NOW + 1}, NOT_VALID),
        ({"nbf": "soon"}, NOT_VALID),
        ({"jti": 5}, NOT_VALID),
        ({"jti": None}, NOT_VALID),
    ],
)
def test_refuses_an_assertion_that_does_not_hold(
    bench: Workbench, changes: dict[str, Any], description: str
) -> None:
    payload = json.dumps(claims(bench, **changes)).encode()
    answer = send(bench, jwt.PyJWS().encode(payload, RSA, "RS256"))

    assert refusal(answer) == invalid(description)
    assert bench.audit[-1].hint


def test_an_assertion_is_good_until_the_half_hour(bench: Workbench) -> None:
    good = claims(bench, exp=NOW + 1800, nbf=NOW, iat=NOW)

    assert send(bench, signed(good)).status == 200


def test_an_assertion_is_good_once(bench: Workbench) -> None:
    assertion = signed(claims(bench))

    assert send(bench, assertion).status == 200
    assert refusal(send(bench, assertion)) == invalid(NOT_VALID)
    assert "good once" in bench.audit[-1].hint


def test_a_used_identifier_is_forgotten_when_it_could_not_come_again(
    bench: Workbench,
) -> None:
    send(bench, signed(claims(bench)))
    bench.clock.advance(seconds=60)

    assert send(bench, signed(claims(bench))).status == 200


def test_an_identifier_is_a_clients_own(bench: Workbench) -> None:
    assert send(bench, signed(claims(bench))).status == 200
    other = signed(claims(bench, "keeper"), SECRET, "HS256")

    assert send(bench, other).status == 200


def test_a_forged_assertion_does_not_use_up_an_identifier(bench: Workbench) -> None:
    send(bench, signed(claims(bench), OTHER))

    assert send(bench, signed(claims(bench))).status == 200


def segments(*parts: object) -> str:
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in parts
    )


def test_refuses_an_assertion_that_nobody_signed(bench: Workbench) -> None:
    for algorithm in ("none", "None", "", None, ["RS256"]):
        unsigned = segments({"alg": algorithm}, claims(bench)) + "."

        assert refusal(send(bench, unsigned)) == invalid(NOT_VALID)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "x",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "é.é.é",
        f"{segments([], {})}.x",
        f"{segments({}, [])}.x",
        f"{segments({}, {})}.x",
        f"{'W10' * 400_000}.x.y",
        f"e30.{base64.urlsafe_b64encode(b'[' * 100_000).decode().rstrip('=')}.x",
    ],
)
def test_refuses_what_is_no_assertion(bench: Workbench, value: str | None) -> None:
    answer = send(bench, value, client_assertion=value)  # type: ignore[arg-type]

    assert answer.status == 400
    assert answer.json["error"] in ("invalid_client", "invalid_request")


@pytest.mark.parametrize(
    ("assertion", "says"),
    [
        (lambda c: signed(c, OTHER), "not signed with a key"),
        (lambda c: signed(c, EC, "ES256"), "signed with ES256; signer is set to RS256"),
        (lambda c: signed(c, SECRET, "HS256"), "signed with HS256"),
        (lambda c: signed(c, kid="three"), "not signed with a key"),
        (lambda c: signed(c, kid="two"), "not signed with a key"),
        (lambda c: signed(c, crit=["exp"]), "not signed with a key"),
        (lambda c: signed(c)[:-6] + "AAAAAA", "not signed with a key"),
    ],
)
def test_refuses_another_key_or_algorithm(
    bench: Workbench, assertion: Any, says: str
) -> None:
    answer = send(bench, assertion(claims(bench)))

    assert refusal(answer) == invalid(NOT_VALID)
    assert says in bench.audit[-1].hint


def test_a_public_key_is_never_taken_for_a_secret(bench: Workbench) -> None:
    """HS256 with the public key as the secret: the old confusion."""
    body = segments({"alg": "HS256"}, claims(bench))
    mac = hmac.digest(json.dumps(KEYS).encode(), body.encode(), "sha256")
    forged = f"{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    bench.realm.update("signer", token_endpoint_auth_signing_alg="HS256")

    assert refusal(send(bench, forged)) == invalid(NOT_VALID)


def test_a_curve_belongs_to_its_algorithm(bench: Workbench) -> None:
    bench.realm.update("signer", token_endpoint_auth_signing_alg="ES384")
    bench.realm.update("signer", jwks={"keys": [public(EC)]})

    answer = send(bench, signed(claims(bench), P384, "ES384"))

    assert refusal(answer) == invalid(NOT_VALID)


def test_a_key_for_encryption_or_of_another_algorithm_does_not_count(
    bench: Workbench,
) -> None:
    for more in ({"use": "enc"}, {"alg": "RS512"}):
        bench.realm.update("signer", jwks={"keys": [public(RSA, **more)]})

        assert refusal(send(bench, signed(claims(bench)))) == invalid(NOT_VALID)


def test_the_provider_lists_the_algorithms(bench: Workbench) -> None:
    provider = bench.provider
    provider.supportedTokenEndpointAuthenticationSigningAlgorithms = ("ES256",)

    answer = send(bench, signed(claims(bench)))

    assert refusal(answer) == invalid(NOT_VALID)
    assert bench.audit[-1].hint == "The provider does not take RS256."


def test_a_short_secret_signs_nothing(bench: Workbench) -> None:
    bench.realm.update("keeper", secret="only thirty-one octets are here")
    short = jwt.PyJWS().encode  # PyJWT warns of such a key, and signs
    payload = json.dumps(claims(bench, "keeper")).encode()
    with pytest.warns(UserWarning, match="below the minimum"):
        assertion = short(payload, "only thirty-one octets are here", "HS256")

    assert refusal(send(bench, assertion)) == invalid(NOT_VALID)
    assert "32 octets" in bench.audit[-1].hint


def test_a_jwks_uri_is_never_fetched(bench: Workbench) -> None:
    bench.realm.update(
        "keeper",
        jwks_uri="https://keys.example/jwks",
        token_endpoint_auth_signing_alg="RS256",
    )

    answer = send(bench, signed(claims(bench, "keeper")))

    assert refusal(answer) == invalid(NOT_VALID)
    assert "never fetches" in bench.audit[-1].hint


def test_a_client_without_keys_is_told_so(bench: Workbench) -> None:
    bench.realm.update("keeper", token_endpoint_auth_signing_alg="RS256")

    send(bench, signed(claims(bench, "keeper")))

    assert "no jwks" in bench.audit[-1].hint


def test_refuses_two_kinds_of_credentials(bench: Workbench) -> None:
    assertion = signed(claims(bench))
    basic = {"Authorization": "Basic " + base64.b64encode(b"signer:x").decode()}
    form = {"grant_type": "client_credentials", "client_assertion": assertion}
    form["client_assertion_type"] = TYPE

    both = [
        bench.client.post("access_token", form, basic),
        send(bench, assertion, client_secret="x"),
    ]

    expected = 400, {"error_description": FAILED, "error": "invalid_request"}
    assert [refusal(each) for each in both] == [expected, expected]


@pytest.mark.parametrize("named", [None, "urn:ietf:params:oauth:token-type:jwt"])
def test_an_assertion_counts_only_with_its_type(
    bench: Workbench, named: str | None
) -> None:
    answer = send(bench, signed(claims(bench)), client_assertion_type=named)

    assert refusal(answer) == invalid(FAILED)


def test_an_assertion_of_an_inactive_client_is_refused(bench: Workbench) -> None:
    bench.realm.update("signer", active=False)

    assert refusal(send(bench, signed(claims(bench)))) == invalid(FAILED)


def test_no_assertion_is_in_the_trail_or_a_repr(bench: Workbench) -> None:
    assertion = signed(claims(bench), OTHER)
    answer = send(bench, assertion)

    shown = repr(bench.audit) + repr(answer) + answer.body
    assert all(part not in shown for part in assertion.split("."))


def test_a_script_sees_no_assertion(bench: Workbench) -> None:
    bench.realm.add_script(
        "look", "logger.warn(Object.keys(requestProperties.requestParams).join());"
    )
    bench.realm.update("signer", may_act_script="look")

    send(bench, signed(claims(bench)))

    (line,) = bench.audit[-1].scripts[0].log
    assert line.text == "grant_type,scope,client_assertion_type"


# Who is held to what


def test_a_client_without_openid_may_use_any_method(bench: Workbench) -> None:
    bench.realm.update("signer", secret=SECRET)

    assert bench.client.client_credentials("signer", SECRET).status == 400  # no scope
    assert bench.client.client_credentials("signer", SECRET, scope="read").status == 200


@pytest.mark.parametrize(
    ("method", "algorithm", "allowed"),
    [
        ("private_key_jwt", "RS256", {"key"}),
        ("private_key_jwt", "HS256", {"hmac"}),
        ("client_secret_jwt", "HS256", {"hmac"}),
        ("client_secret_jwt", "RS256", set()),
        ("client_secret_post", "RS256", {"form"}),
        ("client_secret_basic", "RS256", {"header"}),
        ("none", "RS256", set()),
    ],
)
@pytest.mark.parametrize("path", ["access_token", "introspect", "token/revoke"])
def test_a_client_with_openid_is_held_to_its_method(
    bench: Workbench, method: str, algorithm: str, allowed: set[str], path: str
) -> None:
    bench.realm.update(
        "signer",
        secret=SECRET,
        scopes=["read", "openid"],
        token_endpoint_auth_method=method,
        token_endpoint_auth_signing_alg=algorithm,
    )
    form = {"grant_type": "client_credentials", "scope": "read", "token": "x"}
    header = base64.b64encode(f"signer:{SECRET}".encode()).decode()
    shared = signed(claims(bench, jti="2"), SECRET, "HS256")

    answers = {
        "key": send(bench, signed(claims(bench)), path, token="x"),
        "hmac": send(bench, shared, path, token="x"),
        "form": bench.client.post(
            path, {**form, "client_id": "signer", "client_secret": SECRET}
        ),
        "header": bench.client.post(path, form, {"Authorization": f"Basic {header}"}),
    }

    assert {name for name, each in answers.items() if each.status == 200} == allowed
    refused = [each.json for name, each in answers.items() if name not in allowed]
    assert {each["error"] for each in refused} <= {"invalid_client"}
    assert {each["error_description"] for each in refused} <= {WRONG_METHOD, NOT_VALID}


def test_a_public_client_is_not_authenticated_whatever_its_method(
    wb: Workbench,
) -> None:
    wb.prepare("agent-for-user")
    wb.realm.register_client(
        "spa",
        public=True,
        scopes=["openid", "read"],
        grant_types=["password"],
        token_endpoint_auth_method="none",
    )

    for method in ("none", "client_secret_basic", "private_key_jwt"):
        wb.realm.update("spa", token_endpoint_auth_method=method)
        form = {"grant_type": "password", "client_id": "spa", "scope": "read"}
        answer = wb.client.post(
            "access_token", form | {"username": "bjensen", "password": USER_PASSWORD}
        )

        assert answer.status == 200, answer.body


def test_a_client_with_keys_alone_has_no_secret_to_guess(bench: Workbench) -> None:
    for secret in ("", "None", "x"):
        header = base64.b64encode(f"signer:{secret}".encode()).decode()
        answer = bench.client.post(
            "access_token",
            {"grant_type": "client_credentials", "scope": "read"},
            {"Authorization": f"Basic {header}"},
        )

        assert answer.status == 401


@pytest.mark.parametrize("switch", [True, False])
def test_credentials_in_the_query_count_where_the_switch_is_on(
    bench: Workbench, switch: bool
) -> None:
    bench.provider.allowClientCredentialsInTokenRequestQueryParameters = switch
    query = {"client_id": "keeper", "client_secret": SECRET, "scope": "openid"}
    form = {"grant_type": "client_credentials", "scope": "read"}

    token = bench.http.post(
        f"{bench.realm.oauth2_url}/access_token", params=query, data=form
    )
    introspected = bench.http.post(
        f"{bench.realm.oauth2_url}/introspect", params=query, data={"token": "x"}
    )

    assert token.status_code == (200 if switch else 400)
    assert introspected.status_code == 400


def test_credentials_may_not_be_in_form_and_query_both(bench: Workbench) -> None:
    bench.provider.allowClientCredentialsInTokenRequestQueryParameters = True
    form = {"grant_type": "client_credentials", "client_id": "keeper"}

    answer = bench.http.post(
        f"{bench.realm.oauth2_url}/access_token",
        params={"client_id": "keeper", "client_secret": SECRET},
        data=form,
    )

    assert answer.json()["error"] == "invalid_request"


def test_the_metadata_list_the_methods_and_algorithms(wb: Workbench) -> None:
    url = f"{wb.realm.oauth2_url}/.well-known/openid-configuration"

    metadata = wb.http.get(url).json()

    for name in ("token_endpoint", "introspection_endpoint", "revocation_endpoint"):
        assert metadata[f"{name}_auth_methods_supported"] == [
            "client_secret_post",
            "private_key_jwt",
            "client_secret_jwt",
            "none",
            "client_secret_basic",
        ]
        algorithms = metadata[f"{name}_auth_signing_alg_values_supported"]
        assert "RS256" in algorithms
        assert "none" not in algorithms


# Registering


PRIVATE = RSAAlgorithm.to_jwk(RSA, as_dict=True)
SMALL = rsa.generate_private_key(public_exponent=65537, key_size=1024)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"token_endpoint_auth_method": "tls_client_auth"}, "client certificate"),
        (
            {"token_endpoint_auth_method": "self_signed_tls_client_auth"},
            "private_key_jwt proves a key as well",
        ),
        ({"token_endpoint_auth_method": "digest"}, "is one of"),
        ({"token_endpoint_auth_signing_alg": "none"}, "is one of"),
        ({"jwks": "{"}, "JWK set"),
        ({"jwks": "[]"}, "JWK set"),
        ({"jwks": {"keys": []}}, "JWK set"),
        ({"jwks": {"keys": ["x"]}}, "JWK set"),
        ({"jwks": {"keys": "x"}}, "JWK set"),
        ({"jwks": 5}, "jwks is a text"),
        ({"jwks": {"keys": [PRIVATE]}}, "private or shared key"),
        ({"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}}, "private or shared key"),
        ({"jwks": {"keys": [{"kty": "OKP"}]}}, "RSA and EC only"),
        ({"jwks": {"keys": [{"kty": "RSA", "n": "AA"}]}}, "cannot be read"),
        ({"jwks": {"keys": [{"kty": "EC", "crv": "P-1"}]}}, "cannot be read"),
        ({"jwks": {"keys": [{"kty": "RSA", "n": 5, "e": 5}]}}, "cannot be read"),
        ({"jwks": {"keys": [public(SMALL)]}}, "1024 bits"),
        ({"secret": None}, "needs a client secret, or jwks"),
    ],
)
def test_refuses_to_register_what_could_not_authenticate(
    wb: Workbench, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says):
        wb.realm.register_client("c", **{"secret": "s", "scopes": ["read"], **values})

    assert wb.realm.clients == {}
