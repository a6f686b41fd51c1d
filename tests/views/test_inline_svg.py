"""A picture as Graphviz writes it, and what a page gets of it."""

from xml.etree import ElementTree

import pytest

from workbench.views.page.inline_svg import (
    centre_text,
    draw_roles,
    drop_noise,
    inline_svg,
    name_parts,
    use_page_style,
)
from workbench.views.page.roles import ACTOR
from workbench.views.page.shapes import Box, outline
from workbench.views.page.style import FONT, INK

DRAWING = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
 "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- Pages: 1 -->
<svg width="30pt" height="20pt"
 viewBox="0.00 0.00 30.00 20.00" xmlns="http://www.w3.org/2000/svg">
<g id="graph0" class="graph">
<polygon fill="white" stroke="none" points="0,0 30,0"/>
<!-- n0 -->
<g id="node1" class="node">
<title>n0</title>
<path fill="#dbeafe" stroke="black" d="M20,-4C20,-4 0,-4 10,-2"/>
<text xml:space="preserve" text-anchor="start" x="1" font-family="{FONT}">a&#45;b</text>
</g>
<g id="edge1" class="edge">
<title>n0&#45;&gt;n1</title>
<path fill="none" stroke="{INK}" d="M1,2C3,4"/>
<text text-anchor="start" x="3">&quot;it&#39;s&quot;</text>
</g>
</g>
</svg>
"""


@pytest.fixture
def root() -> ElementTree.Element:
    return ElementTree.fromstring(DRAWING)


def named(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [each for each in root.iter() if each.tag.endswith(f"}}{tag}")]


def test_the_whole_picture() -> None:
    assert inline_svg(DRAWING, 'Who "acts"', parts=False) == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        'aria-label="Who &quot;acts&quot;" viewBox="0.00 0.00 30.00 20.00" '
        'style="width:40px;max-width:100%;height:auto">'
        "<title>Who &quot;acts&quot;</title>"
        "<g>\n\n\n"
        "<g>\n\n"
        '<path fill="#dbeafe" stroke="black" d="M20,-4C20,-4 0,-4 10,-2"/>\n'
        '<text text-anchor="middle" x="10.00" '
        'font-family="Verdana,DejaVu Sans,Geneva,sans-serif">a&#45;b</text>\n'
        "</g>\n"
        "<g>\n\n"
        '<path fill="none" stroke="currentColor" d="M1,2C3,4"/>\n'
        '<text text-anchor="start" x="3">&quot;it&#39;s&quot;</text>\n'
        "</g>\n</g>\n</svg>"
    )


def test_a_picture_to_point_at_is_a_group_with_named_parts() -> None:
    alive = inline_svg(DRAWING, "x", parts=True)

    assert 'role="group"' in alive
    assert 'data-part="n0"' in alive
    assert 'data-part="e1"' in alive


def test_names_nodes_as_dot_does_and_edges_by_number(root: ElementTree.Element) -> None:
    name_parts(root)

    assert [g.get("data-part") for g in named(root, "g")] == [None, "n0", "e1"]


def test_drops_ids_titles_and_the_white_ground(root: ElementTree.Element) -> None:
    drop_noise(root)

    assert named(root, "title") == named(root, "polygon") == []
    assert not any({"id", "class"} & set(each.attrib) for each in root.iter())


def test_draws_in_the_colour_and_fonts_of_the_page(root: ElementTree.Element) -> None:
    use_page_style(root)

    values = {value for each in root.iter() for value in each.attrib.values()}
    assert {INK, FONT}.isdisjoint(values)
    assert "currentColor" in values


ROLES = """<svg xmlns="http://www.w3.org/2000/svg"><g>
<g class="node actor"><polygon fill="#8f4700" fill-opacity="0.12" stroke="#8f4700"
 points="60,-30 0,-30 0,0 60,0 60,-30"/><text text-anchor="start" x="1">a</text></g>
<g class="node"><polygon fill="red" points="8,-3 0,-3 0,0"/></g>
</g></svg>"""


def test_a_node_whose_class_is_a_role_has_the_shape_and_the_colour_of_it() -> None:
    root = ElementTree.fromstring(ROLES)
    draw_roles(root)
    use_page_style(root)

    (shape,) = named(root, "path")
    assert shape.get("fill") == ACTOR.colour
    assert shape.get("d") == outline("actor", Box(0, -30, 60, 0))
    assert len(named(root, "polygon")) == 1


@pytest.mark.parametrize(
    "shape",
    [
        '<polygon fill="red" points="60,-30 0,-30 0,0 60,0"/>',
        '<ellipse fill="red" cx="30" cy="-15" rx="30" ry="15"/>',
        '<path fill="red" d="M0,0L60,0"/>',
    ],
)
def test_centres_text_in_whatever_shape_a_node_has(shape: str) -> None:
    text = '<text text-anchor="start" x="1">a</text>'
    space = 'xmlns="http://www.w3.org/2000/svg"'
    group = ElementTree.fromstring(f"<g {space}>{shape}{text}</g>")

    centre_text(group)

    assert [each.get("x") for each in named(group, "text")] == ["30.00"]


def test_centres_the_text_of_nodes_and_no_other(root: ElementTree.Element) -> None:
    for group in named(root, "g"):
        centre_text(group)

    places = [(text.get("text-anchor"), text.get("x")) for text in named(root, "text")]
    assert places == [("middle", "10.00"), ("start", "3")]


@pytest.mark.parametrize("drawing", ["", "no XML", "<svg/>", "<svg width='wide'/>"])
def test_says_so_where_it_is_no_drawing_of_graphviz(drawing: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        inline_svg(drawing, "x", parts=False)
