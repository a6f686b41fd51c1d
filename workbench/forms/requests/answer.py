"""An answer, and which request it belongs to."""

from workbench.agent.client import Call, Transcript
from workbench.am.realm import Realm
from workbench.views.calls.call import answer_html, is_refused
from workbench.views.page.html import escape, page

KNOWN = "the bench knows why"
"""What the server does not say."""


def answered_html(call: Call, title: str, reason: str, *, old: bool) -> str:
    """The answer under what it answers; an old one is quiet, and says that it is.

    Args:
        call: The call.
        title: Which request it was, such as ``request 7, "first try"``.
        reason: Why it was refused, where the bench knows; or "".
        old: Whether the request has changed since.
    """
    said = f"Answer to {'the previous request, ' if old else ''}{title}"
    changed = "<br><small>The fields have changed since; Send asks again.</small>"
    known = f"<p><b>{KNOWN}:</b> {escape(reason)}</p>" if reason else ""
    head = f'<p role="status"><b>{escape(said)}</b>{changed if old else ""}</p>{known}'
    label = escape(said)
    return (
        f'<section class="wb-answer{" wb-old" if old else ""}" aria-label="{label}">'
        f"{page(head)}{answer_html(call)}</section>"
    )


def title_of(transcript: Transcript, call: Call) -> str:
    """The call's number, as the transcript counts."""
    now = transcript.as_now()
    for number, each in zip(reversed(now.numbers), reversed(now), strict=True):
        if each is call:
            return f"request {number}"
    return "a request of before"


def known_reason(realm: Realm, call: Call) -> str:
    """Why the latest call was refused, as the audit trail has it; or ""."""
    event = next(reversed(realm.audit), None)
    if not is_refused(call) or event is None or event.status != call.status:
        return ""
    return event.hint or event.summary
