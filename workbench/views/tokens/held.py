"""What a token holds, in one line: for whoever chooses one among several."""

from collections.abc import Iterator

from markupsafe import Markup

from workbench.am.tokens.inspection import Inspection
from workbench.views.page.dates import read_date
from workbench.views.page.html import bad, escape, page
from workbench.views.page.plain import shorten
from workbench.views.page.roles import ACTOR, CLIENT, SUBJECT, Role, who
from workbench.views.tokens.claims import act_of, bare, facts, permitted, scope_of
from workbench.views.tokens.token import time_left

NOBODY = "nobody"
"""Who may act where a token has no ``may_act``."""

Held = tuple[Role, str, str]
"""A role, what it does here, and who plays it."""


def held_html(opened: Inspection) -> str:
    """Whom it is about, who acts and may act, how long it lasts, what it allows."""
    badges = Markup(" ").join(
        who(role, name, word) for role, word, name in _who(opened)
    )
    left = escape(_left(opened))
    state = left if opened.state == "active" else bad(left)
    rest = Markup(", ").join([state, escape(_scope(opened))])
    return page(f'<p class="wb-held">{badges}<br><small>{rest}</small></p>')


def held_text(opened: Inspection) -> str:
    """The same as text."""
    parts = [f"{word}: {name}" for _, word, name in _who(opened)]
    return ", ".join([*parts, _left(opened), _scope(opened)])


def _who(opened: Inspection) -> Iterator[Held]:
    yield SUBJECT, "about", _name(opened.sub) if opened.sub else "nobody known"
    act = act_of(opened)
    if act is not None:
        yield ACTOR, "acting", _name(act.get("sub", ""))
    yield ACTOR, "may act", _may_act(opened)
    client = facts(opened).get("client_id")
    if client and str(client) != bare(opened.sub):
        yield CLIENT, "issued to", shorten(client)


def _may_act(opened: Inspection) -> str:
    allowed = permitted(opened)
    named = (allowed.clients or allowed.subs) if allowed else []
    return " or ".join(map(_name, named[:3])) or NOBODY


def _name(sub: object) -> str:
    return shorten(bare(sub))


def _left(opened: Inspection) -> str:
    if opened.state != "active":
        return opened.state
    exp = facts(opened).get("exp")
    left = time_left("exp", exp, opened.now)
    return left or f"exp {shorten(read_date(exp).text)}"


def _scope(opened: Inspection) -> str:
    return f"scope {shorten(scope_of(opened))}" if scope_of(opened) else "no scope"
