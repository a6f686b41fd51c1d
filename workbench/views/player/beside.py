"""What is drawn beside the steps of a play: flow, chain, claims, script.

Each is drawn once for all the steps that it stays the same for.
"""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_html
from workbench.views.chain.refused import Attempt
from workbench.views.page.html import PAGE_CSS, code, escape
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import ACTOR, CLIENT, SERVER, SUBJECT, badge
from workbench.views.page.style import style
from workbench.views.player import step as stages
from workbench.views.player.asked import brief
from workbench.views.player.step import Facts, Play, PlayStep
from workbench.views.sequence.face import Message, Sequence
from workbench.views.tokens.claims import act_of, facts, scope_of

SERVER_NAME = "PingAM"

SHOWN = ("sub", "act", "may_act", "client_id", "aud", "scope", "exp", "auth_level")
"""Claims that rules look at, in the order in which they stand beside the steps."""

MOST_LINES, MOST_CHARACTERS = 400, 12_000
"""Of a script's source."""

_ROLES = {stages.SUBJECT: SUBJECT, stages.ACTOR: ACTOR}
_ORDER = (stages.ACTOR, stages.SUBJECT, "refresh token", "token", stages.ISSUED)
"""In which tokens were issued, as a chain is drawn."""


def plain(html: str) -> str:
    """A drawing without the page's style, which the player brings once."""
    return html.replace(str(style(PAGE_CSS)), "")


# The flow


def flow(play: Play) -> tuple[Sequence, tuple[int, ...]]:
    """The messages of one call, and which of them each step belongs to, from 1."""
    who = play.client or "somebody"
    messages: list[Message] = []
    arrows: list[int] = []
    last = ""
    for each in play.steps:
        kind = _part(each)
        if each.state == stages.UNREACHED and kind != "answer":
            arrows.append(max(1, len(messages)))
            continue
        if kind != last or kind == "script":
            messages.append(_message(each, kind, who, play))
            last = kind
        arrows.append(len(messages))
    names = dict.fromkeys([who, SERVER_NAME, *(m.target for m in messages)])
    return Sequence(participants=tuple(names), messages=tuple(messages)), tuple(arrows)


def _part(step: PlayStep) -> str:
    parts = {stages.REQUEST: "request", stages.SCRIPT: "script"}
    parts |= {stages.TOKEN: "token", stages.ANSWER: "answer"}
    return parts.get(step.stage, "checks")


def _message(step: PlayStep, kind: str, who: str, play: Play) -> Message:
    if kind == "request":
        what = dict(play.request).get("grant_type", "request")
        return Message(who, SERVER_NAME, what.rpartition(":")[2])
    if kind == "checks":
        rules = sum(each.rule is not None for each in play.steps)
        told = f"applies {counted(rules, 'rule')}" if rules else "checks it"
        return Message(SERVER_NAME, SERVER_NAME, told)
    if kind == "script":
        outcome = play.scripts[step.script or 0]
        left = "failed" if outcome.error else "may_act" if outcome.stamped else "done"
        return Message(SERVER_NAME, "script", outcome.script.name, left)
    if kind == "token":
        return Message(SERVER_NAME, SERVER_NAME, "signs the token")
    ended = step.title.removeprefix("The answer: ")
    return Message(SERVER_NAME, who, visible_text(ended))


def calls_flow(plays: tuple[Play, ...]) -> Sequence:
    """Several calls, one message each."""
    names = [play.client or "somebody" for play in plays]
    messages = (
        Message(name, SERVER_NAME, play.title, _reply(play))
        for name, play in zip(names, plays, strict=True)
    )
    return Sequence(
        participants=(*dict.fromkeys(names), SERVER_NAME), messages=tuple(messages)
    )


def _reply(play: Play) -> str:
    return play.steps[-1].title.removeprefix("The answer: ")


# The chain


def chain_picture(play: Play, step: PlayStep, earlier: Iterable[Inspection]) -> str:
    """Who acts for whom, as far as tokens are open by now."""
    opened = dict(play.tokens)
    tokens = [opened[role] for role in _ORDER if role in step.opened and role in opened]
    if not tokens:
        tokens = list(earlier)
    if not tokens:
        return str(Markup('<p class="wb-p-none">{}</p>').format(NO_TOKEN))
    refused = step.decides and play.decision is not None
    subject = opened.get(stages.SUBJECT)
    attempts = (
        [Attempt(play.client, subject.sub, step.title)] if refused and subject else []
    )
    return plain(chain_html(tokens, attempts=attempts))


NO_TOKEN = "No token is open yet."


# The claims


def claims_html(play: Play, opened: tuple[str, ...]) -> str:
    """The request and every token that is open, side by side."""
    known = dict(play.tokens)
    columns = [_column("request", badge(CLIENT, "request"), play.request, play.changed)]
    for role in (stages.SUBJECT, "refresh token", "token", stages.ACTOR, stages.ISSUED):
        if role in opened and role in known:
            shown = badge(_ROLES.get(role, SERVER), role)
            columns.append(_column(role, shown, _claims(known[role]), ()))
    return f'<div class="wb-p-columns">{"".join(columns)}</div>'


def _claims(token: Inspection) -> Facts:
    claims = facts(token)
    shown = []
    for name in SHOWN:
        if name == "scope" and name in claims:
            shown.append((name, brief(scope_of(token) or "none")))
        elif name == "act" and act_of(token) is None:
            continue
        elif name in claims:
            shown.append((name, brief(claims[name])))
    if not shown:
        shown.append(("claims", "it cannot be read"))
    return tuple(shown)


def _column(where: str, title: Markup, rows: Facts, changed: tuple[str, ...]) -> Markup:
    body = "".join(
        f'<div data-look="{escape(f"{where}.{name}")}"'
        f"{' class=wb-p-changed' if name in changed else ''}>"
        f"<dt>{escape(name)}</dt><dd>{code(value)}</dd></div>"
        for name, value in rows
    )
    return Markup(f'<section><p>{title}</p><dl class="wb-p-claims">{body}</dl></section>')


# The script


def script_source(play: Play, index: int) -> str:
    """The source with a mark at each line that can be pointed at."""
    script = play.scripts[index].script
    source = script.source.expandtabs(4).rstrip("\n")[:MOST_CHARACTERS]
    lines = source.split("\n")[:MOST_LINES]
    rows = "".join(
        f'<li data-look="line.{number}"><code>{escape(line) or "&#160;"}</code></li>'
        for number, line in enumerate(lines, 1)
    )
    return f'<ol class="wb-p-source">{rows}</ol>'

