"""requests-oauthlib (PyPI), as its users use it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import jwt
import pytest

from .conftest import Served

pytest.importorskip("requests_oauthlib", reason="needs pip install '.[peers]'")

from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error
from requests_oauthlib import OAuth2Session

pytestmark = pytest.mark.peers

CALLBACK = "https://www.example.com:443/callback"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
URN = "urn:ietf:params:oauth:token-type:access_token"
SCOPE = ["openid", "profile", "email", "read"]


class ExchangeClient(BackendApplicationClient):
    """The library's way to a grant that it does not know: a client of that grant."""

    grant_type = EXCHANGE


Sessions = Callable[..., OAuth2Session]


@pytest.fixture(scope="module")
def session() -> Iterator[Sessions]:
    """Makes sessions, and closes their connections in the end."""
    with ExitStack() as stack:

        def make(served: Served, client_id: str, **more: Any) -> OAuth2Session:
            made = OAuth2Session(client_id, **more)
            made.verify, made.trust_env = served.ca_file or True, False
            return stack.enter_context(made)

        yield make


def agent(session: Sessions, served: Served, name: str, **more: str) -> Any:
    """The answer to an agent: client credentials, or an exchange of what is given."""
    kind = ExchangeClient if more else BackendApplicationClient
    own = session(served, name, client=kind(name, scope=["read"]))
    url = served.metadata["token_endpoint"]
    return own.fetch_token(url, client_secret="mySecret", timeout=20, **more)


@pytest.fixture(scope="module")
def user(session: Sessions, for_user: Served) -> OAuth2Session:
    """hr-client with tokens of bjensen, by a code with a proof key."""
    told = for_user.metadata
    web = session(
        for_user, "hr-client", redirect_uri=CALLBACK, scope=SCOPE, pkce="S256"
    )
    url, _ = web.authorization_url(told["authorization_endpoint"], nonce="n-1")
    web.fetch_token(
        told["token_endpoint"],
        authorization_response=for_user.consent(url),
        client_secret="mySecret",
        include_client_id=True,  # both in the form, as hr-client is registered
        timeout=20,
    )
    return web


def test_the_published_keys_check_the_id_token(
    for_user: Served, user: OAuth2Session
) -> None:
    keys = jwt.PyJWKClient(for_user.metadata["jwks_uri"], ssl_context=for_user.trust)
    value = user.token["id_token"]

    claims = jwt.decode(
        value,
        keys.get_signing_key_from_jwt(value),
        algorithms=["RS256"],
        audience="hr-client",
        issuer=for_user.issuer,
    )

    assert (claims["sub"], claims["nonce"]) == ("(usr!bjensen)", "n-1")


def test_userinfo_is_a_protected_resource(
    for_user: Served, user: OAuth2Session
) -> None:
    answer = user.get(for_user.metadata["userinfo_endpoint"], timeout=20)

    assert answer.json()["email"] == "bjensen@example.com"


def test_a_refresh_token_gives_new_tokens(
    for_user: Served, user: OAuth2Session
) -> None:
    before = dict(user.token)

    after = user.refresh_token(
        for_user.metadata["token_endpoint"],
        client_id="hr-client",
        client_secret="mySecret",
        timeout=20,
    )

    assert after["access_token"] != before["access_token"]
    assert after["scope"] == before["scope"]


def test_the_agent_exchanges_introspects_and_revokes(
    session: Sessions, for_user: Served, user: OAuth2Session
) -> None:
    told = for_user.metadata
    actor = agent(session, for_user, "hr-agent")

    issued = agent(
        session,
        for_user,
        "hr-agent",
        subject_token=user.token["access_token"],
        subject_token_type=URN,
        actor_token=actor["access_token"],
        actor_token_type=URN,
    )

    own = session(for_user, "hr-agent", client=BackendApplicationClient("hr-agent"))

    def ask(endpoint: str) -> Any:
        url, headers, body = own._client.prepare_token_revocation_request(
            told[endpoint], issued["access_token"]
        )
        return own.post(
            url,
            body,
            headers=headers,
            auth=("hr-agent", "mySecret"),
            withhold_token=True,
        )

    active, revoked, after = (
        ask(f"{name}_endpoint")
        for name in ("introspection", "revocation", "introspection")
    )
    assert issued["issued_token_type"] == URN
    assert active.json()["act"] == {"sub": "(age!hr-agent)"}
    assert (revoked.status_code, after.json()) == (200, {"active": False})


def test_agents_without_tls_need_the_librarys_leave(
    session: Sessions, for_agent: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    subject = agent(session, for_agent, "data-agent")
    actor = agent(session, for_agent, "risk-agent")

    issued = agent(
        session,
        for_agent,
        "risk-agent",
        subject_token=subject["access_token"],
        subject_token_type=URN,
        actor_token=actor["access_token"],
        actor_token_type=URN,
    )

    assert issued["scope"] == ["read"]


def test_a_refusal_is_an_error_of_the_library(
    session: Sessions, for_user: Served, user: OAuth2Session
) -> None:
    with pytest.raises(
        OAuth2Error, match=r"\(invalid_request\) Invalid token exchange\."
    ):
        agent(
            session,
            for_user,
            "hr-agent",
            subject_token=agent(session, for_user, "hr-agent")["access_token"],
            subject_token_type=URN,
        )
