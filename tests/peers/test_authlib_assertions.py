"""Authlib's signed client assertions, at all three endpoints that ask who calls."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

pytest.importorskip("authlib", reason="needs pip install '.[peers]'")

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from joserfc.jwk import ECKey, RSAKey

from workbench import Workbench
from workbench.server.serve import listen

pytestmark = pytest.mark.peers

SECRET = "a secret of thirty-two octets, or more of them"
KEYS: dict[str, RSAKey | ECKey] = {
    "RS256": RSAKey.generate_key(2048, auto_kid=True),
    "PS256": RSAKey.generate_key(2048, auto_kid=True),
    "ES256": ECKey.generate_key("P-256", auto_kid=True),
}
METHODS = {**dict.fromkeys(KEYS, PrivateKeyJWT), "HS256": ClientSecretJWT}


Clients = Callable[..., OAuth2Session]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The realm of a bench that is served; openid holds each client to its method."""
    with listen(0, tls=False) as listener:
        wb = Workbench(base_url=f"{listener.url}/am")
        for algorithm, method in METHODS.items():
            key = KEYS.get(algorithm)
            wb.realm.register_client(
                algorithm,
                secret=None if key else SECRET,
                jwks={"keys": [key.as_dict(private=False)]} if key else "",
                scopes=["read", "openid"],
                grant_types=["client_credentials"],
                token_endpoint_auth_method=method.name,
                token_endpoint_auth_signing_alg=algorithm,
            )
        with wb, listener.serving(wb.app):
            yield wb.realm.oauth2_url


@pytest.fixture
def clients(url: str) -> Iterator[Clients]:
    """Makes clients of each method, and closes their connections in the end."""
    with ExitStack() as stack:

        def make(algorithm: str, lifetime: int = 60) -> OAuth2Session:
            method = METHODS[algorithm]
            session = OAuth2Session(
                algorithm,
                KEYS.get(algorithm, SECRET),
                scope="read",
                token_endpoint_auth_method=method.name,
                revocation_endpoint_auth_method=method.name,
                default_timeout=20,
            )
            session.trust_env = False
            claims = {"exp": int(time.time()) + lifetime}
            session.register_client_auth_method(
                method(f"{url}/access_token", claims=claims, alg=algorithm)
            )
            return stack.enter_context(session)

        yield make


def token(url: str, session: OAuth2Session) -> str:
    answer = session.fetch_token(f"{url}/access_token", grant_type="client_credentials")
    return str(answer["access_token"])


@pytest.mark.parametrize("algorithm", METHODS)
def test_a_signed_assertion_opens_each_endpoint(
    url: str, clients: Clients, algorithm: str
) -> None:
    value = token(url, clients(algorithm))

    def active() -> bool:
        asked = clients(algorithm).introspect_token(f"{url}/introspect", token=value)
        return bool(asked.json()["active"])

    before = active()
    revoked = clients(algorithm).revoke_token(f"{url}/token/revoke", token=value)

    assert (before, revoked.status_code, active()) == (True, 200, False)


def test_an_assertion_for_an_hour_which_is_the_librarys_own_is_too_long(
    clients: Clients, url: str
) -> None:
    with pytest.raises(OAuthError, match="expiration time is unreasonable"):
        token(url, clients("RS256", lifetime=3600))


def test_an_assertion_that_comes_again_is_refused(clients: Clients, url: str) -> None:
    """The library writes its jti into the claims it was given, and sends it again."""
    session = clients("ES256")
    token(url, session)

    with pytest.raises(OAuthError, match="JWT is not valid"):
        token(url, session)
