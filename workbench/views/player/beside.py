"""What is drawn beside the steps of a play: flow, chain, claims, script.

Each is drawn once for all the steps that it stays the same for.
"""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_html
from workbench.views.chain.refused import Attempt
from workbench.views.page.html import PAGE_CSS, code, escape
from workbench.views.page.roles import ACTOR, CLIENT, SERVER, SUBJECT, badge
from workbench.views.page.style import style
from workbench.views.player import step as stages
from workbench.views.player.asked import brief
from workbench.views.player.step import Facts, Play, PlayStep
from workbench.views.sequence.face import Message, sequence_svg
from workbench.views.sequence.face import Sequence as Messages
from workbench.views.tokens.claims import act_of, facts, scope_of

SERVER_NAME, NOBODY = "PingAM", "somebody"

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


def flow_html(play: Play, step: PlayStep) -> str:
    """Who sends what to whom, with the message under way, and what the server does."""
    who, answer = play.client or NOBODY, step.stage == stages.ANSWER
    ended = play.steps[-1].title.removeprefix("The answer: ")
    asked = dict(play.request).get("grant_type", play.title)
    messages = (
        Message(who, SERVER_NAME, asked.rpartition(":")[2]),
        Message(SERVER_NAME, who, ended),
    )
    sequence = Messages(participants=(who, SERVER_NAME), messages=messages)
    doing = Markup('<p class="wb-p-doing">{} {}</p>').format(
        badge(SERVER, SERVER_NAME), _DOING[step.stage]
    )
    return f"{doing}{sequence_svg(sequence, 2 if answer else 1)}"


_DOING = {
    stages.REQUEST: "reads the request",
    stages.CLIENT: "asks who sends it",
    stages.SUBJECT: "opens the token",
    stages.ACTOR: "opens the actor token",
    stages.GRANT: "looks whether it may be had",
    stages.RULE: "applies the rules",
    stages.SCRIPT: "runs a script",
    stages.TOKEN: "signs the token",
    stages.ANSWER: "answers",
}


# The chain


def chain_picture(play: Play, step: PlayStep, earlier: Iterable[Inspection]) -> str:
    """Who acts for whom, as far as tokens are open by now."""
    opened = dict(play.tokens)
    tokens = [opened[role] for role in _ORDER if role in step.opened and role in opened]
    if not tokens:
        tokens = list(earlier)
    if not tokens:
        return str(Markup('<p class="wb-p-none">{}</p>').format(NO_TOKEN))
    refused = play.decision is not None and play.is_decided_at(step)
    subject = opened.get(stages.SUBJECT)
    attempts = (
        [Attempt(play.client, subject.sub, play.ends.title)]
        if refused and subject
        else []
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
    return Markup(
        f'<section><p>{title}</p><dl class="wb-p-claims">{body}</dl></section>'
    )


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
