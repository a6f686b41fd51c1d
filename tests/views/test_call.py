import httpx

from workbench.agent.client import Call
from workbench.views.calls.call import call_html, call_text
from workbench.views.calls.transcript import transcript_html, transcript_text

from .conftest import Calls


def test_shows_request_and_answer_without_secrets_and_whole_tokens(call: Calls) -> None:
    assert call_text(call()) == (
        "POST https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/"
        "access_token\n"
        "  client_id           risk-agent\n"
        "  client_secret       ••••••••\n"
        "  grant_type          urn:ietf:params:oauth:grant-type:token-exchange\n"
        "  scope               read\n"
        "  subject_token       eyJhbGciOi…F0dXJl\n"
        "  subject_token_type  urn:ietf:params:oauth:token-type:access_token\n"
        "✓ answered 200 OK\n"
        "content-type: application/json\n"
        "{\n"
        '  "access_token": "eyJhbGciOi…F0dXJl",\n'
        '  "scope": "read",\n'
        '  "expires_in": 3599\n'
        "}"
    )


def test_the_html_has_no_secret_and_no_whole_token(call: Calls) -> None:
    made = call(request_headers=(("Authorization", "Basic cmlzazpteVNlY3JldA=="),))

    html = call_html(made)

    assert "mySecret" not in html
    assert "cmlzazpteVNlY3JldA" not in html
    assert "eyJzdWIiOiJhIn0" not in html
    assert "Basic ••••••••" in html


def test_elides_a_token_in_the_url(call: Calls) -> None:
    made = call(
        method="GET", url="https://x/tokeninfo?access_token=" + "t" * 40, form=()
    )

    assert "access_token=tttttttttt…tttttt" in call_text(made)
    assert "t" * 20 not in call_html(made)


def test_a_refusal_looks_different(call: Calls) -> None:
    made = call(status=400, body='{"error":"invalid_request"}')

    assert "✗ refused" in call_html(made)
    assert "400 Bad Request" in call_html(made)
    assert "✗ refused 400 Bad Request" in call_text(made)


def test_shows_a_body_that_is_not_json_and_an_unknown_status(call: Calls) -> None:
    text = call_text(call(status=799, body="<h1>no</h1>"))

    assert "✗ refused 799\n" in text
    assert text.endswith("<h1>no</h1>")


def test_a_transcript_has_one_row_a_call(call: Calls) -> None:
    refusal = call(
        status=400,
        body='{"error": "invalid_request",'
        '"error_description": "Invalid token exchange."}',
    )

    assert transcript_text([call(), refusal]) == (
        "#  Request            Grant           Client      Answer             Says\n"
        "1  POST access_token  token-exchange  risk-agent  ✓ 200 OK           "
        "scope: read\n"
        "2  POST access_token  token-exchange  risk-agent  ✗ 400 Bad Request  "
        "invalid_request: Invalid token exchange."
    )
    assert transcript_html([call(), refusal]).count('<th scope="row">') == 2


def test_an_empty_transcript_says_so() -> None:
    assert transcript_text([]) == "No request has been sent yet."
    assert "No request has been sent yet." in transcript_html([])


def test_a_transcript_says_whether_an_introspected_token_is_active(call: Calls) -> None:
    assert "active: false" in transcript_text([call(body='{"active": false}')])
    assert "None" not in transcript_text([call(body="[]"), call(body="{}")])


def test_shows_a_call_as_the_client_keeps_it() -> None:
    request = httpx.Request("POST", "https://x/introspect", data={"token": "t" * 30})
    kept = Call(httpx.Response(200, request=request, json={"active": True}))

    assert call_text(kept) == (
        "POST https://x/introspect\n"
        "  token  tttttttttt…tttttt\n"
        "✓ answered 200 OK\n"
        "content-type: application/json\n"
        '{\n  "active": true\n}'
    )
