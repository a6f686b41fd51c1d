"""Tokens on a time axis: what is drawn and what is said."""

import re
from typing import Any

import pytest

from workbench.views.page.roles import ACTOR, SUBJECT
from workbench.views.tokens.timeline import (
    MOST,
    NOTHING,
    Span,
    fate,
    timeline_html,
    timeline_text,
)

NOW = 1_790_000_000


def span(**changes: Any) -> Span:
    values: dict[str, Any] = {
        "label": "access token of call 1",
        "about": "(age!data-agent)",
        "start": NOW - 600,
        "end": NOW + 3000,
        "revoked": None,
        "state": "active",
        **changes,
    }
    return Span(**values)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "50 min left"),
        ({"end": NOW - 60, "state": "expired"}, "expired 1 min ago"),
        ({"revoked": NOW - 120, "state": "revoked"}, "revoked 2 min ago"),
        ({"state": "revoked"}, "revoked"),
        ({"start": NOW + 5, "state": "not valid yet"}, "not valid yet"),
    ],
)
def test_says_what_became_of_a_token(changes: dict[str, Any], said: str) -> None:
    one = span(**changes)

    assert fate(one, NOW) == said
    assert said in timeline_html([one], NOW)
    assert said in timeline_text([one], NOW)


def test_the_picture_has_a_name_that_says_the_same() -> None:
    html = timeline_html([span()], NOW)

    assert 'role="img"' in html
    assert (
        'aria-label="1 token over time, now 2026-09-21 14:13:20 UTC: '
        'access token of call 1 50 min left"'
    ) in html
    assert "<title>1 token over time" in html


def test_without_tokens_it_says_so() -> None:
    assert NOTHING in timeline_html([], NOW)
    assert timeline_text([], NOW) == NOTHING


def test_a_token_that_outlives_the_others_runs_off_the_edge() -> None:
    week = span(label="refresh token of call 1", end=NOW + 604_800)

    html = timeline_html([span(), week], NOW)

    assert "7 d left →" in html


def test_only_the_latest_are_drawn() -> None:
    many = [span(label=f"{number}. token") for number in range(MOST + 3)]

    html = timeline_html(many, NOW)

    assert "3 earlier tokens are left out" in html
    assert ">2. token<" not in html
    assert ">3. token<" in html


def test_what_is_drawn_is_escaped() -> None:
    html = timeline_html([span(about="<script>", label="<b>")], NOW)

    assert "<script>" not in html
    assert "<b>" not in html


def test_tokens_of_one_second_can_be_drawn() -> None:
    one = span(start=NOW, end=NOW, state="expired")

    assert "<svg" in timeline_html([one], NOW)


def test_it_is_as_wide_as_the_page_and_its_letters_are_no_wider() -> None:
    html = timeline_html([span()], NOW)

    assert "width:100%" in html
    assert "viewBox" not in html.partition("</svg>")[0]
    assert re.search(r'<rect x="[\d.]+%" y="\d+" width="[\d.]+%"', html)


def test_the_subject_and_who_acts_for_it_have_their_signs_and_words() -> None:
    html = timeline_html([span(actor="(age!risk-agent)")], NOW)

    assert f'<tspan fill="{SUBJECT.colour}">● subject</tspan> data-agent' in html
    assert f'<tspan fill="{ACTOR.colour}">◆ actor</tspan> risk-agent' in html
    assert "◆" not in timeline_html([span()], NOW)


def test_the_legend_has_what_is_drawn_and_no_more() -> None:
    alive, gone = span(), span(state="revoked", revoked=NOW - 60)

    assert "still to live" in timeline_html([alive], NOW)
    assert "before its end" not in timeline_html([alive], NOW)
    assert "before its end" in timeline_html([alive, gone], NOW)


def test_an_axis_of_several_days_says_which_day() -> None:
    week = span(end=NOW + 604_800)

    assert ">09-21 14:03<" in timeline_html([week], NOW)
    assert ">14:03:20<" in timeline_html([span()], NOW)
