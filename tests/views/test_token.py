from dataclasses import replace
from typing import Any

from workbench.am.tokens.inspection import Inspection
from workbench.views.page.html import escape
from workbench.views.tokens.claims import CLAIM_MEANINGS, UNKNOWN
from workbench.views.tokens.token import token_html, token_text

from .conftest import Tokens


def test_shows_each_claim_with_its_meaning(issued: Inspection) -> None:
    text = token_text(issued)

    assert text.splitlines()[:2] == [
        "✓ active: issued token, client-side",
        "Verified: signed by this realm with HS256.",
    ]
    assert issued.claims is not None
    for claim in issued.claims:
        assert CLAIM_MEANINGS[claim] in text
        assert escape(CLAIM_MEANINGS[claim]) in token_html(issued)


def test_shows_times_as_dates_with_the_time_left(issued: Inspection) -> None:
    assert "2026-09-21 15:13:20 UTC (1 h left)" in token_text(issued)


def test_says_how_long_ago_a_token_ended(token: Tokens) -> None:
    old = token(exp=1_790_000_000 - 90, state="expired")

    assert "ended 1 min 30 s ago, at 2026-09-21 14:11:50 UTC" in token_text(old)
    assert "expired</span>" in token_html(old)


def test_shows_a_claim_that_it_does_not_know(token: Tokens) -> None:
    assert UNKNOWN in token_text(token(department="sales"))


def test_draws_the_chain_of_actors(token: Tokens) -> None:
    chained = token(act={"sub": "(age!c)", "act": {"sub": "(age!b)", "iss": "x"}})

    assert "<b>current actor</b> <code>(age!c)</code>" in token_html(chained)
    assert "earlier actor <code>(age!b)</code>" in token_html(chained)
    assert 'earlier actor (age!b) {"iss": "x"}' in token_text(chained)


def test_lists_a_very_long_chain_in_part(token: Tokens) -> None:
    act: dict[str, Any] | None = None
    for number in range(30):
        act = {"sub": f"a{number}", **({"act": act} if act else {})}

    assert "earlier actors 6 more" in token_text(token(act=act))


def test_reads_as_a_sentence_of_who_does_what_for_whom(issued: Inspection) -> None:
    claims = {**(issued.claims or {}), "aud": ["risk-agent", "https://api.example"]}

    text = token_text(replace(issued, claims=claims))

    assert (
        "● subject (age!data-agent) acted for by ◆ actor (age!risk-agent) "
        "held by ■ client risk-agent for ⬢ resource server risk-agent "
        "and ⬢ resource server https://api.example\n"
        "scope read, 1 h left, until 2026-09-21 15:13:20 UTC"
    ) in text


def test_the_picture_stands_before_the_claims(subject: Inspection) -> None:
    seen, _, folds = token_html(subject).partition("<details>")

    for role in ("subject", "client", "actor"):
        assert f'<span class="wb-badge wb-{role}">' in seen
    assert "May act" in seen
    meaning = escape(CLAIM_MEANINGS["jti"])
    assert meaning not in seen
    assert meaning in folds


def test_a_token_that_lets_nobody_act_says_so(issued: Inspection) -> None:
    assert "nobody: it has no may_act" in token_html(issued)
    assert "nobody: it has no" not in token_html(replace(issued, genuine=False))


def test_a_bar_shows_how_much_time_is_left(token: Tokens) -> None:
    half = token(iat=1_790_000_000 - 3600)

    assert '<span style="width:50%">' in token_html(half)
    assert "width:0%" in token_html(token(iat=1, exp=2, state="expired"))
    assert 'class="wb-time"' not in token_html(token(exp="never"))


def test_usual_claims_of_other_issuers_have_meanings(token: Tokens) -> None:
    theirs = ("azp", "email", "name", "preferred_username", "roles", "tid", "oid")

    assert UNKNOWN not in token_text(token(**dict.fromkeys(theirs, "x")))


def test_shows_who_may_act(subject: Inspection) -> None:
    assert "client that may exchange risk-agent" in token_text(subject)
    assert "actor it may name <code>(age!risk-agent)</code>" in token_html(subject)


def test_shows_claims_of_the_wrong_type(token: Tokens) -> None:
    odd = token(act="x", may_act=[1], sub=None, scope={"a": 1}, nbf="never", aud=[])

    assert '{"a": 1}' in token_text(odd)
    assert "never" in token_html(odd)


def test_an_opaque_token_shows_what_introspection_says(issued: Inspection) -> None:
    opaque = replace(
        issued, form="server-side", header=None, introspection={"active": True}
    )

    assert "the server was asked about it" in token_text(opaque)
    assert "What introspection says" in token_html(opaque)
    assert "whether the server still stands by the token" in token_text(opaque)


def test_an_unknown_opaque_token_says_so(issued: Inspection) -> None:
    unknown = replace(
        issued, form="server-side", header=None, claims=None, state="not of this realm"
    )

    assert "this server knows nothing of it" in token_text(unknown)
    assert "opaque" not in token_text(unknown)
    assert "this server knows nothing of it" in token_html(unknown)


def test_a_token_that_cannot_be_read_says_so(issued: Inspection) -> None:
    broken = replace(issued, header=None, claims=None, state="not of this realm")

    assert "It cannot be read." in token_text(broken)


def test_a_subject_that_is_no_text_is_shown_as_it_stands(token: Tokens) -> None:
    for sub in (5, 1.5, True, ["x"], {"a": 1}):
        assert token_html(token(sub=sub))
        assert token_text(token(sub=sub))


def test_says_of_an_encrypted_token_how_it_is_encrypted(issued: Inspection) -> None:
    header = {"typ": "JWT", "enc": "A128CBC-HS256", "alg": "dir"}

    encrypted = replace(issued, header=header)

    for face in (token_text(encrypted), token_html(encrypted)):
        assert "how it is encrypted" in face
        assert "how it is signed" not in face
