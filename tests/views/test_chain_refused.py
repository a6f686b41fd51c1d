from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_html, chain_svg, chain_text
from workbench.views.chain.parts import chain_parts
from workbench.views.chain.picture import picture
from workbench.views.chain.refused import MOST, Attempt, with_attempts
from workbench.views.page.roles import REFUSED

from .conftest import Tokens

STOLEN = Attempt(
    "other-agent", "(age!data-agent)", "may_act.client_id names the client"
)


def test_a_refused_attempt_is_a_line_from_the_subject_to_who_tried(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    text = chain_text([actor, subject, issued], attempts=[STOLEN])

    assert "other-agent: was refused" in text
    assert (
        "data-agent ╌╌✗ other-agent  ✗ refused by the rule: "
        "may_act.client_id names the client" in text
    )


def test_an_attempt_of_somebody_who_is_there_adds_nobody(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    tokens = [actor, subject, issued]
    attempt = Attempt("risk-agent", "(age!data-agent)")

    what = with_attempts(picture(tokens), [attempt])

    assert what.nodes == picture(tokens).nodes
    assert what.edges[-1].label == ("✗ refused",)


def test_equal_attempts_are_drawn_once_and_counted(subject: Inspection) -> None:
    what = with_attempts(picture([subject]), [STOLEN] * 3)

    assert what.edges[-1].label[0] == "✗ refused (3 times) by the rule:"
    assert sum(edge.refused for edge in what.edges) == 1


def test_only_the_latest_attempts_are_drawn(subject: Inspection) -> None:
    attempts = [Attempt(f"a{number}", "(age!data-agent)") for number in range(20)]

    what = with_attempts(picture([subject]), attempts)

    assert sum(edge.refused for edge in what.edges) == MOST
    assert what.nodes[-1].name == "a19"


def test_the_picture_of_an_attempt_is_dashed(subject: Inspection) -> None:
    svg = chain_svg([subject], attempts=[STOLEN]) or ""

    assert REFUSED.colour in svg
    assert REFUSED.colour not in (chain_svg([subject]) or "")


def test_who_was_refused_is_said_below_the_picture(subject: Inspection) -> None:
    html = chain_html([subject], attempts=[STOLEN, STOLEN])

    assert "other-agent was refused.</small>" in html
    assert html.partition("</svg>")[0].count("other-agent was refused.") == 2


def test_an_attempt_is_escaped(subject: Inspection) -> None:
    html = chain_html([subject], attempts=[Attempt("<script>", "(age!data-agent)")])

    assert "<script>" not in html


def test_each_part_of_the_picture_can_be_pointed_at(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    tokens = [actor, subject, issued]
    svg = chain_svg(tokens, attempts=[STOLEN], parts=True) or ""

    parts = chain_parts(tokens, [STOLEN])

    assert sorted(f'data-part="{part.name}"' in svg for part in parts) == [True] * 7
    assert svg.count("data-part=") == 7
    assert 'role="group"' in svg


def test_the_parts_come_in_the_order_of_the_chain(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    parts = chain_parts([actor, subject, issued])

    assert [(part.name, part.token) for part in parts] == [
        ("n0", None),
        ("e1", 1),
        ("n1", 0),
        ("e2", 2),
        ("n2", None),
    ]
    assert parts[1].label == "data-agent to risk-agent  token 2: scope read"


def test_a_part_shows_its_token(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    card = chain_parts([actor, subject, issued])[1].html

    assert "token 2: subject token" in card
    assert "may act" in card
    assert "(age!risk-agent)" in card
    assert "1 h left" in card


def test_what_a_part_shows_is_escaped(token: Tokens) -> None:
    odd = token(sub="<em>", scope="<ins>", act={"sub": "<del>"})

    shown = "".join(part.html for part in chain_parts([odd]))

    assert not any(tag in shown for tag in ("<em>", "<ins>", "<del>"))
    assert "&lt;del&gt;" in shown


def test_with_and_without_parts_the_picture_is_the_same(
    actor: Inspection, subject: Inspection, issued: Inspection
) -> None:
    tokens = [actor, subject, issued]
    alive = str(chain_svg(tokens, parts=True) or "")
    plain = chain_svg(tokens) or ""

    for name in ("n0", "n1", "n2", "e1", "e2"):
        alive = alive.replace(f' data-part="{name}"', "")
    assert "".join(alive.replace('"group"', '"img"').split()) == "".join(plain.split())
