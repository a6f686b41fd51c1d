"""A token laid open: who may do what for whom, then every claim with its meaning."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from workbench.am.basics.secrets import hide_tokens
from workbench.am.basics.types import Act, MayAct
from workbench.am.basics.words import counted
from workbench.am.exchange.act import chain
from workbench.am.tokens.inspection import Inspection
from workbench.views.page.card import card, folded
from workbench.views.page.dates import read_date
from workbench.views.page.html import code, escape, page, table
from workbench.views.page.plain import (
    columns,
    disclosed_value,
    inline,
    visible_text,
)
from workbench.views.page.roles import GRANTED, REFUSED, SERVER, Role, badge
from workbench.views.page.style import style
from workbench.views.tokens.claims import (
    CLAIM_MEANINGS,
    DATES,
    ENCRYPTED_MEANINGS,
    HEADER_MEANINGS,
    UNKNOWN,
    facts,
    kind,
)
from workbench.views.tokens.origins import ORDER
from workbench.views.tokens.picture import TOKEN_CSS, picture_html, picture_text

CURRENT = "current actor"
CLAIMS = "Claims"

MOST_ACTORS = 24
"""How many actors of one token are listed."""

MOST_CAVEATS = 24
"""How many caveats of one macaroon are listed."""

CAVEATS = ("Number", "What must hold")

_OPAQUE = "An opaque token: it says nothing to whoever holds it"
_ASKED = f"{_OPAQUE}, so the server was asked about it (introspection)."
_UNKNOWN = "It cannot be read, and this server knows nothing of it."
_UNREADABLE = "It cannot be read."


def token_html(inspection: Inspection) -> str:
    """The token on a card; every claim and the header folded, with what each means."""
    form = f"<small>{escape(inspection.form)}</small>"
    role = state_role(inspection)
    title = Markup(f"{badge(role, inspection.state)} {escape(inspection.label)} {form}")
    picture = picture_html(inspection, _left(inspection))
    said = escape(inspection.signature)
    if inspection.genuine:
        said = Markup(f"<small>{said}</small>")
    told = Markup(f"<p>{said}{notes_html(inspection)}</p>")
    inner = [picture, told] if inspection.genuine else [told, picture]
    if remark := _remark(inspection):
        inner.append(Markup(f"<p>{escape(remark)}</p>"))
    parts = [style(TOKEN_CSS), card(role, title, "".join(inner))]
    if rows := _caveats(inspection):
        parts.append(table(CAVEATS, rows, caption="Caveats", widths=(19, 81)))
    parts.append(_everything(inspection))
    return page("".join(parts))


def state_role(inspection: Inspection) -> Role:
    """What stands for its state; no server can say whether another's is granted."""
    if inspection.state == "active":
        return GRANTED
    return SERVER if inspection.state == "from elsewhere" else REFUSED


def _left(inspection: Inspection) -> str:
    """When it ends, and how far that is; "" where it does not say."""
    known = facts(inspection)
    if "exp" not in known:
        return ""
    date = read_date(known["exp"]).text
    left = time_left("exp", known["exp"], inspection.now)
    if not left:
        return f"exp {date}"
    return f"{left}, {'at' if left.startswith('ended') else 'until'} {date}"


def notes_html(inspection: Inspection) -> Markup:
    """What was taken off of what a person pasted, and what it looks like."""
    notes = (f"<br><small>{escape(note)}</small>" for note in inspection.told)
    return Markup("".join(notes))


def _caveats(inspection: Inspection) -> list[tuple[str, str]]:
    """The caveats of a macaroon, numbered; a row that says so where it has none."""
    if inspection.caveats is None:
        return []
    shown = inspection.caveats[:MOST_CAVEATS]
    rows = [(str(i), inline(hide_tokens(text))) for i, text in enumerate(shown, 1)]
    if more := len(inspection.caveats) - len(shown):
        rows.append(("…", f"{more} more"))
    return rows or [("none", "a macaroon that nobody has narrowed")]


def _header_meanings(header: Mapping[str, Any]) -> Mapping[str, str]:
    return ENCRYPTED_MEANINGS if "enc" in header else HEADER_MEANINGS


def _content(inspection: Inspection) -> tuple[str, Mapping[str, Any] | None]:
    if inspection.introspection is not None and inspection.header is None:
        return "What introspection says", inspection.introspection
    return CLAIMS, inspection.claims


def _remark(inspection: Inspection) -> str:
    if inspection.form == "server-side":
        if inspection.introspection is not None:
            return _ASKED
        return _UNKNOWN if inspection.caveats is None else ""
    return _UNREADABLE if inspection.claims is None else ""


def _everything(inspection: Inspection) -> Markup:
    """Every claim, then the header, folded; nothing where nothing can be read."""
    title, claims = _content(inspection)
    header = inspection.header or {}
    rows = [*_rows(claims or {}, inspection, CLAIM_MEANINGS)]
    rows += _rows(header, inspection, _header_meanings(header), "<br><small>header")
    if not rows:
        return Markup()
    many = f"All {counted(len(claims or {}), 'claim')}"
    said = many if title == CLAIMS else f"{title}: {many.lower()}"
    beside = " and the header" if header else ""
    found = table(("Name", "Value", "Meaning"), rows, label=title, widths=(19, 45, 36))
    return folded(f"{said}{beside}, with what each means", found)


def _rows(
    members: Mapping[str, Any],
    inspection: Inspection,
    meanings: Mapping[str, str],
    place: str = "",
) -> list[tuple[object, ...]]:
    ending = f"{place}</small>" if place else ""
    return [
        (
            Markup(f"{code(name)}{ending}"),
            _value_html(name, value, inspection),
            meanings.get(name, UNKNOWN),
        )
        for name, value in _ordered(members)
    ]


def _ordered(members: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What an exchange is about first, the rest as it stands."""
    first = [name for name in ORDER if name in members]
    return [(name, members[name]) for name in dict.fromkeys([*first, *members])]


def _value_html(name: str, value: Any, inspection: Inspection) -> Markup:
    if name == "act" and isinstance(value, Mapping):
        return _act_html(value)
    if name == "may_act" and isinstance(value, Mapping):
        items = (f"{escape(word)} {code(what)}" for word, what in _may_act(value))
        return Markup("<br>".join(items))
    if name in DATES:
        left = time_left(name, value, inspection.now)
        note = f"<br><small>{escape(left)}</small>" if left else ""
        return Markup(f"{escape(read_date(value).text)}{note}")
    known = f"<br><small>{kind(value)}</small>" if name == "sub" and value else ""
    return Markup(f"{code(inline(disclosed_value(name, value)))}{known}")


def _act_html(act: Act) -> Markup:
    items = []
    for word, sub, more in actors(act):
        who = Markup(f"<b>{word}</b>") if word == CURRENT else escape(word)
        items.append(f"<li>{who} {code(sub)} {escape(more)}</li>")
    return Markup(f"<ol>{''.join(items)}</ol>")


def actors(act: Act) -> Iterator[tuple[str, str, str]]:
    """Each actor: current or earlier, its sub, and what else is said of it."""
    subs = chain(act)
    inner: Any = act
    for index, sub in enumerate(subs[:MOST_ACTORS]):
        more = {k: v for k, v in inner.items() if k not in ("sub", "act")}
        word = "earlier actor" if index else CURRENT
        yield word, sub, inline(more) if more else ""
        inner = inner.get("act")
    if len(subs) > MOST_ACTORS:
        yield "earlier actors", f"{len(subs) - MOST_ACTORS} more", ""


def _may_act(may_act: MayAct) -> Iterator[tuple[str, str]]:
    words = {"client_id": "client that may exchange", "sub": "actor it may name"}
    for name, value in may_act.items():
        yield words.get(name, name), inline(disclosed_value(name, value))


def time_left(name: str, value: Any, now: int) -> str:
    """How far a date is from now, such as ``59 min 59 s left``; "" for no date."""
    seconds = read_date(value).seconds
    if seconds is None:
        return ""
    if seconds == now and name != "exp":
        return "now"
    distance = spoken(abs(seconds - now))
    if name == "exp":
        return f"{distance} left" if seconds > now else f"ended {distance} ago"
    return f"in {distance}" if seconds > now else f"{distance} ago"


def spoken(seconds: int) -> str:
    """A stretch of time in its two largest units, such as ``59 min 59 s``."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    parts = ((days, "d"), (hour, "h"), (minute, "min"), (second, "s"))
    words = [f"{amount} {unit}" for amount, unit in parts if amount]
    return " ".join(words[:2]) or "0 s"


def token_text(inspection: Inspection) -> str:
    """The same as text."""
    symbol = state_role(inspection).sign
    lines = [
        f"{symbol} {visible_text(inspection.state)}: {visible_text(inspection.label)}, "
        f"{visible_text(inspection.form)}",
        visible_text(inspection.signature),
        *map(visible_text, inspection.told),
        *picture_text(inspection, _left(inspection)),
    ]
    if remark := _remark(inspection):
        lines.append(remark)
    if rows := _caveats(inspection):
        lines += ["", "Caveats", columns(rows, indent="  ")]
    title, claims = _content(inspection)
    if claims is not None:
        lines += ["", title, _columns(claims, inspection, CLAIM_MEANINGS)]
    header = inspection.header
    if header is not None:
        lines += ["", "Header", _columns(header, inspection, _header_meanings(header))]
    return "\n".join(lines)


def _columns(
    members: Mapping[str, Any], inspection: Inspection, meanings: Mapping[str, str]
) -> str:
    rows = [
        (name, value, meaning)
        for name, given in _ordered(members)
        for name, value, meaning in _lines(
            name, given, inspection, meanings.get(name, UNKNOWN)
        )
    ]
    return columns(rows, indent="  ") if rows else "  (empty)"


def _lines(
    name: str, value: Any, inspection: Inspection, meaning: str
) -> Iterator[tuple[str, str, str]]:
    if name == "act" and isinstance(value, Mapping):
        texts = [f"{word} {sub} {more}".strip() for word, sub, more in actors(value)]
    elif name == "may_act" and isinstance(value, Mapping):
        texts = [f"{word} {what}" for word, what in _may_act(value)] or ["{}"]
    elif name in DATES:
        left = time_left(name, value, inspection.now)
        date = read_date(value).text
        texts = [f"{date} ({left})" if left else date]
    else:
        texts = [inline(disclosed_value(name, value))]
    yield name, texts[0], meaning
    for text in texts[1:]:
        yield "", text, ""
