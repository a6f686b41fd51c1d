"""Tokens as people paste them: out of terminals, mails, web pages and logs."""

import json
import textwrap
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.stories import Agents, ask_own_token, exchange, override, own_token
from workbench import Workbench
from workbench.agent.pasted import token_in
from workbench.forms.requests.request import RequestForm
from workbench.forms.tokens.chain import ChainForm
from workbench.forms.tokens.inspector import TokenForm
from workbench.views.tokens.token import token_html, token_text

Way = Callable[[str], str]

WAYS: dict[str, tuple[Way, str]] = {
    "a line feed": (lambda t: f"{t}\n", "white space"),
    "Windows' line end": (lambda t: f"\r\n  {t}\t\r\n", "white space"),
    "blanks of a web page": (lambda t: f"\u00a0{t}\u00a0", "white space"),
    "Bearer": (lambda t: f"Bearer {t}", "Bearer"),
    "bearer, in small letters": (lambda t: f"  bearer   {t}\n", "Bearer"),
    "double quotes": (lambda t: f'"{t}"', "quotes"),
    "single quotes": (lambda t: f"'{t}'", "quotes"),
    "backticks": (lambda t: f"`{t}`", "quotes"),
    "curly quotes": (lambda t: f"\u201c{t}\u201d,", "quotes"),
    "a member": (lambda t: f'"access_token": "{t}",', "JSON"),
    "a member of Python": (lambda t: f"'access_token': '{t}'", "JSON"),
    "a parameter": (lambda t: f"access_token={t}", "access_token="),
    "another parameter": (lambda t: f"subject_token={t}&scope=read", "subject_token="),
    "an option of curl": (lambda t: f"  --data 'actor_token={t}' \\", "actor_token="),
    "wrapped lines": (lambda t: "\n".join(textwrap.wrap(t, 60)), "line breaks"),
    "continued lines": (lambda t: " \\\n  ".join(textwrap.wrap(t, 60)), "line breaks"),
    "a reply to a mail": (lambda t: "\n> ".join(textwrap.wrap(t, 60)), "line breaks"),
    "an escaped line feed": (lambda t: f"{t}\\n", "line breaks"),
    "zero width": (lambda t: f"{t[:9]}\u200b{t[9:]}\ufeff", "nobody sees"),
    "URL-encoded": (lambda t: f"%{ord(t[0]):02X}{quote(t[1:])}", "URL encoding"),
    "Bearer, URL-encoded": (lambda t: f"Bearer%20{t}", "URL encoding"),
    "a header": (lambda t: f"Authorization: Bearer {t}", "header"),
    "a header of curl": (lambda t: f"-H 'Authorization: Bearer {t}' \\", "header"),
    "a header in JSON": (lambda t: f'"Authorization": "Bearer {t}"', "header"),
    "a whole answer": (
        lambda t: json.dumps({"access_token": t, "token_type": "Bearer"}),
        "JSON around its access_token",
    ),
    "an answer with its headers": (
        lambda t: f'HTTP/1.1 200 OK\nPragma: no-cache\n\n{{"access_token":"{t}"}}',
        "JSON around its access_token",
    ),
    "an answer in an answer": (lambda t: json.dumps({"a": {"token": t}}), "JSON"),
    "a JSON text": (lambda t: json.dumps(t), "quotes"),
    "a redirection": (
        lambda t: f"https://app/cb#state=1&access_token={t}&expires_in=3",
        "access_token=",
    ),
    "all at once": (lambda t: f' "Authorization: Bearer\n {t}\u200b" \n', "header"),
}
OF_LONG_TOKENS = {"wrapped lines", "continued lines", "a reply to a mail"}


@pytest.mark.parametrize("way", WAYS)
def test_a_client_side_token_is_found_in_what_was_pasted_and_that_is_told(
    agents: Agents, way: str
) -> None:
    token = own_token(agents.wb, "data-agent")
    write, told = WAYS[way]

    found = agents.wb.inspect(write(token))

    assert found.genuine
    assert found.claims == agents.wb.inspect(token).claims
    assert told in "".join(found.notes)
    for face in (token_html(found), token_text(found)):
        assert found.notes == () or "Taken off before reading" in face
        assert token not in face


@pytest.mark.parametrize("way", sorted(set(WAYS) - OF_LONG_TOKENS))
def test_an_opaque_token_is_found_likewise(wb: Workbench, way: str) -> None:
    wb.realm.register_client("app", secret="mySecret", scopes=["read"],
                             grant_types=["client_credentials"])  # fmt: skip
    token = wb.client.client_credentials("app", "mySecret", scope="read").access_token

    assert wb.inspect(WAYS[way][0](token)).genuine


def test_a_token_as_it_is_has_no_note(agents: Agents) -> None:
    call = ask_own_token(agents.wb, "data-agent")

    assert agents.wb.inspect(call).notes == ()
    assert agents.wb.inspect(call.access_token).notes == ()


def test_a_jwt_is_found_in_a_log(agents: Agents) -> None:
    token = own_token(agents.wb, "data-agent")

    found = agents.wb.inspect(f"12:00 INFO got [{token}] for data-agent")

    assert found.genuine
    assert "what stood around it" in found.notes[0]


def test_several_tokens_in_a_text_are_left_alone(agents: Agents) -> None:
    one = own_token(agents.wb, "data-agent")
    two = own_token(agents.wb, "risk-agent")

    assert not agents.wb.inspect(f"{one} and {two}").genuine


LIKENESSES = [
    ("", "Nothing was pasted"),
    ("  \n", "Nothing was pasted"),
    ("eyJhbGciOi", "part is missing"),
    ("eyJhbGciOi.abc.def", "part is missing"),
    ("https://app.example.com/callback?code=mySecret", "a URL"),
    ('{"sub": "mySecret"}', "JSON"),
    ('["mySecret"]', "JSON"),
    ("data-agent", "the name of somebody"),
    ("6a3b1c2d-1111-2222-3333-abcdefabcdef", "an ID"),
    ("6a3b1c2d-1111-2222-3333-abcdefabcdef-1234", "an ID"),
    ("xGpiXRb1Y5YkmySecretmySecret", "opaque token of another server"),
    ("mySecret it is", "text"),
    ("eyJ0eXAi…mySecret", "cut short"),
    ("••••••••", "cut short"),
    ("<access_token>", "placeholder"),
    ("$TOKEN", "placeholder"),
    ("{{access token}}", "placeholder"),
    ("AQIC5wMmySecret*AAJTSQACMDE.*", "session"),
    ("-----BEGIN PRIVATE KEY-----\nmySecret", "PEM"),
    ("12", "text"),
]


@pytest.mark.parametrize(("text", "words"), LIKENESSES)
def test_what_is_no_token_is_told_by_what_it_looks_like(
    story: Workbench, text: str, words: str
) -> None:
    found = story.inspect(text)

    assert found.state == "not of this realm"
    assert words in found.notes[-1]
    assert "mySecret" not in "".join(found.notes) + found.signature


def test_an_encrypted_token_of_another_server_is_told(story: Workbench) -> None:
    with Workbench(seed="other") as other:
        other.prepare("agent-for-agent")
        override(
            other,
            "data-agent",
            statelessTokensEnabled=True,
            tokenEncryptionEnabled=True,
        )
        token = own_token(other, "data-agent")

    found = story.inspect(token + "\n")

    assert "JWE" in found.notes[-1]


def test_a_token_of_another_realm_says_its_issuer_and_no_more(
    story: Workbench,
) -> None:
    base = "https://elsewhere.example.com/am"
    with Workbench(seed="other", base_url=base) as other:
        other.prepare("agent-for-agent")
        token = own_token(other, "data-agent")

    found = story.inspect(f"Bearer {token}")

    assert len(found.notes) == 1
    assert found.claims is not None


def test_the_wire_stays_strict(agents: Agents) -> None:
    token = own_token(agents.wb, "data-agent")

    answer = agents.wb.client.introspect("data-agent", "mySecret", f"Bearer {token}")

    assert answer.json == {"active": False}


def test_a_comparison_and_a_chain_tell_it_too(agents: Agents) -> None:
    wb, subject = agents.wb, own_token(agents.wb, "data-agent")
    issued = exchange(wb, "risk-agent", subject)

    found = wb.compare(f"{subject}\n", None, issued)
    chain = wb.chain(f"Bearer {subject}", issued)

    assert found.row("sub").change == "kept"
    assert "subject token: Taken off before reading: white space around it." in (
        found.notes
    )
    assert "white space" in found._repr_html_()  # type: ignore[attr-defined]
    assert "token 1: Taken off before reading: the word Bearer." in chain.text
    assert "the word Bearer" in chain.html


def test_every_field_for_a_token_takes_what_is_pasted(agents: Agents) -> None:
    wb, token = agents.wb, own_token(agents.wb, "data-agent")
    pasted = f'"access_token": "{token}",\n'

    inspector = TokenForm(wb.realm, wb.transcript, pasted=pasted, subject=pasted)
    drawn = ChainForm(wb.realm, wb.transcript, pasted)
    builder = RequestForm(
        wb.realm, wb.client, wb.transcript, client_id="risk-agent",
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token=pasted, actor_token=f"Bearer {token}",
    )  # fmt: skip

    assert inspector.submit().genuine
    assert "Taken off before reading" in inspector.html()
    assert drawn.submit()[0].genuine
    assert "Taken off before reading" in drawn.text()
    assert (builder.form()["subject_token"], builder.form()["actor_token"]) == (
        token,
        token,
    )
    assert "the JSON around its access_token" in builder.preview.value
    assert "Actor token: Taken off" in builder.done(builder.submit())[0]


def test_the_request_form_says_what_a_pasted_token_looks_like(
    story: Workbench,
) -> None:
    builder = RequestForm(
        story.realm, story.client, story.transcript,
        grant_type="refresh_token", refresh_token="https://am.example.com/am",
    )  # fmt: skip

    assert "Refresh token: It looks like a URL" in builder.preview.value


def test_a_whole_redirection_can_be_pasted_as_a_code(story: Workbench) -> None:
    builder = RequestForm(
        story.realm, story.client, story.transcript,
        grant_type="authorization_code",
        code=" https://app.example.com/callback?code=a%2Db&iss=x\n",
    )  # fmt: skip

    assert builder.form()["code"] == "a-b"
    assert "what stood around its code=" in builder.preview.value
    builder.fields["code"].value = " a-b "
    assert builder.form()["code"] == "a-b"


def test_what_was_pasted_shows_no_token_in_its_repr() -> None:
    assert "mySecret" not in repr(token_in("Bearer mySecret"))
