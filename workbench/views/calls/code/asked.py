"""What code has to send, as it may be shown; every language writes the same."""

from dataclasses import dataclass, field

from workbench.views.calls.call import (
    RequestLike,
    body_shown,
    sent_headers,
    without_secrets,
)
from workbench.views.page.plain import disclosed_value

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A request without what every client sends by itself.

    Attributes:
        method: Of HTTP.
        url: Whole, with its query.
        headers: Those that somebody chose, in order.
        form: The parameters of the body, in order; one may be there several times.
        json: The body where it is JSON, else "".
        hidden: The places in the form whose values are hidden.
    """

    method: str
    url: str = field(repr=False)
    headers: Pairs = field(repr=False)
    form: Pairs = field(repr=False)
    json: str = field(repr=False)
    hidden: frozenset[int] = frozenset()


def asked(call: RequestLike, *, hidden: bool) -> ToSend:
    """What is to be sent.

    Args:
        call: The request, sent or not.
        hidden: Hide secrets and elide tokens, also in the URL; it is then to read.
    """
    headers, form = tuple(sent_headers(call)), call.form
    if not hidden:
        return ToSend(
            method=call.method,
            url=call.url,
            headers=headers,
            form=form,
            json=call.sent_json,
        )
    shown = _disclosed(form)
    return ToSend(
        method=call.method,
        url=without_secrets(call.url),
        headers=_disclosed(headers),
        form=shown,
        json=body_shown(call.sent_json) if call.sent_json else "",
        hidden=frozenset(n for n, pair in enumerate(shown) if pair != form[n]),
    )


def _disclosed(pairs: Pairs) -> Pairs:
    return tuple((name, str(disclosed_value(name, value))) for name, value in pairs)
