from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.dot import ROLES
from workbench.views.chain.drawings import drawings, fitted
from workbench.views.chain.face import (
    NOT_DRAWN,
    chain_drawings,
    chain_html,
    chain_svg,
    chain_text,
)
from workbench.views.chain.picture import Holder, Picture, picture
from workbench.views.chain.summary import summary
from workbench.views.page import draw
from workbench.views.page.draw import width_of
from workbench.views.page.style import INK
from workbench.views.page.widths import least_room

from .conftest import Tokens

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


def nested(depth: int) -> dict[str, Any] | None:
    act: dict[str, Any] | None = None
    for number in range(1, depth + 1):
        act = {"sub": f"(age!agent-{number})", **({"act": act} if act else {})}
    return act


@pytest.fixture
def hops(token: Tokens) -> list[Inspection]:
    """A user's token and ten exchanges of it."""
    first = token(sub="(usr!bjensen)", scope="read write")
    return [first] + [
        token(sub="(usr!bjensen)", scope="read", act=nested(depth), grant_type=EXCHANGE)
        for depth in range(1, 11)
    ]


def test_before_the_exchange_it_shows_who_may_act(
    actor: Inspection, subject: Inspection
) -> None:
    assert chain_text([actor, subject]) == (
        "  risk-agent (agent or client): acts as itself\n"
        "  data-agent (agent or client): acts as itself\n"
        "  resource server\n"
        "\n"
        "risk-agent ──> resource server  token 1: scope read\n"
        "data-agent ──> resource server  token 2: scope read\n"
        "data-agent ╌╌> risk-agent  may act"
    )


def test_after_the_exchange_it_shows_who_acts(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    assert chain_text([actor, subject, issued]) == (
        "  data-agent (agent or client): subject\n"
        "► risk-agent (agent or client): current actor; the only one that counts; "
        "proves itself with token 1\n"
        "  resource server; receives token 3\n"
        "\n"
        "data-agent ──> risk-agent  token 2: scope read\n"
        "risk-agent ──> resource server  token 3: scope read"
    )


def test_one_token_shows_its_subject_and_who_may_act(subject: Inspection) -> None:
    assert [node.role for node in picture([subject]).nodes] == [
        "subject",
        "resource server",
        "may become the actor",
    ]


def test_ten_exchanges_give_ten_actors_of_whom_one_is_current(
    hops: list[Inspection],
) -> None:
    what = picture(hops)

    assert [node.role for node in what.nodes] == [
        "subject",
        *["earlier actor"] * 9,
        "current actor",
        "resource server",
    ]
    assert [edge.label[0] for edge in what.edges] == [
        f"token {number}:" for number in range(1, 12)
    ]


def test_one_token_with_ten_actors_gives_the_same_chain(hops: list[Inspection]) -> None:
    alone, whole = picture(hops[-1:]), picture(hops)

    assert [n.name for n in alone.nodes] == [n.name for n in whole.nodes]
    assert [edge.label for edge in alone.edges][-1] == ("token 1:", "scope read")


def test_impersonation_says_that_nobody_sees_who_acts(token: Tokens) -> None:
    before = token(sub="(usr!bjensen)", client_id="web", may_act={"client_id": "hr"})
    after = token(sub="(usr!bjensen)", client_id="hr", grant_type=EXCHANGE)

    assert [node.name for node in picture([before, after]).nodes] == [
        "bjensen",
        "hr",
        "resource server",
    ]
    assert "impersonation" in chain_text([before, after])
    assert "may exchange the token" in chain_text([before])


def test_impersonation_is_seen_without_a_grant_type(token: Tokens) -> None:
    before, after = token(sub="u", client_id="web"), token(sub="u", client_id="hr")

    assert "impersonation" in chain_text([before, after])


def test_an_actor_behind_another_client_names_the_client(token: Tokens) -> None:
    issued = token(sub="u", client_id="hr-client", act={"sub": "(age!hr-agent)"})

    assert "through client hr-client" in chain_text([issued])


def test_tokens_that_do_not_belong_are_mentioned(
    token: Tokens, issued: Inspection
) -> None:
    stray = token(sub="(usr!eve)", act={"sub": "(age!x)"})

    assert "Also seen, not drawn: token 1." in chain_text([stray, issued])
    assert "Also seen, not drawn: token 1." in chain_html([stray, issued])


def test_a_token_that_is_not_active_says_so(issued: Inspection) -> None:
    assert "expired" in chain_text([replace(issued, state="expired")])


def test_the_picture_has_a_name_and_nothing_that_differs(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    svg = chain_svg([actor, subject, issued], title="After")

    label = (
        "After: The token is about data-agent; "
        "risk-agent acts, the only actor that counts."
    )
    assert svg is not None
    assert f'role="img" aria-label="{label}"' in svg
    assert svg.count("<title>") == 1
    assert " id=" not in svg
    assert "<!--" not in svg
    assert 'width="' not in svg.partition(">")[0]
    assert svg == chain_svg([actor, subject, issued], title="After")


def test_lines_take_the_colour_of_the_text_around(issued: Inspection) -> None:
    svg = chain_svg([issued]) or ""

    assert "currentColor" in svg
    assert INK not in svg


def test_the_current_actor_has_the_thickest_border(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    before = chain_svg([actor, subject]) or ""
    after = chain_svg([actor, subject, issued]) or ""

    assert (before.count('width="2.6"'), after.count('width="2.6"')) == (0, 1)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_sign_and_its_colour(role: str) -> None:
    svg = drawn(role)

    assert f">{ROLES[role].sign} {role}</text>" in svg
    assert f'<path fill="{ROLES[role].colour}"' in svg


def drawn(role: str) -> str:
    (drawing,) = drawings(Picture((Holder("anybody at all", role),), ()), label="x")[:1]
    return str(drawing)


def test_a_chain_is_drawn_for_wide_pages_and_narrow_ones(
    hops: list[Inspection],
) -> None:
    widths = [width_of(each) for each in chain_drawings(hops)]

    assert widths == sorted(widths, reverse=True)
    assert least_room(chain_drawings(hops)[0]) < 860
    assert least_room(chain_drawings(hops)[-1]) < 300


def test_a_page_shows_the_drawing_that_it_has_room_for(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    tokens = [actor, subject, issued]
    least = least_room(chain_drawings(tokens)[0])

    html = chain_html(tokens)

    assert html.count("<svg") == 2
    assert f"@container (max-width:{least - 0.02:.2f}px)" in html


def test_one_drawing_that_fits_any_page_is_enough(subject: Inspection) -> None:
    narrowest = chain_drawings([subject])[-1]

    assert fitted([narrowest]) == narrowest


def test_a_line_on_each_token_follows_on_request(
    actor: Inspection, subject: Inspection
) -> None:
    html = chain_html([actor, subject], lines=True)

    assert "token 2: subject token" in html
    assert "subject token" not in chain_html([actor, subject])


def test_no_token_is_said_in_words() -> None:
    assert chain_text([]) == "There is no token yet."
    assert "There is no token yet." in chain_html([])


def test_without_an_engine_the_picture_is_text(
    monkeypatch: pytest.MonkeyPatch, issued: Inspection
) -> None:
    monkeypatch.setattr(draw, "engine", lambda: None)

    assert chain_svg([issued]) is None
    assert NOT_DRAWN in chain_html([issued])
    assert "current actor" in chain_html([issued])


def test_an_engine_that_fails_is_no_error(
    monkeypatch: pytest.MonkeyPatch, issued: Inspection
) -> None:
    draw._render.cache_clear()
    monkeypatch.setattr(draw, "engine", lambda: "/bin/false")

    assert chain_svg([issued]) is None


def test_a_dot_error_is_no_error() -> None:
    assert draw.svg("digraph {", label="x") is None


def test_the_engine_is_the_bundled_one() -> None:
    assert Path(draw.engine() or "").name.startswith("graphviz-pure")


def test_a_chain_beyond_reason_is_drawn_in_part(token: Tokens) -> None:
    what = picture([token(sub="u", act=nested(500))])

    assert [node.name for node in what.nodes][:3] == ["u", "477 more", "agent-478"]
    assert len(what.nodes) == 26
    assert what.edges[-1].label == ("token 1:", "scope none")


def test_one_actor_more_than_is_drawn_one_by_one(token: Tokens) -> None:
    names = [n.name for n in picture([token(sub="u", act=nested(25))]).nodes]

    assert names[:3] == ["u", "2 more", "agent-3"]


def test_the_summary_of_a_long_chain_names_the_nearest_actors(
    hops: list[Inspection],
) -> None:
    assert summary(picture(hops)) == (
        "The token is about bjensen; agent-10 acts, the only actor that counts; "
        "before it: agent-9, agent-8, agent-7 and 6 more."
    )


def test_an_opaque_token_of_elsewhere_is_drawn_from_its_introspection(
    issued: Inspection,
) -> None:
    opaque = replace(issued, claims=None, introspection={"sub": "(usr!eve)"})

    assert "eve (user)" in chain_text([opaque])
    assert "unreadable token" in chain_text([replace(opaque, introspection=None)])


def test_a_token_that_names_no_subject_is_readable_all_the_same(
    issued: Inspection,
) -> None:
    nobody = chain_text([replace(issued, claims={"act": {"sub": "risk-agent"}})])

    assert "(no sub): subject" in nobody
    assert "unreadable" not in nobody
