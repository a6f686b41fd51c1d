from dataclasses import replace
from typing import Any

import pytest

from workbench.am.tokens.inspection import Inspection
from workbench.views.tokens.compare import compare, comparison_html, comparison_text

from .conftest import Tokens


def test_says_what_a_delegation_kept_changed_added_and_dropped(
    subject: Inspection, actor: Inspection, issued: Inspection
) -> None:
    comparison = compare(subject, actor, issued)

    assert {row.claim: (row.change, row.decided_by) for row in comparison.rows} == {
        "sub": ("kept", "subject token"),
        "act": ("added", "actor token"),
        "may_act": ("dropped", "acting client"),
        "client_id": ("changed", "acting client"),
        "scope": ("kept", "request"),
        "grant_type": ("changed", "request"),
        "exp": ("kept", "lifetime setting"),
        "iat": ("kept", "server"),
        "jti": ("changed", "server"),
    }


def test_every_row_says_why(
    subject: Inspection, actor: Inspection, issued: Inspection
) -> None:
    assert all(row.why.endswith(".") for row in compare(subject, actor, issued).rows)


def test_shows_an_impersonation_without_an_actor_column(
    subject: Inspection, issued: Inspection, token: Tokens
) -> None:
    claims = {k: v for k, v in (issued.claims or {}).items() if k != "act"}
    plain = replace(issued, claims=claims)
    comparison = compare(subject, None, plain)

    assert comparison.actor == ""
    assert "actor token" not in comparison_html(comparison)
    with pytest.raises(LookupError):
        comparison.row("act")


def test_shows_a_nested_act_that_is_carried_on(token: Tokens) -> None:
    act = {"sub": "(age!b)", "act": {"sub": "(age!a)"}}
    comparison = compare(token(act=act), None, token(act=act))

    assert comparison.row("act").decided_by == "subject token"
    assert comparison.row("act").change == "kept"


def test_shows_an_act_that_came_without_an_actor_token(token: Tokens) -> None:
    row = compare(token(), None, token(act={"sub": "x"})).row("act")

    assert (row.change, row.decided_by) == (
        "added",
        "acting client's may act script",
    )


def test_a_may_act_on_the_new_token_comes_from_the_acting_clients_script(
    token: Tokens,
) -> None:
    row = compare(token(), None, token(may_act={"sub": "x"})).row("may_act")

    assert row.decided_by == "acting client's may act script"


def test_claims_and_introspection_compare_alike(token: Tokens) -> None:
    comparison = compare(
        token(scope=["a", "b"], aud="x"), None, token(scope="b a", aud=["x"])
    )

    assert comparison.row("scope").change == "kept"
    assert comparison.row("aud").change == "kept"


def test_an_unknown_claim_is_shown_too(token: Tokens) -> None:
    comparison = compare(token(a=1, b=1), None, token(a=1))

    assert comparison.row("a").decided_by == "subject token"
    assert comparison.row("b").change == "dropped"


def test_text_and_html_say_the_change_in_words(
    subject: Inspection, actor: Inspection, issued: Inspection
) -> None:
    comparison = compare(subject, actor, issued)

    assert "+ added" in comparison_text(comparison)
    assert '<b><span class="wb-w">- dropped</span></b>' in comparison_html(comparison)


def test_what_changed_stands_open_and_what_was_kept_is_folded(
    subject: Inspection, actor: Inspection, issued: Inspection
) -> None:
    comparison = compare(subject, actor, issued)
    open_, _, folded = comparison_html(comparison).partition("<details>")

    assert "<code>client_id</code>" in open_ and "<code>sub</code>" not in open_
    assert "= 4 claims kept: sub, scope, exp, iat" in folded
    assert "<code>sub</code>" in folded
    assert "≠ 1 identifier that each token has of its own: jti" in folded
    assert "= 4 claims kept: sub, scope, exp, iat" in comparison_text(comparison)


def test_tokens_that_say_the_same_have_nothing_open(subject: Inspection) -> None:
    comparison = compare(subject, None, subject)

    for face in (comparison_html(comparison), comparison_text(comparison)):
        assert "The exchange changed no claim." in face
        assert "claims kept" in face


def test_compares_an_act_that_is_nested_beyond_reason(token: Tokens) -> None:
    def deep() -> dict[str, Any]:
        act: dict[str, Any] = {"sub": "x"}
        for _ in range(100_000):
            act = {"sub": "x", "act": act}
        return act

    comparison = compare(token(act=deep()), None, token(act=deep()))

    assert comparison.row("act").issued == "(nested too deeply to be shown)"
