"""Several realms on one server, each reached in every form of URL that AM has."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from tests.stories import AM, INVALID_GRANT, INVALID_TOKEN, REFUSED, TOKEN_EXCHANGE
from workbench import Workbench
from workbench.agent.client import AgentClient
from workbench.am.basics.realm_path import issuers
from workbench.am.people.session import COOKIE
from workbench.am.realm import Realm
from workbench.am.tokens.caveats import narrow
from workbench.am.tokens.macaroon import Caveat
from workbench.errors import NotYet, SettingError

CALLBACK = "https://app.example.com/cb"
GRANTS = ["client_credentials", "authorization_code", "refresh_token", TOKEN_EXCHANGE]
NO_REALM = {"code": 404, "reason": "Not Found", "message": "Realm not found"}

FORMS = {
    "/oauth2/realms/root/realms/alpha": "/alpha",
    "/oauth2/alpha": "/alpha",
    "/oauth2/realms/root/realms/beta": "/beta",
    "/oauth2/beta": "/beta",
    "/oauth2/realms/root/realms/beta/realms/sub": "/beta/sub",
    "/oauth2/beta/sub": "/beta/sub",
    "/oauth2": "/",
    "/oauth2/realms/root": "/",
}
"""A base of each form, and the realm that it reaches."""

NAMED = {
    "/oauth2?realm=/alpha": ("/oauth2/alpha", "/alpha"),
    "/oauth2?realm=alpha": ("/oauth2/alpha", "/alpha"),
    "/oauth2/realms/root?realm=/beta": ("/oauth2/realms/root/realms/beta", "/beta"),
    "/oauth2?realm=beta/sub": ("/oauth2/beta/sub", "/beta/sub"),
    "/oauth2/alpha?realm=/": ("/oauth2", "/"),
    "/oauth2/alpha?realm=%2Fbeta": ("/oauth2/beta", "/beta"),
    "/oauth2/alpha?%72ealm=beta": ("/oauth2/beta", "/beta"),
    "/oauth2/alpha?realm=": ("/oauth2/alpha", "/alpha"),
    "/oauth2/alpha?unrealm=beta": ("/oauth2/alpha", "/alpha"),
}
"""What the parameter makes of a base: the issuer's path, and the realm."""


@pytest.fixture
def realms(wb: Workbench) -> Iterator[Workbench]:
    """Four realms, each with ``app``, its secret named after the realm."""
    wb.realms.add("beta")
    wb.realms.add("beta/sub")
    for realm in wb.realms.values():
        furnish(realm)
    yield wb


def furnish(realm: Realm) -> None:
    realm.set_provider(statelessTokensEnabled=True, allowDynamicRegistration=True)
    realm.set_provider(supportedScopes=("read", "openid"))
    realm.add_user("bjensen", password="Secret12!")
    realm.register_client(
        "app",
        secret=f"secret of {realm.path}",
        scopes=["read", "openid"],
        redirection_uris=[CALLBACK],
        grant_types=GRANTS,
        is_consent_implied=True,
        token_endpoint_auth_method="client_secret_post",
        overrides={"clientsCanSkipConsent": True},
    )
    realm.register_client("only in " + realm.path, secret="s", scopes=["read"])


def split(base: str) -> tuple[str, str]:
    path, _, query = base.partition("?")
    return f"{AM}{path}", f"?{query}" if query else ""


def post(
    wb: Workbench, base: str, path: str, realm: str, **form: str
) -> httpx.Response:
    start, query = split(base)
    sent = {"client_id": "app", "client_secret": f"secret of {realm}", **form}
    return wb.http.post(f"{start}/{path}{query}", data=sent)


def token(wb: Workbench, base: str, realm: str, scope: str = "read") -> str:
    form = {"grant_type": "client_credentials", "scope": scope}
    answer = post(wb, base, "access_token", realm, **form)
    assert answer.status_code == 200, answer.text
    value: str = answer.json()["access_token"]
    return value


def claims(value: str) -> dict[str, Any]:
    return jwt.decode(value, options={"verify_signature": False})


def code(wb: Workbench, base: str, realm: str, scope: str = "openid read") -> str:
    """Log in and consent, through URLs of one form."""
    start, query = split(base)
    login = wb.http.post(
        f"{start}/authenticate{query}".replace("/oauth2", "/json", 1),
        headers={"X-OpenAM-Username": "bjensen", "X-OpenAM-Password": "Secret12!"},
    )
    assert login.json()["realm"] == realm
    session = login.json()["tokenId"]
    form = {"response_type": "code", "redirect_uri": CALLBACK, "scope": scope}
    form |= {"client_id": "app", "csrf": session, "decision": "allow"}
    answer = wb.http.post(
        f"{start}/authorize{query}",
        data=form,
        headers={"Cookie": f"{COOKIE}={session}"},
    )
    assert answer.status_code == 302, answer.text
    sent = parse_qs(urlsplit(answer.headers["location"]).query)
    assert sent["iss"] == [metadata(wb, base)["issuer"]]
    return sent["code"][0]


def metadata(wb: Workbench, base: str) -> dict[str, Any]:
    start, query = split(base)
    answer = wb.http.get(f"{start}/.well-known/openid-configuration{query}")
    found: dict[str, Any] = answer.json()
    return found


# URLs


@pytest.mark.parametrize(
    ("base", "issuer", "realm"),
    [(base, base, realm) for base, realm in FORMS.items()]
    + [(base, issuer, realm) for base, (issuer, realm) in NAMED.items()],
)
def test_issuer_metadata_and_tokens_follow_the_url_asked(
    realms: Workbench, base: str, issuer: str, realm: str
) -> None:
    told = metadata(realms, base)
    made = claims(token(realms, base, realm))

    assert told["issuer"] == f"{AM}{issuer}"
    assert told["token_endpoint"] == f"{AM}{issuer}/access_token"
    assert told["jwks_uri"] == f"{AM}{issuer}/connect/jwk_uri"
    assert (made["iss"], made["realm"]) == (told["issuer"], realm)


@pytest.mark.parametrize("base", [*FORMS, *NAMED])
def test_every_endpoint_answers_in_every_form(realms: Workbench, base: str) -> None:
    realm = FORMS[base] if base in FORMS else NAMED[base][1]
    start, query = split(base)
    first = post(
        realms,
        base,
        "access_token",
        realm,
        grant_type="authorization_code",
        code=code(realms, base, realm),
        redirect_uri=CALLBACK,
    ).json()
    access = first["access_token"]
    bearer = {"Authorization": f"Bearer {access}"}

    def get(path: str) -> httpx.Response:
        return realms.http.get(f"{start}/{path}{query}", headers=bearer)

    active = post(realms, base, "introspect", realm, token=access).json()
    registered = realms.http.post(
        f"{start}/register{query}", json={"redirect_uris": [CALLBACK]}
    ).json()
    macaroon = realms.http.post(
        f"{start}/token/macaroon{query}".replace("/oauth2", "/json", 1),
        params={**dict(httpx.QueryParams(query)), "_action": "inspect"},
        json={"macaroon": "none"},
    )
    fresh = post(
        realms,
        base,
        "access_token",
        realm,
        grant_type="refresh_token",
        refresh_token=first["refresh_token"],
    )
    issuer = metadata(realms, base)["issuer"]

    assert active["active"] and active["iss"] == issuer
    assert get("userinfo").json()["sub"] == "(usr!bjensen)"
    assert get("tokeninfo").json()["realm"] == realm
    assert {key["alg"] for key in get("connect/jwk_uri").json()["keys"]} >= {"RS256"}
    assert get(".well-known/oauth-authorization-server").json()["issuer"] == issuer
    assert registered["registration_client_uri"].startswith(f"{issuer}/register?")
    assert macaroon.status_code == 400  # it is there, and this is no macaroon
    assert claims(fresh.json()["id_token"])["iss"] == issuer
    assert post(realms, base, "token/revoke", realm, token=access).json() == {}
    assert get("userinfo").status_code == 401


@pytest.mark.parametrize("asked", ["/oauth2/alpha", "/oauth2?realm=/alpha"])
def test_a_token_is_good_in_each_form_of_its_realm(
    realms: Workbench, asked: str
) -> None:
    value = token(realms, asked, "/alpha", "read openid")
    worded = "/oauth2/realms/root/realms/alpha"

    told = post(realms, worded, "introspect", "/alpha", token=value).json()
    bearer = {"Authorization": f"Bearer {value}"}
    info = realms.http.get(f"{AM}{worded}/userinfo", headers=bearer)

    assert (told["active"], told["iss"]) == (True, claims(value)["iss"])
    assert info.status_code == 200
    assert realms.inspect(value).genuine


def test_an_exchange_takes_tokens_of_another_form(story: Workbench) -> None:
    short = AgentClient(story.http, f"{AM}/oauth2/alpha", story.transcript)
    subject = short.client_credentials("data-agent", "mySecret", scope="read")
    actor = story.client.client_credentials("risk-agent", "mySecret", scope="read")

    done = story.client.exchange(
        "risk-agent",
        "mySecret",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
        scope="read",
    )

    assert done.status == 200
    assert claims(subject.access_token)["iss"] == f"{AM}/oauth2/alpha"
    assert claims(done.access_token)["iss"] == story.realm.oauth2_url


@pytest.mark.parametrize(
    "aud",
    [
        "/oauth2/alpha",
        "/oauth2/alpha/access_token",
        "/oauth2/alpha/introspect",
        "/oauth2/realms/root/realms/alpha",
        "/oauth2/realms/root/realms/alpha/access_token",
    ],
)
@pytest.mark.parametrize(
    "base", ["/oauth2/alpha", "/oauth2/realms/root/realms/alpha", "/oauth2?realm=alpha"]
)
def test_an_assertion_may_name_the_realm_in_each_form(
    realms: Workbench, base: str, aud: str
) -> None:
    secret = "long enough for a signature of 256 bits"
    realms.realm.register_client(
        "signer", secret=secret, token_endpoint_auth_signing_alg="HS256"
    )
    body = {"iss": "signer", "sub": "signer", "aud": f"{AM}{aud}", "jti": "1"}
    body |= {"exp": realms.clock.now() + 60}  # type: ignore[dict-item]
    start, query = split(base)

    answer = realms.http.post(
        f"{start}/introspect{query}",
        data={
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:"
            "jwt-bearer",
            "client_assertion": jwt.encode(body, secret, "HS256"),
            "token": "x",
        },
    )

    assert (answer.status_code, answer.json()) == (200, {"active": False})


def test_an_assertion_for_a_sibling_realm_proves_nothing(realms: Workbench) -> None:
    secret = "long enough for a signature of 256 bits"
    realms.realm.register_client(
        "signer", secret=secret, token_endpoint_auth_signing_alg="HS256"
    )
    body = {"iss": "signer", "sub": "signer", "aud": f"{AM}/oauth2/beta", "jti": "1"}
    body |= {"exp": realms.clock.now() + 60}  # type: ignore[dict-item]

    answer = realms.client.post(
        "introspect",
        {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:"
            "jwt-bearer",
            "client_assertion": jwt.encode(body, secret, "HS256"),
            "token": "x",
        },
    )

    assert answer.json["error_description"] == "Audience validation failed"


def test_the_bench_publishes_what_it_did_before(wb: Workbench) -> None:
    told = metadata(wb, "/oauth2/realms/root/realms/alpha")

    assert told["issuer"] == wb.realm.oauth2_url
    assert wb.realm.oauth2_url == f"{AM}/oauth2/realms/root/realms/alpha"
    assert wb.realm.path == "/alpha"


@pytest.mark.parametrize(
    ("path", "summary"),
    [
        ("/oauth2/nosuch/access_token", "POST /am/oauth2/nosuch/access_token"),
        ("/oauth2/realms/root/realms/nosuch/access_token", None),
        ("/oauth2/realms/root/realms/alpha/realms/nosuch/introspect", None),
        ("/oauth2/alpha/nosuch/introspect", None),
        ("/json/realms/root/realms/nosuch/authenticate", None),
        ("/oauth2/access_token?realm=nosuch", "POST /access_token"),
        ("/oauth2/alpha/access_token?realm=/nosuch", "POST /access_token"),
        ("/oauth2/alpha/access_token?realm=users", "POST /access_token"),
        ("/json/authenticate?realm=a+b", "POST /authenticate"),
    ],
)
def test_an_unknown_realm_is_said_to_be_one(
    realms: Workbench, path: str, summary: str | None
) -> None:
    answer = realms.http.post(f"{AM}{path}")

    said = realms.realms.audit[-1]
    assert (answer.status_code, answer.json()) == (404, NO_REALM)
    assert "there are: /, /alpha, /beta, /beta/sub." in said.hint
    if summary is not None:
        assert said.summary == f"{summary} was refused: Realm not found"


@pytest.mark.parametrize(
    ("path", "realm"),
    [
        ("/oauth2/alpha/nothing", "/alpha"),
        ("/oauth2/realms/root/realms/beta/nothing", "/beta"),
        ("/oauth2/beta/sub/nothing", "/beta/sub"),
        ("/oauth2/realms/root/nothing", "/"),
        ("/oauth2/nothing", "/alpha"),
        ("/oauth2//access_token", "/alpha"),
        ("/oauth2/nothing?realm=nosuch", "/alpha"),
        ("/uma/nothing", "/alpha"),
        ("/", "/alpha"),
    ],
)
def test_what_a_realm_lacks_is_kept_with_the_realm(
    realms: Workbench, path: str, realm: str
) -> None:
    answer = realms.http.get(f"{AM}{path}")

    assert answer.status_code == 404
    assert answer.json() == {"error_description": "Not Found", "error": "not_found"}
    assert realms.realms.audit[-1].realm == realm


def test_a_realm_that_stands_where_an_endpoint_does_hides_nothing(
    wb: Workbench,
) -> None:
    """``/aiagent/register`` is the top level's, or a realm's ``/register``."""
    odd = wb.realms.add("aiagent")
    odd.provider.allowDynamicRegistration = True

    short = wb.http.post(f"{AM}/oauth2/aiagent/register", json={})
    worded = wb.http.post(f"{odd.oauth2_url}/register", json={"redirect_uris": ["a:b"]})

    assert (short.status_code, worded.status_code) == (404, 201)


def test_the_metadata_for_agents_is_the_top_level_s_once_it_has_agents(
    wb: Workbench,
) -> None:
    path = f"{AM}/oauth2/realms/root/.well-known/oauth-authorization-server/aiagent"
    wb.enable_ai_agents()
    before = wb.http.get(path).json()["issuer"]
    wb.realms["/"].settings.enable_ai_agents()
    after = wb.http.get(path).json()["issuer"]

    assert (before, after) == (wb.realm.oauth2_url, f"{AM}/oauth2/realms/root")


def test_the_consent_page_stays_in_the_realm_of_its_url(realms: Workbench) -> None:
    beta = realms.realms["beta"]
    beta.update("app", is_consent_implied=False)
    session = realms.client_for("beta").authenticate("bjensen", "Secret12!").token_id
    query = {"realm": "/beta", "client_id": "app", "response_type": "code"}
    cookie = {"Cookie": f"{COOKIE}={session}"}

    page = realms.http.get(
        f"{AM}/oauth2/authorize",
        params={**query, "redirect_uri": CALLBACK, "scope": "read"},
        headers=cookie,
    )

    assert page.status_code == 200
    assert 'action="?realm=%2Fbeta"' in page.text
    assert 'name="realm"' not in page.text


# Tokens of a sibling realm


def sibling(wb: Workbench, *, client_side: bool, macaroon: bool = False) -> str:
    beta = wb.realms["beta"]
    beta.provider.statelessTokensEnabled = client_side
    beta.provider.macaroonTokensEnabled = macaroon
    return token(wb, "/oauth2/beta", "/beta", "read openid")


KINDS: dict[str, dict[str, bool]] = {
    "a JWT": {"client_side": True},
    "an opaque value": {"client_side": False},
    "a macaroon": {"client_side": False, "macaroon": True},
    "a macaroon around a JWT": {"client_side": True, "macaroon": True},
}


@pytest.mark.parametrize("role", ["subject", "actor"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_exchange_refuses_a_sibling_s_token_and_says_whose_it_is(
    realms: Workbench, kind: str, role: str
) -> None:
    form = {"subject_token": token(realms, "/oauth2/alpha", "/alpha")}
    form[f"{role}_token"] = sibling(realms, **KINDS[kind])

    answer = realms.client.exchange("app", "secret of /alpha", **form)

    check = realms.decision.failures[0]
    for each in realms.decision.failures:
        if each.rule.startswith(f"The {role} token is one"):
            check = each
    assert (answer.status, answer.json) == (400, REFUSED)
    assert check.found == "it is a token of the realm beta"
    assert realms.audit[-1].decision == realms.decision


@pytest.mark.parametrize("kind", KINDS)
def test_no_endpoint_takes_a_sibling_s_token(realms: Workbench, kind: str) -> None:
    value = sibling(realms, **KINDS[kind])
    bearer = {"Authorization": f"Bearer {value}"}

    told = post(realms, "/oauth2/alpha", "introspect", "/alpha", token=value)
    inactive = realms.audit[-1].summary
    info = realms.http.get(f"{AM}/oauth2/alpha/userinfo", headers=bearer)
    hint = realms.audit[-1].hint
    tokeninfo = realms.http.get(f"{AM}/oauth2/alpha/tokeninfo", headers=bearer)
    post(realms, "/oauth2/alpha", "token/revoke", "/alpha", token=value)
    still = post(realms, "/oauth2/beta", "introspect", "/beta", token=value)

    assert told.json() == {"active": False}
    assert inactive == "Inactive: it is a token of the realm beta."
    assert (info.status_code, info.json()) == (401, INVALID_TOKEN)
    assert hint == "it is a token of the realm beta"
    assert tokeninfo.status_code == 401
    assert still.json()["active"]


def test_the_top_level_s_token_is_named_so(realms: Workbench) -> None:
    value = token(realms, "/oauth2", "/")

    post(realms, "/oauth2/alpha", "introspect", "/alpha", token=value)

    assert realms.audit[-1].summary == (
        "Inactive: it is a token of the top level realm."
    )


def test_a_client_with_the_scope_for_it_may_ask_about_any_realm(
    realms: Workbench,
) -> None:
    realms.realm.update("app", scopes=["am-introspect-all-tokens-any-realm"])
    value = sibling(realms, client_side=False)

    told = post(realms, "/oauth2/alpha", "introspect", "/alpha", token=value).json()
    unknown = post(realms, "/oauth2/alpha", "introspect", "/alpha", token="x").json()

    assert (told["active"], told["realm"]) == (True, "/beta")
    assert unknown == {"active": False}


def test_a_sibling_s_code_and_refresh_token_are_refused(realms: Workbench) -> None:
    value = code(realms, "/oauth2/beta", "/beta")
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK}

    wrong = post(realms, "/oauth2/alpha", "access_token", "/alpha", code=value, **form)
    hint = realms.audit[-1].hint
    right = post(realms, "/oauth2/beta", "access_token", "/beta", code=value, **form)
    fresh = post(
        realms,
        "/oauth2/alpha",
        "access_token",
        "/alpha",
        grant_type="refresh_token",
        refresh_token=right.json()["refresh_token"],
    )

    assert (wrong.status_code, wrong.json()) == (400, INVALID_GRANT)
    assert hint == "The code is one of the realm beta."
    assert right.status_code == 200
    assert fresh.json() == INVALID_GRANT
    assert realms.audit[-1].hint == (
        "The refresh token cannot be used: it is a token of the realm beta."
    )


def test_a_sibling_s_session_is_none(realms: Workbench) -> None:
    session = realms.client_for("beta").authenticate("bjensen", "Secret12!").token_id

    answer = realms.client.authorize(
        "app", session, redirect_uri=CALLBACK, scope="read"
    )

    assert answer.json["error"] == "login_required"
    assert realms.audit[-1].hint == "The session is one of the realm beta."


def test_a_client_and_a_person_of_a_sibling_are_named_so(realms: Workbench) -> None:
    realms.realms["beta"].add_user("mary", password="Secret12!")

    form = {"client_id": "only in /beta", "client_secret": "s", "token": "x"}
    realms.client.post("introspect", form)
    at_token = realms.audit[-1].hint
    realms.client.authorize("only in /beta", "x", redirect_uri=CALLBACK)
    at_authorize = realms.audit[-1].hint
    realms.client.authenticate("mary", "Secret12!")

    assert at_token == at_authorize == "Client only in /beta is one of the realm beta."
    assert realms.audit[-1].hint == "mary is one of the realm beta."


# The realms themselves


def test_a_realm_has_all_its_own(realms: Workbench) -> None:
    alpha, beta = realms.realm, realms.realms["beta"]
    beta.add_script("mine", "token.setMayAct({});", "2.0")
    realms.enable_ai_agents()

    assert realms.realms["/alpha"] is alpha is realms.realm
    assert "mine" not in {each.name for each in alpha.scripts.values()}
    assert (alpha.provider.aiAgentsEnabled, beta.provider.aiAgentsEnabled) == (
        True,
        False,
    )
    assert alpha.tokens.keys.jwks() != beta.tokens.keys.jwks()
    assert {event.realm for event in beta.audit} == {"/beta"}
    assert len(realms.realms.audit) == sum(len(r.audit) for r in realms.realms.values())


def test_agents_are_switched_on_for_one_realm(realms: Workbench) -> None:
    realms.enable_ai_agents("beta")

    on = {path for path, r in realms.realms.items() if r.provider.aiAgentsEnabled}
    assert on == {"/beta"}


def test_realms_are_found_by_name_and_path(realms: Workbench) -> None:
    known = realms.realms

    assert list(known) == ["/", "/alpha", "/beta", "/beta/sub"]
    assert known["/"] is known["root"] is known.find("/")
    assert known["beta/sub"] is known["/beta/sub"]
    assert "gamma" not in known and "a b" not in known
    assert repr(known) == "<Realms / /alpha /beta /beta/sub>"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("beta", "There is a realm /beta already"),
        ("/", "There is a realm / already"),
        ("gamma/sub", "There is no realm /gamma"),
        ("users", "none of AM's endpoints"),
        ("Realms", "none of AM's endpoints"),
        ("a b", "A realm's name has letters"),
        ("", "A realm's name has letters"),
        ("..", "A realm's name has letters"),
        ("beta/", "A realm's name has letters"),
        (5, "A realm's name has letters"),
    ],
)
def test_what_is_no_new_realm_is_refused(
    realms: Workbench, name: Any, said: str
) -> None:
    with pytest.raises(SettingError, match=said):
        realms.realms.add(name)


def test_a_misspelt_realm_gets_the_right_name(realms: Workbench) -> None:
    with pytest.raises(SettingError, match=r"Did you mean /beta\?"):
        realms.client_for("betta")


def test_a_bench_may_be_the_top_level_s() -> None:
    with Workbench(now=0, seed="x", realm="/") as wb:
        furnish(wb.realm)

        value = wb.client.client_credentials("app", "secret of /", scope="read")

        assert list(wb.realms) == ["/"]
        assert claims(value.access_token)["iss"] == f"{AM}/oauth2/realms/root"


def test_a_seeded_bench_has_the_same_realms_on_every_run() -> None:
    values = []
    for _ in range(2):
        with Workbench(now=0, seed="x") as wb:
            furnish(wb.realms.add("beta"))
            values.append(token(wb, "/oauth2/beta", "/beta"))

    assert values[0] == values[1]


def test_a_profile_is_the_server_s(realms: Workbench) -> None:
    realms.profile = "aic"

    assert {each.profile.name for each in realms.realms.values()} == {"aic"}
    assert realms.realms.add("gamma").profile.name == "aic"


def test_the_latest_exchange_is_one_of_the_realm_asked(realms: Workbench) -> None:
    at_alpha = token(realms, "/oauth2/alpha", "/alpha")
    realms.client.exchange("app", "secret of /alpha", subject_token=at_alpha)
    own = realms.realm.last_exchange
    beta = realms.client_for("beta")
    beta.exchange("app", "secret of /beta", subject_token=at_alpha)
    start = f"{AM}/oauth2/alpha/access_token?realm=beta"
    realms.http.post(start, data={"grant_type": TOKEN_EXCHANGE, "client_id": "app"})

    remedy = next(
        each for all_of in realms.remedies().values() for each in all_of if each.where
    )
    repaired = realms.repair(remedy)

    assert repaired.url.startswith(realms.realm.oauth2_url)
    assert own is not None and realms.realms["/"].last_exchange is None
    with pytest.raises(NotYet):
        realms.realms["/"].audit.decision  # noqa: B018


def test_the_realms_show_themselves(realms: Workbench) -> None:
    text = realms.realms._repr_mimebundle_()["text/plain"]  # type: ignore[attr-defined]
    html = realms.realms._repr_html_()  # type: ignore[attr-defined]

    assert "/alpha *" in text and "/beta/sub" in text
    assert f"{AM}/oauth2/beta/sub" in html.replace("<wbr>", "")


def test_what_happened_in_several_realms_names_each(realms: Workbench) -> None:
    trail = realms.realms.audit
    both = trail._repr_mimebundle_()  # type: ignore[attr-defined]
    own = realms.audit._repr_mimebundle_()  # type: ignore[attr-defined]

    assert "Realm" in both["text/plain"].splitlines()[0]
    assert "/beta/sub" in both["text/html"]
    assert "Realm" not in own["text/plain"].splitlines()[0]


def test_a_use_case_can_be_prepared_in_any_realm(wb: Workbench) -> None:
    wb.realms.add("beta")
    wb.prepare("agent-for-agent", "beta")

    assert "data-agent" in wb.realms["beta"].clients
    assert not wb.realm.clients


def test_scripts_see_the_realm_that_was_asked(realms: Workbench) -> None:
    sub = realms.realms["beta/sub"]
    source = (
        "accessToken.setField('r', requestProperties.realm);"
        "accessToken.setField('u', requestProperties.requestUri);"
    )
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    script = sub.add_script("see", source, "2.0", context=context)
    sub.set_provider(
        accessTokenModificationPluginType="SCRIPTED",
        accessTokenModificationScript=script.id,
    )

    made = claims(token(realms, "/oauth2/beta/sub", "/beta/sub"))

    assert (made["r"], made["u"]) == (
        "/beta/sub",
        f"{AM}/oauth2/beta/sub/access_token",
    )


# The forms of a URL, and what else knows a realm


@pytest.mark.parametrize(
    ("issuer", "others"),
    [
        (f"{AM}/oauth2", [f"{AM}/oauth2/realms/root"]),
        (f"{AM}/oauth2/a/b", [f"{AM}/oauth2/realms/root/realms/a/realms/b"]),
        (f"{AM}/oauth2/realms/root/realms/oauth2", [f"{AM}/oauth2/oauth2"]),
        (
            "https://oauth2.x/am/oauth2/a",
            ["https://oauth2.x/am/oauth2/realms/root/realms/a"],
        ),
        ("https://as.example.com", []),
    ],
)
def test_an_issuer_has_one_other_form(issuer: str, others: list[str]) -> None:
    assert issuers(issuer) == (issuer, *others)


@pytest.mark.parametrize("named", ["", "/alpha", "/realms/root/realms/alpha"])
def test_a_caveat_may_name_the_realm_in_each_form(named: str) -> None:
    aud = f"{AM}/oauth2{named}" if named else AM
    caveat = Caveat(f'{{"aud": "{aud}"}}'.encode())

    assert narrow({"aud": "app"}, (caveat,), f"{AM}/oauth2/alpha") == {"aud": "app"}


def test_a_refresh_token_that_nobody_can_use_is_named_so_in_every_realm(
    wb: Workbench,
) -> None:
    wb.realms.add("beta")
    wb.prepare("agent-for-agent", "beta")
    client = wb.client_for("beta")
    subject, actor = (
        client.client_credentials(name, "mySecret", scope="read").access_token
        for name in ("data-agent", "risk-agent")
    )

    issued = client.exchange(
        "risk-agent",
        "mySecret",
        scope="read",
        subject_token=subject,
        actor_token=actor,
    )

    assert issued.remark.startswith("The refresh token cannot be used: risk-agent")
