"""The APIs next door and their logs, as HTML and as text."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from workbench.course.apis.access_log import Access
from workbench.course.apis.policy import ApiPolicy
from workbench.course.apis.risk_api import RiskApi
from workbench.views.page.html import bad, code, escape, good, page, table
from workbench.views.page.left_out import latest, left_out_html, left_out_text
from workbench.views.page.plain import columns, visible_text, when
from workbench.views.page.roles import ACTOR, RESOURCE_SERVER, SUBJECT, who

HEADER = ("#", "Time", "API", "Subject", "Current actor", "Client", "Answer", "Why")
WIDTHS = (5, 13, 12, 15, 15, 11, 9, 20)
NOBODY = "nobody"
UNKNOWN = "not known"
NOTHING = "Nobody has asked yet."


def log_html(entries: Iterable[Access]) -> str:
    """One row a request, oldest first, with both identities."""
    shown = latest(entries)
    if not shown:
        return page(f"<p>{NOTHING}</p>")
    rows = [
        (
            number,
            _time(entry),
            who(RESOURCE_SERVER, entry.api, "API"),
            who(SUBJECT, entry.subject) if entry.subject else UNKNOWN,
            _actors_html(entry),
            code(entry.client_id) if entry.client_id else "",
            good(entry.status) if entry.allowed else bad(entry.status),
            _reason_html(entry.reason),
        )
        for number, entry in zip(shown.numbers, shown, strict=True)
    ]
    caption = "Who asked the APIs, oldest first (times: UTC)"
    drawn = table(HEADER, rows, caption=caption, widths=WIDTHS)
    return page(left_out_html(shown, "request") + drawn)


def log_text(entries: Iterable[Access]) -> str:
    """The same as text."""
    shown = latest(entries)
    if not shown:
        return NOTHING
    rows = [
        (
            str(number),
            _time(entry),
            entry.api,
            f"{SUBJECT.sign} {entry.subject}" if entry.subject else UNKNOWN,
            _actors_text(entry),
            entry.client_id,
            f"{'✓' if entry.allowed else '✗'} {entry.status}",
            entry.reason,
        )
        for number, entry in zip(shown.numbers, shown, strict=True)
    ]
    drawn = columns([HEADER, *rows])
    return "\n".join(filter(None, (left_out_text(shown, "request"), drawn)))


def apis_html(apis: Mapping[str, RiskApi]) -> str:
    """Each API with its policy."""
    header = ("API", "Subjects", "Current actor", "Scope", "URL")
    rows = [
        (
            who(RESOURCE_SERVER, api.name, "API"),
            _lines(sorted(api.policy.subjects)),
            _lines(_may_act(api.policy)),
            code(api.policy.scope),
            code(api.url),
        )
        for api in apis.values()
    ]
    caption = "The APIs next door, and whom their policies name"
    return page(table(header, rows, caption=caption, widths=(18, 22, 22, 10, 28)))


def apis_text(apis: Mapping[str, RiskApi]) -> str:
    """The same as text."""
    rows = [
        (
            f"{RESOURCE_SERVER.sign} {api.name}",
            ", ".join(sorted(api.policy.subjects)),
            ", ".join(_may_act(api.policy)),
            api.policy.scope,
            api.url,
        )
        for api in apis.values()
    ]
    return columns([("API", "Subjects", "Current actor", "Scope", "URL"), *rows])


def _reason_html(reason: str) -> Markup:
    """The reason; a URL in it may go on in the next line where a reader would."""
    words = reason.split(" ")
    return Markup(" ").join(
        escape(word).replace(".", Markup(".<wbr>")) if "://" in word else escape(word)
        for word in words
    )


def _may_act(policy: ApiPolicy) -> list[str]:
    return [NOBODY] if policy.actors is None else sorted(policy.actors)


def _lines(names: Iterable[str]) -> Markup:
    return Markup("<br>").join(code(name) for name in names)


def _time(entry: Access) -> str:
    return when(entry.time).removesuffix(" UTC")


def _actors_html(entry: Access) -> Markup:
    if not entry.actor:
        return escape(NOBODY if entry.subject else UNKNOWN)
    earlier = "".join(
        f"<br><small>earlier: {escape(name)}</small>" for name in entry.earlier
    )
    return Markup(f"{who(ACTOR, entry.actor)}{earlier}")


def _actors_text(entry: Access) -> str:
    if not entry.actor:
        return NOBODY if entry.subject else UNKNOWN
    earlier = f" (earlier: {', '.join(entry.earlier)})" if entry.earlier else ""
    return visible_text(f"{ACTOR.sign} {entry.actor}{earlier}")
