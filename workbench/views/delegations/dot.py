"""Delegations in the DOT language: roles by colour, by sign and by word."""

from html import escape as quoted
from textwrap import wrap

from workbench.views.delegations.picture import Arrow, Party, WhoActs
from workbench.views.page.plain import shorten, visible_text
from workbench.views.page.roles import ACTOR, CLIENT, REFUSED, SCRIPT, SUBJECT, Role
from workbench.views.page.style import FONT, INK

_WIDEST = 24
"""Characters of a line of words."""

_LONG = 18
"""Characters of a name; a longer one gets room for a wide font."""

_LONGEST = 28
"""Characters of a name at most, as in the chain; the table has the whole."""

_MOST = 72
"""Characters of a script's name or a problem at most."""


def delegations_dot(what: WhoActs) -> str:
    """Actors on the left, whom they act for on the right."""
    import graphviz

    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR",
            "bgcolor": "transparent",
            "nodesep": "0.3",
            "ranksep": "0.35",
            "pad": "0.06",
        },
        node_attr={"fontname": FONT, "fontsize": "10", "fontcolor": INK},
        edge_attr={"fontname": FONT, "fontsize": "9", "arrowsize": "0.7"},
    )
    for index, party in enumerate(what.parties):
        graph.node(f"n{index}", _label(party), **_look(party))
    for arrow in what.arrows:
        ends = (f"n{arrow.actor}", f"n{arrow.subject}")
        graph.edge(*ends, _edge_label(arrow), **_line(arrow))
    return str(graph.source)


def roles_of(party: Party) -> tuple[Role, ...]:
    """What somebody is in the picture."""
    found = [
        role
        for role, is_one in ((SUBJECT, party.acted_for), (ACTOR, party.acts))
        if is_one
    ]
    return tuple(found) or (CLIENT,)


def _label(party: Party) -> str:
    """One run of text a line."""
    words = ", ".join(f"{role.sign} {role.word}" for role in roles_of(party))
    notes = [f"{REFUSED.sign} {_short(each)}" for each in dict.fromkeys(party.notes)]
    lines = [f"<B>{quoted(shorten(party.name, _LONGEST))}</B>", words, *_lines(*notes)]
    return f"<{'<BR/>'.join(lines)}>"


def _look(party: Party) -> dict[str, str]:
    """A subject is round, an actor has six corners, another client four."""
    first, *more = roles_of(party)
    shape = {SUBJECT: "box", ACTOR: "hexagon"}.get(first, "box")
    style = "rounded" if first == SUBJECT else "solid"
    look = {"shape": shape, "style": style, "color": first.light, "penwidth": "1.6"}
    look["margin"] = "0.16,0.07"
    if more:
        look["peripheries"] = "2"
    if len(party.name) > _LONG:
        look["width"] = f"{min(len(party.name), _LONGEST) / 10:.1f}"
    return look


def _edge_label(arrow: Arrow) -> str:
    odd = f"{REFUSED.sign} {_short(arrow.problem)}" if arrow.problem else ""
    lines = _lines(f"{SCRIPT.sign} {arrow.script}", arrow.how, odd)
    table = '<TABLE BORDER="0" CELLPADDING="4">'  # keeps the text off the line
    return f"<{table}<TR><TD>{'<BR/>'.join(lines)}</TD></TR></TABLE>>"


def _line(arrow: Arrow) -> dict[str, str]:
    style = {"color": ACTOR.light, "fontcolor": INK}
    if not arrow.how:
        refused = {"color": REFUSED.light, "style": "dashed", "arrowhead": "tee"}
        return style | refused
    return style


def _lines(*texts: str) -> list[str]:
    """Short lines, so that the picture fits into a narrow page."""
    return [
        quoted(visible_text(line))
        for text in texts
        for line in wrap(shorten(text, _MOST), _WIDEST)
    ]


def _short(problem: str) -> str:
    """The first clause of a problem; the table has the whole."""
    return problem.partition(": ")[2] or problem.partition(",")[0]
