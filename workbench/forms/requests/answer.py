"""An answer, and which request it belongs to."""

from workbench.agent.client import Call, Transcript
from workbench.agent.history import History
from workbench.views.calls.call import answer_html
from workbench.views.page.html import escape, page


def answered_html(call: Call, title: str, *, old: bool) -> str:
    """The answer under what it answers; an old one is quiet, and says that it is.

    Args:
        call: The call.
        title: Which request it was, such as ``request 7, "first try"``.
        old: Whether the request has changed since.
    """
    said = f"Answer to {'the previous request, ' if old else ''}{title}"
    changed = "<br><small>The fields have changed since; Send asks again.</small>"
    head = f'<p role="status"><b>{escape(said)}</b>{changed if old else ""}</p>'
    label = escape(said)
    return (
        f'<section class="wb-answer{" wb-old" if old else ""}" aria-label="{label}">'
        f"{page(head)}{answer_html(call)}</section>"
    )


def title_of(history: Transcript, call: Call) -> str:
    """The call's number, as the history counts, and its name."""
    if not isinstance(history, History) or call not in history:
        return "a request of before"
    name = history.name_of(call)
    return f"request {history.number_of(call)}{f', {name}' if name else ''}"
