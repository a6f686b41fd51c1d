"""Who can act for whom, as a picture, a table and text."""

from workbench import Workbench
from workbench.views.delegations.dot import delegations_dot
from workbench.views.delegations.face import delegations_html, delegations_text
from workbench.views.delegations.picture import MOST_NODES, picture


def share(wb: Workbench, count: int, *, each_its_own: bool = False) -> None:
    """Agents that the same agent acts for, by one script or by one each."""
    for number in range(count):
        script = "risk-agent may act"
        if each_its_own:
            source = wb.realm.script(script).source
            script = wb.realm.add_script(f"script {number}", source).name
        wb.realm.register_agent(f"sub-{number}", secret="s", may_act_script=script)


def test_an_arrow_leads_from_the_actor_to_the_subject(story: Workbench) -> None:
    what = picture(story.delegations())

    names = [each.name for each in what.parties]
    assert names == ["data-agent", "risk-agent"]
    (arrow,) = what.arrows
    assert (names[arrow.actor], names[arrow.subject]) == ("risk-agent", "data-agent")


def test_roles_have_a_sign_a_word_and_a_shape(story: Workbench) -> None:
    dot = delegations_dot(picture(story.delegations()))

    assert "● subject" in dot and "◆ actor" in dot
    assert "shape=hexagon" in dot
    assert "ƒ risk-agent may act" in dot


def test_long_names_and_problems_do_not_make_the_picture_wide(wb: Workbench) -> None:
    wb.enable_ai_agents()
    broken = wb.realm.add_script("s" * 300, f"throw new Error('{'z' * 400}');")
    wb.realm.register_agent("W" * 255, secret="s", may_act_script=broken.name)
    found = wb.delegations()

    dot = delegations_dot(picture(found))

    assert "W" * 27 + "…" in dot and "W" * 28 not in dot
    assert dot.count("z") < 80
    assert "W" * 255 in delegations_html(found)


def test_those_who_are_alike_stand_together(story: Workbench) -> None:
    share(story, 9)

    what = picture(story.delegations())

    assert [e.name for e in what.parties] == ["data-agent and 9 more", "risk-agent"]


def test_a_large_picture_says_what_it_leaves_out(story: Workbench) -> None:
    share(story, 45, each_its_own=True)

    found = story.delegations()
    what = picture(found)

    assert len(what.parties) == MOST_NODES
    assert f"{what.left_out} more subjects would not fit" in delegations_html(found)


def test_the_faces_say_the_same(story: Workbench) -> None:
    found = story.delegations()

    text, html = delegations_text(found), delegations_html(found)

    assert "◆ risk-agent may act for ● data-agent" in text
    assert "with an actor token of (age!risk-agent), or alone" in text
    assert "<svg" in html and "<table" in html
    for each in found.findings:
        assert each in text and each in html


def test_it_shows_itself(story: Workbench) -> None:
    bundle = story.delegations()._repr_mimebundle_()  # type: ignore[attr-defined]

    assert "1 client can act for 1 subject" in bundle["text/plain"]


def test_nobody_is_said(wb: Workbench) -> None:
    assert "nobody can act for anybody" in delegations_text(wb.delegations())
    assert "<svg" not in delegations_html(wb.delegations())


def test_names_from_outside_are_escaped(story: Workbench) -> None:
    source = "token.setMayAct({client_id: '<img src=x>', sub: '\\u202e<b>'});"
    story.realm.add_script("<i>", source)
    story.realm.register_agent("a<b>&\u202e", secret="s", may_act_script="<i>")

    html = delegations_html(story.delegations())

    assert "<img" not in html and "<i>" not in html and "a<b>" not in html
    assert "\u202e" not in html
    assert "<svg xmlns" in html
