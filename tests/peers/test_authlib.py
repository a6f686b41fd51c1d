"""Authlib (PyPI), as its users use it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from .conftest import Served

pytest.importorskip("authlib", reason="needs pip install '.[peers]'")

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.jwk import KeySet

pytestmark = pytest.mark.peers

CALLBACK = "https://www.example.com:443/callback"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
URN = "urn:ietf:params:oauth:token-type:access_token"
VERIFIER = "a-verifier-that-is-long-enough-for-RFC-7636"


Clients = Callable[..., OAuth2Session]


@pytest.fixture(scope="module")
def client() -> Iterator[Clients]:
    """Makes clients, and closes their connections in the end."""
    with ExitStack() as stack:

        def make(served: Served, client_id: str, **more: Any) -> OAuth2Session:
            made = OAuth2Session(client_id, "mySecret", default_timeout=20, **more)
            made.verify, made.trust_env = served.ca_file or True, False
            return stack.enter_context(made)

        yield make


def web(client: Clients, served: Served) -> OAuth2Session:
    """hr-client as it is registered: it may have openid, and so is held to the form."""
    return client(
        served,
        "hr-client",
        scope="openid profile email read",
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",
        revocation_endpoint_auth_method="client_secret_post",
    )


@pytest.fixture(scope="module")
def user(client: Clients, for_user: Served) -> OAuth2Session:
    """hr-client with tokens of bjensen, by a code with a proof key."""
    session, told = web(client, for_user), for_user.metadata
    url, state = session.create_authorization_url(
        told["authorization_endpoint"], code_verifier=VERIFIER, nonce="n-1"
    )
    session.fetch_token(
        told["token_endpoint"],
        authorization_response=for_user.consent(url),
        code_verifier=VERIFIER,
        state=state,
    )
    return session


def test_the_metadata_is_valid_openid_and_oauth_metadata(for_user: Served) -> None:
    url = get_well_known_url(for_user.issuer, external=True)
    oauth = f"{for_user.issuer}/.well-known/oauth-authorization-server"

    OpenIDProviderMetadata(for_user.get(url)).validate()
    AuthorizationServerMetadata(for_user.get(oauth)).validate()


def test_a_code_gives_tokens_and_an_id_token_that_the_published_keys_check(
    for_user: Served, user: OAuth2Session
) -> None:
    keys = KeySet.import_key_set(for_user.get(for_user.metadata["jwks_uri"]))

    token = jwt.decode(user.token["id_token"], keys, algorithms=["RS256"])

    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"value": for_user.issuer},
            "aud": {"value": "hr-client"},
            "nonce": {"value": "n-1"},
        },
        params={"client_id": "hr-client", "access_token": user.token["access_token"]},
    )
    claims.validate()
    assert claims["sub"] == "(usr!bjensen)"
    assert claims["at_hash"]


def test_a_proof_key_that_does_not_fit_is_refused(
    client: Clients, for_user: Served
) -> None:
    session, told = web(client, for_user), for_user.metadata
    url, state = session.create_authorization_url(
        told["authorization_endpoint"], code_verifier=VERIFIER
    )

    with pytest.raises(OAuthError, match="invalid_grant"):
        session.fetch_token(
            told["token_endpoint"],
            authorization_response=for_user.consent(url),
            code_verifier=VERIFIER[::-1],
            state=state,
        )


def test_userinfo_tells_what_the_scopes_open(
    for_user: Served, user: OAuth2Session
) -> None:
    answer = user.get(for_user.metadata["userinfo_endpoint"])

    assert answer.json() == {
        "sub": "(usr!bjensen)",
        "subname": "bjensen",
        "name": "Barbara Jensen",
        "family_name": "bjensen",
        "email": "bjensen@example.com",
    }


def test_a_refresh_token_gives_new_tokens(
    for_user: Served, user: OAuth2Session
) -> None:
    before = dict(user.token)

    after = user.refresh_token(for_user.metadata["token_endpoint"])

    assert after["access_token"] != before["access_token"]
    assert after["scope"] == before["scope"]


def test_the_agent_exchanges_introspects_and_revokes(
    client: Clients, for_user: Served, user: OAuth2Session
) -> None:
    told = for_user.metadata
    agent = client(for_user, "hr-agent", scope="read")
    actor = agent.fetch_token(told["token_endpoint"], grant_type="client_credentials")

    issued = agent.fetch_token(
        told["token_endpoint"],
        grant_type=EXCHANGE,
        subject_token=user.token["access_token"],
        subject_token_type=URN,
        actor_token=actor["access_token"],
        actor_token_type=URN,
    )
    value = issued["access_token"]
    active = agent.introspect_token(told["introspection_endpoint"], token=value).json()
    revoked = agent.revoke_token(told["revocation_endpoint"], token=value)
    after = agent.introspect_token(told["introspection_endpoint"], token=value).json()

    assert issued["issued_token_type"] == URN
    assert (active["sub"], active["act"]) == (
        "(usr!bjensen)",
        {"sub": "(age!hr-agent)"},
    )
    assert (revoked.status_code, after) == (200, {"active": False})


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_agents_authenticate_by_header_and_by_form(
    client: Clients, for_agent: Served, method: str
) -> None:
    url = for_agent.metadata["token_endpoint"]
    agents = [
        client(for_agent, name, token_endpoint_auth_method=method, scope="read")
        for name in ("data-agent", "risk-agent")
    ]
    subject, actor = (
        agent.fetch_token(url, grant_type="client_credentials")["access_token"]
        for agent in agents
    )

    issued = agents[1].fetch_token(
        url,
        grant_type=EXCHANGE,
        subject_token=subject,
        subject_token_type=URN,
        actor_token=actor,
        actor_token_type=URN,
    )

    assert issued["scope"] == "read"


def test_a_refusal_is_an_error_of_the_library(
    client: Clients, for_agent: Served
) -> None:
    agent = client(for_agent, "data-agent", scope="read")
    url = for_agent.metadata["token_endpoint"]
    own = agent.fetch_token(url, grant_type="client_credentials")["access_token"]

    with pytest.raises(OAuthError, match=r"invalid_request: Invalid token exchange\."):
        agent.fetch_token(
            url, grant_type=EXCHANGE, subject_token=own, subject_token_type=URN
        )


def test_a_wrong_secret_is_an_error_of_the_library(
    client: Clients, for_agent: Served
) -> None:
    agent = client(for_agent, "data-agent", scope="read")
    agent.client_secret = "wrong"

    with pytest.raises(OAuthError, match="invalid_client"):
        agent.fetch_token(
            for_agent.metadata["token_endpoint"], grant_type="client_credentials"
        )
