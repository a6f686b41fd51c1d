"""Many requests and their answers, one row each."""

from collections.abc import Callable, Iterable, Iterator

from workbench.am.basics.bounded import Excerpt
from workbench.views.calls.call import (
    CallLike,
    body_json,
    is_refused,
    path,
    status_line,
)
from workbench.views.page.html import bad, good, page, table
from workbench.views.page.left_out import latest, left_out_html, left_out_text
from workbench.views.page.plain import columns, inline, shorten

HEADER = ("#", "Request", "Grant", "Client", "Answer", "Says")
WIDTHS = (6, 20, 19, 15, 17, 23)


def about(call: CallLike) -> str:
    """What a request is about: its grant type, shortened to its last word."""
    fields = dict(call.form)
    return shorten(fields.get("grant_type", "").rpartition(":")[2])


def client(call: CallLike) -> str:
    """The client that the form names, or ""."""
    return shorten(dict(call.form).get("client_id", ""))


def says(call: CallLike) -> str:
    """The gist of an answer: the refusal, or what was given."""
    answer = body_json(call)
    if not isinstance(answer, dict):
        return ""
    if "error" in answer:
        text = f"{answer['error']}: {answer.get('error_description', '')}"
        return shorten(text.removesuffix(": "), 90)
    if "active" in answer:
        return f"active: {inline(answer['active'])}"
    return shorten(f"scope: {inline(answer['scope'])}", 90) if "scope" in answer else ""


def transcript_html(calls: Iterable[CallLike]) -> str:
    """A compact table of calls, with the numbers and names that they have."""
    shown = latest(calls)
    if not shown:
        return page("<p>No request has been sent yet.</p>")
    names = names_in(calls)
    rows = list(_rows(shown, names, bad, good))
    caption = "Requests in the order they were sent"
    widths = (5, 12, 17, 16, 12, 18, 20) if names else WIDTHS
    drawn = table(_header(names), rows, caption=caption, widths=widths)
    return page(left_out_html(shown, "call") + drawn)


def transcript_text(calls: Iterable[CallLike]) -> str:
    """The same as text."""
    shown = latest(calls)
    if not shown:
        return "No request has been sent yet."
    names = names_in(calls)
    rows = list(_rows(shown, names, "✗ {}".format, "✓ {}".format))
    drawn = columns([_header(names), *rows])
    return "\n".join(filter(None, (left_out_text(shown, "call"), drawn)))


def names_in(calls: Iterable[CallLike]) -> dict[int, str]:
    """The names that calls were given, by number; none where nobody gives names."""
    names: dict[str, int] = getattr(calls, "names", {})
    return {number: shorten(name) for name, number in names.items()}


def _header(names: dict[int, str]) -> tuple[str, ...]:
    return (HEADER[0], "Name", *HEADER[1:]) if names else HEADER


def _rows(
    shown: Excerpt[CallLike],
    names: dict[int, str],
    refused: Callable[[str], str],
    answered: Callable[[str], str],
) -> Iterator[tuple[str, ...]]:
    """One row a call, with its name behind its number, where any has one."""
    for number, call in zip(shown.numbers, shown, strict=True):
        mark = refused if is_refused(call) else answered
        yield (
            str(number),
            *((names.get(number, ""),) if names else ()),
            f"{call.method} {path(call)}",
            about(call),
            client(call),
            mark(status_line(call)),
            says(call),
        )
