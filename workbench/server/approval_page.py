"""The page on which a person answers what clients ask, in place of AM's push."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markupsafe import Markup

from workbench.am.backchannel.request import BackchannelRequest
from workbench.server.hidden_fields import hidden_fields

CSS = Path(__file__).with_name("approval.css")

PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>{style}</style></head>"
    "<body><main><h1>{title}</h1>{alert}{inner}</main></body></html>"
)
ALERT = Markup('<p role="alert">{}</p>')
LOGIN = Markup(
    '<form method="post">'
    '<label>User name<input name="username" required autocomplete="username"></label>'
    '<label>Password<input name="password" type="password" required '
    'autocomplete="current-password"></label>'
    '<button class="yes">Log in</button></form>'
)
ASKED = Markup(
    '<section aria-labelledby="r{number}"><h2 id="r{number}">{number}. '
    "<bdi>{name}</bdi> asks</h2><p>Client ID: <bdi>{client_id}</bdi></p>"
    "<blockquote><bdi>{message}</bdi></blockquote>"
    "<p>It would get: {scope}. It waits for {left} more seconds.</p>"
    '<form method="post">{hidden}'
    '<button class="yes" name="decision" value="approve">Approve</button> '
    '<button name="decision" value="deny">Deny</button></form></section>'
)
ANSWERED = Markup(
    "<li>{number}. <bdi>{name}</bdi>: <bdi>{message}</bdi> ({state})</li>"
)


def login_page(alert: str = "") -> str:
    """A form that asks who is there."""
    return _page("Log in to answer", LOGIN, alert)


def approval_page(
    person: str,
    waiting: Iterable[BackchannelRequest],
    earlier: Iterable[tuple[BackchannelRequest, str]],
    csrf: str,
    now: int,
    alert: str = "",
) -> str:
    """What a person is asked, each with a form that answers; then what was answered.

    Args:
        person: Who is logged in.
        waiting: What this person can answer.
        earlier: What cannot be answered any more, each with what became of it.
        csrf: Shows that an answer comes from this page.
        now: Seconds since the epoch.
        alert: What went wrong, or "".
    """
    asked = [_asked(each, csrf, now) for each in waiting]
    parts = [
        Markup("<p>You are <bdi>{}</bdi>.</p>").format(person),
        *(asked or [Markup("<p>Nothing waits for your answer.</p>")]),
        Markup('<p><a href="">Look again</a></p>'),
        _answered(earlier),
        Markup(
            "<details><summary>Log in as somebody else</summary>{}</details>"
        ).format(LOGIN),
    ]
    return _page("Requests that wait for you", Markup("").join(parts), alert)


def _asked(each: BackchannelRequest, csrf: str, now: int) -> Markup:
    return ASKED.format(
        number=each.number,
        name=each.client_name,
        client_id=each.client_id,
        message=each.binding_message,
        scope=", ".join(each.scope),
        left=each.expires - now,
        hidden=hidden_fields([("number", str(each.number)), ("csrf", csrf)]),
    )


def _answered(earlier: Iterable[tuple[BackchannelRequest, str]]) -> Markup:
    rows = Markup("").join(
        ANSWERED.format(
            number=each.number,
            name=each.client_name,
            message=each.binding_message,
            state=state,
        )
        for each, state in earlier
    )
    return Markup("<h2>Earlier</h2><ul>{}</ul>").format(rows) if rows else rows


def _page(title: str, inner: Markup, alert: str) -> str:
    told = ALERT.format(alert) if alert else ""
    return PAGE.format(title=title, style=_style(), alert=told, inner=inner)


@cache
def _style() -> Markup:
    return Markup(CSS.read_text(encoding="utf-8"))
