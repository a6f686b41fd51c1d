"""An agent that must ask a human: the backchannel request grant, from both sides."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stories import INVALID_GRANT, SECRET, TOKEN_EXCHANGE, claims_of
from workbench import Workbench
from workbench.agent.client import Call
from workbench.agent.client_key import ClientKey
from workbench.am.backchannel.request import AnswerError
from workbench.am.people.session import COOKIE

CIBA = "urn:openid:params:grant-type:ciba"
ASKED = "Allow ExampleBank to transfer £50 from 'Main' to 'Savings'? (EB-0246326)"
PENDING = "authorization_pending"
NOT_SIGNED = {
    "error_description": "Request must have a 'request' parameter the value of which "
    "must be a signed jwt",
    "error": "invalid_request",
}


@pytest.fixture
def wb() -> Iterator[Workbench]:
    """planner may ask bjensen for approval."""
    with Workbench(now=1_790_000_000, seed="ciba") as bench:
        bench.enable_ai_agents()
        bench.realm.add_user("bjensen", password="Passw0rd")
        bench.realm.add_user("scarter", password="Passw0rd")
        add_planner(bench)
        yield bench


def add_planner(bench: Workbench, name: str = "planner", **more: Any) -> None:
    bench.realm.register_agent(
        name,
        secret=SECRET,
        jwks=key(bench, name).jwks,
        scopes=["openid", "profile", "pay"],
        token_endpoint_auth_method="client_secret_post",
        **{"grant_types": [CIBA, "refresh_token", TOKEN_EXCHANGE], **more},
    )


def key(bench: Workbench, name: str = "planner") -> ClientKey:
    return ClientKey(name, bench.realm)


def ask(bench: Workbench, name: str = "planner", **claims: Any) -> Call:
    said = {"login_hint": "bjensen", "binding_message": ASKED, **claims}
    message = said.pop("binding_message")
    request = key(bench, name).request(message, **said)
    return bench.client.backchannel(name, SECRET, request)


def poll(bench: Workbench, asked: Call, name: str = "planner") -> Call:
    return bench.client.poll(name, SECRET, asked.auth_req_id)


def approved(bench: Workbench, **claims: Any) -> Call:
    asked = ask(bench, **claims)
    bench.realm.backchannel.approve(asked.auth_req_id)
    return poll(bench, asked)


# The flow


def test_a_client_that_asks_is_told_what_to_poll_with(wb: Workbench) -> None:
    asked = ask(wb)

    assert asked.status == 200
    assert asked.json == {
        "auth_req_id": asked.auth_req_id,
        "expires_in": 600,
        "interval": 2,
    }
    assert dict(asked.response_headers)["cache-control"] == "no-store"


@pytest.mark.parametrize("client_side", [False, True])
def test_the_tokens_are_about_the_person_who_approved(
    wb: Workbench, client_side: bool
) -> None:
    wb.provider.statelessTokensEnabled = client_side
    asked = ask(wb, scope="openid pay")
    wb.clock.advance(60)
    wb.realm.backchannel.approve(asked.auth_req_id)
    wb.clock.advance(60)

    got = poll(wb, asked)
    claims = claims_of(wb, got)
    identity = wb.inspect(got.id_token).claims or {}

    assert claims["sub"] == identity["sub"] == "(usr!bjensen)"
    assert claims["grant_type"] == CIBA
    assert claims["scope"] == ["openid", "pay"]
    assert claims["auth_time"] == identity["auth_time"] == 1_790_000_060
    assert "urn:openid:params:jwt:claim:auth_req_id" not in identity
    assert wb.client.refresh("planner", SECRET, got.refresh_token).status == 200


def test_the_may_act_script_runs_and_another_agent_acts_for_the_person(
    wb: Workbench,
) -> None:
    wb.realm.add_script(
        "let payer act",
        'token.setMayAct({client_id: "payer", sub: "(age!payer)"});',
        evaluator_version="2.0",
    )
    wb.realm.update("planner", may_act_script="let payer act")
    wb.realm.register_agent("payer", secret=SECRET, scopes=["pay"])
    subject = approved(wb, scope="openid pay").access_token
    actor = wb.client.client_credentials("payer", SECRET, scope="pay").access_token

    call = wb.client.exchange(
        "payer", SECRET, subject_token=subject, actor_token=actor, scope="pay"
    )

    assert claims_of(wb, call)["sub"] == "(usr!bjensen)"
    assert claims_of(wb, call)["act"] == {"sub": "(age!payer)"}


def test_an_id_token_says_who_is_meant_even_when_it_has_expired(wb: Workbench) -> None:
    identity = approved(wb).id_token
    wb.clock.advance(4000)

    got = approved(wb, login_hint=None, id_token_hint=identity)

    assert claims_of(wb, got)["sub"] == "(usr!bjensen)"


def test_the_id_token_of_a_pairwise_client_says_it_too(wb: Workbench) -> None:
    wb.realm.update(
        "planner", subject_type="pairwise", redirection_uris=["https://a.example/b"]
    )
    identity = approved(wb).id_token

    assert approved(wb, login_hint=None, id_token_hint=identity).status == 200


def test_a_person_is_known_by_the_attributes_that_the_provider_names(
    wb: Workbench,
) -> None:
    wb.realm.users.update("bjensen", attributes={"mail": ["b@example.com"]})
    wb.provider.authenticationAttributes = ("mail",)

    got = approved(wb, login_hint="b@example.com")

    assert claims_of(wb, got)["sub"] == "(usr!bjensen)"


@pytest.mark.parametrize(
    "aud",
    [
        "https://am.example.com:8443/am/oauth2",
        "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha",
        "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/bc-authorize",
        ["elsewhere", "https://am.example.com:8443/am/oauth2"],
        "https://am.example.com:8443/am/oauth2/alpha",
        "https://am.example.com:8443/am/oauth2/alpha/bc-authorize",
    ],
)
def test_a_request_may_be_meant_for_the_server_or_the_realm(
    wb: Workbench, aud: Any
) -> None:
    assert ask(wb, aud=aud).status == 200


def test_without_a_port_in_its_url_the_server_answers_to_443_as_well() -> None:
    with Workbench(now=0, seed="s", base_url="https://am.example.com/am") as bench:
        bench.enable_ai_agents()
        bench.realm.add_user("bjensen", password="p")
        add_planner(bench)

        assert ask(bench, aud="https://am.example.com:443/am/oauth2").status == 200
        assert ask(bench, aud="https://am.example.com/am/oauth2").status == 200


def test_the_provider_says_how_long_and_how_often(wb: Workbench) -> None:
    wb.realm.set_provider(cibaAuthReqIdLifetime=30, cibaMinimumPollingInterval=5)

    assert ask(wb).json | {"auth_req_id": ""} == {
        "auth_req_id": "",
        "expires_in": 30,
        "interval": 5,
    }


def test_the_metadata_say_where_and_how(wb: Workbench) -> None:
    told = wb.http.get(f"{wb.realm.oauth2_url}/.well-known/openid-configuration").json()

    assert told["backchannel_authentication_endpoint"] == (
        f"{wb.realm.oauth2_url}/bc-authorize"
    )
    assert told["backchannel_token_delivery_modes_supported"] == ["poll"]
    assert told["backchannel_authentication_request_signing_alg_values_supported"] == [
        "ES256",
        "PS256",
    ]
    assert told["backchannel_user_code_parameter_supported"] is False
    assert CIBA in told["grant_types_supported"]


# Polling


def refusal(answer: Call) -> tuple[int, str]:
    return answer.status, answer.json["error"]


def test_while_the_person_is_silent_the_client_waits(wb: Workbench) -> None:
    asked = ask(wb)

    assert refusal(poll(wb, asked)) == (400, PENDING)
    assert refusal(poll(wb, asked)) == (400, "slow_down")
    wb.clock.advance(1)
    assert refusal(poll(wb, asked)) == (400, "slow_down")
    wb.clock.advance(2)
    assert refusal(poll(wb, asked)) == (400, PENDING)


def test_an_approval_counts_at_once(wb: Workbench) -> None:
    asked = ask(wb)
    poll(wb, asked)
    wb.realm.backchannel.approve(asked.auth_req_id)

    assert poll(wb, asked).status == 200


def test_a_request_is_good_once(wb: Workbench) -> None:
    asked = ask(wb)
    wb.realm.backchannel.approve(asked.auth_req_id)
    got = poll(wb, asked)

    again = poll(wb, asked)

    assert (again.status, again.json) == (400, INVALID_GRANT)
    assert "used before" in wb.audit[-1].hint
    told = wb.client.introspect("planner", SECRET, got.access_token)
    assert told.json["active"]


@pytest.mark.parametrize("answer", ["approve", "deny", None])
def test_a_request_has_an_end(wb: Workbench, answer: str | None) -> None:
    asked = ask(wb)
    wb.clock.advance(599)
    if answer:
        getattr(wb.realm.backchannel, answer)(asked.auth_req_id)
    wb.clock.advance(1)

    expected = "access_denied" if answer == "deny" else "expired_token"
    assert refusal(poll(wb, asked)) == (400, expected)


def test_a_denial_stays_one(wb: Workbench) -> None:
    asked = ask(wb)
    wb.realm.backchannel.deny(asked.auth_req_id)

    assert refusal(poll(wb, asked)) == (400, "access_denied")
    assert refusal(poll(wb, asked)) == (400, "access_denied")
    assert "bjensen denied request 1" in wb.audit[-1].hint


def test_another_client_gets_nothing(wb: Workbench) -> None:
    add_planner(wb, "other")
    asked = ask(wb)
    wb.realm.backchannel.approve(asked.auth_req_id)

    assert poll(wb, asked, "other").json == INVALID_GRANT
    assert poll(wb, asked).status == 200


def test_a_poll_says_which_request_it_is_about(wb: Workbench) -> None:
    unknown = wb.client.poll("planner", SECRET, "guessed")
    none = wb.client.poll("planner", SECRET, "")

    assert unknown.json == INVALID_GRANT
    assert none.json["error_description"] == "Missing parameters: auth_req_id"


@pytest.mark.parametrize("gone", ["inactive", "deleted"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_people_who_are_gone_neither_approve_nor_are_acted_for(
    wb: Workbench, gone: str, when: str
) -> None:
    asked = ask(wb)
    if when == "after":
        wb.realm.backchannel.approve(asked.auth_req_id)
    if gone == "deleted":
        wb.realm.users.delete("bjensen")
    else:
        wb.realm.users.update("bjensen", active=False)

    if when == "before":
        with pytest.raises(AnswerError, match="not active, or not there"):
            wb.realm.backchannel.approve(asked.auth_req_id)
    assert refusal(poll(wb, asked)) == (400, "access_denied")
    assert refusal(ask(wb)) == (400, "unknown_user_id")


# Answering


def test_a_request_is_answered_once(wb: Workbench) -> None:
    asked = ask(wb)
    wb.realm.backchannel.approve(1)

    with pytest.raises(AnswerError, match=r"Request 1 was approved before\."):
        wb.realm.backchannel.deny(asked.auth_req_id)


def test_only_what_is_there_can_be_answered(wb: Workbench) -> None:
    with pytest.raises(AnswerError, match="no such backchannel request"):
        wb.realm.backchannel.approve("guessed")
    ask(wb)
    wb.clock.advance(600)
    with pytest.raises(AnswerError, match=r"Request 1 has expired\."):
        wb.realm.backchannel.approve(1)
    assert wb.realm.backchannel.waiting() == []
    assert repr(wb.realm.backchannel) == "<BackchannelStore: 1 asked, 0 waiting>"


def test_every_step_is_in_the_audit_trail_and_no_secret_is(wb: Workbench) -> None:
    asked = ask(wb)
    poll(wb, asked)
    wb.realm.backchannel.approve(asked.auth_req_id)
    got = poll(wb, asked)

    told = [(each.kind, each.client_id) for each in list(wb.audit)[-4:]]
    assert told == [
        ("backchannel", "planner"),
        ("refusal", "planner"),
        ("backchannel", "planner"),
        ("token", "planner"),
    ]
    assert ASKED in wb.audit[-4].summary
    everything = repr(list(wb.audit)) + repr(list(wb.realm.backchannel))
    assert asked.auth_req_id not in everything
    assert got.access_token not in everything
    assert asked.auth_req_id not in repr(asked)


# Refusals of the request


@pytest.mark.parametrize(
    ("claims", "error", "description"),
    [
        ({"scope": "profile"}, "invalid_request", "Missing expected scope=openid"),
        ({"scope": "openid unheard"}, "invalid_scope", "Unknown/invalid scope"),
        ({"scope": None}, "invalid_request", "Missing parameters: scope"),
        ({"acr_values": None}, "invalid_request", "Missing parameters: acr_values"),
        ({"acr_values": ["push"]}, "invalid_request", "JWT is not valid"),
        ({"iss": "other"}, "invalid_request", "JWT is not valid"),
        ({"iss": None}, "invalid_request", "Missing parameters: iss"),
        ({"aud": "https://elsewhere"}, "invalid_request", "Audience validation failed"),
        ({"aud": None}, "invalid_request", "Audience validation failed"),
        ({"exp": None}, "invalid_request", "JWT is not valid"),
        ({"exp": 1_790_000_000}, "invalid_request", "JWT has expired"),
        (
            {"exp": 1_790_001_801},
            "invalid_request",
            "JWT expiration time is unreasonable",
        ),
        ({"nbf": 1_790_000_001}, "invalid_request", "JWT is not valid"),
        ({"login_hint": None}, "invalid_request", "Missing parameters: login_hint"),
        ({"id_token_hint": "x"}, "invalid_request", "JWT is not valid"),
        (
            {"login_hint": None, "id_token_hint": "x"},
            "invalid_request",
            "JWT is not valid",
        ),
        ({"login_hint": "nobody"}, "unknown_user_id", "Unknown user"),
        ({"binding_message": ""}, "invalid_request", "Missing parameters: binding"),
        ({"binding_message": "x" * 101}, "invalid_binding_message", "Invalid"),
        ({"binding_message": "+1"}, "invalid_binding_message", "Invalid"),
        ({"binding_message": "a\nb"}, "invalid_binding_message", "Invalid"),
        ({"binding_message": "a\u2028b"}, "invalid_binding_message", "Invalid"),
        ({"binding_message": "a\ud800b"}, "invalid_binding_message", "Invalid"),
    ],
)
def test_a_request_that_does_not_count_is_refused(
    wb: Workbench, claims: dict[str, Any], error: str, description: str
) -> None:
    answer = ask(wb, **claims)

    assert refusal(answer) == (400, error)
    assert answer.json["error_description"].startswith(description)
    assert wb.audit[-1].kind == "refusal"
    assert len(wb.realm.backchannel) == 0


@pytest.mark.parametrize("message", ["x" * 100, "(ok)", "7", "Zażółć 👍🏽 gęślą"])
def test_a_message_may_be_short_text_of_any_language(
    wb: Workbench, message: str
) -> None:
    assert ask(wb, binding_message=message).status == 200


@pytest.mark.parametrize("value", ["", "no jwt", "a.b.c"])
def test_what_is_no_jwt_is_refused_in_pingams_words(wb: Workbench, value: str) -> None:
    answer = wb.client.backchannel("planner", SECRET, value, login_hint="bjensen")

    assert (answer.status, answer.json) == (400, NOT_SIGNED)
    assert "Put login_hint into it as claims" in wb.audit[-1].hint


def test_a_jwt_without_a_signature_is_none(wb: Workbench) -> None:
    import jwt

    made = jwt.encode({"iss": "planner"}, "", "none")

    assert wb.client.backchannel("planner", SECRET, made).json == NOT_SIGNED


def test_a_key_of_somebody_else_signs_nothing(wb: Workbench) -> None:
    request = key(wb, "other").request(ASKED, login_hint="bjensen", iss="planner")

    answer = wb.client.backchannel("planner", SECRET, request)

    assert answer.json["error_description"] == "JWT is not valid"
    assert wb.audit[-1].hint == "It was not signed with a key of planner."


def test_the_provider_says_what_may_sign(wb: Workbench) -> None:
    wb.provider.supportedCibaSigningAlgorithms = ("PS256",)

    assert ask(wb).json["error_description"] == "JWT is not valid"
    assert wb.audit[-1].hint == "It is signed with ES256; the provider takes PS256."


def test_a_client_without_keys_cannot_ask(wb: Workbench) -> None:
    wb.realm.update("planner", jwks="")

    assert ask(wb).json["error_description"] == "JWT is not valid"
    assert "planner has no jwks" in wb.audit[-1].hint


def test_an_id_token_of_another_client_means_nobody(wb: Workbench) -> None:
    add_planner(wb, "other")
    identity = approved(wb).id_token

    answer = ask(wb, "other", login_hint=None, id_token_hint=identity)

    assert refusal(answer) == (400, "invalid_request")
    assert wb.audit[-1].hint == "The id_token_hint was issued to planner."


def test_an_id_token_about_somebody_who_is_gone_means_nobody(wb: Workbench) -> None:
    identity = approved(wb).id_token
    wb.realm.users.delete("bjensen")

    answer = ask(wb, login_hint=None, id_token_hint=identity)

    assert refusal(answer) == (400, "unknown_user_id")


@pytest.mark.parametrize(
    ("who", "hint"),
    [
        ("provider", "The provider does not have the grant"),
        ("client", "planner does not have the grant"),
        ("public", "planner is public"),
    ],
)
def test_not_everybody_may_ask(wb: Workbench, who: str, hint: str) -> None:
    if who == "provider":
        wb.provider.grantTypes = ("client_credentials",)
    elif who == "client":
        wb.realm.update("planner", grant_types=["client_credentials"])
    else:
        wb.realm.update("planner", public=True)

    assert refusal(ask(wb)) == (400, "unauthorized_client")
    assert wb.audit[-1].hint.startswith(hint)


def test_a_client_that_lost_the_grant_cannot_poll(wb: Workbench) -> None:
    asked = ask(wb)
    wb.realm.backchannel.approve(asked.auth_req_id)
    wb.realm.update("planner", grant_types=["client_credentials"])

    assert refusal(poll(wb, asked)) == (400, "unsupported_grant_type")


def test_a_client_proves_itself_first(wb: Workbench) -> None:
    request = key(wb).request(ASKED, login_hint="bjensen")

    assert refusal(wb.client.backchannel("planner", "wrong", request)) == (
        400,
        "invalid_client",
    )


# The person's page


def approvals(wb: Workbench) -> str:
    return f"{wb.realm.oauth2_url}/bc-authorize/approve"


def log_in(wb: Workbench, name: str = "bjensen") -> dict[str, str]:
    form = {"username": name, "password": "Passw0rd"}
    answer = wb.http.post(approvals(wb), data=form)
    assert answer.status_code == 303
    found = re.search(
        rf"{COOKIE}=([^;]+); Path=/; HttpOnly; SameSite=Lax", cookie_of(answer)
    )
    assert found is not None
    return {"Cookie": f"{COOKIE}={found[1]}"}


def cookie_of(answer: Any) -> str:
    return str(answer.headers["set-cookie"])


def answer(
    wb: Workbench, decision: str, headers: dict[str, str], **more: str
) -> tuple[int, str]:
    csrf = headers["Cookie"].partition("=")[2]
    form = {"decision": decision, "number": "1", "csrf": csrf, **more}
    got = wb.http.post(approvals(wb), data=form, headers=headers)
    return got.status_code, got.text


def test_who_comes_without_a_session_is_asked_to_log_in(wb: Workbench) -> None:
    ask(wb)
    page = wb.http.get(approvals(wb))

    assert page.status_code == 200
    assert "Password" in page.text
    assert "ExampleBank" not in page.text
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_a_wrong_password_shows_the_form_again(wb: Workbench) -> None:
    form = {"username": "bjensen", "password": "wrong"}
    page = wb.http.post(approvals(wb), data=form)

    assert page.status_code == 401
    assert "Authentication Failed" in page.text
    assert wb.audit[-1].hint == "The password is not that of bjensen."


@pytest.mark.parametrize(("decision", "then"), [("approve", 200), ("deny", 400)])
def test_a_person_answers_on_the_page(wb: Workbench, decision: str, then: int) -> None:
    asked = ask(wb)
    wb.clock.advance(10)
    headers = log_in(wb)
    assert "ExampleBank" in wb.http.get(approvals(wb), headers=headers).text
    wb.clock.advance(10)

    assert answer(wb, decision, headers)[0] == 303

    got = poll(wb, asked)
    assert got.status == then
    if then == 200:
        assert claims_of(wb, got)["auth_time"] == 1_790_000_010
    later = wb.http.get(approvals(wb), headers=headers).text
    assert "Nothing waits" in later
    assert "Earlier" in later


def test_nobody_sees_or_answers_what_another_is_asked(wb: Workbench) -> None:
    ask(wb)
    headers = log_in(wb, "scarter")

    assert "ExampleBank" not in wb.http.get(approvals(wb), headers=headers).text
    status, page = answer(wb, "approve", headers)
    assert status == 400
    assert "put to bjensen, not to scarter" in page
    assert len(wb.realm.backchannel.waiting("bjensen")) == 1


def test_an_answer_comes_from_the_page_alone(wb: Workbench) -> None:
    ask(wb)
    headers = log_in(wb)

    assert answer(wb, "approve", headers, csrf="guessed")[0] == 400
    elsewhere = {**headers, "Origin": "https://evil.example"}
    assert answer(wb, "approve", elsewhere)[0] == 400
    assert answer(wb, "approve", {"Cookie": f"{COOKIE}=gone"})[0] == 401
    assert len(wb.realm.backchannel.waiting()) == 1
    own = {**headers, "Origin": "https://am.example.com:8443"}
    assert answer(wb, "approve", own)[0] == 303


@pytest.mark.parametrize(
    "origin", ["http://[", "null", "", "am.example.com:8443", "https://[::1", "://"]
)
def test_an_origin_that_is_no_url_is_another_site(wb: Workbench, origin: str) -> None:
    ask(wb)

    status, page = answer(wb, "approve", {**log_in(wb), "Origin": origin})

    assert (status, "bad_request" in page) == (400, True)


def test_the_page_stays_in_the_realm_that_its_url_names(wb: Workbench) -> None:
    ask(wb)
    headers = log_in(wb)
    url = "https://am.example.com:8443/am/oauth2/bc-authorize/approve"
    form = {"number": "1", "csrf": headers["Cookie"].partition("=")[2]}

    page = wb.http.get(f"{url}?realm=/alpha", headers=headers).text
    got = wb.http.post(
        f"{url}?realm=/alpha", data={"decision": "approve", **form}, headers=headers
    )

    assert "ExampleBank" in page
    assert not re.search(r'(action|href)="[^"]', page)  # the URL of the page
    assert got.headers["location"].endswith("/bc-authorize/approve?realm=%2Falpha")
    assert not wb.realm.backchannel.waiting()


@pytest.mark.parametrize(
    ("decision", "number"),
    [("maybe", "1"), ("approve", "one"), ("approve", "9" * 30), ("deny", "2")],
)
def test_what_is_no_answer_changes_nothing(
    wb: Workbench, decision: str, number: str
) -> None:
    ask(wb)

    assert answer(wb, decision, log_in(wb), number=number)[0] == 400
    assert len(wb.realm.backchannel.waiting()) == 1


def test_what_a_client_says_is_text_on_the_page(wb: Workbench) -> None:
    message = "A <script>alert(1)</script> & \"'"
    wb.realm.update("planner", name="<b>Planner</b>")
    ask(wb, binding_message=message)
    page = wb.http.get(approvals(wb), headers=log_in(wb)).text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<bdi>&lt;b&gt;Planner" in page  # nothing of it turns the text around


# The form


def test_the_form_answers_as_the_call_does(wb: Workbench) -> None:
    form = wb.approvals_form()
    assert form.button.disabled
    first, second = ask(wb), ask(wb, binding_message="Again <b>?</b>")
    assert [label for label, _ in form.request.options] == [
        f"1. planner asks bjensen: {ASKED}",
        "2. planner asks bjensen: Again <b>?</b>",
    ]

    form.button.click()
    assert form.said == "✓ bjensen approved request 1."
    form.denial.click()
    assert form.said == "✓ bjensen denied request 2."

    assert poll(wb, first).status == 200
    assert refusal(poll(wb, second)) == (400, "access_denied")
    assert "Again <b>" not in form.html()
    assert "used" in form.text()


def test_the_form_says_why_nothing_can_be_answered(wb: Workbench) -> None:
    form = wb.approvals_form()
    assert "No client has asked" in form.html()
    assert "No client has asked" in form.text()

    form.report(form.submit)
    assert form.said == "✗ Not done. Nothing waits for an answer."
    ask(wb)
    wb.realm.users.update("bjensen", active=False)
    form.button.click()
    assert "not active" in form.said
    wb.clock.advance(600)
    assert "expired" in form.html()


def test_the_request_form_polls(wb: Workbench) -> None:
    asked = ask(wb)
    wb.realm.backchannel.approve(1)
    form = wb.request_form(
        grant_type=CIBA, client_id="planner", auth_req_id=asked.auth_req_id
    )

    assert form.submit().status == 200


def test_a_key_shows_nothing_of_itself(wb: Workbench) -> None:
    assert repr(key(wb)) == "<ClientKey of planner, ES256>"
    assert key(wb).jwks == key(wb).jwks
