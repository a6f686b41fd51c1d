"""A token in six lines: whom it is about, who acts, who may, and how long it lasts."""

from collections.abc import Iterator

from markupsafe import Markup

from workbench.am.exchange.act import chain
from workbench.am.tokens.inspection import Inspection
from workbench.views.page.card import card
from workbench.views.page.card import facts as side_by_side
from workbench.views.page.html import code, escape
from workbench.views.page.left_out import first_names
from workbench.views.page.plain import inline, shorten, visible_text
from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    RESOURCE_SERVER,
    SUBJECT,
    Role,
    badge,
)
from workbench.views.tokens.claims import (
    Permitted,
    act_of,
    facts,
    permitted,
    scope_of,
)
from workbench.views.tokens.picture import EARLIER
from workbench.views.tokens.token import CURRENT, state_role, time_left

Line = tuple[Role | None, str, str]
"""Whose role it is, what is said, and who or what it is."""


def brief_html(token: Inspection, title: str) -> Markup:
    """The token on a small card.

    Args:
        token: The token.
        title: What to call it.
    """
    said = (
        (badge(role, word) if role else word, code(value))
        for role, word, value in _lines(token)
    )
    role = state_role(token)
    head = Markup(f"{escape(title)} {badge(role, token.state)}")
    return card(role, head, side_by_side(said))


def brief_line(token: Inspection, title: str) -> Markup:
    """The same in one line of HTML."""
    said = " ".join(
        f'<span class="wb-w">{badge(role, word) if role else escape(word)}</span> '
        f"{code(value)}"
        for role, word, value in _lines(token)
    )
    state = badge(state_role(token), token.state)
    return Markup(f"<p><b>{escape(title)}</b> {state} {said}</p>")


def brief_text(token: Inspection, title: str) -> str:
    """The same in one line of text."""
    said = [f"{word} {value}" for _, word, value in _lines(token)]
    return visible_text(f"{title}: {token.state}; {'; '.join(said)}")


def _lines(token: Inspection) -> Iterator[Line]:
    known = facts(token)
    yield SUBJECT, SUBJECT.word, shorten(known.get("sub") or "nobody that it names", 60)
    yield from _actors(token)
    if allowed := permitted(token):
        yield ACTOR, "may act", _allowed(allowed)
    if "client_id" in known:
        yield CLIENT, CLIENT.word, shorten(known["client_id"], 60)
    if "aud" in known:
        yield RESOURCE_SERVER, "meant for", _several(known["aud"])
    yield None, "scope", shorten(scope_of(token) or "none", 120)
    if left := time_left("exp", known.get("exp"), token.now):
        yield None, "ends", left


def _actors(token: Inspection) -> Iterator[Line]:
    act = act_of(token)
    if act is None:
        return
    current, *earlier = (shorten(sub, 60) for sub in chain(act))
    yield ACTOR, CURRENT, current
    if earlier:
        names = ", ".join(first_names(earlier, EARLIER))
        yield ACTOR, f"earlier actor{'s' if earlier[1:] else ''}", names


def _allowed(allowed: Permitted) -> str:
    clients, subs = (list(map(str, each)) for each in allowed)
    through = f"through {' or '.join(clients)}" if clients else ""
    who = " or ".join(subs) if subs else "without an actor token"
    return shorten(f"{who} {through}".strip(), 90)


def _several(value: object) -> str:
    if isinstance(value, list | tuple):
        return shorten(", ".join(map(inline, value)), 120)
    return shorten(inline(value), 120)
