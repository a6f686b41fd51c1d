"""The command that sends the same request, in the shape of the vendor's pages."""

from urllib.parse import quote

from workbench.views.calls.call import (
    RequestLike,
    body_shown,
    sent_headers,
    without_secrets,
)
from workbench.views.page.html import block, page
from workbench.views.page.plain import disclosed_value

_CHANGED = frozenset("&=%+;# @")
"""Characters that may mean something else in a form body sent as it stands."""


def curl(call: RequestLike, *, hidden: bool = False) -> str:
    """The command, ready to run.

    It holds the secrets and whole tokens of the request, because without them
    it would not run.

    Args:
        call: The request.
        hidden: Hide secrets and elide tokens; the command is then only to read.
    """
    lines = ["curl", f"--request {call.method}"]
    if set("[]{}") & set(call.url):
        lines.append("--globoff")
    shown = disclosed_value if hidden else _as_it_is
    lines += [
        f"--header {_quoted(f'{n}: {shown(n, v)}')}" for n, v in sent_headers(call)
    ]
    lines += [_field(name, value, shown(name, value)) for name, value in call.form]
    if call.sent_json:
        body = body_shown(call.sent_json) if hidden else call.sent_json
        lines.append(f"--data {_quoted(body)}")
    lines.append(_quoted(without_secrets(call.url) if hidden else call.url))
    return " \\\n".join(lines)


def curl_html(call: RequestLike) -> str:
    """The command as a block to copy; it holds secrets."""
    return page(block(curl(call)))


def _as_it_is(_name: str, value: str) -> str:
    return value


def _field(name: str, value: str, shown: str) -> str:
    encoded = quote(name, safe="", errors="replace")
    if shown != value:
        return f"--data {_quoted(f'{encoded}={shown}')}"
    if not value.isprintable() or not name:
        whole = quote(value, safe="", errors="replace")
        return f"--data {_quoted(f'{encoded}={whole}')}"
    if encoded == name and value.isascii() and not _CHANGED & set(value):
        return f"--data {_quoted(f'{name}={value}')}"
    return f"--data-urlencode {_quoted(f'{encoded}={value}')}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
