"""A token as a picture of who may do what for whom.

Read from left to right it is a sentence, also where there is no style sheet.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from workbench.am.basics.types import Claims
from workbench.am.exchange.act import chain
from workbench.am.tokens.inspection import Inspection
from workbench.views.page.card import facts as side_by_side
from workbench.views.page.dates import read_date
from workbench.views.page.html import code, escape
from workbench.views.page.left_out import first_names
from workbench.views.page.plain import inline, shorten
from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    RESOURCE_SERVER,
    SUBJECT,
    Role,
    badge,
    who,
)
from workbench.views.tokens.claims import act_of, facts, permitted, scope_of

TOKEN_CSS = Path(__file__).with_name("token.css")

EARLIER = 3
"""Earlier actors, and receivers, that are drawn; of others, how many."""

MOST_SCOPES = 12
NAME = 60
"""Characters of a name."""


class Involved(NamedTuple):
    """Somebody in the picture.

    Attributes:
        link: What connects them with who stands before, or "".
        role: The part they play.
        word: What to call it.
        name: Who it is.
    """

    link: str
    role: Role
    word: str
    name: str


def picture_html(inspection: Inspection, left: str) -> Markup:
    """Who is in it, who may act next, what it allows, and for how long.

    Args:
        inspection: The token.
        left: How long it lasts, in words; "" where it does not say.
    """
    flow = Markup("").join(map(_part_html, parts(inspection)))
    lines: list[tuple[object, object]] = []
    if next_ones := _next(inspection):
        lines.append(("May act", Markup(" as ").join(who(*each) for each in next_ones)))
    elif inspection.genuine:
        lines.append(("May act", "nobody: it has no may_act"))
    if scopes := _scopes(inspection):
        lines.append(("Scope", Markup(" ").join(map(_chip, scopes))))
    if left:
        bar = _bar(facts(inspection), inspection.now)
        lines.append(("Time", Markup(f"{bar}{escape(left)}")))
    drawn = f'<div class="wb-flow">{flow}</div>' if flow else ""
    return Markup(f"{drawn}{side_by_side(lines) if lines else ''}")


def picture_text(inspection: Inspection, left: str) -> list[str]:
    """The same in lines of text."""
    said = [_part_text(each) for each in parts(inspection)]
    lines = [" ".join(said)] if said else []
    if next_ones := _next(inspection):
        named = (f"{role.sign} {role.word} {name}" for role, name in next_ones)
        lines.append(f"may act: {' as '.join(named)}")
    scopes = [f"scope {' '.join(scopes)}"] if (scopes := _scopes(inspection)) else []
    rest = [*scopes, *([left] if left else [])]
    return [*lines, ", ".join(rest)] if rest else lines


def parts(inspection: Inspection) -> Iterator[Involved]:
    """The subject, who acts and acted for it, who holds the token, and for whom."""
    known = facts(inspection)
    if "sub" in known:
        yield Involved("", SUBJECT, SUBJECT.word, _name(known["sub"]))
    current, *earlier = chain(act_of(inspection)) or ("",)
    if current:
        yield Involved("acted for by", ACTOR, ACTOR.word, _name(current))
    for name in _some(earlier):
        yield Involved("before that by", ACTOR, "earlier actor", name)
    client = known.get("client_id", known.get("azp"))
    if client is not None:
        yield Involved("held by", CLIENT, CLIENT.word, _name(client))
    audience = known.get("aud", [])
    several = audience if isinstance(audience, list | tuple) else [audience]
    for index, name in enumerate(_some(several)):
        yield Involved(
            "and" if index else "for", RESOURCE_SERVER, RESOURCE_SERVER.word, name
        )


def _some(names: Sequence[object]) -> list[str]:
    return first_names(names, EARLIER, _name)


def _name(value: object) -> str:
    return shorten(inline(value), NAME)


def _next(inspection: Inspection) -> list[tuple[Role, str]]:
    """The client that may exchange the token, and the actor it may name."""
    allowed = permitted(inspection)
    if allowed is None:
        return []
    named = ((CLIENT, allowed.clients), (ACTOR, allowed.subs))
    return [(role, " or ".join(_some(names))) for role, names in named if names]


def _scopes(inspection: Inspection) -> list[str]:
    names = scope_of(inspection).split()
    return first_names(names, MOST_SCOPES, lambda each: shorten(each, NAME))


def _bar(claims: Claims, now: int) -> str:
    """How much of its time is left, drawn; "" where nobody can say."""
    start, end = (read_date(claims.get(name)).seconds for name in ("iat", "exp"))
    if start is None or end is None or start >= end:
        return ""
    share = round(100 * min(max(end - now, 0), end - start) / (end - start))
    return f'<span class="wb-time"><span style="width:{share}%"></span></span>'


def _chip(scope: str) -> Markup:
    return Markup(f'<span class="wb-chip">{code(scope)}</span>')


def _part_html(part: Involved) -> Markup:
    link = f'<span class="wb-link">{part.link}</span> ' if part.link else ""
    named = f"{badge(part.role, part.word)} {code(part.name)}"
    node = f'<span class="wb-node">{named}</span>'
    return Markup(f'<span class="wb-step">{link}{node}</span> ')


def _part_text(part: Involved) -> str:
    link = f"{part.link} " if part.link else ""
    return f"{link}{part.role.sign} {part.word} {part.name}"
